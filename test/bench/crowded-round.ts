import {
  type DynamoDBClient,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { type Item, textOf } from '#functions/adapters/dynamodb/item.ts';
import { dynamoRecords } from '#functions/adapters/dynamodb/records.ts';
import { transactionOf } from '#functions/adapters/dynamodb/transaction.ts';
import { makeClaim } from '#functions/commands/claims.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import type { RoundId, Sha256 } from '#shared/domain/ids.ts';
import type { Change, Commit } from '#shared/ports/records.ts';
import { aClosedRoundIn } from '#test/builders/closed-round.ts';
import { aMixedRound } from '#test/builders/corrected-steps.ts';
import { aTickingWorld, granted, type World } from '#test/builders/scenes.ts';
import { advanceIn, anApplicant } from '#test/builders/selection.ts';
import type { Engine } from '#test/engine.ts';

/** A round in memory and, in the engine, the same one with somebody's own records so many times: each with all of its events. */
type Crowd = { world: World; roundId: RoundId; copies: number };

/** A closed round with so many applicants: the third one, who was interviewed and made a claim, again and again. */
export const aCrowdedRoundIn = async (engine: Engine, applicants: number): Promise<Crowd> => {
  const world = aTickingWorld();
  const { roundId, applications } = await aClosedRoundIn(world);
  const records = dynamoRecords(engine);
  for (const commit of world.records.commits) granted(await records.commit(commit));
  const third = applications[2];
  if (!third) throw new Error('There is no third application.');
  const theirs = commitsOf(world.records.commits, third.id);
  const own = ownIn(theirs);
  await storeCopies(engine, theirs, { own, applicants });
  return { world, roundId, copies: own.ids.length * applicants };
};

/** A round whose claims are being decided, with so many applicants like the first one: they are on every list, and in what each was drawn up from. */
export const aCrowdOfClaimsIn = async (engine: Engine, applicants: number) => {
  const scene = await aMixedRound();
  const { world, roundId, applications } = scene;
  await advanceIn(world, roundId);
  await advanceIn(world, roundId);
  const [first] = applications;
  if (!first) throw new Error('There is no application.');
  const claim = { applicationId: first.id, grounds: 'scoring-error', text: 'Тест балы қате.' } as const;
  const { id: claimId } = granted(await makeClaim(world, { by: anApplicant(0), ...claim })).state;
  const theirs = commitsOf(world.records.commits, first.id);
  const own = { ...ownIn(theirs), number: first.number };
  const crowded = withCopies(world.records.commits, own, applicants);
  const records = dynamoRecords(engine);
  for (const commit of crowded) granted(await records.commit(commit));
  await storeCopies(engine, theirs, { own, applicants });
  return { world, roundId, claimId };
};

/** What is other of each copy: the ids of its records, and where lists are by numbers the number. */
type Own = { ids: readonly string[]; number?: string };

const ownIn = (commits: readonly Commit[]): Own => ({
  ids: [...new Set(commits.flatMap(({ changes }) => changes.map(({ id }) => id)))],
});

const storeCopies = async (
  engine: Engine,
  theirs: readonly Commit[],
  { own, applicants }: { own: Own; applicants: number },
): Promise<void> => {
  let batch: Item[] = [];
  const sending: Promise<unknown>[] = [];
  for (let copy = 0; copy < applicants; copy += 1) {
    batch.push(...itemsOf(copied(theirs, own, copy), engine));
    if (batch.length < 400) continue;
    await Promise.all(sending.splice(0));
    sending.push(putAll(engine, batch));
    batch = [];
  }
  await Promise.all([...sending, putAll(engine, batch)]);
};

/** The texts that name somebody name the copies too, each under its new SHA-256. */
const withCopies = (commits: readonly Commit[], own: Own, applicants: number): Commit[] => {
  const texts = commits.flatMap(({ blobs = [] }) => blobs);
  const known = [...own.ids, own.number ?? ''];
  const other = texts.flatMap(({ sha256, text }) => {
    if (!known.some((one) => one && text.includes(one))) return [];
    const many = canonicalJson(inCrowd(JSON.parse(text), own, applicants));
    return [{ was: sha256, is: sha256Of(many), text: many }];
  });
  const named = other.reduce((text, { was, is }) => text.replaceAll(was, is), JSON.stringify(commits));
  const crowded = new Map<string, string>(other.map(({ is, text }) => [is, text]));
  const renamed: Commit[] = JSON.parse(named);
  for (const blob of renamed.flatMap(({ blobs = [] }) => blobs)) {
    Object.assign(blob, { text: crowded.get(blob.sha256) ?? blob.text });
  }
  return renamed;
};

const inCrowd = (value: unknown, own: Own, applicants: number): unknown => {
  const copies = <One>(one: One): One[] =>
    Array.from({ length: applicants }, (_, copy) => copied(one, own, copy));
  const names = (one: unknown): boolean => {
    const text = JSON.stringify(one);
    return [...own.ids, own.number ?? '-'].some((name) => text.includes(name));
  };
  if (Array.isArray(value)) {
    return value.flatMap((one) => (names(one) ? [one, ...copies(one)] : [one]));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) =>
      own.ids.includes(name)
        ? [name, ...copies(name)].map((each) => [each, one])
        : [[name, inCrowd(one, own, applicants)]],
    ),
  );
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

const copied = <Value>(value: Value, { ids, number }: Own, copy: number): Value => {
  const tail = String(copy).padStart(6, '0');
  const known = ids.reduce(
    (text, id) => text.replaceAll(id, `${id.slice(0, -6)}${tail}`),
    JSON.stringify(value),
  );
  return JSON.parse(number ? known.replaceAll(number, `${number.slice(0, 5)}${numberTail(copy)}`) : known);
};

const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const numberTail = (copy: number): string =>
  `ZZZZ-${[15, 10, 5, 0].map((bits) => digits[Math.floor(copy / 2 ** bits) % 32]).join('')}`;

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
