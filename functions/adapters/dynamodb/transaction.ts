import { besideEntries, type Entry, onlyNew, type Tables } from '#functions/adapters/dynamodb/entries.ts';
import { type Item, keyOf, number, text } from '#functions/adapters/dynamodb/item.ts';
import { keys, listKeyOf } from '#functions/adapters/dynamodb/keys.ts';
import { stateItem } from '#functions/adapters/dynamodb/state.ts';
import { chain, type StoredEvent, type View } from '#shared/domain/event.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import type { Sha256 } from '#shared/domain/ids.ts';
import type { Change, Commit } from '#shared/ports/records.ts';

/** DynamoDB's own limit for one transaction. */
const mostItems = 100;

export type Transaction = { entries: Entry[]; heads: { change: Change; hash: Sha256 | undefined }[] };

/**
 * Spells one commit as one transaction.
 * @param tables names of the two tables
 * @param previousHash of the last stored event of a changed record, undefined for a new one
 * @throws when the commit needs more than 100 items, which is a fault of the caller
 */
export const transactionOf = (
  commit: Commit,
  tables: Tables,
  previousHash: (change: Change) => Sha256 | undefined,
): Transaction => {
  const heads: Transaction['heads'] = [];
  const entries: Entry[] = [];
  for (const change of commit.changes) {
    const events = chain(
      {
        aggregate: change.aggregate,
        id: change.id,
        version: change.expectedVersion,
        hash: previousHash(change),
      },
      commit.by,
      change.facts,
    );
    heads.push({ change, hash: events.at(-1)?.hash });
    entries.push(snapshotEntry(tables.recordsTable, change, events));
    for (const event of events) entries.push(eventEntry(tables.recordsTable, event));
    if (change.view) entries.push(viewEntry(tables.recordsTable, change, change.view));
  }
  entries.push(...besideEntries(commit, tables));
  if (entries.length > mostItems) {
    throw new RangeError(`A commit of ${entries.length} items: one transaction holds ${mostItems}.`);
  }
  return { entries, heads };
};

const snapshotEntry = (table: string, change: Change, events: readonly StoredEvent[]): Entry => {
  const last = events.at(-1);
  if (!last) throw new RangeError(`A change of ${change.aggregate} ${change.id} without an event.`);
  const { list, owner } = change.lists;
  const first = events[0]?.previousHash;
  const item: Item = {
    ...keyOf(keys.snapshot(change.aggregate, change.id)),
    version: number(last.version),
    hash: text(last.hash),
    ...stateItem(canonicalJson(change.snapshot)),
    ...(list && { listKey: text(listKeyOf(change.aggregate, list.key)), listSort: text(list.sort) }),
    ...(owner && { ownerKey: text(listKeyOf(change.aggregate, owner.key)), ownerSort: text(owner.sort) }),
  };
  return {
    refusal: { kind: 'changed-meanwhile', aggregate: change.aggregate, id: change.id },
    write: {
      Put: {
        TableName: table,
        Item: item,
        ...(first === undefined ? onlyNew : behind(change.expectedVersion, first)),
      },
    },
  };
};

/** Unconditional: the snapshot in the same transaction decides whose view is the newest. */
const viewEntry = (table: string, change: Change, { group, body }: View): Entry => {
  const { aggregate, id, expectedVersion, facts } = change;
  const item: Item = {
    ...keyOf(keys.view(aggregate, group, id)),
    version: number(expectedVersion + facts.length),
    body: text(canonicalJson(body)),
  };
  return { refusal: undefined, write: { Put: { TableName: table, Item: item } } };
};

/** The hash besides the version: whatever the writer believed, the chain cannot fork. */
const behind = (version: number, hash: Sha256) => ({
  ConditionExpression: '#version = :version AND #hash = :hash',
  ExpressionAttributeNames: { '#version': 'version', '#hash': 'hash' },
  ExpressionAttributeValues: { ':version': number(version), ':hash': text(hash) },
});

const eventEntry = (table: string, event: StoredEvent): Entry => ({
  refusal: { kind: 'changed-meanwhile', aggregate: event.aggregate, id: event.id },
  hash: event.hash,
  write: {
    Put: {
      TableName: table,
      Item: {
        ...keyOf(keys.event(event.aggregate, event.id, event.version)),
        hash: text(event.hash),
        event: text(canonicalJson(event)),
      },
      ...onlyNew,
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  },
});
