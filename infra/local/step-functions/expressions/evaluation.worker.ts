import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';
import { evaluateHere, type Scope } from './evaluate.ts';

/** Evaluates expressions in order, one at a time, so that the home knows which one is under way. */

const limits = z.object({ milliseconds: z.number(), depth: z.number(), items: z.number() }).parse(workerData);

let last: Promise<void> = Promise.resolve();

const answer = async (before: Promise<void>, text: string, scope: Scope): Promise<void> => {
  await before;
  parentPort?.postMessage(await evaluateHere(text, scope, limits), []);
};

parentPort?.on('message', ({ text, scope }: { text: string; scope: Scope }) => {
  last = answer(last, text, scope);
});
