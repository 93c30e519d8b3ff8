import type { RecordPages } from '#functions/adapters/dynamodb/record-pages.ts';
import { tellFinding } from '#functions/sweep/telling.ts';
import type { CheckFinding } from '#shared/checks/finding.ts';
import { type Checked, checkRecord, type RecordName } from '#shared/domain/audit.ts';
import type { RecordReads } from '#shared/ports/records.ts';

export type InvariantDeps = {
  records: Pick<RecordReads, 'find' | 'history'>;
  pages: RecordPages;
};

type CheckedPage = { checked: number; findings: CheckFinding[]; next?: string };

/**
 * Checks of some records that each equals the fold of its events, that its chain holds, and that its decisions are people's.
 * @param after where the page before ended; undefined begins with the first record
 */
export const checkPage = async (deps: InvariantDeps, after?: string): Promise<CheckedPage> => {
  const { checked, next } = await checkedOn(deps, after);
  const findings = checked.flatMap(([name, { fault }]): CheckFinding[] =>
    fault ? [{ invariant: fault.fault, ...name, version: fault.version }] : [],
  );
  findings.forEach(tellFinding);
  return { checked: checked.length, findings, ...(next !== undefined && { next }) };
};

/**
 * What the records of a page came to, by what the page holds of them. What looks wrong there is read by its name and told as it stands then: a scan lags,
 * somebody may have stored meanwhile, and a record may be longer than a page.
 */
export const checkedOn = async (
  { records, pages }: InvariantDeps,
  after?: string,
): Promise<{ checked: [RecordName, Checked][]; next?: string }> => {
  const { names, read, next } = await pages.page(after);
  const checked: [RecordName, Checked][] = [];
  for (const name of names) {
    const seen = await checkRecord(read, name);
    checked.push([name, seen.fault ? await checkRecord(records, name) : seen]);
  }
  return { checked, ...(next !== undefined && { next }) };
};
