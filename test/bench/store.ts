import { PutItemCommand, type TransactWriteItem, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { dynamoRecords } from '#functions/adapters/dynamodb/records.ts';
import { transactionOf as spelled } from '#functions/adapters/dynamodb/transaction.ts';
import { saveSection, startApplication, submitApplication } from '#functions/commands/applications.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { PersonId, type RoundId } from '#shared/domain/ids.ts';
import { sectionsWell } from '#test/builders/application.ts';
import { aCallIn, aCompleteIn, aigul, aWorld, granted } from '#test/builders/scenes.ts';
import { type Engine, startEngine } from '#test/engine.ts';
import { cpuOf } from './cpu.ts';
import { heading, inTurn, ratePerSecond, record } from './harness.ts';

const count = 600;
const atOnce = 16;

/** Commits through the store of records beside the engine's own transactions from the same client. */
export const run = async (): Promise<void> => {
  heading(`Store (DynamoDB engine on this machine, ${atOnce} at once, every write flushed)`);
  const engine = await startEngine();
  const applications = await begun(engine);
  const [saves, transactions] = await inTurn(
    5,
    () => savesPerSecond(applications),
    () => transactionsPerSecond(engine),
  );
  record({
    section: '5 store',
    what: 'a section saved by command: reads, decision, one transaction (event, snapshot, document, condition)',
    unit: 'saves/s',
    ours: saves,
    against: { what: 'transactions of 3 items of 1 KB, nothing read', figure: transactions },
    goal: 'ratio at least 0.6',
  });
  const [transactionsAgain, puts] = await inTurn(
    3,
    () => transactionsPerSecond(engine),
    () => putsPerSecond(engine),
  );
  record({
    section: '5 store',
    what: 'the engine: transactions of 3 items of 1 KB',
    unit: 'transactions/s',
    ours: transactionsAgain,
    against: { what: 'single puts of 1 KB', figure: puts },
    goal: 'for orientation: 3.0k beside 3.9k on a quiet machine',
  });
  await engine.stop();
};

/** The same saves, without HTTP, gateway and permissions: what the whole home is held against. */
export const storeAlone = async (): Promise<number> => {
  const engine = await startEngine();
  const rate = await savesPerSecond(await begun(engine));
  await engine.stop();
  return rate;
};

/**
 * The engine's own transactions with the items of a submission, from the same client: receipt, form, snapshot, event, place of the
 * IIN and letter, under names of their own.
 * @returns a second, and milliseconds of CPU for each, of engine and client
 */
export const storeSubmissions = async (): Promise<{ rate: number; cpu: number }> => {
  const engine = await startEngine();
  const items = await itemsOfSubmission(engine);
  const all = () => ratePerSecond(count, atOnce, () => engine.client.send(transactionOf(items)));
  await all();
  const before = cpuOf(process.pid);
  const rate = await all();
  const cpu = (cpuOf(process.pid) - before) / count;
  await engine.stop();
  return { rate, cpu };
};

type Put = NonNullable<TransactWriteItem['Put']>;

const itemsOfSubmission = async (tables: Engine): Promise<Put[]> => {
  const world = aWorld();
  const mine = { by: aigul, applicationId: await aCompleteIn(world, await aCallIn(world)) };
  granted(await submitApplication(world, mine));
  const commit = world.records.commits.at(-1);
  if (!commit) throw new Error('Nothing was submitted.');
  return spelled(commit, tables, () => sha256Of('the event before')).entries.flatMap(
    ({ write }) => write.Put ?? [],
  );
};

const transactionOf = (items: readonly Put[]): TransactWriteItemsCommand => {
  written += 1;
  return new TransactWriteItemsCommand({
    TransactItems: items.map(({ TableName, Item }) => ({
      Put: { TableName, Item: { ...Item, pk: { S: `${Item?.['pk']?.S ?? ''}#${written}` } } },
    })),
  });
};

type Begun = { save: () => Promise<unknown> };

const begun = async (engine: Engine): Promise<Begun> => {
  const records = dynamoRecords({
    client: engine.client,
    recordsTable: engine.recordsTable,
    personsTable: engine.personsTable,
  });
  const world = { ...aWorld(), records } as never as ReturnType<typeof aWorld>;
  const roundId: RoundId = await aCallIn(world);
  const lanes = await Promise.all(
    Array.from({ length: atOnce }, async (_, lane) => {
      const by = { personId: PersonId.parse(String(lane).padStart(20, '0')) };
      const { id } = granted(await startApplication(world, { by, roundId })).state;
      return { by, applicationId: id, version: 0 };
    }),
  );
  return {
    // Whoever is free: nobody saves the same section twice at once.
    save: async () => {
      const lane = lanes.pop();
      if (!lane) throw new Error('More saves at once than people.');
      const { by, applicationId, version: basedOn } = lane;
      const save = {
        by,
        applicationId,
        section: 'motivation' as const,
        basedOn,
        typed: sectionsWell.motivation,
      };
      granted(await saveSection(world, save));
      lanes.push({ ...lane, version: basedOn + 1 });
    },
  };
};

const savesPerSecond = (applications: Begun): Promise<number> =>
  ratePerSecond(count, atOnce, applications.save);

let written = 0;
const item = (table: string, text: string) => {
  written += 1;
  return { TableName: table, Item: { pk: { S: `BENCH#${written}` }, sk: { S: 'ITEM' }, text: { S: text } } };
};
const kilobyte = 'x'.repeat(1000);

const transactionsPerSecond = ({ client, recordsTable }: Engine): Promise<number> =>
  ratePerSecond(count, atOnce, () =>
    client.send(
      new TransactWriteItemsCommand({
        TransactItems: [1, 2, 3].map(() => ({ Put: item(recordsTable, kilobyte) })),
      }),
    ),
  );

const putsPerSecond = ({ client, recordsTable }: Engine): Promise<number> =>
  ratePerSecond(count, atOnce, () => client.send(new PutItemCommand(item(recordsTable, kilobyte))));
