import * as z from 'zod';
import { AggregateName } from '#shared/domain/event.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import type { Sha256 } from '#shared/domain/ids.ts';
import type { RecordReads } from '#shared/ports/records.ts';

/** By kind of record and id: the number of its last event. 0 where there was no such record. */
const Versions = z.partialRecord(AggregateName, z.record(z.string(), z.int().min(0)));
type Versions = z.infer<typeof Versions>;

/**
 * Which version of each record a proposal was drawn up from. Machines whose clocks differ may give one event a later moment than that of a
 * proposal that it is in; versions say what was read whatever the clocks said.
 */
export const Reads = z.strictObject({
  kind: z.literal('reads'),
  format: z.literal(1),
  /** Read by its id. */
  found: Versions,
  /** As it stood in a list, which may lag behind; of a kind that is here, the lists held these and no others. */
  listed: Versions,
});
export type Reads = z.infer<typeof Reads>;

/** Reads of a proposal as a text, addressed by its SHA-256: the same versions give the same bytes. */
type ReadsText = { text: string; sha256: Sha256 };

/** Records that note what is read of them; whoever draws up a proposal reads each by its id once. */
export type NotedReads = {
  records: RecordReads;
  text: () => ReadsText;
};

/** @param given records that were read before, for the same purpose */
export const notingReads = (
  records: RecordReads,
  given: readonly { aggregate: AggregateName; id: string; version: number }[],
): NotedReads => {
  const found: Versions = {};
  const listed: Versions = {};
  for (const { aggregate, id, version } of given) note(found, aggregate, id, version);
  return {
    records: {
      ...records,
      find: async (aggregate, id) => {
        const read = await records.find(aggregate, id);
        note(found, aggregate.name, id, read?.version ?? 0);
        return read;
      },
      list: async (aggregate, ...asked) => {
        const page = await records.list(aggregate, ...asked);
        listed[aggregate.name] ??= {};
        for (const { id, version } of page.items) note(listed, aggregate.name, id, version);
        return page;
      },
      history: async (aggregate, id) => {
        const events = await records.history(aggregate, id);
        note(found, aggregate, id, events.length);
        return events;
      },
    },
    text: () => readsText({ kind: 'reads', format: 1, found, listed }),
  };
};

/** Every record that was read, with its version there; one that a list and a read by id had is here twice. */
export const recordsRead = ({
  found,
  listed,
}: Reads): { aggregate: AggregateName; id: string; version: number }[] =>
  [found, listed].flatMap((versions) =>
    AggregateName.options.flatMap((aggregate) =>
      Object.entries(versions[aggregate] ?? {}).map(([id, version]) => ({ aggregate, id, version })),
    ),
  );

const readsText = (reads: Reads): ReadsText => {
  const text = canonicalJson(reads);
  return { text, sha256: sha256Of(text) };
};

const note = (versions: Versions, aggregate: AggregateName, id: string, version: number): void => {
  const ofKind = versions[aggregate] ?? {};
  ofKind[id] = version;
  versions[aggregate] = ofKind;
};
