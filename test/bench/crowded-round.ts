import {
  type DynamoDBClient,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { type Item, textOf } from '#functions/adapters/dynamodb/item.ts';
import { dynamoRecords } from '#functions/adapters/dynamodb/records.ts';
import { transactionOf } from '#functions/adapters/dynamodb/transaction.ts';
import type { RoundId, Sha256 } from '#shared/domain/ids.ts';
import type { Change, Commit } from '#shared/ports/records.ts';
import { aClosedRoundIn } from '#test/builders/closed-round.ts';
import { aTickingWorld, granted, type World } from '#test/builders/scenes.ts';
import type { Engine } from '#test/engine.ts';

/** Somebody's own records, so many times: each with all of its events. */
type Crowd = { world: World; roundId: RoundId; copies: number };

/** A closed round in memory and, in the engine, the same one with so many applicants: the third one, who was interviewed and made a claim, again and again. */
export const aCrowdedRoundIn = async (engine: Engine, applicants: number): Promise<Crowd> => {
  const world = aTickingWorld();
  const { roundId, applications } = await aClosedRoundIn(world);
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
  return { world, roundId, copies: ids.length * applicants };
};

type Counted = { requests: number; items: number };

const Output = z.looseObject({
  Items: z.array(z.unknown()).optional(),
  Item: z.unknown().optional(),
  Responses: z.record(z.string(), z.array(z.unknown())).optional(),
});

/** What every request that is answered from now on brings. */
export const countedOn = (client: DynamoDBClient): Counted => {
  const counted = { requests: 0, items: 0 };
  client.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args);
      const output = Output.parse(answer.output);
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
