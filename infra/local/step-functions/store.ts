import type { DatabaseSync } from 'node:sqlite';
import { number, text } from './columns.ts';
import type { Ending, Execution, Frame, HistoryEvent, TimerKind } from './execution.ts';
import { parseJson, textOf } from './json.ts';
import { type ExecutionRow, eventOf, executionOf, maybe } from './rows.ts';
import type { Turn } from './turn.ts';

export type DueTimer = { execution: number; frame: number; kind: TimerKind; at: number };

type Token = { execution: number; frame: number; open: boolean };

export type Store = ReturnType<typeof openStore>;

/** Executions at rest. Writing happens inside the committer's transactions only. */
export const openStore = (database: DatabaseSync) => ({
  ...writes(database),
  ...reads(database),
  ...timers(database),
});

const writes = (database: DatabaseSync) => {
  const addExecution = database.prepare(
    `INSERT INTO executions (arn, name, machine, definition, status, input, started_at, parent)
     VALUES (?, ?, ?, ?, 'RUNNING', ?, ?, ?)`,
  );
  const endExecution = database.prepare(
    'UPDATE executions SET status = ?, output = ?, error = ?, cause = ?, stopped_at = ? WHERE id = ?',
  );
  const addEvent = database.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?)');
  const putFrame = database.prepare('INSERT OR REPLACE INTO frames VALUES (?, ?, ?, ?, ?, ?)');
  const dropFrame = database.prepare('DELETE FROM frames WHERE execution = ? AND id = ?');
  const putTimer = database.prepare('INSERT OR REPLACE INTO timers VALUES (?, ?, ?, ?)');
  const dropTimer = database.prepare('DELETE FROM timers WHERE execution = ? AND frame = ? AND kind = ?');
  const putToken = database.prepare('INSERT OR REPLACE INTO tokens VALUES (?, ?, ?, ?)');
  const closeToken = database.prepare('UPDATE tokens SET open = 0 WHERE token = ?');

  const addStop = database.prepare('INSERT OR IGNORE INTO stops VALUES (?)');
  const dropStop = database.prepare('DELETE FROM stops WHERE arn = ?');

  const end = (id: number, { status, output, error }: Ending, now: number): void => {
    const result = output === undefined ? null : textOf(output);
    endExecution.run(status, result, error?.error ?? null, error?.explanation || null, now, id);
  };

  return {
    /** @returns the id of the new execution */
    insert: (
      row: Pick<ExecutionRow, 'arn' | 'name' | 'machine' | 'definition' | 'input' | 'startedAt' | 'parent'>,
    ): number => {
      const parent = row.parent ? JSON.stringify(row.parent) : null;
      const { arn, name, machine, definition, input, startedAt } = row;
      return Number(
        addExecution.run(arn, name, machine, definition, input, startedAt, parent).lastInsertRowid,
      );
    },

    /** Everything that one transition changed. */
    write: ({ execution, now, ...turn }: Turn): void => {
      const { id } = execution;
      for (const event of turn.events) {
        addEvent.run(id, event.id, event.previous, event.at, event.type, textOf(event.details));
      }
      for (const frame of turn.gone) dropFrame.run(id, frame);
      for (const frameId of turn.changed) {
        const frame = execution.frames.get(frameId);
        if (frame)
          putFrame.run(id, frameId, frame.state, frame.doing.kind, frame.since, JSON.stringify(frame));
      }
      for (const { frame, kind, at } of turn.timers.values()) {
        if (at === undefined) dropTimer.run(id, frame, kind);
        else putTimer.run(id, frame, kind, Math.ceil(at));
      }
      for (const [token, { frame, open }] of turn.tokens) {
        if (open) putToken.run(token, id, frame, 1);
        else closeToken.run(token);
      }
      for (const arn of turn.stops) addStop.run(arn);
      if (turn.ending) end(id, turn.ending, now);
    },

    dropStop: (arn: string): void => {
      dropStop.run(arn);
    },
  };
};

