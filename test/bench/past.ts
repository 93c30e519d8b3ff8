import { dynamoRecords } from '#functions/adapters/dynamodb/records.ts';
import { aCommitteeSite, type Seat } from '#test/builders/committee-site.ts';
import { theAdministrator } from '#test/builders/offers.ts';
import type { World } from '#test/builders/scenes.ts';
import { auditor, secretary } from '#test/builders/selection.ts';
import { startEngine } from '#test/engine.ts';
import { cpuOf } from './cpu.ts';
import { aCrowdedRoundIn, countedOn } from './crowded-round.ts';
import { constant, heading, inTurn, record } from './harness.ts';

const applicants = Number(process.env['APPLICANTS'] ?? 10_000);

/** Who reads a page of which moment, and where it stands today. */
const pages = [
  ['/screening', '2022-10-04T13:01:30.000Z', 'auditor', 'committee/rounds'],
  ['/interviews', '2022-10-24T10:00:00.012Z', 'secretary', 'committee/rounds'],
  ['/claims', '2022-11-05T04:00:00.000Z', 'secretary', 'committee/rounds'],
  ['/offers', '2022-11-14T05:00:00.012Z', 'administrator', 'manage/rounds'],
] as const;

/**
 * Lists of a round as they were, beside the same of today: each is a page of a hundred rows that is counted over everybody. By computing time, the
 * engine's with it, which hardly moves with whoever else uses the machine.
 */
export const run = async (): Promise<void> => {
  heading(`Pages of the past (${applicants.toLocaleString('en')} applicants of a closed round)`);
  const engine = await startEngine();
  try {
    const { world, roundId } = await aCrowdedRoundIn(engine, applicants);
    world.clock.pass(60);
    const there: World = { ...world, records: { ...world.records, ...dynamoRecords(engine) } };
    const seats = await seatsIn(there);
    const counted = countedOn(engine.client);
    for (const [tail, moment, who, area] of pages) {
      const seen = (path: string) => async (): Promise<number> => {
        const before = cpuOf(process.pid);
        counted.requests = 0;
        const { status } = await seats[who].get(path);
        if (status !== 200) throw new Error(`${path} answers ${status}.`);
        return (cpuOf(process.pid) - before) / 1000;
      };
      const then = seen(`/en/committee/rounds/${roundId}/replay/${moment}${tail}`);
      const today = seen(`/en/${area}/${roundId}${tail}`);
      await then();
      const requests = constant(counted.requests);
      await today();
      const asked = { what: 'the same page of today', figure: constant(counted.requests) };
      const goal = 'at most 0.3 for each applicant: a history each was one';
      record({ ...about(tail), unit: 'requests', ours: requests, against: asked, goal });
      const [ours, figure] = await inTurn(2, then, today);
      const against = { what: 'the same page of today', figure };
      record({ ...about(tail), unit: 's of CPU', ours, against, goal: 'a few seconds for 10,000' });
    }
  } finally {
    await engine.stop();
  }
};

const about = (tail: string) => ({ section: '17 the past', what: `the page ${tail} as it was` });

const seatsIn = async (world: World): Promise<Record<'administrator' | 'auditor' | 'secretary', Seat>> => {
  const site = aCommitteeSite(world);
  return {
    administrator: await site.signIn(theAdministrator),
    auditor: await site.signIn(auditor),
    secretary: await site.signIn(secretary),
  };
};
