import {
  type DynamoDBClient,
  paginateScan,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { dynamoCheckReports } from '#functions/adapters/dynamodb/check-reports.ts';
import { dynamoHeads } from '#functions/adapters/dynamodb/heads.ts';
import { type Item, textOf } from '#functions/adapters/dynamodb/item.ts';
import { dynamoRecordPages } from '#functions/adapters/dynamodb/record-pages.ts';
import { dynamoRecords } from '#functions/adapters/dynamodb/records.ts';
import { transactionOf } from '#functions/adapters/dynamodb/transaction.ts';
import { beginChecks, type CheckDeps } from '#functions/sweep/checks.ts';
import type { Sha256 } from '#shared/domain/ids.ts';
import { addSeconds } from '#shared/domain/time.ts';
import type { Change, Commit } from '#shared/ports/records.ts';
import { aClosedRoundIn } from '#test/builders/closed-round.ts';
import { memoryPapers } from '#test/builders/memory-papers.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { aClock } from '#test/builders/worlds.ts';
import { type Engine, startEngine } from '#test/engine.ts';
import { aKey } from '#test/functions/sweep/checked-region.ts';
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

type Counted = { requests: number; items: number };

/** What every request that is answered from now on brings. */
const countedOn = (client: DynamoDBClient): Counted => {
  const counted = { requests: 0, items: 0 };
  client.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args);
      const output = answer.output as {
        Items?: unknown[];
        Item?: unknown;
        Responses?: Record<string, unknown[]>;
      };
      const batches = Object.values(output.Responses ?? {});
      counted.requests += 1;
      counted.items += (output.Items?.length ?? 0) + (output.Item ? 1 : 0);
      counted.items += batches.reduce((sum, { length }) => sum + length, 0);
      return answer;
    },
    { step: 'initialize' },
  );
  return counted;
};

/** The third applicant of a closed round, who was interviewed and made a claim, so many times. */
const filled = async (engine: Engine): Promise<{ deps: CheckDeps; records: number }> => {
  const world = aWorld();
  const { applications } = await aClosedRoundIn(world);
  const records = dynamoRecords(engine);
  for (const commit of world.records.commits) granted(await records.commit(commit));
  const third = applications[2];
  if (!third) throw new Error('There is no third application.');
  const theirs = commitsOf(world.records.commits, third.id);
  const ids = [...new Set(theirs.flatMap(({ changes }) => changes.map(({ id }) => id)))];
  let batch: Item[] = [];
  const sending: Promise<unknown>[] = [];
  for (let copy = 0; copy < applicants; copy += 1) {
    batch.push(...itemsOf(copied(theirs, ids, copy), engine));
    if (batch.length < 400) continue;
    await Promise.all(sending.splice(0));
    sending.push(putAll(engine, batch));
    batch = [];
  }
  await Promise.all([...sending, putAll(engine, batch)]);
  const deps: CheckDeps = {
    commands: { records, clock: aClock(world.clock.now()), region: world.region },
    records,
    pages: dynamoRecordPages(engine),
    heads: dynamoHeads(engine),
    reports: dynamoCheckReports(engine),
    papers: memoryPapers(),
    signer: aKey(),
    region: world.region,
    remaining: () => 900_000,
  };
  return { deps, records: ids.length * applicants };
};

/** What was stored of one applicant's own records: of the application, and of what it booked and claimed. */
const commitsOf = (commits: readonly Commit[], applicationId: string): Commit[] => {
  const isTheirs = ({ aggregate, id, snapshot }: Change): boolean =>
    ['application', 'candidacy', 'slot', 'claim'].includes(aggregate) &&
    (id === applicationId || JSON.stringify(snapshot).includes(applicationId));
  const own = new Set(commits.flatMap(({ changes }) => changes.filter(isTheirs).map(({ id }) => id)));
  return commits.flatMap(({ by, changes }) => {
    const kept = changes.filter(({ aggregate, id }) => own.has(id) && aggregate !== 'round');
    return kept.length === 0 ? [] : [{ by, changes: kept }];
  });
};

const copied = (commits: readonly Commit[], ids: readonly string[], copy: number): Commit[] => {
  const tail = String(copy).padStart(6, '0');
  return JSON.parse(
    ids.reduce((text, id) => text.replaceAll(id, `${id.slice(0, -6)}${tail}`), JSON.stringify(commits)),
  );
};

const itemsOf = (commits: readonly Commit[], engine: Engine): Item[] => {
  const hashes = new Map<string, Sha256 | undefined>();
  const items = new Map<string, Item>();
  for (const commit of commits) {
    const before = ({ aggregate, id }: Change) => hashes.get(`${aggregate}#${id}`);
    const { entries, heads } = transactionOf(commit, engine, before);
    for (const { change, hash } of heads) hashes.set(`${change.aggregate}#${change.id}`, hash);
    for (const { write } of entries) keep(items, write);
  }
  return [...items.values()];
};

const keep = (items: Map<string, Item>, { Put }: TransactWriteItem): void => {
  if (Put?.Item) items.set(`${textOf(Put.Item, 'pk')} ${textOf(Put.Item, 'sk')}`, Put.Item);
};

/** A hundred at once is what a transaction takes, and the engine flushes once for all of them. */
const putAll = async ({ client, recordsTable: TableName }: Engine, items: readonly Item[]): Promise<void> => {
  for (let from = 0; from < items.length; from += 100) {
    const puts = items.slice(from, from + 100).map((Item) => ({ Put: { TableName, Item } }));
    await client.send(new TransactWriteItemsCommand({ TransactItems: puts }));
  }
};
