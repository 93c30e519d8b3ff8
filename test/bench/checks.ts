import { paginateScan } from '@aws-sdk/client-dynamodb';
import { dynamoCheckReports } from '#functions/adapters/dynamodb/check-reports.ts';
import { dynamoHeads } from '#functions/adapters/dynamodb/heads.ts';
import { dynamoRecordPages } from '#functions/adapters/dynamodb/record-pages.ts';
import { dynamoRecords } from '#functions/adapters/dynamodb/records.ts';
import { beginChecks, type CheckDeps } from '#functions/sweep/checks.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { memoryPapers } from '#test/builders/memory-papers.ts';
import { aClock } from '#test/builders/worlds.ts';
import { type Engine, startEngine } from '#test/engine.ts';
import { aKey } from '#test/functions/sweep/checked-region.ts';
import { aCrowdedRoundIn, countedOn } from './crowded-round.ts';
import { constant, heading, inTurn, record } from './harness.ts';

const applicants = Number(process.env['APPLICANTS'] ?? 10_000);

/** A night's checks of a region with a closed round of so many applicants, beside reading the table once. */
export const run = async (): Promise<void> => {
  heading(`Checks of a night (${applicants} applicants of a closed round)`);
  const engine = await startEngine();
  const { deps, records } = await filled(engine);
  const counted = countedOn(engine.client);
  const night = async (): Promise<number> => {
    deps.commands.clock = aClock(addSeconds(deps.commands.clock.now(), 86_400));
    const start = performance.now();
    const { night: ended } = await beginChecks(deps, 'night');
    if (ended?.findings.length !== 0) throw new Error(`Findings: ${JSON.stringify(ended?.findings)}`);
    return (performance.now() - start) / 1000;
  };
  await night();
  counted.items = 0;
  counted.requests = 0;
  await night();
  const { items, requests } = counted;
  counted.items = 0;
  await readOnce(engine);
  record({
    section: '16 checks',
    what: 'a night reads',
    unit: 'items',
    ours: constant(items),
    against: { what: 'all items of the table', figure: constant(counted.items) },
    goal: 'about one, and a head for each record',
  });
  record({
    section: '16 checks',
    what: 'a night asks the store',
    unit: 'requests',
    ours: constant(requests),
    against: { what: 'records', figure: constant(records) },
    goal: 'at most 0.1: one for each record and more were asked while records were read by their names',
  });
  const [nights, once] = await inTurn(1, night, async () => {
    const start = performance.now();
    await readOnce(engine);
    return (performance.now() - start) / 1000;
  });
  record({
    section: '16 checks',
    what: 'a night',
    unit: 's',
    ours: nights,
    against: { what: 'reading the table once', figure: once },
    goal: 'at most 4: the table twice, once with all that is checked, and the heads',
  });
  await engine.stop();
};

const readOnce = async ({ client, recordsTable: TableName }: Engine): Promise<number> => {
  let items = 0;
  for await (const { Items = [] } of paginateScan({ client }, { TableName })) items += Items.length;
  return items;
};

/** A region whose closed round has so many applicants. */
const filled = async (engine: Engine): Promise<{ deps: CheckDeps; records: number }> => {
  const { world, copies } = await aCrowdedRoundIn(engine, applicants);
  const records = dynamoRecords(engine);
  const deps: CheckDeps = {
    commands: {
      records,
      clock: aClock(world.clock.now()),
      nudge: { outbox: async () => {} },
      region: world.region,
    },
    records,
    pages: dynamoRecordPages(engine),
    heads: dynamoHeads(engine),
    reports: dynamoCheckReports(engine),
    papers: memoryPapers(),
    signer: aKey(),
    region: world.region,
    remaining: () => 900_000,
  };
  return { deps, records: copies };
};
