import * as z from 'zod';
import { type ChainFault, type Digest, StoredEvent, verifyChain } from '#shared/domain/event.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import { RoundId, Sha256 } from '#shared/domain/ids.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/**
 * Everything that selection in one round followed from: the events of its records, each with its moment, and the texts that they name
 * by SHA-256. It holds ids, codes and numbers, nothing that a person typed; what somebody scored is in it, so it is not for everyone.
 */
export const Chronicle = z.strictObject({
  kind: z.literal('chronicle'),
  format: z.literal(1),
  roundId: RoundId,
  /** Record by record, each oldest first. */
  events: z.array(StoredEvent),
  /** Round files, registers, calendars, marks and standing lists, in the order of their SHA-256. */
  texts: z.array(z.strictObject({ sha256: Sha256, text: z.string() })),
});
export type Chronicle = z.infer<typeof Chronicle>;

/** The same events and texts give the same chronicle, in whatever order they were read. */
export const chronicleFrom = (
  roundId: RoundId,
  events: readonly StoredEvent[],
  texts: ReadonlyMap<Sha256, string>,
): Chronicle => ({
  kind: 'chronicle',
  format: 1,
  roundId,
  events: [...Map.groupBy(events, recordOf)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, history]) => history.toSorted((a, b) => a.version - b.version)),
  texts: [...texts]
    .map(([sha256, text]) => ({ sha256, text }))
    .toSorted((a, b) => (a.sha256 < b.sha256 ? -1 : 1)),
});

/** The chronicle as a file. */
export const chronicleText = (chronicle: Chronicle): string => canonicalJson(chronicle);

/** Why a file is no chronicle that can be replayed. */
export type ChronicleFault =
  | { kind: 'unreadable' }
  | ({ kind: 'broken-chain'; record: string } & ChainFault)
  | { kind: 'changed-text'; sha256: Sha256 };

/** Reads a chronicle and checks it. */
export const readChronicle = (text: string): Result<Chronicle, ChronicleFault> => {
  const chronicle = parsed(text);
  return chronicle ? checkedChronicle(chronicle) : refuse({ kind: 'unreadable' });
};

/** The chronicle, where every record's chain of events is unbroken, and every text is what its SHA-256 says. */
export const checkedChronicle = (
  chronicle: Chronicle,
  digest: Digest = sha256Of,
): Result<Chronicle, ChronicleFault> => {
  for (const [record, events] of Map.groupBy(chronicle.events, recordOf)) {
    const broken = verifyChain(events, digest);
    if (broken) return refuse({ kind: 'broken-chain', record, ...broken });
  }
  const changed = chronicle.texts.find((one) => digest(one.text) !== one.sha256);
  return changed ? refuse({ kind: 'changed-text', sha256: changed.sha256 }) : ok(chronicle);
};

const parsed = (text: string): Chronicle | undefined => {
  try {
    return Chronicle.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

/** The name of the record that an event belongs to, as `application#ID`. */
export const recordOf = ({ aggregate, id }: Pick<StoredEvent, 'aggregate' | 'id'>): string =>
  `${aggregate}#${id}`;
