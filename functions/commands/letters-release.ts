import type { CommandDeps } from '#functions/commands/deps.ts';
import { type Ordered, offerOrderOf } from '#functions/commands/offer-order.ts';
import { roundFileOf } from '#functions/commands/pinned.ts';
import { decidedList } from '#functions/commands/proposals/proposal.ts';
import {
  type Acknowledgement,
  alarmsAbout,
  documentsOf,
  heedingOf,
  openTo,
  type ReadAcknowledgement,
  readAcknowledgement,
} from '#functions/commands/release-alarms.ts';
import { eachOf } from '#functions/commands/selection.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { wallIn } from '#functions/commands/walls.ts';
import { type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { ApplicationId } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import type { RaisedAlarm } from '#shared/domain/release-alarms.ts';
import type { GatedRound, Round } from '#shared/domain/round.ts';
import { releaseLetters } from '#shared/domain/round-advance.ts';
import { isGatedRound, roundAggregate } from '#shared/domain/round-record.ts';
import type { GatedStage } from '#shared/domain/stage.ts';
import type { Standing } from '#shared/domain/standing.ts';
import {
  concerns,
  type DecisionTemplate,
  isReached,
  isTellable,
  type Tellable,
  tellableStages,
  templateOf,
  thereSince,
} from '#shared/domain/telling.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Records } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge' | 'chance'>;

const readsAtOnce = 32;

/** The letters that a decision calls for: which, and to how many. */
export type Batch = {
  about: GatedStage;
  /** When they went out; undefined while they wait. */
  toldAt: Instant | undefined;
  recipients: number;
  letters: { template: DecisionTemplate; recipients: number }[];
  /** What looks wrong in letters that wait. */
  alarms: RaisedAlarm[];
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
  for (const about of tellableStages) {
    if (state.decisions[about] === undefined) continue;
    const batch = await batchOf(deps.records, state, about, now);
    batches.push({ ...batch, alarms: openTo(wall, batch.alarms) });
  }
  return ok({ place: place.value, batches });
};

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
  const telling = { about, concerned, recipients: standings };
  const alarms = toldAt === undefined ? await alarmsAbout(records, round, telling) : [];
  return { about, toldAt, recipients: standings.length, letters, alarms };
};

/**
 * Those of them who get a letter at a moment: not who has withdrawn by then. Each is read by its id, since the number that somebody
 * confirms is the number that goes out.
 */
const reached = async (
  records: Pick<Records, 'find'>,
  concerned: readonly Standing[],
  at: Instant,
): Promise<Standing[]> => {
  const there = await eachOf(concerned, readsAtOnce, async (standing) => {
    const application = await records.find(applicationAggregate, standing.applicationId);
    return application && isReached(application.state, at) ? [standing] : [];
  });
  return there.flat();
};

/** Whom a decision concerns: everyone who was still there when it was made. It stays the same, so letters are written along it. */
export const concernedBy = async (
  records: Pick<Records, 'blob'>,
  round: Ordered,
  about: GatedStage,
): Promise<Standing[]> => {
  const list = await decidedList(records, round, about);
  const there = await thereBefore(records, round, about);
  return (list?.standings ?? []).filter(
    (standing) => (!there || there.has(standing.applicationId)) && concerns(about, standing),
  );
};

/** Undefined where it is everybody. */
const thereBefore = async (
  records: Pick<Records, 'blob'>,
  round: Ordered,
  about: GatedStage,
): Promise<ReadonlySet<ApplicationId> | undefined> => {
  // Corrected results may have let on whom the decided ones did not.
  if (about === 'offers') return new Set((await offerOrderOf(records, round)).order);
  const since = isTellable(about) ? thereSince[about] : undefined;
  const earlier = since && (await decidedList(records, round, since));
  return earlier && new Set(earlier.standings.filter(goesOn).map(({ applicationId }) => applicationId));
};

const goesOn = ({ outcome }: Standing): boolean => outcome === 'goes-on';

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
  const { by, round } = place.value;
  const { about, confirmed } = command;
  if (!isGatedRound(round.state) || !isTellable(about)) {
    return refuse({ kind: 'wrong-stage', stage: round.state.stage });
  }
  const now = deps.clock.now();
  const { recipients, alarms } = await batchOf(deps.records, round.state, about, now);
  const letters = { about, recipients, confirmed, seen: heedingOf(alarms, said) };
  const decision = releaseLetters(round.state, letters, now);
  if (!decision.ok) return decision;
  if (decision.value.length === 0) return ok(round);
  const { change, after } = changed(roundAggregate, round.id, round, decision.value);
  const file = await roundFileOf(deps.records, round.state.plan);
  const outbox = [decisionLetters({ round: round.state, about, zone: file.timeZone, at: now })];
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
  round: GatedRound;
  about: GatedStage;
  zone: string;
  at: Instant;
}): OutboxMessage => {
  const cause = `told#${round.id}#${about}#${round.decisions[about]}`;
  const until = 'claimsCloseAt' in round ? { claimsCloseAt: round.claimsCloseAt } : {};
  const facts = { roundId: round.id, intake: round.plan.intake, zone, ...until };
  return {
    id: cause,
    at,
    body: { kind: 'letters-of-decision', roundId: round.id, about, cause, facts, from: 0 },
  };
};
