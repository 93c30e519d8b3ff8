import { number, optionalNumber, optionalText, text } from './columns.ts';
import type { HistoryEvent, Status } from './execution.ts';
import { isObject, type JsonObject, parseJson } from './json.ts';

/** The task that started a nested execution; `waits` is false where it does not wait for its end. */
export type Parent = { execution: number; frame: number; token: string; waits?: boolean };

export type ExecutionRow = {
  id: number;
  arn: string;
  name: string;
  machine: string;
  definition: string;
  status: Status;
  input: string;
  output: string | undefined;
  error: string | undefined;
  cause: string | undefined;
  startedAt: number;
  stoppedAt: number | undefined;
  parent: Parent | undefined;
};

const statuses: readonly Status[] = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'];

export const maybe = <T>(
  row: Record<string, unknown> | undefined,
  read: (row: Record<string, unknown>) => T,
): T | undefined => (row === undefined ? undefined : read(row));

export const executionOf = (row: Record<string, unknown>): ExecutionRow => {
  const status = statuses.find((known) => known === row['status']);
  if (!status) throw new Error('an execution without a status');
  const parent = optionalText(row, 'parent');
  return {
    id: number(row, 'id'),
    arn: text(row, 'arn'),
    name: text(row, 'name'),
    machine: text(row, 'machine'),
    definition: text(row, 'definition'),
    status,
    input: text(row, 'input'),
    output: optionalText(row, 'output'),
    error: optionalText(row, 'error'),
    cause: optionalText(row, 'cause'),
    startedAt: number(row, 'started_at'),
    stoppedAt: optionalNumber(row, 'stopped_at'),
    parent: parent === undefined ? undefined : JSON.parse(parent),
  };
};

export const eventOf = (row: Record<string, unknown>): HistoryEvent => ({
  id: number(row, 'id'),
  previous: number(row, 'previous'),
  at: number(row, 'at'),
  type: text(row, 'type'),
  details: detailsOf(text(row, 'details')),
});

const detailsOf = (body: string): JsonObject => {
  const details = parseJson(body);
  return isObject(details) ? details : {};
};
