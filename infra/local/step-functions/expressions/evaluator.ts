import { Worker } from 'node:worker_threads';
import { evaluateHere, type Limits, type Outcome, type Scope } from './evaluate.ts';
import { isSimple } from './simple.ts';

/** Evaluates expressions so that none can stop the home: simple ones here, the others on a thread that is watched. */
export type Evaluator = {
  evaluate: (text: string, scope: Scope) => Promise<Outcome>;
  close: () => Promise<void>;
};

/** Ten seconds of processor time: a thousand times what an expression over 256 KiB should need. */
const usualLimits: Limits = { milliseconds: 10_000, depth: 5_000, items: 1_000_000 };

type Job = { text: string; scope: Scope; settle: (outcome: Outcome) => void };

const overrun: Outcome = { kind: 'threw', message: 'The evaluation took too much time or memory.' };

export const openEvaluator = (limits: Limits = usualLimits): Evaluator => {
  const simple = new Map<string, boolean>();
  const thread = openThread(limits);

  const isQuick = (text: string): boolean => {
    const known = simple.get(text);
    if (known !== undefined) return known;
    const answer = isSimple(text);
    simple.set(text, answer);
    return answer;
  };

  return {
    evaluate: (text, scope) =>
      isQuick(text) ? evaluateHere(text, scope, limits) : thread.evaluate(text, scope),
    close: thread.close,
  };
};

/** One thread that answers in order; when its first job overruns, the thread is replaced and the others sent again. */
const openThread = (limits: Limits): Evaluator => {
  const jobs: Job[] = [];
  let worker: Worker | undefined;
  let watchdog: NodeJS.Timeout | undefined;

  const finishFirst = (outcome: Outcome): void => {
    jobs.shift()?.settle(outcome);
    watch();
  };

  /** Looks now and then how much processor time the first job has taken; waiting for a busy machine costs none. */
  const watch = (): void => {
    clearInterval(watchdog);
    if (jobs.length > 0) worker?.ref();
    else worker?.unref();
    const [first] = jobs;
    if (!first) return;
    let before: number | undefined;
    const look = async (): Promise<void> => {
      const used = await processorTime(worker);
      before ??= used;
      if (jobs[0] === first && used - before > limits.milliseconds) replace();
    };
    watchdog = setInterval(() => void look(), limits.milliseconds / 4);
  };

  const replace = (): void => {
    const broken = worker;
    worker = undefined;
    broken?.removeAllListeners();
    broken?.on('error', () => {});
    void broken?.terminate();
    finishFirst(overrun);
    for (const job of jobs) send(job);
  };

  const start = (): Worker => {
    const started = new Worker(new URL('./evaluation.worker.ts', import.meta.url), {
      workerData: limits,
      resourceLimits: { maxOldGenerationSizeMb: 512 },
      env: {},
      execArgv: [],
    });
    started.on('message', finishFirst);
    started.on('error', replace);
    worker = started;
    return started;
  };

  const send = ({ text, scope }: Job): void => (worker ?? start()).postMessage({ text, scope }, []);

  return {
    evaluate: (text, scope) =>
      new Promise((settle) => {
        const job = { text, scope, settle };
        jobs.push(job);
        send(job);
        if (jobs.length === 1) watch();
      }),
    close: async () => {
      clearInterval(watchdog);
      worker?.removeAllListeners();
      await worker?.terminate();
    },
  };
};

/** Milliseconds that a thread has computed; 0 for one that is gone. */
const processorTime = async (worker: Worker | undefined): Promise<number> => {
  try {
    const { user, system } = (await worker?.cpuUsage()) ?? { user: 0, system: 0 };
    return (user + system) / 1000;
  } catch {
    return 0;
  }
};
