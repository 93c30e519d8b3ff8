import type { Context } from 'hono';
import { allowItemOf } from '#functions/commands/discussion-allowing.ts';
import { moveDiscussionOf } from '#functions/commands/discussions.ts';
import { statusOf } from '#functions/http/problem.ts';
import { lastDiscussion } from '#shared/domain/discussion.ts';
import { isAllowedBy } from '#shared/domain/discussion-awaiting.ts';
import type { Move } from '#shared/domain/discussion-decisions.ts';
import type { Note } from '#shared/domain/discussion-notes.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { one, readTyped, reasonError, type Typed } from '../form.ts';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { viewOf } from '../view.ts';
import { discussionPage } from './page.tsx';

/** The next step of who leads, with why it is discussed where that still waits for cards. */
export const postStep = (deps: WebDeps) => async (c: Context) => {
  const { t } = viewOf(c);
  const command = roundCommand(c, 'discussion.lead');
  if (!command.ok) return refusalPage(c, command.error);
  const typed = await readTyped(c);
  const move = moveIn(typed);
  const seen = Number(one(typed, 'seen'));
  if (!move || !Number.isInteger(seen)) return refusalPage(c, { kind: 'changed-meanwhile' });
  const moved = await moveDiscussionOf(deps, { ...command.value, seen, move, reason: one(typed, 'reason') });
  if (!moved.ok) return await givenBack(deps, c, typed, moved.error);
  const done = move.kind === 'close' ? '?done=discussion.done.closed' : '';
  return c.redirect(`${paths.discussion(t.locale, command.value.roundId)}${done}`, 303);
};

/** Whoever presides over what waits for cards, but does not lead, says why it is discussed all the same. */
export const postDespite = (deps: WebDeps) => async (c: Context) => {
  const { t } = viewOf(c);
  const command = roundCommand(c, 'discussion.lead');
  if (!command.ok) return refusalPage(c, command.error);
  const typed = await readTyped(c);
  const { roundId, by } = command.value;
  const [number, reason] = [one(typed, 'number'), one(typed, 'reason')];
  const allowed = await allowItemOf(deps, { ...command.value, number, reason });
  if (!allowed.ok) return await givenBack(deps, c, typed, allowed.error);
  // Where the last card came in meanwhile, nothing had to be allowed.
  const discussion = lastDiscussion(allowed.value.state);
  const item = discussion?.items.find((listed) => listed.number === number);
  const isSaid = discussion && item && isAllowedBy(discussion, by.id, item.applicationId);
  const done = isSaid ? '?done=discussion.done.allowed' : '';
  return c.redirect(`${paths.discussion(t.locale, roundId)}${done}`, 303);
};

/** A reason that was typed comes back on the page as it stands by now. */
const givenBack = async (deps: WebDeps, c: Context, typed: Typed, error: Refusal): Promise<Response> => {
  const { t } = viewOf(c);
  const reason = typed['reason'] === undefined ? undefined : one(typed, 'reason').trim();
  if (reason === undefined) return refusalPage(c, error);
  const lacks: Refusal = error.kind === 'cards-awaited' && reason === '' ? { kind: 'reason-needed' } : error;
  const isBehind = error.kind === 'changed-meanwhile' && reason !== '';
  const fault = isBehind ? { field: 'reason', text: t('discussion.despite.behind') } : reasonError(lacks, t);
  if (!fault) return refusalPage(c, error);
  return await discussionPage(deps, c, {
    form: 'despite',
    typed,
    errors: [fault],
    error: lacks,
    status: statusOf(lacks),
  });
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
