import type { RecordNames } from '#functions/adapters/dynamodb/record-names.ts';
import { log } from '#functions/log.ts';
import { type Checked, checkRecord, type RecordName } from '#shared/domain/audit.ts';
import type { AggregateName } from '#shared/domain/event.ts';
import type { LogFacts } from '#shared/log-messages.ts';
import type { Records } from '#shared/ports/records.ts';

export type InvariantDeps = {
  records: Pick<Records, 'find' | 'history'>;
  names: RecordNames;
  /** Milliseconds that this invocation still has. */
  remaining: () => number;
};

export type Swept = { checked: number; faults: number; finished: boolean };

/** A page of records is begun only with this much time left. */
const reserveMilliseconds = 60_000;
const atOnce = 8;

/**
 * Checks that every record equals the fold of its events and that its chain holds. Out of time, it stores how far it
 * came, and the next sweep goes on from there.
 * @param from the cursor of an unfinished sweep; undefined begins with the first record
 */
export const sweepInvariants = async (deps: InvariantDeps, from?: string): Promise<Swept> => {
  const sum: Swept = { checked: 0, faults: 0, finished: false };
  let after = from;
  do {
    if (deps.remaining() < reserveMilliseconds && after !== undefined) {
      await deps.names.cursor.save(after);
      return sum;
    }
    const page = await deps.names.page(after);
    await inTurns(page.names, async (name) => {
      sum.checked += 1;
      if (!report(name, await checkRecord(deps.records, name))) sum.faults += 1;
    });
    after = page.next;
  } while (after !== undefined);
  await deps.names.cursor.clear();
  if (sum.faults === 0) log.info('INVARIANTS_HELD', { count: sum.checked });
  return { ...sum, finished: true };
};

/** True when nothing is wrong. */
const report = (name: RecordName, { fault }: Checked): boolean => {
  if (!fault) return true;
  log.error('INVARIANT_BROKEN', {
    aggregate: name.aggregate,
    ...identifier[name.aggregate](name.id),
    version: fault.version,
    reason: fault.fault,
  });
  return false;
};

const identifier: Record<AggregateName, (id: string) => LogFacts> = {
  round: (roundId) => ({ roundId }),
  application: (applicationId) => ({ applicationId }),
  person: (personId) => ({ personId }),
  gate: (gateId) => ({ gateId }),
  committee: (roundId) => ({ roundId }),
  candidacy: (applicationId) => ({ applicationId }),
  slot: (slotId) => ({ slotId }),
  claim: (claimId) => ({ claimId }),
  vacancy: (id) => ({ roundId: id.slice(0, id.indexOf('.')) }),
  placement: (placementId) => ({ placementId }),
  passport: (id) => ({ roundId: id.slice(0, id.indexOf('.')) }),
  marks: (roundId) => ({ roundId }),
  formulas: (roundId) => ({ roundId }),
  polls: (roundId) => ({ roundId }),
  references: (applicationId) => ({ applicationId }),
  staff: () => ({}),
  calendar: () => ({}),
  'data-request': (dataRequestId) => ({ dataRequestId }),
  redaction: (applicationId) => ({ applicationId }),
  panels: (roundId) => ({ roundId }),
  elsewhere: (roundId) => ({ roundId }),
  corrections: (roundId) => ({ roundId }),
  discussions: (gateId) => ({ gateId }),
  'owed-interview': (applicationId) => ({ applicationId }),
};

const inTurns = async (
  names: readonly RecordName[],
  work: (name: RecordName) => Promise<void>,
): Promise<void> => {
  const left = [...names];
  const worker = async (): Promise<void> => {
    for (let name = left.shift(); name; name = left.shift()) await work(name);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
};
