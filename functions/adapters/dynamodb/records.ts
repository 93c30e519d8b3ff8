import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { getBlob, putBlob } from '#functions/adapters/dynamodb/blobs.ts';
import { verdictOf } from '#functions/adapters/dynamodb/cancellation.ts';
import type { DynamoDBClient } from '#functions/adapters/dynamodb/client.ts';
import type { Entry } from '#functions/adapters/dynamodb/entries.ts';
import { historiesOf } from '#functions/adapters/dynamodb/histories.ts';
import { type Item, jsonOf, numberOf, text, textOf } from '#functions/adapters/dynamodb/item.ts';
import { keys, lettersTo, sortKeys } from '#functions/adapters/dynamodb/keys.ts';
import { listOf, versionsOf } from '#functions/adapters/dynamodb/lists.ts';
import { queryAll } from '#functions/adapters/dynamodb/queries.ts';
import { getItem } from '#functions/adapters/dynamodb/reads.ts';
import { versioned } from '#functions/adapters/dynamodb/record-items.ts';
import { secretIn } from '#functions/adapters/dynamodb/secrets.ts';
import { transactionOf } from '#functions/adapters/dynamodb/transaction.ts';
import { recent } from '#functions/recent.ts';
import type { RecordName } from '#shared/domain/audit.ts';
import type { DocumentRef } from '#shared/domain/document.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { type PersonId, Sha256 } from '#shared/domain/ids.ts';
import { OutboxMessage } from '#shared/domain/outbox.ts';
import type { Change, Commit, CommitRefusal, Records } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

export type DynamoPlace = { client: DynamoDBClient; recordsTable: string; personsTable: string };

/**
 * Tries of one commit when other transactions hold its items: about 20 + 40 + … + 640 ms of patience. On AWS all
 * submissions of one moment check the same round, so near a deadline they meet.
 */
const tries = 7;

/** Records in DynamoDB: one TransactWriteItems for a commit, every read parsed by the aggregate's schemas. */
export const dynamoRecords = (place: DynamoPlace): Records => {
  const heads = headsOf(place);
  const blobs = recent<string>(16);
  return {
    find: async (aggregate, id) => {
      const item = await getItem(place.client, place.recordsTable, keys.snapshot(aggregate.name, id));
      if (!item) return undefined;
      const found = versioned(aggregate, item);
      heads.remember(aggregate.name, id, {
        version: found.version,
        hash: Sha256.parse(textOf(item, 'hash')),
      });
      return found;
    },
    commit: (commit) => commitTo(place, heads, commit),
    history: historiesOf(place, (name) => eventItems(place, name)),
    claimed: async (key) => {
      const item = await getItem(place.client, place.recordsTable, keys.claim(key));
      return item && textOf(item, 'value');
    },
    views: async (aggregate, group) => {
      const items = await queryAll(place, {
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': text(keys.view(aggregate, group, '').pk) },
      });
      return items.map((item) => ({
        id: textOf(item, 'sk'),
        version: numberOf(item, 'version'),
        body: jsonOf(item, 'body'),
      }));
    },
    versions: (aggregate, index, key) => versionsOf(place, { aggregate: aggregate.name, index, key }),
    list: (aggregate, index, key, page = {}) => listOf(place, { aggregate, index, key, ...page }),
    blob: async (sha256) => {
      const known = blobs.get(sha256);
      if (known !== undefined) return known;
      return blobs.set(sha256, await getBlob(place.client, place.recordsTable, sha256));
    },
    document: (ref) => readDocument(place, ref),
    secret: (name, candidate) => secretIn(place, name, candidate),
    lettersTo: (personId) => readLetters(place, personId),
    taskToken: async (awaited) => {
      const item = await getItem(place.client, place.recordsTable, keys.taskToken(awaited));
      return item && textOf(item, 'token');
    },
  };
};

type Head = { version: number; hash: Sha256 };
type Heads = {
  remember: (aggregate: Change['aggregate'], id: string, head: Head) => void;
  of: (change: Change) => Promise<Result<Sha256 | undefined, CommitRefusal>>;
};

/**
 * The hash behind which a change is chained. Usually the record was just read; what is remembered cannot grow
 * stale, because a version of a record has one hash for ever.
 */
