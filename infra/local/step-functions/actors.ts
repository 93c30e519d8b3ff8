import type { HomeLog } from '#infra/local/ports.ts';
import { type Committer, isStorageFault } from './committer.ts';
import type { Execution } from './execution.ts';
import type { Store } from './store.ts';
import { readyFrame, type Stimulus, transitions } from './transition.ts';
import type { Turn, TurnTools } from './turn.ts';

export type Actors = {
  /** Resolves when the stimulus is on disk: true; false when it came too late to mean anything. */
  post: (execution: number, stimulus: Stimulus, from?: 'caller' | 'home') => Promise<boolean>;
  /** Keeps an execution in memory while something of it is under way outside. */
  hold: (execution: number) => () => void;
  /** Executions no longer go on by themselves; what comes from outside is still written. */
  pause: () => void;
  /** Resolves when what was being written is on disk; what comes later is dropped. */
  close: () => Promise<void>;
};

type Mail = {
  stimulus: Stimulus;
  from: 'caller' | 'home';
  settle: (happened: boolean) => void;
  reject: (error: unknown) => void;
};

type Actor = {
  id: number;
  execution: Execution | undefined;
  mailbox: Mail[];
  work: Promise<void> | undefined;
  holds: number;
  /** Times in a row that its next transition failed through no fault of the disk. */
  faults: number;
};

type Options = {
  store: Store;
  committer: Committer;
  /** Undefined when the execution does not run (any more). */
  load: (id: number) => Execution | undefined;
  tools: () => TurnTools;
  /** After a transition is on disk. */
  committed: (turn: Turn) => void;
  track: <T>(work: Promise<T>) => Promise<T>;
  log: HomeLog;
};

/** Milliseconds until a write is tried again that the disk refused. */
const pauseAfterFault = 1_000;

/** Transitions of one execution that are written together, when nothing from outside comes between them. */
const mostAtOnce = 50;

/** A transition that fails so often, and not for the disk, would fail for ever: its execution ends. */
const mostFaults = 3;

/** One execution, one transition at a time; different executions side by side. */
export const openActors = (options: Options): Actors => {
  const crew: Crew = { options, actors: new Map(), isPaused: false, isClosed: false };
  return {
    post: (id, stimulus, from = 'home') =>
      new Promise((settle, reject) => {
        if (crew.isClosed) {
          if (from === 'caller') reject(new Error('The home is stopping.'));
          else settle(false);
          return;
        }
        const actor = actorOf(crew, id);
        actor.mailbox.push({ stimulus, from, settle, reject });
        actor.work ??= options.track(workThrough(crew, actor));
      }),
    hold: (id) => {
      const actor = actorOf(crew, id);
      actor.holds += 1;
      return () => {
        actor.holds -= 1;
        rest(crew, actor);
      };
    },
    pause: () => {
      crew.isPaused = true;
    },
    close: async () => {
      crew.isPaused = true;
      crew.isClosed = true;
      await Promise.all([...crew.actors.values()].flatMap(({ work }) => work ?? []));
    },
  };
};

type Crew = { options: Options; actors: Map<number, Actor>; isPaused: boolean; isClosed: boolean };

const actorOf = ({ actors }: Crew, id: number): Actor => {
  const known = actors.get(id);
  if (known) return known;
  const actor: Actor = { id, execution: undefined, mailbox: [], work: undefined, holds: 0, faults: 0 };
  actors.set(id, actor);
  return actor;
};

/** What only waits is not kept in memory. */
const rest = ({ actors }: Crew, actor: Actor): void => {
  if (!actor.work && actor.holds === 0 && actor.mailbox.length === 0) actors.delete(actor.id);
};

const workThrough = async (crew: Crew, actor: Actor): Promise<void> => {
  for (let mail = nextMail(crew, actor); mail; mail = nextMail(crew, actor)) await handle(crew, actor, mail);
  actor.work = undefined;
  rest(crew, actor);
};

/** What came from outside first; else the execution's own next step. */
const nextMail = (crew: Crew, actor: Actor): Mail | undefined => {
  const mail = actor.mailbox.shift();
  if (mail || crew.isPaused || !actor.execution || !readyFrame(actor.execution)) return mail;
  return goOn();
};

const handle = async (crew: Crew, actor: Actor, mail: Mail): Promise<void> => {
  try {
    mail.settle(await step(crew, actor, mail.stimulus));
    actor.faults = 0;
  } catch (error) {
    actor.execution = undefined;
    await afterFault(crew, actor, mail, error);
  }
};

/** Nothing was written. Callers are told; what the home itself has to do is tried until the disk takes it. */
const afterFault = async (crew: Crew, actor: Actor, mail: Mail, error: unknown): Promise<void> => {
  const callers = [mail, ...actor.mailbox].filter(({ from }) => from === 'caller');
  for (const caller of callers) caller.reject(error);
  actor.mailbox = actor.mailbox.filter(({ from }) => from === 'home');
  const reason = error instanceof Error ? error.message : String(error);
  crew.options.log('execution-not-written', 'A transition could not be written. It is tried again.', {
    execution: actor.id,
    reason,
  });
  if (mail.from === 'home' && !isStorageFault(error)) actor.faults += 1;
  await new Promise((resolve) => {
    setTimeout(resolve, pauseAfterFault);
  });
  if (crew.isClosed) return;
  // What the caller's fault threw out of memory may have had a line that was ready: it goes on from disk.
  const next = mail.from === 'caller' ? goOn() : mail;
  actor.mailbox.unshift(actor.faults < mostFaults ? next : { ...next, stimulus: { kind: 'broken', reason } });
};

const goOn = (): Mail => ({
  stimulus: { kind: 'proceed' },
  from: 'home',
  settle: () => {},
  reject: () => {},
});

const step = async (crew: Crew, actor: Actor, stimulus: Stimulus): Promise<boolean> => {
  const { options } = crew;
  const { store } = options;
  actor.execution ??= options.load(actor.id);
  if (!actor.execution) return false;
  // A heartbeat may have moved the timer since it became due.
  if (stimulus.kind === 'timer' && store.timerAt(actor.id, stimulus.frame, stimulus.timer) !== stimulus.at) {
    return false;
  }
  let done = 1;
  const turn = await transitions(actor.execution, stimulus, options.tools, () => {
    done += 1;
    return done <= mostAtOnce && !crew.isPaused && actor.mailbox.length === 0;
  });
  if (!turn) return false;
  await options.committer.commit(() => store.write(turn));
  if (turn.ending) actor.execution = undefined;
  options.committed(turn);
  return true;
};
