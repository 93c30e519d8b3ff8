import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Activity, Authorize, HomeClock, HomeLog, Invoke } from '#infra/local/ports.ts';
import { type Actors, openActors } from './actors.ts';
import { openCommitter } from './committer.ts';
import { type Effect, type Execution, executionArn } from './execution.ts';
import type { Evaluator } from './expressions/evaluator.ts';
import type { Machines } from './machines.ts';
import { perform } from './outside.ts';
import { resumptionsOf } from './recovery.ts';
import { stopChild, tellIfEnded, tellParent, type Writing } from './relatives.ts';
import { openRetention } from './retention.ts';
import { type Started, type StartRequest, writeStart } from './starts.ts';
import { type DueTimer, loadExecution, openStore, type Store } from './store.ts';
import type { Lab } from './test-state/run.ts';
import { openTimers } from './timers.ts';
import type { Stimulus } from './transition.ts';
import type { Turn, TurnTools } from './turn.ts';

export type EngineOptions = {
  database: DatabaseSync;
  machines: Machines;
  clock: HomeClock;
  activity: Activity;
  invoke: Invoke;
  authorize: Authorize | undefined;
  evaluator: Evaluator;
  log: HomeLog;
  graceMilliseconds?: number;
};

export type Engine = {
  store: Store;
  start: (request: StartRequest) => Promise<Started>;
  /** For callers from outside: rejects when the disk refuses. False when it came too late. */
  post: (execution: number, stimulus: Stimulus) => Promise<boolean>;
  /** For a state that is tested by itself. */
  lab: Lab;
  /** Goes on with everything that the last stop cut: to be called once. */
  resume: () => void;
  close: () => Promise<void>;
};

/** Milliseconds that a stop waits for functions under way; what takes longer is cut and surfaces at the next start. */
const graceAtStop = 5_000;

/** Drives executions: transitions one by one onto disk, then the world outside, then what comes back. */
export const openEngine = (options: EngineOptions): Engine => {
  const store = openStore(options.database);
  const committer = openCommitter(options.database);
  const tools = toolsOf(options);
  const load = loaderOf(store, options.machines);
  const underWay = new Set<Promise<void>>();

  const committed = (turn: Turn): void => {
    const instants = [...turn.timers.values()].flatMap(({ at }) => at ?? []);
    if (instants.length > 0) timers.notice(Math.ceil(Math.min(...instants)));
    for (const effect of turn.effects) if (isStillMeant(turn, effect)) act(turn.execution, effect);
    for (const arn of turn.stops) void stopChild(writing, arn);
    if (turn.ending) tellParent(store, actors, turn.execution.id);
  };

  const { track } = options.activity;
  const actors = openActors({ store, committer, load, tools, committed, track, log: options.log });
  const writing = { store, committer, actors };
  const retention = openRetention({ ...options, committer });
  const timers = openTimers(options.clock, store, fireWith(writing));

  const start = async (request: StartRequest): Promise<Started> => {
    const started = await committer.commit(() => writeStart(store, options.machines, request, tools()));
    if (started.turn) {
      committed(started.turn);
      void actors.post(started.id, { kind: 'proceed' });
    }
    return started;
  };

  const act = (execution: Execution, effect: Effect): void => {
    const letGo = actors.hold(execution.id);
    const work = async (): Promise<void> => {
      await actors.post(execution.id, await inTheWorld(execution, effect));
      if (effect.kind === 'start') tellIfEnded(store, actors, executionArn(effect.machineArn, effect.name));
      letGo();
      underWay.delete(promise);
    };
    const promise = track(work());
    underWay.add(promise);
  };

  const inTheWorld = (execution: Execution, effect: Effect): Promise<Stimulus> =>
    perform({ ...options, start }, execution, effect);

  return {
    store,
    start,
    post: (id, stimulus) => actors.post(id, stimulus, 'caller'),
    lab: { ...options, tools, perform: inTheWorld },
    resume: () => {
      for (const id of store.toResume()) resumeOne({ store, load, actors, act }, id);
      for (const arn of store.stops()) void stopChild(writing, arn);
      timers.scan();
    },
    close: async () => {
      timers.close();
      retention.close();
      actors.pause();
      await Promise.race([Promise.all(underWay), pause(options.graceMilliseconds ?? graceAtStop)]);
      await actors.close();
      committer.close();
    },
  };
};

type Resuming = {
  store: Store;
  load: (id: number) => Execution | undefined;
  actors: Actors;
  act: (execution: Execution, effect: Effect) => void;
};

const resumeOne = ({ store, load, actors, act }: Resuming, id: number): void => {
  const execution = load(id);
  if (!execution) return;
  const { stimuli, effects } = resumptionsOf(store, execution);
  for (const stimulus of stimuli) void actors.post(id, stimulus);
  for (const effect of effects) act(execution, effect);
};

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });

const toolsOf =
  ({ clock, evaluator }: EngineOptions) =>
  (): TurnTools => ({
    now: clock.now(),
    evaluate: evaluator.evaluate,
    chance: Math.random,
    newToken: () => randomBytes(36).toString('base64url'),
  });

const loaderOf =
  (store: Store, machines: Machines) =>
  (id: number): Execution | undefined => {
    const row = store.execution(id);
    if (row?.status !== 'RUNNING') return undefined;
    const machine = machines.ever(row.machine);
    if (!machine) throw new Error(`execution ${row.arn} belongs to no state machine`);
    return loadExecution(store, row, { machine, program: machines.program(row.definition) });
  };

/** Fires a timer; one that means nothing any more is taken out of the table. */
const fireWith =
  ({ store, committer, actors }: Writing) =>
  async (timer: DueTimer): Promise<void> => {
    const { execution, frame, kind, at } = timer;
    const happened = await actors.post(execution, { kind: 'timer', timer: kind, frame, at });
    const isStale = !happened && store.timerAt(execution, frame, kind) === at;
    if (isStale) await committer.commit(() => store.dropTimer(timer));
  };

/** What was begun and cut in one turn never leaves the house. */
const isStillMeant = ({ execution }: Turn, { frame, token }: Effect): boolean => {
  const doing = execution.frames.get(frame)?.doing;
  return doing !== undefined && 'token' in doing && doing.token === token;
};
