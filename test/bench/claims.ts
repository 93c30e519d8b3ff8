import { dynamoRecords } from '#functions/adapters/dynamodb/records.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import type { World } from '#test/builders/scenes.ts';
import { chair } from '#test/builders/selection.ts';
import { startEngine } from '#test/engine.ts';
import { cpuOf } from './cpu.ts';
import { aCrowdOfClaimsIn, countedOn } from './crowded-round.ts';
import { constant, figureOf, heading, record } from './harness.ts';

const applicants = Number(process.env['APPLICANTS'] ?? 10_000);

/**
 * What the chair does to decide one claim of many: looks back at the round, opens the claim, sees whom upholding it would move, and upholds it. By computing time, the engine's with it,
 * beside a page of all claims in the same round.
 */
export const run = async (): Promise<void> => {
  heading(`Deciding a claim (${applicants.toLocaleString('en')} applicants, as many claims)`);
  const engine = await startEngine();
  try {
    const { world, roundId, claimId } = await aCrowdOfClaimsIn(engine, applicants);
    const there: World = { ...world, records: { ...world.records, ...dynamoRecords(engine) } };
    const seat = await aCommitteeSite(there).signIn(chair);
    const counted = countedOn(engine.client);
    const measured = async (ask: () => Promise<{ status: number; text: string }>, times: number) => {
      const seconds: number[] = [];
      let text = '';
      for (let time = 0; time <= times; time += 1) {
        const before = cpuOf(process.pid);
        counted.requests = 0;
        const answer = await ask();
        if (answer.status >= 400) throw new Error(`The claim answers ${answer.status}: ${answer.text}`);
        seconds.push((cpuOf(process.pid) - before) / 1000);
        text = answer.text;
      }
      // The first of several is slower, as code is read for the first time.
      return { requests: constant(counted.requests), cpu: figureOf(seconds.slice(times > 0 ? 1 : 0)), text };
    };
    const all = `/en/committee/rounds/${roundId}/claims`;
    const one = `${all}/${claimId}`;
    const form = { verdict: 'upheld', interview: '20', reason: 'The card says so.' };
    const list = await measured(() => seat.get(all), 2);
    const opened = await measured(() => seat.get(one), 2);
    const tried = await measured(() => seat.post(one, form), 2);
    const shown = /name="shown" value="([0-9a-f]{64})"/.exec(tried.text)?.[1];
    if (!shown) throw new Error('Nobody is shown what upholding would change.');
    const decided = await measured(() => seat.post(one, { ...form, shown }), 0);
    const looked = await measured(() => seat.get(`/en/committee/rounds/${roundId}/replay`), 1);
    const rows = {
      'looking back at the round': looked,
      'opening it': opened,
      'seeing whom it moves': tried,
      'upholding it': decided,
    };
    for (const [what, { requests, cpu }] of Object.entries(rows)) {
      const about = { section: '18 claims', what, goal: 'a few seconds for 10,000' };
      record({
        ...about,
        unit: 'requests',
        ours: requests,
        against: { what: 'the list of claims', figure: list.requests },
      });
      record({
        ...about,
        unit: 's of CPU',
        ours: cpu,
        against: { what: 'the list of claims', figure: list.cpu },
      });
    }
  } finally {
    await engine.stop();
  }
};
