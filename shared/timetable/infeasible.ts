import { minCostFlow } from '#shared/assignment/min-cost-flow.ts';
import { type Candidate, type Instance, type Rule, rules, type Sitting } from '#shared/timetable/instance.ts';
import { unfitnessAt } from '#shared/timetable/openness.ts';

/**
 * Applications that cannot all have a time, whatever the others get: no part of them can be left out without the rest having one
 * each. Applications that may be heard by the same panels stay together.
 */
export type Bottleneck = {
  candidates: string[];
  /** Those who may hear any of them at some of their times (`crew`), and how many of these are free. */
  panels: string[];
  times: number;
  /** What keeps some of them from some panels. */
  kept: Rule[];
  /** Each a least set of rules without which all of them would have a time; none where only more times help. */
  without: Rule[][];
};

/** Why there is no timetable. */
export type Infeasible = {
  /** Applications that have a time at best, and those that have none then. */
  placed: number;
  missing: number;
  /** In the order of their first applications; none is in two of them. */
  bottlenecks: Bottleneck[];
};

/** @param placed applications that have a time at best */
export const infeasible = (instance: Instance, placed: number): Infeasible => {
  const bottlenecks: Bottleneck[] = [];
  let left = kindsOf(instance, []);
  for (let stuck = leastStuck(instance, left); stuck; stuck = leastStuck(instance, left)) {
    const found = stuck;
    bottlenecks.push(bottleneckOf(instance, found));
    left = left.filter((kind) => !found.includes(kind));
  }
  const sorted = bottlenecks.toSorted((a, b) => ((a.candidates[0] ?? '') < (b.candidates[0] ?? '') ? -1 : 1));
  return { placed, missing: instance.candidates.length - placed, bottlenecks: sorted };
};

/** Applications that the same panels may hear, or none for the same reasons. */
type Kind = { panels: readonly Sitting[]; candidates: Candidate[] };

/** @param ignored rules that are left out */
const kindsOf = ({ candidates, panels }: Instance, ignored: readonly Rule[]): Kind[] => {
  const found = new Map<string, Kind>();
  const unfitOf = unfitnessAt(panels);
  for (const candidate of candidates) {
    const unfit = unfitOf(candidate);
    const open = panels.filter((_, index) => (unfit[index] ?? []).every((rule) => ignored.includes(rule)));
    // Those whom nobody may hear are told apart by what stands in the way.
    const why = open.length > 0 ? [] : unfit;
    const key = JSON.stringify([open.map(({ id }) => id), why]);
    const kind = found.get(key) ?? { panels: open, candidates: [] };
    kind.candidates.push(candidate);
    found.set(key, kind);
  }
  return [...found.values()];
};

/** A set of kinds that cannot all have times, and of which every part can; undefined where all can. */
const leastStuck = (instance: Instance, kinds: readonly Kind[]): Kind[] | undefined => {
  if (fits(instance, kinds)) return undefined;
  let stuck = [...kinds];
  for (const kind of kinds) {
    const rest = stuck.filter((other) => other !== kind);
    if (!fits(instance, rest)) stuck = rest;
  }
  return stuck;
};

/** Whether all applications of these kinds can have a time: panels as places with room for so many. */
const fits = ({ panels, times }: Instance, kinds: readonly Kind[]): boolean => {
  const wanted = kinds.reduce((sum, { candidates }) => sum + candidates.length, 0);
  const firstPanel = 2 + kinds.length;
  const arcs = [
    ...kinds.map(({ candidates }, kind) => ({ from: 0, to: 2 + kind, room: candidates.length })),
    ...kinds.flatMap(({ panels: open, candidates }, kind) =>
      open.map((panel) => ({
        from: 2 + kind,
        to: firstPanel + panels.indexOf(panel),
        room: candidates.length,
      })),
    ),
    ...panels.map((panel, index) => ({ from: firstPanel + index, to: 1, room: freeOf(times, [panel]) })),
  ];
  const { value } = minCostFlow({
    nodes: firstPanel + panels.length,
    source: 0,
    sink: 1,
    from: arcs.map(({ from }) => from),
    to: arcs.map(({ to }) => to),
    capacity: arcs.map(({ room }) => room),
    cost: arcs.map(() => 0),
  });
  return value === wanted;
};

const freeOf = (times: Instance['times'], panels: readonly Sitting[]): number => {
  const ids = new Set(panels.map(({ id }) => id));
  return times.filter(({ panel }) => ids.has(panel)).length;
};

const bottleneckOf = (instance: Instance, kinds: readonly Kind[]): Bottleneck => {
  const candidates = kinds.flatMap((kind) => kind.candidates);
  const open = instance.panels.filter((panel) => kinds.some(({ panels }) => panels.includes(panel)));
  const unfitOf = unfitnessAt(instance.panels);
  const broken = new Set(candidates.flatMap((candidate) => unfitOf(candidate).flat()));
  const kept = rules.filter((rule) => broken.has(rule));
  return {
    candidates: candidates.map(({ id }) => id).toSorted(),
    panels: [...new Set(open.map(({ crew }) => crew))],
    times: freeOf(instance.times, open),
    kept,
    without: leastSets(kept, (ignored) => fits(instance, kindsOf({ ...instance, candidates }, ignored))),
  };
};

/** Sets of rules that help, smallest first, none of which holds another one. */
const leastSets = (kept: readonly Rule[], helps: (ignored: readonly Rule[]) => boolean): Rule[][] => {
  const all = subsetsOf(kept).filter(({ length }) => length > 0);
  const found: Rule[][] = [];
  for (const set of all.toSorted((a, b) => a.length - b.length)) {
    const known = found.some((smaller) => smaller.every((rule) => set.includes(rule)));
    if (!known && helps(set)) found.push(set);
  }
  return found;
};

const subsetsOf = (list: readonly Rule[]): Rule[][] => {
  let sets: Rule[][] = [[]];
  for (const rule of list) sets = sets.concat(sets.map((set) => set.concat(rule)));
  return sets;
};
