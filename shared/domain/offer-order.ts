import type { ApplicationId } from '#shared/domain/ids.ts';
import type { Standing } from '#shared/domain/standing.ts';

/** In which order offers are made. */
export type OfferOrder = {
  /** Everybody whom any of the results let go on: first those whom the last let, best rank first. */
  order: readonly ApplicationId[];
  /** Those whom the last do not let: they are asked for nothing more, and keep what they were offered. */
  stopped: ReadonlySet<ApplicationId>;
};

/** Who goes on by some results, best rank first. */
export const goOnBy = (standings: readonly Standing[]): ApplicationId[] =>
  standings
    .filter(({ outcome }) => outcome === 'goes-on')
    .toSorted((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity))
    .map(({ applicationId }) => applicationId);

/** @param results final ones as they were decided, then each correction of them that offers went by, in their order */
export const offerOrder = (results: readonly (readonly Standing[])[]): OfferOrder => {
  let order: readonly ApplicationId[] = [];
  let stopped: ReadonlySet<ApplicationId> = new Set();
  for (const standings of results) {
    const on = goOnBy(standings);
    const going = new Set(on);
    const behind = order.filter((id) => !going.has(id));
    order = [...on, ...behind];
    stopped = new Set(behind);
  }
  return { order, stopped };
};
