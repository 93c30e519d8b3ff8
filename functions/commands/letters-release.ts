import type { CommandDeps } from '#functions/commands/deps.ts';
import { concernedBy, madeAbout, reached } from '#functions/commands/letters-audience.ts';
import {
  type Acknowledgement,
  alarmsAbout,
  documentsOf,
  heedingOf,
  openTo,
  type ReadAcknowledgement,
  readAcknowledgement,
} from '#functions/commands/release-alarms.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { wallIn } from '#functions/commands/walls.ts';
import { type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import { claimsEnd, claimsEndTold } from '#shared/domain/claims-window.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import type { RaisedAlarm } from '#shared/domain/release-alarms.ts';
import type { GatedRound, Round } from '#shared/domain/round.ts';
import { releaseLetters, untold } from '#shared/domain/round-advance.ts';
import { isGatedRound, roundAggregate } from '#shared/domain/round-record.ts';
import type { GatedStage } from '#shared/domain/stage.ts';
import type { Standing } from '#shared/domain/standing.ts';
import {
  type DecisionTemplate,
  isTellable,
  type Tellable,
  tellableStages,
  templateOf,
} from '#shared/domain/telling.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Records } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge' | 'chance'>;

/** The letters that a decision calls for: which, and to how many. */
export type Batch = {
  about: GatedStage;
  /** When they went out; undefined while they wait. */
  toldAt: Instant | undefined;
  recipients: number;
  letters: { template: DecisionTemplate; recipients: number }[];
  /** What looks wrong in letters that wait. */
  alarms: RaisedAlarm[];
  /** Of preliminary results that wait: until when claims could be made if they went out now; undefined once they are final. */
  claimsUntil?: Instant | undefined;
};

/** Every decision of a round that people are told of, with its letters and their number. */
export const letterBatches = async (
  deps: Pick<CommandDeps, 'records' | 'clock'>,
  command: CommitteeCommand,
): Promise<Result<{ place: Workplace; batches: Batch[] }, Refusal>> => {
  const place = await workplace(deps, command, 'letters.release');
  if (!place.ok) return place;
  const { state } = place.value.round;
  if (!isGatedRound(state)) return refuse({ kind: 'wrong-stage', stage: state.stage });
  const now = deps.clock.now();
  const wall = wallIn(place.value);
  const batches: Batch[] = [];
  for (const about of shownIn(state)) {
    const batch = await batchOf(deps.records, state, about, now);
    const end = about === 'preliminary' && batch.toldAt === undefined && endTold(place.value, state, now);
    batches.push({ ...batch, alarms: openTo(wall, batch.alarms), ...(end && { claimsUntil: end }) });
  }
  return ok({ place: place.value, batches });
};

/** Those that went out and those that wait; letters that would promise claims after their time are neither. */
const shownIn = (round: GatedRound): Tellable[] => {
  const waiting = new Set(untold(round));
  return tellableStages.filter((about) => round.told[about] !== undefined || waiting.has(about));
};

const endTold = ({ file }: Pick<Workplace, 'file'>, round: GatedRound, now: Instant): Instant =>
  'claimsCloseAt' in round ? claimsEndTold(file, round.claimsCloseAt, now) : claimsEnd(file, now);

const batchOf = async (
  records: Records,
  round: GatedRound,
  about: Tellable,
  now: Instant,
): Promise<Batch> => {
  const toldAt = round.told[about];
  const concerned = await concernedBy(records, round, about);
  const standings = await reached(records, concerned, toldAt ?? now);
  const templates = new Set(standings.map((standing) => templateOf(about, standing)));
  const letters = [...templates].map((template) => ({
    template,
    recipients: standings.filter((standing) => templateOf(about, standing) === template).length,
  }));
  const alarms = toldAt === undefined ? await alarmsOver(records, round, { about, standings }) : [];
  return { about, toldAt, recipients: standings.length, letters, alarms };
};

/** What looks wrong is looked for among those whom the decision is about: whoever stopped before is told, and no part of its figures. */
const alarmsOver = async (
  records: Records,
  round: GatedRound,
  { about, standings }: { about: Tellable; standings: readonly Standing[] },
): Promise<RaisedAlarm[]> => {
  const concerned = await madeAbout(records, round, about);
  const there = new Set(concerned.map(({ applicationId }) => applicationId));
  const recipients = standings.filter(({ applicationId }) => there.has(applicationId));
  return await alarmsAbout(records, round, { about, concerned, recipients });
};

/**
 * Releases the letters about a decision to everyone it concerns, once. `confirmed` is the number that the preview showed:
 * refused as `recipients-differ` where it is another by now (ANCHORS F17), and as `alarms-not-acknowledged` where alarms hold that
 * were not ticked (F5).
 */
export const releaseDecision = async (
  deps: Deps,
  command: Releasing & { acknowledged?: Acknowledgement | undefined },
): Promise<Result<Versioned<Round>, Refusal>> => {
  const read = readAcknowledgement(deps, command.roundId, command.acknowledged);
  return read.ok ? await decideAgain(() => releaseOnce(deps, command, read.value)) : read;
};

type Releasing = CommitteeCommand & { about: GatedStage; confirmed: number };

const releaseOnce = async (
  deps: Deps,
  command: Releasing,
  said: ReadAcknowledgement,
): Promise<Result<Versioned<Round>, Refusal | LostRace>> => {
  const place = await workplace(deps, command, 'letters.release');
  if (!place.ok) return place;
  const { by, round, gate, file } = place.value;
  const { about, confirmed } = command;
  if (!isGatedRound(round.state) || !isTellable(about)) {
    return refuse({ kind: 'wrong-stage', stage: round.state.stage });
  }
  const now = deps.clock.now();
  const { recipients, alarms } = await batchOf(deps.records, round.state, about, now);
  const claimsCloseAt = endTold(place.value, round.state, now);
  const letters = { about, recipients, confirmed, claimsCloseAt, seen: heedingOf(alarms, said) };
  const decision = releaseLetters(round.state, letters, now);
  if (!decision.ok) return decision;
  if (decision.value.length === 0) return ok(round);
  // Final results that were drawn up without a word to anybody are not decided over the claims that may be made now.
  if (about === 'preliminary' && gate?.state.proposal) return refuse({ kind: 'proposal-on-table' });
  const { change, after } = changed(roundAggregate, round.id, round, decision.value);
  const outbox = [decisionLetters({ round: after.state, about, zone: file.timeZone, at: now })];
  const documents = documentsOf(alarms, said);
  const stored = await store(deps, { by, changes: [change], documents, outbox });
  return stored.ok ? ok(after) : stored;
};

const decisionLetters = ({
  round,
  about,
  zone,
  at,
}: {
  round: Round;
  about: GatedStage;
  zone: string;
  at: Instant;
}): OutboxMessage => {
  if (!isGatedRound(round)) throw new Error(`A round in ${round.stage} decides nothing.`);
  const cause = `told#${round.id}#${about}#${round.decisions[about]}`;
  const until = 'claimsCloseAt' in round ? { claimsCloseAt: round.claimsCloseAt } : {};
  const facts = { roundId: round.id, intake: round.plan.intake, zone, ...until };
  return {
    id: cause,
    at,
    body: { kind: 'letters-of-decision', roundId: round.id, about, cause, facts, from: 0 },
  };
};