const headsOf = (place: DynamoPlace): Heads => {
  const known = recent<Head>(1000);
  return {
    remember: (aggregate, id, head) => {
      known.set(keys.record(aggregate, id), head);
    },
    of: async ({ aggregate, id, expectedVersion }) => {
      if (expectedVersion === 0) return ok(undefined);
      const remembered = known.get(keys.record(aggregate, id));
      if (remembered?.version === expectedVersion) return ok(remembered.hash);
      const item = await getItem(
        place.client,
        place.recordsTable,
        keys.event(aggregate, id, expectedVersion),
      );
      if (!item) return refuse({ kind: 'changed-meanwhile', aggregate, id });
      return ok(Sha256.parse(textOf(item, 'hash')));
    },
  };
};

const commitTo = async (
  place: DynamoPlace,
  heads: Heads,
  commit: Commit,
): Promise<Result<void, CommitRefusal>> => {
  const hashes = new Map<Change, Sha256 | undefined>();
  for (const change of commit.changes) {
    const hash = await heads.of(change);
    if (!hash.ok) return hash;
    hashes.set(change, hash.value);
  }
  const transaction = transactionOf(commit, place, (change) => hashes.get(change));
  for (const blob of commit.blobs ?? []) await putBlob(place.client, place.recordsTable, blob);
  const stored = await write(place, transaction.entries);
  if (!stored.ok) return stored;
  for (const { change, hash } of transaction.heads) {
    const version = change.expectedVersion + change.facts.length;
    if (hash) heads.remember(change.aggregate, change.id, { version, hash });
  }
  return stored;
};

const write = async (place: DynamoPlace, entries: readonly Entry[]): Promise<Result<void, CommitRefusal>> => {
  if (entries.length === 0) return ok(undefined);
  const command = new TransactWriteItemsCommand({
    TransactItems: entries.map((entry) => entry.write),
    ClientRequestToken: tokenOf(entries),
  });
  for (let attempt = 1; ; attempt += 1) {
    try {
      await place.client.send(command);
      return ok(undefined);
    } catch (error) {
      const verdict = verdictOf(error, entries);
      if (verdict.kind === 'already-done') return ok(undefined);
      if (verdict.kind === 'refused') return refuse(verdict.refusal);
      if (attempt === tries && verdict.refusal) return refuse(verdict.refusal);
      if (attempt === tries) throw error;
      await pause(10 * 2 ** attempt * (0.5 + Math.random()));
    }
  }
};

/**
 * A commit with events can succeed only once, so its content may be its token: a caller that repeats it is told
 * that it is stored. One without events (claims alone) may rightly be repeated later and gets a token of chance.
 */
const tokenOf = (entries: readonly Entry[]): string => {
  if (!entries.some(({ hash }) => hash !== undefined)) return randomUUID();
  return createHash('sha256').update(JSON.stringify(entries)).digest('base64url').slice(0, 36);
};

const readDocument = async (place: DynamoPlace, ref: DocumentRef): Promise<unknown> => {
  const item = await getItem(
    place.client,
    place.personsTable,
    keys.document(ref.owner, ref.kind, ref.version),
  );
  if (!item) return undefined;
  const body = textOf(item, 'body');
  if (sha256Of(textOf(item, 'salt') + body) !== ref.digest) {
    throw new Error(`Document ${ref.owner} ${ref.kind} ${ref.version} was changed.`);
  }
  return JSON.parse(body);
};

const readLetters: (place: DynamoPlace, personId: PersonId) => ReturnType<Records['lettersTo']> = async (
  place,
  personId,
) => {
  const items = await queryAll(place, {
    IndexName: 'owner',
    ConsistentRead: false,
    KeyConditionExpression: 'ownerKey = :key',
    ExpressionAttributeValues: { ':key': text(lettersTo(personId)) },
  });
  return items.flatMap((item) => {
    const { at, body } = OutboxMessage.parse(jsonOf(item, 'message'));
    return body.kind === 'letter' ? [{ at, template: body.template, facts: body.facts }] : [];
  });
};

const eventItems = (place: DynamoPlace, { aggregate, id }: RecordName): Promise<Item[]> =>
  queryAll(place, {
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: {
      ':pk': text(keys.record(aggregate, id)),
      ':prefix': text(sortKeys.eventPrefix),
    },
  });
