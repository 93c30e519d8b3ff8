import type { RecordNames } from '#functions/adapters/dynamodb/record-names.ts';
import { tellFinding } from '#functions/sweep/telling.ts';
import type { CheckFinding } from '#shared/checks/finding.ts';
import { checkRecord, type RecordName } from '#shared/domain/audit.ts';
import type { Records } from '#shared/ports/records.ts';

export type InvariantDeps = {
  records: Pick<Records, 'find' | 'history'>;
  names: RecordNames;
};

type CheckedPage = { checked: number; findings: CheckFinding[]; next?: string };

const atOnce = 8;

/**
 * Checks of some records that each equals the fold of its events, that its chain holds, and that its decisions are people's.
 * @param after where the page before ended; undefined begins with the first record
 */
export const checkPage = async ({ records, names }: InvariantDeps, after?: string): Promise<CheckedPage> => {
  const page = await names.page(after);
  const findings: CheckFinding[] = [];
  await inTurns(page.names, async (name) => {
    const { fault } = await checkRecord(records, name);
    if (fault) findings.push({ invariant: fault.fault, ...name, version: fault.version });
  });
  findings.forEach(tellFinding);
  return { checked: page.names.length, findings, ...(page.next !== undefined && { next: page.next }) };
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
