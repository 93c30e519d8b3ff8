import type { Network } from '#shared/assignment/min-cost-flow.ts';
import type { Chance } from '#shared/chance.ts';
import { type FreeTime, type Instance, openWishes, type Sitting } from '#shared/timetable/instance.ts';
import { unfitnessAt } from '#shared/timetable/openness.ts';

/** Times of one panel on one part of one day that provide the same: alike for every application. */
type Bundle = { panel: Sitting; day: string; part: FreeTime['part']; times: FreeTime[] };

export type Layout = {
  network: Network;
  bundles: readonly Bundle[];
  /** The candidate and the bundle that an arc brings together; undefined for all other arcs. */
  pairOf: (arc: number) => { candidate: number; bundle: number } | undefined;
  /** The time that an arc stands for. */
  timeOf: (arc: number) => FreeTime | undefined;
};

/**
 * What is better, strongest first: fewer wishes left open; even loads of the panels; early places in a panel's day, so that few gaps
 * are left. Each weighs more than everything below it can add up to.
 */
const weightsOf = ({ candidates, panels, times }: Instance): { wish: number; load: number } => {
  const count = candidates.length;
  const latest = Math.max(0, ...times.map(({ place }) => place));
  const fullest = count + Math.max(0, ...panels.map(({ booked }) => booked));
  const load = count * latest + 1;
  return { load, wish: load * count * fullest + load };
};

const source = 0;
const sink = 1;

/**
 * source → candidate → bundle → (one arc for each of its times) crew → sink, the last with an arc for each interview, dearer than
 * the one before. So that an arc between candidate and bundle serves many times, 2,000 candidates stay in a few hundred thousand arcs.
 */
export const layoutOf = (instance: Instance, chance: Chance): Layout => {
  const { candidates, panels } = instance;
  const weights = weightsOf(instance);
  const bundles = bundlesOf(instance);
  const crews = [...Map.groupBy(panels, ({ crew }) => crew)];
  const firstCrew = 2 + candidates.length;
  const firstBundle = firstCrew + crews.length;
  const arcs = arcsOf();
  /** By arc, −1 for those that bring nobody together: hundreds of thousands. */
  const pairs: { candidate: number[]; bundle: number[] } = { candidate: [], bundle: [] };
  const times = new Map<number, FreeTime>();
  const unfitOf = unfitnessAt(panels);
  const placeOf = new Map(panels.map((panel, index) => [panel, index]));
  const panelOf = bundles.map(({ panel }) => placeOf.get(panel) ?? -1);
  for (const candidate of chance.shuffle(Int32Array.from(candidates, (_, index) => index))) {
    const one = candidates[candidate];
    if (!one) continue;
    arcs.add(source, 2 + candidate, 0);
    pairs.candidate.push(-1);
    pairs.bundle.push(-1);
    const isOpen = unfitOf(one).map(({ length }) => length === 0);
    for (const [bundle, { day, part }] of bundles.entries()) {
      if (!isOpen[panelOf[bundle] ?? -1]) continue;
      arcs.add(2 + candidate, firstBundle + bundle, weights.wish * openWishes(one, { day, part }));
      pairs.candidate.push(candidate);
      pairs.bundle.push(bundle);
    }
  }
  const crewOf = new Map(crews.map(([crew], index) => [crew, index]));
  for (const [bundle, { panel, times: own }] of bundles.entries()) {
    const to = firstCrew + (crewOf.get(panel.crew) ?? -1);
    for (const time of own) times.set(arcs.add(firstBundle + bundle, to, time.place), time);
  }
  for (const [index, [, sittings]] of crews.entries()) {
    const ids = new Set(sittings.map(({ id }) => id));
    const booked = sittings[0]?.booked ?? 0;
    const most = Math.min(candidates.length, instance.times.filter(({ panel }) => ids.has(panel)).length);
    for (let nth = 0; nth < most; nth += 1) arcs.add(firstCrew + index, sink, weights.load * (booked + nth));
  }
  const network = { nodes: firstBundle + bundles.length, source, sink, ...arcs.lists };
  const pairOf: Layout['pairOf'] = (arc) => {
    const [candidate = -1, bundle = -1] = [pairs.candidate[arc], pairs.bundle[arc]];
    return candidate < 0 ? undefined : { candidate, bundle };
  };
  return { network, bundles, pairOf, timeOf: (arc) => times.get(arc) };
};

const arcsOf = () => {
  const lists: Record<'from' | 'to' | 'capacity' | 'cost', number[]> = {
    from: [],
    to: [],
    capacity: [],
    cost: [],
  };
  /** @returns its number */
  const add = (from: number, to: number, cost: number): number => {
    lists.from.push(from);
    lists.to.push(to);
    lists.capacity.push(1);
    return lists.cost.push(cost) - 1;
  };
  return { lists, add };
};

const bundlesOf = ({ panels, times }: Instance): Bundle[] => {
  const byId = new Map(panels.map((panel) => [panel.id, panel]));
  const found = new Map<string, Bundle>();
  for (const time of times) {
    const { panel: id, day, part } = time;
    const panel = byId.get(id);
    if (!panel) continue;
    const key = `${id} ${day} ${part}`;
    const bundle = found.get(key) ?? { panel, day, part, times: [] };
    bundle.times.push(time);
    found.set(key, bundle);
  }
  return [...found.values()];
};
