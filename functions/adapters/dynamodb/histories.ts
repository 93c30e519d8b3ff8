import DataLoader from 'dataloader';
import type { DynamoDBClient } from '#functions/adapters/dynamodb/client.ts';
import { type Item, numberOf } from '#functions/adapters/dynamodb/item.ts';
import { keys } from '#functions/adapters/dynamodb/keys.ts';
import { getItem } from '#functions/adapters/dynamodb/reads.ts';
import { eventIn } from '#functions/adapters/dynamodb/record-items.ts';
import type { RecordName } from '#shared/domain/audit.ts';
import type { StoredEvent } from '#shared/domain/event.ts';
import type { Records } from '#shared/ports/records.ts';

/** A longer history fills calls of its own either way. */
const mostByKey = 60;

/** Records that are looked at together: as many snapshots as one call brings. */
const mostAtOnce = 100;

type Histories = Records['history'];

/**
 * Whole histories, strongly consistent. One is a query. Those that are asked for in the same moment travel together: a record says how many events it
 * has, and the keys of these are known, so a hundred events of several records are one call. Nothing is kept: the next moment reads anew.
 * A part of one is read by keys.
 * @param query every event of one record
 */
export const historiesOf = (
  { client, recordsTable }: { client: DynamoDBClient; recordsTable: string },
  query: (name: RecordName) => Promise<Item[]>,
): Histories => {
  const whole = async (name: RecordName): Promise<StoredEvent[]> => (await query(name)).map(eventIn);
  const item = (key: Parameters<typeof getItem>[2]) => getItem(client, recordsTable, key);
  const byKeys = async (name: RecordName): Promise<StoredEvent[]> => {
    const { aggregate, id } = name;
    const snapshot = await item(keys.snapshot(aggregate, id));
    const version = snapshot ? numberOf(snapshot, 'version') : undefined;
    if (version === undefined || version > mostByKey) return whole(name);
    const wanted = Array.from({ length: version + 1 }, (_, index) => keys.event(aggregate, id, index + 1));
    const found = await Promise.all(wanted.map(item));
    const events = found.slice(0, version).filter((one) => one !== undefined);
    // One came meanwhile, or the snapshot does not say what lies there.
    const isWhole = events.length === version && found[version] === undefined;
    return isWhole ? events.map(eventIn) : whole(name);
  };
  const loader = new DataLoader<RecordName, StoredEvent[], string>(
    (names) => Promise.all(names.map(names.length === 1 ? whole : byKeys)),
    { cache: false, maxBatchSize: mostAtOnce },
  );
  const partOf = async (name: RecordName, after: number, most: number): Promise<StoredEvent[]> => {
    const wanted = Array.from({ length: most }, (_, index) =>
      keys.event(name.aggregate, name.id, after + index + 1),
    );
    const found = await Promise.all(wanted.map(item));
    const end = found.indexOf(undefined);
    const events = (end < 0 ? found : found.slice(0, end)).flatMap((one) => (one ? [eventIn(one)] : []));
    // A gap is not an end.
    const isGap = end >= 0 && found.slice(end).some((one) => one !== undefined);
    return isGap ? (await whole(name)).filter(({ version }) => version > after).slice(0, most) : events;
  };
  return (aggregate, id, part) =>
    part ? partOf({ aggregate, id }, part.after, part.most) : loader.load({ aggregate, id });
};
