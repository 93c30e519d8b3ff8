import type { Statement } from '#shared/bundle/format.ts';
import { verifyResults } from '#shared/bundle/verify.ts';
import { type aKey, signedBy } from '#test/builders/results.ts';

/** The checks of a bundle, and of a receipt beside it, that do not hold. */
export const failed = async (bundle: string, receipt?: string): Promise<string[]> =>
  (await verifyResults(bundle, receipt)).findings.filter(({ holds }) => !holds).map(({ check }) => check);

/** The region itself, or whoever has its key, signs something else. */
export const resigner =
  (key: ReturnType<typeof aKey>) =>
  (statement: Statement, change: (statement: Statement) => void): string => {
    const other = structuredClone(statement);
    change(other);
    return signedBy(other, key);
  };
