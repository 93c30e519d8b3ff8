import { type Ordered, offerOrderOf, offersGoBy } from '#functions/commands/offer-order.ts';
import { contendersKeptIn } from '#functions/commands/pinned.ts';
import { readCandidacies } from '#functions/commands/selection.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { Contender, contenderOf } from '#shared/domain/contender.ts';
import type { Actor, Versioned } from '#shared/domain/event.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import type { GatedRound } from '#shared/domain/round.ts';
import type { Records } from '#shared/ports/records.ts';

/** A round whose results may be final. */
type Decided = Pick<GatedRound, 'id'> & Ordered;
type Reading = Pick<Records, 'find' | 'blob'>;
type Stands = Pick<Versioned<Contender>, 'id' | 'state'>;

/** Those whom the final results let go on, in the order that offers go by, each from the own record; what is composed from records at a moment reads these. */
export const contendersByRecord = async (records: Reading, round: Ordered): Promise<Versioned<Contender>[]> =>
  (await readCandidacies(records, (await offerOrderOf(records, round)).order)).map(
    ({ id, version, state }) => ({
      id,
      version,
      state: contenderOf(state),
    }),
  );

/**
 * The same, strongly consistent too, from what was kept of everyone at some moment and from the views that moved: of ten thousand people a few
 * hundred have had anything to do with offers. Whichever is of a later version counts, so that it does not matter when the rest was kept. From each
 * record where nothing is kept yet.
 */
export const contendersOf = async (
  records: Reading & Pick<Records, 'claimed' | 'views'>,
  round: Decided,
): Promise<readonly Versioned<Contender>[]> => {
  const [sha256, views] = await Promise.all([
    records.claimed(keptKey(round)),
    records.views(candidacyAggregate.name, round.id),
  ]);
  if (sha256 === undefined) return await contendersByRecord(records, round);
  const newest = new Map(await contendersKeptIn(records, sha256));
  for (const { id, version, body } of views) {
    const kept = newest.get(id);
    // Whoever is no contender of these results is none of the board.
    if (kept && kept.version < version) newest.set(id, { id, version, state: Contender.parse(body) });
  }
  return [...newest.values()];
};

/** The same by results that are not stored yet: whoever is on the board stands as it was read, and who comes in by them is read. */
export const contendersWith = async (
  records: Reading,
  round: Ordered,
  known: readonly Stands[],
): Promise<readonly Stands[]> => {
  const { order } = await offerOrderOf(records, round);
  const before = new Map<string, Stands>(known.map((one) => [one.id, one]));
  const coming = order.filter((id) => !before.has(id));
  const read = (await readCandidacies(records, coming)).map(
    ({ id, state }) => [id, { id, state: contenderOf(state) }] as const,
  );
  const all = new Map([...before, ...read]);
  return order.flatMap((id) => all.get(id) ?? []);
};

/**
 * Keeps what offers follow from of everyone, once: what changes later is in the views, for every change since views are stored moves its own. So
 * it is no matter who keeps it, how often, or at which moment; of a round that began before this, too.
 */
export const keepContenders = async (
  { records }: { records: Reading & Pick<Records, 'claimed' | 'commit'> },
  round: Decided,
  by: Actor,
): Promise<void> => {
  const key = keptKey(round);
  if ((await records.claimed(key)) !== undefined) return;
  const text = canonicalJson(await contendersByRecord(records, round));
  const sha256 = sha256Of(text);
  // Where another has kept it meanwhile, that is as good.
  await records.commit({ by, changes: [], blobs: [{ sha256, text }], claims: [{ key, value: sha256 }] });
};

/** Another final list has other people, or another order. */
const keptKey = (round: Decided): string => `contenders#${round.id}#${offersGoBy(round) ?? 'none'}`;
