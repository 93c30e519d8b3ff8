import type { Context } from 'hono';
import { allowItemOf } from '#functions/commands/discussion-allowing.ts';
import { type DiscussionView, discussionView } from '#functions/commands/discussion-view.ts';
import { moveDiscussionOf, openDiscussionOf } from '#functions/commands/discussions.ts';
import { roomAt } from '#functions/commands/meeting-room.ts';
import { awaitedText } from '#functions/http/awaited-text.ts';
import type { Move } from '#shared/domain/discussion-decisions.ts';
import type { Note } from '#shared/domain/discussion-notes.ts';
import { roomOf } from '#shared/domain/discussion-room.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { ErrorSummary } from '../fields.tsx';
import { type FieldError, fieldErrors, many, one, readTyped, reasonError, type Typed } from '../form.ts';
import { Page } from '../layout.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { OpeningForm } from './opening.tsx';
import { namesIn } from './places.ts';
import { Tracker } from './tracker.tsx';

/** Where the discussion stands, for everybody on the committee. */
export const showDiscussion = (deps: WebDeps) => async (c: Context) => await discussionPage(deps, c);

/** Opens a discussion; what was typed comes back when it is refused. */
export const postDiscussion = (deps: WebDeps) => async (c: Context) => {
  const { t } = viewOf(c);
  const command = roundCommand(c, 'discussion.lead');
  if (!command.ok) return refusalPage(c, command.error);
  const found = await discussionView(deps, command.value);
  if (!found.ok) return refusalPage(c, found.error);
  const typed = await readTyped(c);
  const present = new Set(many(typed, 'present'));
  const opened = await openDiscussionOf(deps, {
    ...command.value,
    suggested: one(typed, 'suggested') === 'yes',
    numbers: one(typed, 'numbers').split(/[\s,;]+/u),
    absent: roomOf(roomAt(found.value.place)).filter((id) => !present.has(id)),
    reason: one(typed, 'reason'),
  });
  if (opened.ok) {
    return c.redirect(
      `${paths.discussion(t.locale, command.value.roundId)}?done=discussion.done.opened`,
      303,
    );
  }
  const { error } = opened;
  if (error.kind === 'cards-awaited') {
    const names = namesIn(found.value);
    const errors = error.cards.map((card) => ({ field: 'numbers', text: awaitedText(card, t, names) }));
    return await discussionPage(deps, c, { typed, errors, awaits: true });
  }
  if (error.kind !== 'invalid') return refusalPage(c, error);
  return await discussionPage(deps, c, { typed, errors: fieldErrors(error.faults, t) });
};

/** The next step of who leads. */
export const postStep = (deps: WebDeps) => async (c: Context) => {
  const { t } = viewOf(c);
  const command = roundCommand(c, 'discussion.lead');
  if (!command.ok) return refusalPage(c, command.error);
  const typed = await readTyped(c);
  const move = moveIn(typed);
  const seen = Number(one(typed, 'seen'));
  if (!move || !Number.isInteger(seen)) return refusalPage(c, { kind: 'changed-meanwhile' });
  const moved = await moveDiscussionOf(deps, { ...command.value, seen, move });
  if (!moved.ok) return refusalPage(c, moved.error);
  const done = move.kind === 'close' ? '?done=discussion.done.closed' : '';
  return c.redirect(`${paths.discussion(t.locale, command.value.roundId)}${done}`, 303);
};

/** Whoever presides over what waits for cards says why it is discussed all the same; what was typed comes back when it is refused. */
export const postDespite = (deps: WebDeps) => async (c: Context) => {
  const { t } = viewOf(c);
  const command = roundCommand(c, 'discussion.lead');
  if (!command.ok) return refusalPage(c, command.error);
  const typed = await readTyped(c);
  const [number, reason] = [one(typed, 'number'), one(typed, 'reason')];
  const allowed = await allowItemOf(deps, { ...command.value, number, reason });
  if (allowed.ok) {
    return c.redirect(
      `${paths.discussion(t.locale, command.value.roundId)}?done=discussion.done.allowed`,
      303,
    );
  }
  const error = reasonError(allowed.error, t);
  return error ? await discussionPage(deps, c, { typed, errors: [error] }) : refusalPage(c, allowed.error);
};

/** Each of them says which place it means, so that a page that is behind means what it showed. */
const moveIn = (typed: Typed): Move | undefined => {
  const move = one(typed, 'move');
  switch (move) {
    case 'next':
    case 'back': {
      const place = Number(one(typed, move === 'back' ? move : 'next'));
      return Number.isInteger(place) ? { kind: 'take-up', place } : undefined;
    }
    case 'pause':
    case 'resume':
    case 'order':
    case 'close':
      return { kind: move };
    case 'arrive':
    case 'leave':
    case 'undo':
      return noteIn(move, typed);
    default:
      return undefined;
  }
};

const noteIn = (kind: Note['kind'], typed: Typed): Note | undefined => {
  const personId = PersonId.safeParse(one(typed, 'person')).data;
  if (!personId) return undefined;
  if (kind !== 'undo') return { kind, personId };
  const noted = Instant.safeParse(one(typed, 'noted')).data;
  return noted && { kind, personId, noted };
};

/** `awaits`: something that was named still waits for cards. */
export type Refused = { typed: Typed; errors: readonly FieldError[]; awaits?: true };

const discussionPage = async (deps: WebDeps, c: Context, refused?: Refused): Promise<Response> => {
  const command = roundCommand(c, 'discussion.read');
  if (!command.ok) return refusalPage(c, command.error);
  const found = await discussionView(deps, command.value);
  if (!found.ok) return refusalPage(c, found.error);
  return c.html(
    <DiscussionPage view={viewOf(c)} discussion={found.value} refused={refused} />,
    refused ? 422 : 200,
  );
};

type PageProps = { view: View; discussion: DiscussionView; refused: Refused | undefined };

const DiscussionPage = ({ view, discussion, refused }: PageProps) => {
  const { t } = view;
  const { place, opening } = discussion;
  return (
    <Page
      view={view}
      title={t('discussion.title')}
      caption={textIn(t, place.file.title)}
      failed={refused !== undefined}
      back={{ href: paths.committee(t.locale, place.round.id) }}
      wide
    >
      <ErrorSummary t={t} errors={refused?.errors} />
      <p>{t('discussion.text')}</p>
      {refused?.awaits && <p>{t('problems.cards-awaited.help')}</p>}
      <Tracker t={t} discussion={discussion} refused={refused} />
      {opening && <OpeningForm t={t} roundId={place.round.id} opening={opening} refused={refused} />}
    </Page>
  );
};
