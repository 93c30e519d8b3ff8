import { type CapFault, type CapTree, canBind, capTreeOf, deepest } from '#shared/allocation/cap-tree.ts';
import { deferredAcceptance } from '#shared/allocation/deferred-acceptance.ts';
import type { Instance } from '#shared/allocation/instance.ts';
import {
  type MeritFault,
  meritOrderIn,
  meritOrderOf,
  meritOrderWithChoice,
  reachByMerit,
} from '#shared/allocation/merit-order.ts';
import type { Named } from '#shared/allocation/naming.ts';
import { openFirst } from '#shared/allocation/open-first.ts';
import { type Rules, reachOf } from '#shared/allocation/stability.ts';
import type { Fault } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** @returns the mechanism of an instance, or why its caps or rankings do not suit it */
export const rulesOf = (instance: Instance, named: Named): Result<Rules, Fault[]> => {
  switch (instance.mechanism) {
    case 'applicant-proposing-deferred-acceptance':
      return deferredRules(named);
    case 'merit-order-with-choice':
      return meritRules(instance, named);
  }
};

const deferredRules = ({ market, vacancyIds }: Named): Result<Rules, Fault[]> => {
  const { open } = market.caps;
  const tree = capTreeOf(market.caps, market.capacity);
  if (!tree.ok) return refuse([capFault(tree.error, vacancyIds)]);
  return ok(
    open && market.order
      ? openFirst({ ...market, order: market.order }, tree.value, open)
      : rulesUnder(market, tree.value),
  );
};

const rulesUnder = (market: Named['market'], tree: CapTree): Rules => ({
  allocate: () => deferredAcceptance(market, tree),
  reach: (held) => reachOf(market, tree, held),
});

const capFault = (found: CapFault, vacancyIds: readonly string[]): Fault => {
  const place = `/caps/${found.cap}`;
  if (found.fault === 'too-deep')
    return { place, message: 'allocation.caps-too-deep', facts: { limit: deepest } };
  const facts = { other: `/caps/${found.other}`, vacancy: vacancyIds[found.vacancy] ?? '' };
  return { place, message: 'allocation.crossing-caps', facts };
};

const meritRules = (instance: Instance, { market, applicantIds }: Named): Result<Rules, Fault[]> => {
  const reserves = instance.caps.flatMap(({ reserve = 0 }, cap) =>
    reserve > 0 ? [{ place: `/caps/${cap}/reserve`, message: 'allocation.reserve-needs-deferral' }] : [],
  );
  const open = instance.caps.flatMap((one, cap) =>
    one.open ? [{ place: `/caps/${cap}/open`, message: 'allocation.reserve-needs-deferral' }] : [],
  );
  if (reserves.length + open.length > 0) return refuse([...reserves, ...open]);
  const merit = market.order
    ? ok(meritOrderIn(market.order))
    : meritOrderOf(
        market,
        instance.caps.some((_, cap) => canBind(market.caps, market.capacity, cap)),
      );
  if (!merit.ok) return refuse([meritFault(merit.error, applicantIds)]);
  return ok({
    allocate: () => meritOrderWithChoice(market, market.caps, merit.value),
    reach: (held) => reachByMerit(market, market.caps, merit.value, held),
  });
};

/** Circles longer than this are not spelt out. */
const spelt = 6;

const meritFault = (found: MeritFault, applicantIds: readonly string[]): Fault => {
  const id = (applicant: number): string => applicantIds[applicant] ?? '';
  if (found.fault === 'open') {
    const facts = { one: id(found.one), other: id(found.other) };
    return { place: '/vacancies', message: 'allocation.order-left-open', facts };
  }
  const circle = [...found.applicants.slice(0, spelt), ...found.applicants.slice(0, 1)].map(id);
  if (found.applicants.length > spelt) circle.splice(-1, 0, '…');
  return {
    place: '/vacancies',
    message: 'allocation.no-single-order',
    facts: { circle: circle.join(' > ') },
  };
};
