import { hash } from 'node:crypto';
import { eachOf } from '#functions/commands/selection.ts';
import { applicationAggregate, applicationsOf } from '#shared/domain/application-record.ts';
import { candidaciesOf, candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { claimAggregate, claimsOf } from '#shared/domain/claim.ts';
import { committeeAggregate } from '#shared/domain/committee.ts';
import type { Aggregate, Fact, StoredEvent } from '#shared/domain/event.ts';
import { GateEvent, gateAggregate, gatesOf } from '#shared/domain/gate.ts';
import { type RoundId, Sha256 } from '#shared/domain/ids.ts';
import { MarksEvent, marksAggregate } from '#shared/domain/marks.ts';
import { owedInterviewAggregate, owedInterviewsOf } from '#shared/domain/owed-interview.ts';
import { panelsAggregate } from '#shared/domain/panel.ts';
import { placementAggregate, placementsOf } from '#shared/domain/placement.ts';
import { redactionAggregate, redactionsOf } from '#shared/domain/redaction.ts';
import { RoundEvent } from '#shared/domain/round.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { owedSlotsOf, removedSlotsOf, slotAggregate, slotsOf } from '#shared/domain/slot.ts';
import type { Records } from '#shared/ports/records.ts';
import {
  type Chronicle,
  checkedChronicle,
  chronicleFrom,
  chronicleText,
  recordOf,
} from '#shared/replay/chronicle.ts';
import { CorrectionEvent, correctionsAggregate } from '#shared/replay/correction.ts';
import { proposalsIn, readsIn } from '#shared/replay/drawn.ts';
import { recordsRead } from '#shared/replay/reads.ts';

type Reads = Pick<Records, 'history' | 'versions' | 'blob'>;

/** More would only wait for each other in the client. */
const readsAtOnce = 32;

/**
 * Reads everything that selection in a round followed from, record by record: some 2 × applications queries, which is seconds for a
 * round of ten thousand. Undefined where there is no such round.
 * @throws when a chain of events is broken or a text is not what its SHA-256 says
 */
export const chronicleOf = async (records: Reads, roundId: RoundId): Promise<Chronicle | undefined> => {
  const gathered = await gatheredOf(records, roundId);
  if (!gathered) return undefined;
  const chronicle = checkedChronicle(gathered, digest);
  if (!chronicle.ok) throw new Error(`The records of ${roundId} fail: ${JSON.stringify(chronicle.error)}`);
  return chronicle.value;
};

/** By the machine's own code: a round of ten thousand has some hundred thousand events. */
const digest = (text: string): Sha256 => Sha256.parse(hash('sha256', text));

/** The same as the text of a file, which replays anywhere; whoever reads that checks it. */
export const chronicleFile = async (records: Reads, roundId: RoundId): Promise<string | undefined> => {
  const gathered = await gatheredOf(records, roundId);
  return gathered && chronicleText(gathered);
};

const gatheredOf = async (records: Reads, roundId: RoundId): Promise<Chronicle | undefined> => {
  if ((await records.history(roundAggregate.name, roundId)).length === 0) return undefined;
  const own = await recordsOf(records, roundId);
  const known = await readOf(records, own);
  const texts = await textsOf(records, known);
  const further = await readOf(records, readBeside(known, texts, own));
  return chronicleFrom(roundId, [...known, ...further], texts);
};

/** Their events fill several calls of a hundred each. */
const recordsAtOnce = 200;

/** Every event of these records. */
export const readOf = async (
  records: Pick<Reads, 'history'>,
  named: readonly Named[],
): Promise<StoredEvent[]> =>
  (await eachOf(named, recordsAtOnce, ({ aggregate, id }) => records.history(aggregate, id))).flat();

/** The texts that events name, by their SHA-256. */
export const textsOf = async (
  records: Pick<Reads, 'blob'>,
  events: readonly StoredEvent[],
): Promise<Map<Sha256, string>> => {
  const named = [...new Set(events.flatMap(textsNamedBy))];
  return new Map(
    await eachOf(named, readsAtOnce, async (sha256) => [sha256, await records.blob(sha256)] as const),
  );
};

/** Records that a proposal was drawn up from and that no list of the round has, such as references of applications. */
const readBeside = (
  events: readonly StoredEvent[],
  texts: ReadonlyMap<Sha256, string>,
  known: readonly Named[],
): Named[] => {
  const beside = new Map<string, Named>();
  for (const { reads } of proposalsIn(events)) {
    const text = reads && texts.get(reads);
    if (text !== undefined) for (const one of recordsRead(readsIn(text))) beside.set(recordOf(one), one);
  }
  for (const one of known) beside.delete(recordOf(one));
  return [...beside.values()];
};

/** A record by its name. */
export type Named = Pick<StoredEvent, 'aggregate' | 'id'>;

const recordsOf = async (records: Pick<Reads, 'versions'>, roundId: RoundId): Promise<Named[]> => {
  const own = [roundAggregate, committeeAggregate, marksAggregate, panelsAggregate, correctionsAggregate].map(
    ({ name }) => ({
      aggregate: name,
      id: roundId,
    }),
  );
  const listed = await Promise.all([
    namedIn(records, gateAggregate, gatesOf({ id: roundId })),
    namedIn(records, applicationAggregate, applicationsOf(roundId)),
    namedIn(records, candidacyAggregate, candidaciesOf(roundId)),
    namedIn(records, slotAggregate, slotsOf(roundId)),
    namedIn(records, slotAggregate, removedSlotsOf(roundId)),
    namedIn(records, slotAggregate, owedSlotsOf(roundId)),
    namedIn(records, owedInterviewAggregate, owedInterviewsOf(roundId)),
    namedIn(records, claimAggregate, claimsOf(roundId)),
    namedIn(records, placementAggregate, placementsOf(roundId)),
    namedIn(records, redactionAggregate, redactionsOf(roundId)),
  ]);
  return [...own, ...listed.flat()];
};

const namedIn = async <State, Event extends Fact>(
  records: Pick<Reads, 'versions'>,
  aggregate: Aggregate<State, Event>,
  key: string,
): Promise<Named[]> =>
  (await records.versions(aggregate, 'list', key)).map(({ id }) => ({ aggregate: aggregate.name, id }));

/** The texts without which an event cannot be understood. */
const textsNamedBy = ({ aggregate, fact }: StoredEvent): Sha256[] => {
  switch (aggregate) {
    case 'round':
      return textsOfRound(RoundEvent.parse(fact));
    case 'gate': {
      const event = GateEvent.parse(fact);
      if (event.type !== 'proposal-drawn-up') return [];
      return [event.proposal, ...(event.reads ? [event.reads] : [])];
    }
    case 'marks': {
      const event = MarksEvent.parse(fact);
      if (event.type !== 'marks-proposed') return [];
      return [event.sha256, ...(event.order ? [event.order] : [])];
    }
    case 'corrections': {
      const event = CorrectionEvent.parse(fact);
      return 'list' in event ? [event.list, ...('affected' in event ? [event.affected] : [])] : [];
    }
    default:
      return [];
  }
};

const textsOfRound = (event: RoundEvent): Sha256[] => {
  switch (event.type) {
    case 'round-drafted':
    case 'round-file-replaced':
      return [event.plan.file, ...(event.plan.calendar ? [event.plan.calendar] : [])];
    case 'vacancies-imported':
      return [event.register.sha256];
    case 'calendar-adopted':
      return [event.calendar];
    case 'stage-advanced':
      return [event.decision];
    case 'results-corrected':
      return [event.edition.decision];
    default:
      return [];
  }
};
