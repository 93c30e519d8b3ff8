import * as z from 'zod';
import type { ApiDeps } from '#functions/api/app.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { described, onRound } from '#functions/api/selection.ts';
import { isWalledPlace, type SeenPlace } from '#functions/commands/poll-result-view.ts';
import { type OwnBallot, pollsView, type SeenPoll } from '#functions/commands/poll-view.ts';
import { annulPollOf, castBallotOn, closePollOf, openPollOf } from '#functions/commands/polls.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import { ApplicationId, ApplicationNumber } from '#shared/domain/ids.ts';
import { GivenRank } from '#shared/domain/poll.ts';
import { maxPolled } from '#shared/domain/poll-decisions.ts';
import { GatedStage } from '#shared/domain/stage.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

const path = '/api/rounds/:round/ballots';

const PlaceAnswer = z.union([
  z.object({
    place: z.int(),
    application: ApplicationId,
    number: ApplicationNumber,
    /** On the list beside which the poll was opened. */
    rank: z.int().optional(),
    /** Of how many others more ballots place it above than below, and below than above. */
    beats: z.int(),
    beatenBy: z.int(),
    /** From which the rule does not tell it apart. */
    level: z.array(ApplicationNumber),
    /** Mean number of others that a ballot places below it. */
    borda: z.number().optional(),
    bordaPlace: z.int(),
    /** How many ballots place it above and below each other application that is open to the reader. */
    pairs: z.array(z.object({ number: ApplicationNumber, above: z.int(), below: z.int() })),
  }),
  z.object({ place: z.int(), walled: z.enum(['conflict', 'disclosure']) }),
]);

const BallotAnswer = z.object({
  /** Names the own ballot as it stands, for the next one; 0 before the first. */
  seen: z.int(),
  at: Instant.optional(),
  ranks: z.array(
    z.object({ application: ApplicationId, number: ApplicationNumber, rank: z.int().optional() }),
  ),
});

const PollAnswer = z.object({
  number: z.int(),
  stage: GatedStage,
  openedAt: Instant,
  /** Those that are open to the reader. */
  applications: z.array(ApplicationNumber),
  /** `lapsed`: the stage was decided before it was closed. */
  state: z.enum(['open', 'lapsed', 'closed', 'annulled']),
  endedAt: Instant.optional(),
  reason: z.string().optional(),
  /** While it is open: how many are asked, and have cast a ballot. */
  asked: z.int().optional(),
  cast: z.int().optional(),
  /** The reader's own; where they may cast one now, also before the first. */
  own: BallotAnswer.optional(),
  result: z
    .object({
      ballots: z.int(),
      voters: z.int(),
      /** Best first; by the Schulze method with winning votes. */
      order: z.array(PlaceAnswer),
      /** How many nobody outside of them beats; 1: a single one beats everybody. */
      smith: z.int(),
      /** Whether margins in the place of winning votes would place everybody alike. */
      margins: z.enum(['alike', 'otherwise']),
      /** Conflicts of interest have changed since it was closed. */
      outdated: z.boolean(),
    })
    .optional(),
});

const Stepped = z.object({ poll: z.int() });

const refusals = ['not-found', 'wrong-stage', 'disclosure-needed'] as const;
const leading = [
  ...refusals,
  'gate-not-open',
  'not-allowed',
  'changed-meanwhile',
  'committee-incomplete',
  'already-decided',
] as const;

/** A committee ranks applications by ballot: it decides nothing. */
export const pollOperations = (deps: ApiDeps): Operation[] => [
  read(deps),
  open(deps),
  cast(deps),
  close(deps),
  annul(deps),
];

const read = (deps: ApiDeps): Operation =>
  ask(
    {
      ...described('readBallots', 'poll.read'),
      method: 'GET',
      path,
      summary:
        'What the committee ranks by ballot or has ranked, newest first: how many have, the own ballot, and what ballots of closed polls came to. Nobody’s ballot is told but the own one.',
      answer: { status: 200, schema: z.object({ leads: z.boolean(), polls: z.array(PollAnswer) }) },
      refusals,
    },
    (c) =>
      onRound(c, 'poll.read', async (command) => {
        const found = await pollsView(deps, command);
        return found.ok ? ok({ leads: found.value.leads, polls: found.value.polls.map(pollAnswer) }) : found;
      }),
  );

const open = (deps: ApiDeps): Operation =>
  send(
    {
      ...described('openBallot', 'poll.lead', 'poll-opened'),
      method: 'POST',
      path,
      summary:
        'Lets the committee rank the group at the line of the list on the table, applications of it that are named, or both.',
      body: z.strictObject({ group: z.boolean(), numbers: z.array(z.string().max(40)).max(maxPolled) }),
      answer: { status: 201, schema: Stepped },
      refusals: [...leading, 'no-proposal'],
    },
    (c, input) =>
      onRound(c, 'poll.lead', async (command) => {
        const opened = await openPollOf(deps, { ...command, ...input });
        return opened.ok ? ok({ poll: opened.value.state.polls.length }) : opened;
      }),
  );

