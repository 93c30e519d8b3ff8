import type { Context } from 'hono';
import { type DiscussionView, discussionView } from '#functions/commands/discussion-view.ts';
import { openDiscussionOf } from '#functions/commands/discussions.ts';
import { roomAt } from '#functions/commands/meeting-room.ts';
import { awaitedText } from '#functions/http/awaited-text.ts';
import type { statusOf } from '#functions/http/problem.ts';
import { roomOf } from '#shared/domain/discussion-room.ts';
import type { Refusal } from '#shared/errors.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { ErrorSummary } from '../fields.tsx';
import { type FieldError, fieldErrors, many, one, readTyped, type Typed } from '../form.ts';
import { Page } from '../layout.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { OpeningForm } from './opening.tsx';
import { awaitingIn, namesIn } from './places.ts';
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
    return await discussionPage(deps, c, {
      form: 'opening',
      typed,
      errors,
      error,
      status: 422,
      awaits: true,
    });
  }
  if (error.kind !== 'invalid') return refusalPage(c, error);
  const errors = fieldErrors(error.faults, t);
  return await discussionPage(deps, c, { form: 'opening', typed, errors, error, status: 422 });
};

/**
 * A form that was refused, with what was typed into it. `awaits`: something that was named still waits for cards. `error` is told on a page of its
 * own, with what was typed, where the form has gone from the page meanwhile.
 */
export type Refused = {
  form: 'opening' | 'despite';
  typed: Typed;
  errors: readonly FieldError[];
  error: Refusal;
  status: ReturnType<typeof statusOf>;
  awaits?: true;
};

/** Where the discussion stands. */
export const discussionPage = async (deps: WebDeps, c: Context, refused?: Refused): Promise<Response> => {
  const command = roundCommand(c, 'discussion.read');
  if (!command.ok) return refusalPage(c, command.error);
  const found = await discussionView(deps, command.value);
  if (!found.ok) return refusalPage(c, found.error);
  const stands = { opening: found.value.opening !== undefined, despite: awaitingIn(found.value).length > 0 };
  if (refused && !stands[refused.form]) return refusalPage(c, refused.error);
  return c.html(
    <DiscussionPage view={viewOf(c)} discussion={found.value} refused={refused} />,
    refused?.status ?? 200,
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
