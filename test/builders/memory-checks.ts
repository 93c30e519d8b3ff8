import { CheckState } from '#shared/checks/run.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import type { CheckReports } from '#shared/ports/checks.ts';
import { memoryReadLog } from '#test/builders/memory-reads.ts';

/** What the checks came to, in memory; read as it would be stored. */
const memoryCheckReports = (): CheckReports => {
  let stored: string = canonicalJson({});
  return {
    read: async () => CheckState.parse(JSON.parse(stored)),
    save: async ({ revision = 0, ...state }) => {
      if (revision !== (CheckState.parse(JSON.parse(stored)).revision ?? 0)) return undefined;
      const saved = { ...state, revision: revision + 1 };
      stored = canonicalJson(saved);
      return saved;
    },
  };
};

/** Who read what, and what the checks came to: neither is a record. */
export const memoryLogs = () => ({ readLog: memoryReadLog(), checks: memoryCheckReports() });
