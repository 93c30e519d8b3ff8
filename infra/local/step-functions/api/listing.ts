import type { DatabaseSync } from 'node:sqlite';
import { number, optionalNumber, text } from '#infra/local/step-functions/columns.ts';
import type { Status } from '#infra/local/step-functions/execution.ts';
import { type ExecutionRow, executionOf } from '#infra/local/step-functions/rows.ts';

/** Where a running execution stands: one entry for each line that waits. */
type Waiting = { state: string; doing: string; since: number; until?: number };

export type Listed = {
  arn: string;
  name: string;
  machine: string;
  status: Status;
  startedAt: number;
  stoppedAt?: number;
  error?: string;
  cause?: string;
  waits: Waiting[];
};

export type Listing = {
  /** Newest first. */
  byMachine: (
    machine: string,
    page: { status: Status | undefined; before: number | undefined; limit: number },
  ) => ExecutionRow[];
  /** For the operator: what runs, then what ended last, each newest first. */
  everything: (limit: number) => Listed[];
  find: (nameOrArn: string) => ExecutionRow | undefined;
  listed: (row: ExecutionRow) => Listed;
  /** By its hash, also one that this program could not host any more. */
  definition: (hash: string) => unknown;
};

export const openListing = (database: DatabaseSync): Listing => {
  const byMachine = database.prepare(
    `SELECT * FROM executions WHERE machine = ? AND id < ? AND (?3 IS NULL OR status = ?3)
     ORDER BY id DESC LIMIT ?4`,
  );
  const latest = database.prepare(
    `SELECT * FROM executions ORDER BY status = 'RUNNING' DESC, id DESC LIMIT ?`,
  );
  const waits = database.prepare(
    `SELECT f.state, f.doing, f.since, min(t.at) AS until FROM frames f
     LEFT JOIN timers t ON t.execution = f.execution AND t.frame = f.id AND t.kind <> 'execution'
     WHERE f.execution = ? AND f.doing NOT IN ('children', 'succeeded', 'failed') GROUP BY f.id ORDER BY f.id`,
  );
  const definitionByHash = database.prepare('SELECT body FROM definitions WHERE hash = ?');
  const named = database.prepare(
    'SELECT * FROM executions WHERE arn = ?1 OR name = ?1 ORDER BY id DESC LIMIT 1',
  );

  const listed = (row: ExecutionRow): Listed => {
    const { arn, name, machine, status, startedAt, stoppedAt, error, cause } = row;
    return {
      arn,
      name,
      machine,
      status,
      startedAt,
      ...(stoppedAt === undefined ? {} : { stoppedAt }),
      ...(error === undefined ? {} : { error }),
      ...(cause === undefined ? {} : { cause }),
      waits: status === 'RUNNING' ? waits.all(row.id).map(waitingOf) : [],
    };
  };

  return {
    byMachine: (machine, { status, before, limit }) =>
      byMachine
        .all(machine, before ?? Number.MAX_SAFE_INTEGER, status ?? null, limit)
        .map((row) => executionOf(row)),
    everything: (limit) => latest.all(limit).map((row) => listed(executionOf(row))),
    listed,
    definition: (hash) => {
      const row = definitionByHash.get(hash);
      return row && JSON.parse(text(row, 'body'));
    },
    find: (nameOrArn) => {
      const row = named.get(nameOrArn);
      return row && executionOf(row);
    },
  };
};

const waitingOf = (row: Record<string, unknown>): Waiting => {
  const until = optionalNumber(row, 'until');
  return {
    state: text(row, 'state'),
    doing: text(row, 'doing'),
    since: number(row, 'since'),
    ...(until === undefined ? {} : { until }),
  };
};