const reads = (database: DatabaseSync) => {
  const byId = database.prepare('SELECT * FROM executions WHERE id = ?');
  const byArn = database.prepare('SELECT * FROM executions WHERE arn = ?');
  const frames = database.prepare('SELECT body FROM frames WHERE execution = ? ORDER BY id');
  const lastEvent = database.prepare('SELECT max(id) AS last FROM events WHERE execution = ?');
  const token = database.prepare('SELECT * FROM tokens WHERE token = ?');
  const toResume = database.prepare(
    `SELECT DISTINCT execution FROM frames WHERE doing IN ('entering', 'beginning', 'invoking', 'starting', 'nested')`,
  );
  const stops = database.prepare('SELECT arn FROM stops');
  const events = database.prepare('SELECT * FROM events WHERE execution = ? AND id > ? ORDER BY id LIMIT ?');
  const eventsBack = database.prepare(
    'SELECT * FROM events WHERE execution = ? AND id < ? ORDER BY id DESC LIMIT ?',
  );

  return {
    execution: (id: number): ExecutionRow | undefined => maybe(byId.get(id), executionOf),
    executionByArn: (arn: string): ExecutionRow | undefined => maybe(byArn.get(arn), executionOf),
    frames: (execution: number): Frame[] => frames.all(execution).map((row) => JSON.parse(text(row, 'body'))),
    lastEvent: (execution: number): number => number(lastEvent.get(execution) ?? {}, 'last'),
    token: (value: string): Token | undefined =>
      maybe(token.get(value), (row) => ({
        execution: number(row, 'execution'),
        frame: number(row, 'frame'),
        open: number(row, 'open') === 1,
      })),
    toResume: (): number[] => toResume.all().map((row) => number(row, 'execution')),
    /** Nested executions that were to be stopped when the home was. */
    stops: (): string[] => stops.all().map((row) => text(row, 'arn')),
    /** @param after the last id already seen; from the end backwards it counts down from there */
    events: (execution: number, page: { after?: number; limit: number; reverse: boolean }): HistoryEvent[] =>
      (page.reverse
        ? eventsBack.all(execution, page.after ?? Number.MAX_SAFE_INTEGER, page.limit)
        : events.all(execution, page.after ?? 0, page.limit)
      ).map(eventOf),
  };
};

const timers = (database: DatabaseSync) => {
  const due = database.prepare('SELECT * FROM timers WHERE at <= ? ORDER BY at LIMIT 1000');
  const next = database.prepare('SELECT min(at) AS at FROM timers WHERE at > ?');
  const drop = database.prepare('DELETE FROM timers WHERE execution = ? AND frame = ? AND kind = ?');
  const one = database.prepare('SELECT at FROM timers WHERE execution = ? AND frame = ? AND kind = ?');
  return {
    dueTimers: (now: number): DueTimer[] =>
      due.all(now).map((row) => ({
        execution: number(row, 'execution'),
        frame: number(row, 'frame'),
        kind: timerKind(text(row, 'kind')),
        at: number(row, 'at'),
      })),
    nextTimer: (after: number): number | undefined => {
      const at = next.get(after)?.['at'];
      return typeof at === 'number' ? at : undefined;
    },
    dropTimer: ({ execution, frame, kind }: DueTimer): void => {
      drop.run(execution, frame, kind);
    },
    timerAt: (execution: number, frame: number, kind: TimerKind): number | undefined =>
      maybe(one.get(execution, frame, kind), (row) => number(row, 'at')),
  };
};

const timerKinds: readonly TimerKind[] = ['wait', 'retry', 'timeout', 'heartbeat', 'execution'];

const timerKind = (value: string): TimerKind => {
  const kind = timerKinds.find((known) => known === value);
  if (!kind) throw new Error(`there is no timer '${value}'`);
  return kind;
};

/** An execution as the interpreter works on it. */
export const loadExecution = (
  store: Pick<Store, 'frames' | 'lastEvent'>,
  row: ExecutionRow,
  known: Pick<Execution, 'machine' | 'program'>,
): Execution => {
  const frames = new Map(store.frames(row.id).map((frame) => [frame.id, frame]));
  return {
    ...known,
    id: row.id,
    arn: row.arn,
    name: row.name,
    input: parseJson(row.input),
    startedAt: row.startedAt,
    lastEvent: store.lastEvent(row.id),
    lastFrame: Math.max(0, ...frames.keys()),
    frames,
  };
};
