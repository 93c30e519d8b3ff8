import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openHome, temporaryFolder } from './home.ts';
import { definitionsOf } from './model/definitions.ts';
import { flows, type Outcome, outcomeOf } from './model/machines.ts';
import { minutesOf, openBudget } from './model/soak.ts';
import { answeredTwice, eventsIn, faultsOfHistory, type Note, openWorld } from './model/world.ts';

/**
 * Random machines against a plain model: whatever is nested in whatever, with functions that fail, retriers, catchers,
 * waits, gates and their committees, and the home closed and opened again at any moment, what comes out is the model's.
 * Time stands still here and leaps, so that days cost nothing; `model-killed.test.ts` kills a process in real time.
 */
const openModel = (flow: Parameters<typeof outcomeOf>[0], folder: string, notes: Note[], now?: number) => {
  const home = openHome({
    machines: definitionsOf('round', flow),
    folder,
    ...(now === undefined ? {} : { now }),
    more: { graceMilliseconds: 1, invoke: (name, payload) => world.invoke(name, payload) },
  });
  const world = openWorld({
    call: home.call,
    history: home.service.history,
    journal: { add: (note) => void notes.push(note), all: () => [...notes] },
    track: home.activity.track,
  });
  world.resume();
  return home;
};

const ended = ({
  status,
  output,
  error,
}: { [field in 'status' | 'output' | 'error']?: string | undefined }): object => ({
  status,
  ...(output === undefined ? {} : { output: Number(output) }),
  ...(error === undefined ? {} : { error }),
});

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Homes side by side: a run mostly waits, for functions that take their time and for threads that end. */
const lanes = 8;
const budget = openBudget('Random machines, closed and opened', minutesOf(20));

const tryMachines = async (numRuns: number): Promise<void> => {
  const stops = fc.array(fc.integer({ min: 0, max: 15 }), { maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(flows, fc.integer({ min: 0, max: 9 }), stops, async (flow, input, moments) => {
      if (!budget.begin()) return;
      const folder = temporaryFolder();
      const notes: Note[] = [];
      let home = openModel(flow, folder, notes);
      const arn = await home.start('round', input);
      for (const moment of moments) {
        await pause(moment);
        const now = home.clock.now() + 1_000;
        await home.close();
        home = openModel(flow, folder, notes, now);
      }
      budget.count('stops', moments.length);
      await home.pass(100_000);

      const description = await home.describe(arn);
      const executions = home.service.executions();
      const faults = executions.flatMap(({ arn: each, status }) =>
        faultsOfHistory(eventsIn(home.service.history(each)), status),
      );
      await home.close();
      budget.count('executions', executions.length);

      const expected: Outcome = outcomeOf(flow, input);
      expect(ended(description)).toEqual(expected);
      expect(faults).toEqual([]);
      expect(executions.filter(({ status }) => status === 'RUNNING')).toEqual([]);
      expect(answeredTwice(notes)).toEqual([]);
      expect(notes.filter(({ kind }) => kind === 'wrong')).toEqual([]);
    }),
    { numRuns },
  );
};

test('random machines come to what a plain model says, however often the home is stopped on the way', async () => {
  const runs = process.env['SOAK'] ? 500 : 20;
  const tried = await Promise.allSettled(
    Array.from({ length: lanes }, () => tryMachines(Math.ceil(runs / lanes))),
  );
  budget.report();
  for (const lane of tried) if (lane.status === 'rejected') throw lane.reason;
}, 1_500_000);
