import { applicationAggregate } from '#shared/domain/application-record.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { claimAggregate } from '#shared/domain/claim.ts';
import { committeeAggregate } from '#shared/domain/committee.ts';
import { dataRequestAggregate } from '#shared/domain/data-request.ts';
import { isJudgedByNobody } from '#shared/domain/decisions.ts';
import { discussionsAggregate } from '#shared/domain/discussion.ts';
import { elsewhereAggregate } from '#shared/domain/elsewhere.ts';
import { engagedRoundsAggregate } from '#shared/domain/engaged-rounds.ts';
import {
  type Aggregate,
  type AggregateName,
  type ChainFault,
  type Fact,
  fold,
  type StoredEvent,
  verifyChain,
} from '#shared/domain/event.ts';
import { formulasAggregate } from '#shared/domain/formula.ts';
import { gateAggregate } from '#shared/domain/gate.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import { marksAggregate } from '#shared/domain/marks.ts';
import { owedInterviewAggregate } from '#shared/domain/owed-interview.ts';
import { panelsAggregate } from '#shared/domain/panel.ts';
import { passportAggregate } from '#shared/domain/passport.ts';
import { personAggregate } from '#shared/domain/person.ts';
import { placementAggregate } from '#shared/domain/placement.ts';
import { pollsAggregate } from '#shared/domain/poll.ts';
import { redactionAggregate } from '#shared/domain/redaction.ts';
import { referencesAggregate } from '#shared/domain/reference.ts';
import { calendarAggregate } from '#shared/domain/region-calendar.ts';
import { stateAt } from '#shared/domain/replay.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { seatsAggregate } from '#shared/domain/seats.ts';
import { slotAggregate } from '#shared/domain/slot.ts';
import { staffAggregate } from '#shared/domain/staff.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { RecordReads } from '#shared/ports/records.ts';
import { correctionsAggregate } from '#shared/replay/correction.ts';

/** What can be wrong with a record, and at which of its versions it shows. */
type RecordFault =
  | ChainFault
  | { version: number; fault: 'no-snapshot' | 'snapshot-differs' | 'unreadable' | 'no-judge' };

export type RecordName = { aggregate: AggregateName; id: string };

/** What one record came to: its fault, or nothing, and how many events were looked at. */
export type Checked = { events: number; fault?: RecordFault };

type Store = Pick<RecordReads, 'find' | 'history'>;

/**
 * Verifies one record: events numbered without a gap, each linked to the one before and unchanged, folded into
 * exactly the stored snapshot, and each decision a person's. Never throws for what is stored, only when the store cannot be asked.
 */
export const checkRecord = (records: Store, { aggregate, id }: RecordName): Promise<Checked> =>
  kinds[aggregate]((kind) => check(records, kind, id));

/** What a record was at a moment, folded anew from its events until then; undefined before its first one. */
export const recordAt = async (
  records: Pick<Store, 'history'>,
  { aggregate, id }: RecordName,
  until: Instant,
): Promise<unknown> => {
  const history = await records.history(aggregate, id);
  return kinds[aggregate]((kind): unknown => stateAt(kind, history, until));
};

const check = async <State, Event extends Fact>(
  records: Store,
  aggregate: Aggregate<State, Event>,
  id: string,
): Promise<Checked> => {
  // The snapshot first: a change in between only adds events behind the version that was read.
  const found = await readable(() => records.find(aggregate, id));
  const history = await readable(() => records.history(aggregate.name, id));
  if (history === unreadable) return { events: 0, fault: { version: 0, fault: 'unreadable' } };
  const events = history.length;
  const broken = verifyChain(history);
  if (broken) return { events, fault: broken };
  if (found === unreadable) return { events, fault: { version: events, fault: 'unreadable' } };
  if (!found) return { events, fault: { version: events, fault: 'no-snapshot' } };
  if (events < found.version) return { events, fault: { version: events + 1, fault: 'gap' } };
  const fault = differs(aggregate, found.state, history.slice(0, found.version));
  if (fault) return { events, fault: { version: found.version, fault } };
  const unjudged = history.find(isJudgedByNobody);
  return unjudged ? { events, fault: { version: unjudged.version, fault: 'no-judge' } } : { events };
};

const differs = <State, Event extends Fact>(
  aggregate: Aggregate<State, Event>,
  state: State,
  events: readonly StoredEvent[],
): 'snapshot-differs' | 'unreadable' | undefined => {
  try {
    return canonicalJson(fold(aggregate, events)) === canonicalJson(state) ? undefined : 'snapshot-differs';
  } catch {
    return 'unreadable';
  }
};

const unreadable = Symbol('unreadable');

/** Whether something was read and is none, by what the schemas or JSON say; a store that cannot be reached is another thing. */
export const isUnreadable = (error: unknown): boolean =>
  error instanceof SyntaxError || (error instanceof Error && error.name.endsWith('ZodError'));

/** Only that is a fault of the record; anything else is thrown on. */
const readable = async <Value>(read: () => Promise<Value>): Promise<Value | typeof unreadable> => {
  try {
    return await read();
  } catch (error) {
    if (isUnreadable(error)) return unreadable;
    throw error;
  }
};

/** What is done with a record, whatever its kind. */
type Work<Answer> = <State, Event extends Fact>(aggregate: Aggregate<State, Event>) => Answer;

const kinds: Readonly<Record<AggregateName, <Answer>(work: Work<Answer>) => Answer>> = {
  round: (work) => work(roundAggregate),
  application: (work) => work(applicationAggregate),
  person: (work) => work(personAggregate),
  staff: (work) => work(staffAggregate),
  gate: (work) => work(gateAggregate),
  committee: (work) => work(committeeAggregate),
  candidacy: (work) => work(candidacyAggregate),
  slot: (work) => work(slotAggregate),
  claim: (work) => work(claimAggregate),
  vacancy: (work) => work(seatsAggregate),
  placement: (work) => work(placementAggregate),
  calendar: (work) => work(calendarAggregate),
  marks: (work) => work(marksAggregate),
  references: (work) => work(referencesAggregate),
  'data-request': (work) => work(dataRequestAggregate),
  passport: (work) => work(passportAggregate),
  redaction: (work) => work(redactionAggregate),
  panels: (work) => work(panelsAggregate),
  elsewhere: (work) => work(elsewhereAggregate),
  corrections: (work) => work(correctionsAggregate),
  discussions: (work) => work(discussionsAggregate),
  formulas: (work) => work(formulasAggregate),
  'owed-interview': (work) => work(owedInterviewAggregate),
  polls: (work) => work(pollsAggregate),
  'engaged-rounds': (work) => work(engagedRoundsAggregate),
};