const cast = (deps: ApiDeps): Operation =>
  send(
    {
      ...described('castBallot', 'poll.cast', 'ballot-cast'),
      method: 'PUT',
      path: `${path}/:poll/own`,
      summary:
        'Casts the own ballot, or another one in its place: 1 is the best, places may be shared, and what has none stands below. `seen` is what was read: of two windows the second is told.',
      body: z.strictObject({ seen: z.int().min(0), ranks: z.array(GivenRank).max(maxPolled) }),
      answer: { status: 200, schema: Stepped },
      refusals: [...leading, 'ballot-closed', 'conflict-of-interest', 'not-in-stage'],
    },
    (c, input) =>
      onRound(c, 'poll.cast', (command) =>
        onPoll(c.req.param('poll'), (poll) => castBallotOn(deps, { ...command, ...input, poll })),
      ),
  );

const close = (deps: ApiDeps): Operation =>
  ask(
    {
      ...described('closeBallot', 'poll.lead', 'poll-closed'),
      method: 'POST',
      path: `${path}/:poll/closing`,
      summary: 'Closes a poll with the ballots that count now; then everybody sees what they came to.',
      answer: { status: 200, schema: Stepped },
      refusals: [...leading, 'ballot-closed', 'invalid'],
    },
    (c) =>
      onRound(c, 'poll.lead', (command) =>
        onPoll(c.req.param('poll'), (poll) => closePollOf(deps, { ...command, poll })),
      ),
  );

const annul = (deps: ApiDeps): Operation =>
  send(
    {
      ...described('annulBallot', 'poll.lead', 'poll-annulled'),
      method: 'POST',
      path: `${path}/:poll/annulling`,
      summary:
        'Makes a poll count for nothing, with a reason; its ballots and its result are shown to nobody any more.',
      body: z.strictObject({ reason: z.string() }),
      answer: { status: 200, schema: Stepped },
      refusals: [...leading, 'reason-needed'],
    },
    (c, input) =>
      onRound(c, 'poll.lead', (command: CommitteeCommand) =>
        onPoll(c.req.param('poll'), (poll) => annulPollOf(deps, { ...command, ...input, poll })),
      ),
  );

const onPoll = async (
  named: string | undefined,
  step: (poll: number) => Promise<Result<unknown, Refusal>>,
): Promise<Result<z.infer<typeof Stepped>, Refusal>> => {
  if (!/^[1-9]\d{0,5}$/.test(named ?? '')) return refuse({ kind: 'not-found', what: 'poll' });
  const poll = Number(named);
  const stepped = await step(poll);
  return stepped.ok ? ok({ poll }) : stepped;
};

const pollAnswer = (poll: SeenPoll): z.input<typeof PollAnswer> => {
  const { number, stage, openedAt, state } = poll;
  const own = state.kind === 'open' ? state.ranks : poll.own;
  return {
    number,
    stage,
    openedAt,
    applications: poll.open.map((one) => one.number),
    state: state.kind,
    ...('at' in state && { endedAt: state.at }),
    ...(state.kind === 'annulled' && state.reason !== undefined && { reason: state.reason }),
    ...(state.kind === 'open' && {
      asked: state.asked.length,
      cast: state.asked.filter(({ at }) => at !== undefined).length,
    }),
    ...(own && { own: ballotAnswer(own) }),
    ...(state.kind === 'closed' && { result: resultAnswer(state) }),
  };
};

const ballotAnswer = ({ version, at, ranks }: OwnBallot): z.input<typeof BallotAnswer> => ({
  seen: version,
  at,
  ranks: ranks.map(({ applicationId: application, number, rank }) => ({ application, number, rank })),
});

const resultAnswer = ({
  result: { ballots, voters, order, smith, measured },
  outdated,
}: Extract<SeenPoll['state'], { kind: 'closed' }>) => ({
  ballots,
  voters,
  order: order.map(placeAnswer),
  smith: smith.count,
  margins: measured,
  outdated,
});

const placeAnswer = (one: SeenPlace): z.input<typeof PlaceAnswer> => {
  if (isWalledPlace(one)) return one;
  const { applicationId: application, borda, level, pairs, ...rest } = one;
  return {
    ...rest,
    application,
    level: [...level],
    borda: borda.points,
    bordaPlace: borda.place,
    pairs: [...pairs],
  };
};
