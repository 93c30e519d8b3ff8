import * as z from 'zod';
import type { ApiDeps } from '#functions/api/app.ts';
import { ask, type Operation, send } from '#functions/api/operation.ts';
import { withRound } from '#functions/api/schemas.ts';
import { appoint, callInSubstitute, dismiss, sendSubstituteBack } from '#functions/commands/committee.ts';
import { committeeView } from '#functions/commands/committee-view.ts';
import { type OwnWork, ownCommittees } from '#functions/commands/my-committees.ts';
import { workplace } from '#functions/commands/workplace.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { SeatKind } from '#shared/domain/committee.ts';
import { PersonId, RoundId } from '#shared/domain/ids.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import { Instant } from '#shared/domain/time.ts';
import { ok } from '#shared/result.ts';

const CommitteeAnswer = z.object({
  seats: z.array(
    z.object({
      personId: PersonId,
      name: z.string(),
      seat: SeatKind,
      /** Whether the person votes now. */
      votes: z.boolean(),
      standsInFor: PersonId.optional(),
      left: z.boolean(),
    }),
  ),
});

const OwnCommitteesAnswer = z.object({
  committees: z.array(
    z.object({
      round: RoundId,
      intake: z.string(),
      stage: z.string(),
      seat: SeatKind,
      /** At the gate of now; absent where no committee decides. */
      work: z
        .object({
          /** When the stage ends as the round file plans it. */
          plannedEnd: Instant.optional(),
          /** Scores or scorecards that are owed; at screening the applications that wait for a judgement of somebody like them. */
          owed: z.int(),
          voteAwaited: z.boolean(),
          ballotAwaited: z.boolean(),
        })
        .optional(),
    }),
  ),
});

/** Who sits on a round’s committee, and where somebody sits themselves. */
export const committeeOperations = (deps: ApiDeps): Operation[] => [
  listOwnCommittees(deps),
  readCommittee(deps),
  giveSeat(deps),
  endSeat(deps),
  callSubstitute(deps),
  releaseSubstitute(deps),
];

const path = '/api/rounds/:round/committee';

const listOwnCommittees = (deps: ApiDeps): Operation =>
  ask(
    {
      id: 'listOwnCommittees',
      method: 'GET',
      path: '/api/committees',
      who: rolesFor('gate.read'),
      summary:
        'The rounds on whose committee one sits, with what waits there at the gate of now: first where something does, and what ends first before the others.',
      answer: { status: 200, schema: OwnCommitteesAnswer },
      refusals: [],
    },
    async (c) => {
      const own = await ownCommittees(deps, requireActor(c, rolesFor('gate.read')).id);
      const committees = own.map(({ round: { state }, seat, work }) => {
        const { id: round, plan, stage } = state;
        const committee = { round, intake: plan.intake, stage, seat };
        return work ? Object.assign(committee, { work: workAnswer(work) }) : committee;
      });
      return ok({ committees });
    },
  );

const workAnswer = ({ plannedEnd, owed, voteAwaited, ballotAwaited }: OwnWork) => ({
  ...(plannedEnd && { plannedEnd }),
  owed,
  voteAwaited,
  ballotAwaited,
});

const readCommittee = (deps: ApiDeps): Operation =>
  ask(
    {
      id: 'readCommittee',
      method: 'GET',
      path,
      who: rolesFor('committee.read'),
      does: 'committee.read',
      summary: 'The seats of a round’s committee, those who left at the end.',
      answer: { status: 200, schema: CommitteeAnswer },
      refusals: ['not-found'],
    },
    (c) =>
      withRound(c.req.param('round'), async (roundId) => {
        const by = requireActor(c, rolesFor('committee.read'));
        const place = await workplace(deps, { by, roundId }, 'committee.read');
        return place.ok ? ok({ seats: (await committeeView(deps, roundId)).seats }) : place;
      }),
  );

const giveSeat = (deps: ApiDeps): Operation =>
  send(
    {
      id: 'giveSeat',
      method: 'POST',
      path,
      who: rolesFor('committee.appoint'),
      does: 'committee.appoint',
      audit: 'seat-given',
      summary: 'Gives a seat to somebody who holds the role for it. The same seat again changes nothing.',
      body: z.strictObject({ personId: PersonId, seat: SeatKind }),
      answer: { status: 204 },
      refusals: ['not-found', 'wrong-stage', 'role-not-held', 'seat-taken', 'unblinded', 'changed-meanwhile'],
    },
    async (c, input) => {
      const by = requireActor(c, rolesFor('committee.appoint'));
      return await withRound(c.req.param('round'), (roundId) => appoint(deps, { by, roundId, ...input }));
    },
  );

const endSeat = (deps: ApiDeps): Operation =>
  ask(
    {
      id: 'endSeat',
      method: 'DELETE',
      path: `${path}/:person`,
      who: rolesFor('committee.appoint'),
      does: 'committee.appoint',
      audit: 'seat-left',
      summary:
        'Ends a seat. What was scored, voted and declared from it stays; while a vote from it lies on the table, so does the seat.',
      answer: { status: 204 },
      refusals: ['not-found', 'wrong-stage', 'vote-stands', 'changed-meanwhile'],
    },
    async (c) => {
      const by = requireActor(c, rolesFor('committee.appoint'));
      const personId = personOf(c.req.param('person'));
      return await withRound(c.req.param('round'), (roundId) => dismiss(deps, { by, roundId, personId }));
    },
  );

const callSubstitute = (deps: ApiDeps): Operation =>
  send(
    {
      id: 'callSubstitute',
      method: 'POST',
      path: `${path}/substitutes`,
      who: rolesFor('substitute.call'),
      does: 'substitute.call',
      audit: 'substitute-called',
      summary: 'Calls a substitute in for a member who is away.',
      body: z.strictObject({ personId: PersonId, standsInFor: PersonId }),
      answer: { status: 204 },
      refusals: ['not-found', 'wrong-stage', 'seat-taken', 'vote-stands', 'unblinded', 'changed-meanwhile'],
    },
    async (c, input) => {
      const by = requireActor(c, rolesFor('substitute.call'));
      return await withRound(c.req.param('round'), (roundId) =>
        callInSubstitute(deps, { by, roundId, ...input }),
      );
    },
  );

const releaseSubstitute = (deps: ApiDeps): Operation =>
  ask(
    {
      id: 'releaseSubstitute',
      method: 'DELETE',
      path: `${path}/substitutes/:person`,
      who: rolesFor('substitute.call'),
      does: 'substitute.call',
      audit: 'substitute-released',
      summary: 'The member is back, and the substitute votes no more.',
      answer: { status: 204 },
      refusals: ['not-found', 'wrong-stage', 'vote-stands', 'changed-meanwhile'],
    },
    async (c) => {
      const by = requireActor(c, rolesFor('substitute.call'));
      const personId = personOf(c.req.param('person'));
      return await withRound(c.req.param('round'), (roundId) =>
        sendSubstituteBack(deps, { by, roundId, personId }),
      );
    },
  );

/** An identifier that cannot be one names nobody: the commands find no seat of theirs. */
const personOf = (given: string | undefined): PersonId =>
  PersonId.safeParse(given).data ?? PersonId.parse('0'.repeat(20));
