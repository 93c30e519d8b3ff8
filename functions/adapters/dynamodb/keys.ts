import type { AggregateName } from '#shared/domain/event.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Awaited } from '#shared/domain/outbox.ts';
import type { Instant } from '#shared/domain/time.ts';

/** Key attributes of every table and, where `list` and `owner` exist, of its two sparse indexes. */
export const attributes = {
  pk: 'pk',
  sk: 'sk',
  /** Epoch seconds after which the item may be swept; readers ignore it from that second on. */
  ttl: 'ttl',
  listKey: 'listKey',
  listSort: 'listSort',
  ownerKey: 'ownerKey',
  ownerSort: 'ownerSort',
} as const;

/** What CDK creates and tests create: all key attributes are strings, the indexes project everything. */
export const tableShapes = {
  records: {
    indexes: {
      list: { partition: attributes.listKey, sort: attributes.listSort },
      owner: { partition: attributes.ownerKey, sort: attributes.ownerSort },
    },
  },
  persons: { indexes: {} },
} as const;

export type ItemKey = { pk: string; sk: string };

const snapshotSort = 'SNAPSHOT';
const eventPrefix = 'E#';

/** Every key that the adapters write is spelt here. */
export const keys = {
  record: (aggregate: AggregateName, id: string): string => `${aggregate.toUpperCase()}#${id}`,
  snapshot: (aggregate: AggregateName, id: string): ItemKey => ({
    pk: keys.record(aggregate, id),
    sk: snapshotSort,
  }),
  /** Twelve digits, so that text order is the order of versions. */
  event: (aggregate: AggregateName, id: string, version: number): ItemKey => ({
    pk: keys.record(aggregate, id),
    sk: `${eventPrefix}${String(version).padStart(12, '0')}`,
  }),
  /** A group's views lie in one partition: they are read together. */
  view: (aggregate: AggregateName, group: string, id: string): ItemKey => ({
    pk: `VIEWS#${aggregate}#${group}`,
    sk: id,
  }),
  claim: (key: string): ItemKey => ({ pk: `CLAIM#${key}`, sk: 'CLAIM' }),
  blobPart: (sha256: string, part: number): ItemKey => ({
    pk: `BLOB#${sha256}`,
    sk: `PART#${String(part).padStart(4, '0')}`,
  }),
  outboxRow: (id: string): ItemKey => ({ pk: `OUTBOX#${id}`, sk: 'ROW' }),
  /** `owner` is spelt as in a DocumentRef: `application#ID`. */
  document: (owner: string, kind: string, version: number): ItemKey => ({
    pk: owner,
    sk: `DOC#${kind}#${String(version).padStart(6, '0')}`,
  }),
  secret: (name: string): ItemKey => ({ pk: `SECRET#${name}`, sk: 'SECRET' }),
  read: (owner: string, at: Instant, id: string): ItemKey => ({ pk: `READS#${owner}`, sk: `${at}#${id}` }),
  /** Beside the gate, or in a partition of the offer's own. */
  taskToken: ({ kind, id }: Awaited): ItemKey => ({ pk: `${kind.toUpperCase()}#${id}`, sk: 'TOKEN' }),
  checks: (): ItemKey => ({ pk: 'SWEEP#checks', sk: 'STATE' }),
} as const;

export const sortKeys = { snapshot: snapshotSort, eventPrefix } as const;

/** The value of `listKey` on outbox rows that are not done yet. */
export const outboxList = 'OUTBOX';

/** The value of `listKey` on readings of personal data, newest last. */
export const readsList = 'READS';

/** The value of `ownerKey` on outbox rows that are letters, also once they have left. */
export const lettersTo = (personId: PersonId): string => `letters:PERSON#${personId}`;

/** Lists of different kinds of records never mix, whatever their keys are called. */
export const listKeyOf = (aggregate: AggregateName, key: string): string => `${aggregate}:${key}`;
