import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { keyOf, number, text } from '#functions/adapters/dynamodb/item.ts';
import { keys, lettersTo, outboxList } from '#functions/adapters/dynamodb/keys.ts';
import type { DocumentWrite } from '#shared/domain/document.ts';
import { AggregateName } from '#shared/domain/event.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import type { Sha256 } from '#shared/domain/ids.ts';
import type { Awaited, OutboxMessage } from '#shared/domain/outbox.ts';
import type { Claim, Commit, CommitRefusal } from '#shared/ports/records.ts';

/** One item of a transaction, and what it means when its condition fails. */
export type Entry = {
  write: TransactWriteItem;
  /** undefined: no caller can cause it, so it is breakage and throws. */
  refusal: CommitRefusal | undefined;
  /** For events: their hash, by which a repeated commit recognises its own work. */
  hash?: Sha256;
};

/** Names of the two tables. */
export type Tables = { recordsTable: string; personsTable: string };

export const onlyNew = { ConditionExpression: 'attribute_not_exists(pk)' };

/** Everything of a commit that stands beside its changed records. */
export const besideEntries = (commit: Commit, tables: Tables): Entry[] => [
  ...claimEntries(tables.recordsTable, commit.claims ?? [], commit.releases ?? []),
  ...(commit.requires ?? []).map((required) => requiredEntry(tables.recordsTable, required)),
  ...(commit.taskTokens ?? []).map((given) => tokenEntry(tables.recordsTable, given)),
  ...(commit.documents ?? []).map((document) => documentEntry(tables.personsTable, document)),
  ...(commit.outbox ?? []).map((message) => outboxEntry(tables.recordsTable, message)),
];

type Required = NonNullable<Commit['requires']>[number];

const requiredEntry = (table: string, required: Required): Entry => {
  const { aggregate, id, version } = required;
  const check = {
    TableName: table,
    Key: keyOf(keys.snapshot(aggregate, id)),
    ...(version === 0 ? onlyNew : atVersion(version)),
  };
  return { refusal: { kind: 'changed-meanwhile', aggregate, id }, write: { ConditionCheck: check } };
};

const atVersion = (version: number) => ({
  ConditionExpression: '#version = :version',
  ExpressionAttributeNames: { '#version': 'version' },
  ExpressionAttributeValues: { ':version': number(version) },
});

/** Unconditional: the event or the requirement in the same commit decides whose token is the newest. */
const tokenEntry = (table: string, { awaited, token }: { awaited: Awaited; token: string }): Entry => {
  const item = { ...keyOf(keys.taskToken(awaited)), token: text(token) };
  return { refusal: undefined, write: { Put: { TableName: table, Item: item } } };
};

/** DynamoDB takes one action per item: a claim that is given up and taken again is one conditional put. */
const claimEntries = (table: string, claims: readonly Claim[], releases: readonly Claim[]): Entry[] => {
  const taken = new Set(claims.map(({ key }) => key));
  return [
    ...claims.map((claim) => {
      const released = releases.find(({ key }) => key === claim.key);
      const condition = released ? holding(released.value) : onlyNew;
      const item = { ...keyOf(keys.claim(claim.key)), value: text(claim.value) };
      const write = { Put: { TableName: table, Item: item, ...condition } };
      return { refusal: { kind: 'already-claimed' as const, claim }, write };
    }),
    ...releases
      .filter(({ key }) => !taken.has(key))
      .map((claim) => ({
        refusal: { kind: 'already-claimed' as const, claim },
        write: { Delete: { TableName: table, Key: keyOf(keys.claim(claim.key)), ...holding(claim.value) } },
      })),
  ];
};

const holding = (value: string) => ({
  ConditionExpression: '#value = :value',
  ExpressionAttributeNames: { '#value': 'value' },
  ExpressionAttributeValues: { ':value': text(value) },
});

const documentEntry = (table: string, { ref, salt, body }: DocumentWrite): Entry => {
  const item = {
    ...keyOf(keys.document(ref.owner, ref.kind, ref.version)),
    body: text(canonicalJson(body)),
    salt: text(salt),
  };
  return { refusal: ownerOf(ref.owner), write: { Put: { TableName: table, Item: item, ...onlyNew } } };
};

/** A version that is already written means that someone else wrote it, so that their record moved on. */
const ownerOf = (owner: string): CommitRefusal | undefined => {
  const cut = owner.indexOf('#');
  const aggregate = AggregateName.safeParse(owner.slice(0, cut));
  if (!aggregate.success) return undefined;
  return { kind: 'changed-meanwhile', aggregate: aggregate.data, id: owner.slice(cut + 1) };
};

const outboxEntry = (table: string, message: OutboxMessage): Entry => ({
  refusal: { kind: 'already-claimed', claim: { key: `outbox#${message.id}`, value: message.id } },
  write: {
    Put: {
      TableName: table,
      Item: {
        ...keyOf(keys.outboxRow(message.id)),
        listKey: text(outboxList),
        listSort: text(message.at),
        ...(message.body.kind === 'letter' && {
          ownerKey: text(lettersTo(message.body.personId)),
          ownerSort: text(`${message.at}#${message.id}`),
        }),
        message: text(canonicalJson(message)),
      },
      ...onlyNew,
    },
  },
});
