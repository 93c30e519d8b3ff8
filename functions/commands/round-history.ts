import * as z from 'zod';
import { everyOf } from '#functions/commands/every.ts';
import { type Concerned, concernedIn } from '#functions/commands/history-naming.ts';
import { reasonText } from '#functions/commands/reasons.ts';
import { eachOf } from '#functions/commands/selection.ts';
import type { SignInDeps } from '#functions/commands/sign-in-deps.ts';
import { wallIn } from '#functions/commands/walls.ts';
import { type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import { committeeAggregate } from '#shared/domain/committee.ts';
import { discussionsAggregate } from '#shared/domain/discussion.ts';
import { elsewhereAggregate } from '#shared/domain/elsewhere.ts';
import type { Actor, Fact } from '#shared/domain/event.ts';
import { formulasAggregate } from '#shared/domain/formula.ts';
import { type Gate, gateAggregate, gatesOf } from '#shared/domain/gate.ts';
import { ApplicationId, GateId, type PersonId, type RoundId } from '#shared/domain/ids.ts';
import { marksAggregate } from '#shared/domain/marks.ts';
import { type PassportEvent, passportAggregate, passportId } from '#shared/domain/passport.ts';
import { pollsAggregate } from '#shared/domain/poll.ts';
import { type Alarm, Heeded } from '#shared/domain/release-alarms.ts';
import { RoundEvent } from '#shared/domain/round.ts';
import { GatedStage, Stage } from '#shared/domain/stage.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Records } from '#shared/ports/records.ts';
import { correctionsAggregate } from '#shared/replay/correction.ts';
import { ok, type Result } from '#shared/result.ts';

/** One thing that was done about a round: codes and instants; who did it, by name where somebody of the staff did. */
export type Deed = Concerned & {
  at: Instant;
  type: string;
  by: Actor;
  stage: string | undefined;
  /** The gate at which it was done, or that it decided. */
  gate: GateId | undefined;
  /** How often the round had entered the stage of a gate at which it was done. */
  attempt: number | undefined;
  /** What looked wrong in a release, and why it went out all the same: undefined once that is erased. */
  heeded: { alarms: Alarm[]; reason: string | undefined } | undefined;
  /** Up to which place of the ranking offers were let go, and how many went out and waited behind; undefined where it was all. */
  part: { through: number; recipients: number; left: number } | undefined;
  /** Why offers were stopped: undefined once that is erased. */
  said: string | undefined;
};

/** Everything that was done about a round, its committee, its marks from outside, its corrections, its formulas, its polls, what crossed to other regions, its gates and the discussions at them, in the order of time. */
export const roundHistory = async (
  deps: Pick<SignInDeps, 'records' | 'people' | 'clock'>,
  command: CommitteeCommand,
): Promise<Result<{ place: Workplace; deeds: Deed[] }, Refusal>> => {
  const place = await workplace(deps, command, 'round.watch');
  if (!place.ok) return place;
  const { records } = deps;
  const { roundId } = command;
  const gates = await everyOf(records, gateAggregate, gatesOf({ id: roundId }));
  const histories = await Promise.all([
    records.history('round', roundId),
    records.history(committeeAggregate.name, roundId),
    records.history(marksAggregate.name, roundId),
    records.history(correctionsAggregate.name, roundId),
    records.history(elsewhereAggregate.name, roundId),
    records.history(formulasAggregate.name, roundId),
    records.history(pollsAggregate.name, roundId),
    ...gates.map(({ id }) => records.history('gate', id)),
    ...gates.map(({ id }) => records.history(discussionsAggregate.name, id)),
    ...Array.from(await seatedIn(records, roundId), (rater) =>
      records.history(passportAggregate.name, passportId(roundId, rater)),
    ),
  ]);
  const known = new Map<string, Gate>(gates.map(({ state }) => [state.id, state]));
  const wall = wallIn(place.value);
  const isClosed = (fact: Fact): boolean => {
    const allowed = Allowed.safeParse(fact).data;
    return allowed !== undefined && wall(allowed.applicationId) !== undefined;
  };
  const events = histories.flat().filter(({ fact }) => !ownAffairs.has(fact.type) && !isClosed(fact));
  const done = events.map(({ id, fact, by }) => ({ id, fact, by: isUnnamed({ fact, by }) ? system : by }));
  const concerned = await concernedIn(deps, place.value, done);
  const told = await eachOf(done, readsAtOnce, async ({ id, fact, by }) => ({
    at: fact.at,
    type: fact.type,
    by,
    stage: known.get(id)?.stage ?? stageIn(fact),
    gate: known.get(id)?.id ?? AtGate.safeParse(fact).data?.gate,
    attempt: known.get(id)?.attempt,
    ...concerned({ fact, by }),
    heeded: await heededIn(records, fact),
    ...(await lettingIn(records, fact)),
  }));
  const deeds = told.toSorted((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
  return ok({ place: place.value, deeds });
};

/** Whose decision letters tell, or where a round was moved to. */
const stageIn = (fact: Fact): string | undefined => Staged.safeParse(fact).data?.stage;

/** Of what is kept beside the gate it was done at. */
const AtGate = z.object({ gate: GateId });

const Staged = z.union([
  z
    .object({ type: z.literal('letters-released'), about: GatedStage })
    .transform(({ about }) => ({ stage: about })),
  z.object({ type: z.literal('stage-advanced'), to: Stage }).transform(({ to }) => ({ stage: to })),
]);

const readsAtOnce = 32;

const heededIn = async (records: Pick<Records, 'document'>, fact: Fact): Promise<Deed['heeded']> => {
  if (fact.type !== 'letters-released' && fact.type !== 'offers-released') return undefined;
  const { heeded } = Release.parse(fact);
  return heeded && { alarms: heeded.alarms, reason: await reasonText(records, heeded.reason) };
};

const Release = z.object({ heeded: Heeded.optional() });

const lettingIn = async (
  records: Pick<Records, 'document'>,
  fact: Fact,
): Promise<Pick<Deed, 'part' | 'said'>> => {
  const event = RoundEvent.safeParse(fact).data;
  if (event?.type === 'offers-stopped') {
    return { part: undefined, said: await reasonText(records, event.reason) };
  }
  const part =
    event?.type === 'offers-released' && event.part
      ? { ...event.part, recipients: event.recipients }
      : undefined;
  return { part, said: undefined };
};

/** That it waits is told to nobody to whom the application is closed, not even without its number. */
const Allowed = z.object({ type: z.literal('item-allowed'), applicationId: ApplicationId });

/** How somebody practised is theirs alone; that they were certified is not. */
const ownAffairs: ReadonlySet<string> = new Set<PassportEvent['type']>(['practice-scored', 'practice-ended']);

const seatedIn = async (records: Pick<Records, 'find'>, roundId: RoundId): Promise<Set<PersonId>> => {
  const committee = await records.find(committeeAggregate, roundId);
  return new Set(committee?.state.seats.map(({ personId }) => personId));
};

/** Raters are told of by code beside their reports; a name with the same moment would say whose code it is. */
const isUnnamed = ({ fact, by }: { fact: Fact; by: Actor }): boolean =>
  isApplicant(by) || fact.type === 'score-reported';

/** A stage takes effect with what an applicant does first in it, such as booking an interview. Who that was belongs to no timeline of the round. */
const isApplicant = (by: Actor): boolean => by.kind === 'person' && by.role === 'applicant';

const system: Actor = { kind: 'system', name: 'workflow' };
