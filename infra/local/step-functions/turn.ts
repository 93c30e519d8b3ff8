import {
  childrenOf,
  type Effect,
  type Ending,
  type Execution,
  executionArn,
  type Frame,
  type HistoryEvent,
  type TimerKind,
} from './execution.ts';
import type { Evaluator } from './expressions/evaluator.ts';
import { type Json, type JsonObject, textOf } from './json.ts';
import type { StateError } from './state-error.ts';

/** AWS ends an execution that would write more: event 25,000 is its failure. */
const mostEvents = 25_000;

/** Thrown when there is no room for one more event; the turn then ends the execution. */
export class HistoryFull extends Error {}

/** How the failure of a state was dealt with; by nobody, and its line failed. */
export type Handled = {
  error: StateError;
  by?: { kind: 'retrier'; index: number; delaySeconds: number } | { kind: 'catcher'; index: number };
};

type TimerChange = { frame: number; kind: TimerKind; at: number | undefined };

/**
 * One transition being worked out: the execution as it will be, and everything that must be written together. Nothing
 * has happened until it is on disk; until then it can be dropped and worked out again.
 */
export type Turn = {
  execution: Execution;
  now: number;
  evaluate: Evaluator['evaluate'];
  /** Between 0 and 1, for the jitter of retries. */
  chance: () => number;
  newToken: () => string;
  events: HistoryEvent[];
  changed: Set<number>;
  gone: Set<number>;
  timers: Map<string, TimerChange>;
  tokens: Map<string, { frame: number; open: boolean }>;
  effects: Effect[];
  /** Inner lines that came to an end in this turn and whose outer line has not been told yet. */
  finished: { frame: Frame; error?: StateError }[];
  /** Nested executions that nobody waits for any more, by ARN; also such as may not have been started yet. */
  stops: string[];
  ending: Ending | undefined;
  /** The last failure of this turn. */
  handled: Handled | undefined;
};

export type TurnTools = Pick<Turn, 'now' | 'evaluate' | 'chance' | 'newToken'>;

export const openTurn = (execution: Execution, tools: TurnTools): Turn => ({
  ...tools,
  execution,
  events: [],
  changed: new Set(),
  gone: new Set(),
  timers: new Map(),
  tokens: new Map(),
  effects: [],
  finished: [],
  stops: [],
  ending: undefined,
  handled: undefined,
});

/** Appends an event after `previous` and answers its id. Lines keep their own chains: see `record`. */
export const append = (turn: Turn, type: string, previous: number, details: JsonObject = {}): number => {
  const id = turn.execution.lastEvent + 1;
  if (id >= mostEvents && !type.startsWith('Execution')) throw new HistoryFull();
  turn.execution.lastEvent = id;
  turn.events.push({ id, previous, at: turn.now, type, details });
  return id;
};

/** Appends an event to a line. */
export const record = (turn: Turn, frame: Frame, type: string, details: JsonObject = {}): number => {
  frame.previous = append(turn, type, frame.previous, details);
  turn.changed.add(frame.id);
  return frame.previous;
};

export const change = (turn: Turn, frame: Frame, doing: Frame['doing']): void => {
  frame.doing = doing;
  frame.since = turn.now;
  turn.changed.add(frame.id);
};

/** @param at milliseconds since 1970; undefined takes the timer away */
export const setTimer = (turn: Turn, frame: Frame, kind: TimerKind, at: number | undefined): void => {
  turn.timers.set(`${frame.id}/${kind}`, { frame: frame.id, kind, at });
};

export const addFrame = (turn: Turn, frame: Omit<Frame, 'id' | 'enteredAt' | 'since'>): Frame => {
  turn.execution.lastFrame += 1;
  const added = { ...frame, id: turn.execution.lastFrame, enteredAt: turn.now, since: turn.now };
  turn.execution.frames.set(added.id, added);
  turn.changed.add(added.id);
  return added;
};

/** Ends what a line waits for: its timers, and its token, which from now on is too late. */
export const release = (turn: Turn, frame: Frame): void => {
  const { doing } = frame;
  if (doing.kind === 'waiting') setTimer(turn, frame, 'wait', undefined);
  if (doing.kind === 'retrying') setTimer(turn, frame, 'retry', undefined);
  if (!('token' in doing)) return;
  if (doing.kind === 'nested') turn.stops.push(doing.child);
  if (doing.kind === 'starting' && doing.waits) turn.stops.push(executionArn(doing.machineArn, doing.name));
  setTimer(turn, frame, 'timeout', undefined);
  setTimer(turn, frame, 'heartbeat', undefined);
  turn.tokens.set(doing.token, { frame: frame.id, open: false });
};

/** Takes the lines inside a line away. */
export const removeChildren = (turn: Turn, frame: Frame): void => {
  for (const child of childrenOf(turn.execution, frame)) {
    removeChildren(turn, child);
    release(turn, child);
    turn.execution.frames.delete(child.id);
    turn.changed.delete(child.id);
    turn.gone.add(child.id);
  }
};

/** A payload as events carry it. */
export const payload = (key: 'input' | 'output', value: Json): JsonObject => payloadOf(key, textOf(value));

/** As `payload`, of a value that is a text already. */
export const payloadOf = (key: 'input' | 'output', text: string): JsonObject => ({
  [key]: text,
  [`${key}Details`]: { truncated: false },
});
