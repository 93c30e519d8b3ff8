import type { Context } from 'hono';
import { type PollsView, pollsView, type SeenPoll } from '#functions/commands/poll-view.ts';
import {
  annulPollOf,
  castBallotOn,
  closePollOf,
  type OnPoll,
  openPollOf,
} from '#functions/commands/polls.ts';
import type { Action } from '#shared/domain/permission.ts';
import type { GivenRank } from '#shared/domain/poll.ts';
import { rankBox } from '#shared/domain/poll-decisions.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { ErrorSummary } from '../fields.tsx';
import { type FieldError, fieldErrors, one, readTyped, reasonError, type Typed } from '../form.ts';
import { Page } from '../layout.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { OpeningForm } from './opening.tsx';
import { Earlier, Poll } from './poll.tsx';

/** A refused form, drawn again with what was typed. */
export type Refused = {
  form: 'opening' | 'ballot' | 'closing' | 'annulling';
  typed: Typed;
  errors: readonly FieldError[];
};

/** The newest poll, and what there was before it. */
export const showPolls = (deps: WebDeps) => async (c: Context) => await pollPage(deps, c);

export const showPoll = (deps: WebDeps) => async (c: Context) => await pollPage(deps, c);

export const postPoll = (deps: WebDeps) => async (c: Context) => {
  const { t } = viewOf(c);
  const command = roundCommand(c, 'poll.lead');
  if (!command.ok) return refusalPage(c, command.error);
  const typed = await readTyped(c);
  const opened = await openPollOf(deps, {
    ...command.value,
    group: one(typed, 'group') === 'yes',
    numbers: one(typed, 'numbers').split(/[\s,;]+/u),
  });
  if (opened.ok) {
    const there = paths.ballots(t.locale, command.value.roundId);
    return c.redirect(`${there}?done=ballots.done.opened`, 303);
  }
  if (opened.error.kind !== 'invalid') return refusalPage(c, opened.error);
  const errors = fieldErrors(opened.error.faults, t);
  return await pollPage(deps, c, { form: 'opening', typed, errors });
};

/** Casts the visitor's ballot; whoever comes too late, or from a page that is behind, has back what they chose. */
export const postBallot = (deps: WebDeps) => async (c: Context) => {
  const { t } = viewOf(c);
  const command = pollCommand(c, 'poll.cast');
  if (!command.ok) return refusalPage(c, command.error);
  const found = await pollsView(deps, command.value);
  if (!found.ok) return refusalPage(c, found.error);
  const poll = found.value.polls.find(({ number }) => number === command.value.poll);
  if (!poll) return refusalPage(c, { kind: 'not-found', what: 'poll' });
  const typed = await readTyped(c);
  const seen = Number(one(typed, 'seen'));
  if (!Number.isInteger(seen)) return refusalPage(c, { kind: 'changed-meanwhile' });
  const cast = await castBallotOn(deps, { ...command.value, seen, ranks: ranksIn(typed, poll) });
  if (cast.ok) return done(c, command.value, 'ballots.done.cast');
  if (cast.error.kind === 'changed-meanwhile') {
    const errors = [{ field: '', text: t('ballots.fault.changed') }];
    return await pollPage(deps, c, { form: 'ballot', typed, errors }, 409);
  }
  if (cast.error.kind !== 'invalid') return refusalPage(c, cast.error);
  return await pollPage(deps, c, { form: 'ballot', typed, errors: fieldErrors(cast.error.faults, t) });
};

/** What was chosen of the applications that are open to the visitor; what is no number is a place that does not exist, and refused as one. */
const ranksIn = (typed: Typed, poll: SeenPoll): GivenRank[] =>
  poll.open.flatMap(({ applicationId, number }) => {
    const text = one(typed, rankBox(number)).trim();
    if (text === '') return [];
    return [{ applicationId, rank: /^\d{1,3}$/.test(text) ? Number(text) : 0 }];
  });

export const postClosing = (deps: WebDeps) => async (c: Context) => {
  const { t } = viewOf(c);
  const command = pollCommand(c, 'poll.lead');
  if (!command.ok) return refusalPage(c, command.error);
  const closed = await closePollOf(deps, command.value);
  if (closed.ok) return done(c, command.value, 'ballots.done.closed');
  if (closed.error.kind !== 'invalid') return refusalPage(c, closed.error);
  const errors = fieldErrors(closed.error.faults, t);
  return await pollPage(deps, c, { form: 'closing', typed: {}, errors });
};

export const postAnnulling = (deps: WebDeps) => async (c: Context) => {
  const { t } = viewOf(c);
  const command = pollCommand(c, 'poll.lead');
  if (!command.ok) return refusalPage(c, command.error);
  const typed = await readTyped(c);
  const annulled = await annulPollOf(deps, { ...command.value, reason: one(typed, 'reason') });
  if (annulled.ok) return done(c, command.value, 'ballots.done.annulled');
  const error = reasonError(annulled.error, t);
  return error
    ? await pollPage(deps, c, { form: 'annulling', typed, errors: [error] })
    : refusalPage(c, annulled.error);
};

/** Who acts on which poll of which round. */
export const pollCommand = (c: Context, action: Action): Result<OnPoll, Refusal> => {
  const command = roundCommand(c, action);
  if (!command.ok) return command;
  const poll = c.req.param('poll') ?? '';
  if (!/^[1-9]\d{0,5}$/.test(poll)) return refuse({ kind: 'not-found', what: 'poll' });
  return ok({ ...command.value, poll: Number(poll) });
};

const done = (c: Context, { roundId, poll }: OnPoll, told: string): Response =>
  c.redirect(`${paths.ballot(viewOf(c).t.locale, roundId, String(poll))}?done=${told}`, 303);

const pollPage = async (
  deps: WebDeps,
  c: Context,
  refused?: Refused,
  status: 409 | 422 = 422,
): Promise<Response> => {
  const command = roundCommand(c, 'poll.read');
  if (!command.ok) return refusalPage(c, command.error);
  const found = await pollsView(deps, command.value);
  if (!found.ok) return refusalPage(c, found.error);
  const named = c.req.param('poll');
  const poll = found.value.polls.find(({ number }) => named === undefined || String(number) === named);
  if (named !== undefined && !poll) return refusalPage(c, { kind: 'not-found', what: 'poll' });
  return c.html(
    <PollPage view={viewOf(c)} found={found.value} poll={poll} refused={refused} />,
    refused ? status : 200,
  );
};

type PollProps = {
  view: View;
  found: PollsView;
  poll: SeenPoll | undefined;
  refused: Refused | undefined;
};

const PollPage = ({ view, found, poll, refused }: PollProps) => {
  const { t } = view;
  const { place } = found;
  return (
    <Page
      view={view}
      title={t('ballots.title')}
      caption={textIn(t, place.file.title)}
      failed={refused !== undefined}
      back={{ href: paths.committee(t.locale, place.round.id) }}
      wide
    >
      <ErrorSummary t={t} errors={refused?.errors} />
      <p>{t('ballots.text')}</p>
      {found.polls.length === 0 && <p>{t('ballots.none')}</p>}
      {poll && <Poll view={view} found={found} poll={poll} refused={refused} />}
      {found.opening && (
        <OpeningForm t={t} roundId={place.round.id} opening={found.opening} refused={refused} />
      )}
      <Earlier t={t} found={found} shown={poll} />
    </Page>
  );
};
