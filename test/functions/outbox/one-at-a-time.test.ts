import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { oneAtATime } from '#functions/outbox/one-at-a-time.ts';

it('begins a call once the one before has ended, also where that failed', async () => {
  const steps: string[] = [];
  const work = oneAtATime(async (name: string) => {
    steps.push(`${name} begins`);
    await setImmediate();
    steps.push(`${name} ends`);
    if (name === 'first') throw new Error('It failed.');
  });
  const answers = await Promise.allSettled(['first', 'second', 'third'].map((name) => work(name)));

  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  expect(steps).toEqual(['first', 'second', 'third'].flatMap((name) => [`${name} begins`, `${name} ends`]));
});
