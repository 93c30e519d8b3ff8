import * as fc from 'fast-check';
import type { AnyInstance } from '#shared/assignment/instance.ts';

/** An instance without a cap, so that a part of it can be assigned as well. */
export type Whole = Omit<AnyInstance, 'cap'>;

type Edition = AnyInstance['edition'];

type Panel = 'A' | 'B' | 'D' | undefined;

const anySubjects = fc.constantFrom<(string[] | undefined)[]>(
  ['physics'],
  ['history'],
  ['physics', 'history'],
  [],
  undefined,
);
const anyReads = fc.constantFrom<(string[] | undefined)[]>(['kk'], ['kk', 'ru'], undefined);
const anyPair = fc.tuple(fc.nat(4), fc.nat(4));

const parts = {
  applications: fc.array(
    fc.record({
      subject: fc.constantFrom('physics', 'history', undefined),
      language: fc.constantFrom('kk', 'ru', undefined),
      panel: fc.constantFrom<Panel[]>('A', 'B', undefined),
      k: fc.constantFrom(undefined, undefined, undefined, 0, 1, 2),
    }),
    { minLength: 1, maxLength: 5 },
  ),
  raters: fc.array(
    fc.record({
      subjects: anySubjects,
      languages: anyReads,
      panel: fc.constantFrom<Panel[]>('A', 'B'),
      min: fc.integer({ min: 0, max: 2 }),
      max: fc.constantFrom<(number | undefined)[]>(undefined, 2, 2, 3, 5),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  guests: fc.array(
    fc.record({
      subjects: anySubjects,
      languages: anyReads,
      panel: fc.constantFrom('C', 'A'),
      visits: fc.integer({ min: 0, max: 3 }),
    }),
    { maxLength: 2 },
  ),
  conflicts: fc.array(anyPair, { maxLength: 6 }),
  kept: fc.array(anyPair, { maxLength: 3 }),
  held: fc.array(anyPair, { maxLength: 3 }),
  anchors: fc.array(fc.nat(4), { maxLength: 3 }),
  k: fc.integer({ min: 1, max: 3 }),
  share: fc.constantFrom<(number | undefined)[]>(undefined, 0, 0, 0.1, 0.4),
  edition: fc.constantFrom<Edition[]>(undefined, 2, 3, 4),
  visitorsToo: fc.boolean(),
  seed: fc.nat(1000),
} as const;

/** Small instances with everything that one can hold, in each edition: few people, so that most of it binds. */
export const anyInstance: fc.Arbitrary<Whole> = fc.record(parts).map((drawn) => instanceOf(drawn));

/** The same of three panels that must be linked, without guests and anchors: loads are tight, so that hardly any choice of links will do. */
export const anyLinked: fc.Arbitrary<Whole> = fc
  .record({
    ...parts,
    applications: fc.array(
      fc.record({
        subject: fc.constantFrom('physics', undefined),
        language: fc.constantFrom('kk', 'ru', undefined),
        panel: fc.constantFrom('A', 'B', 'D'),
        k: fc.constantFrom(undefined, undefined, 1),
      }),
      { minLength: 2, maxLength: 5 },
    ),
    raters: fc.array(
      fc.record({
        subjects: anySubjects,
        languages: anyReads,
        panel: fc.constantFrom('A', 'B', 'D', undefined),
        min: fc.integer({ min: 0, max: 1 }),
        max: fc.constantFrom(1, 2, 2, 3),
      }),
      { minLength: 2, maxLength: 5 },
    ),
    guests: fc.constant<Drawn['guests']>([]),
    anchors: fc.constant<number[]>([]),
    held: fc.constant<[number, number][]>([]),
    k: fc.integer({ min: 1, max: 2 }),
    share: fc.constantFrom(0.2, 0.4, 0.6),
    edition: fc.constant(4 as const),
  })
  .map((drawn) => instanceOf(drawn));

type Drawn = { [K in keyof typeof parts]: (typeof parts)[K] extends fc.Arbitrary<infer T> ? T : never };

const instanceOf = (drawn: Drawn): Whole => {
  const { k, edition, seed, share } = drawn;
  const applications = named('a', drawn.applications);
  const raters = [...named('r', drawn.raters), ...named('v', drawn.guests)];
  const ids = (pairs: readonly [number, number][]): [string, string][] =>
    pairs.flatMap(([a, r]) => {
      const [item, rater] = [applications[a], raters[r]];
      return item && rater ? [[item.id, rater.id] as [string, string]] : [];
    });
  const conflicts = ids(drawn.conflicts);
  const isFree = fresh(conflicts);
  const kept = ids(drawn.kept).filter(isFree);
  const anchors = [...new Set(drawn.anchors)].flatMap((place) => applications[place]?.id ?? []);
  return {
    applications,
    raters,
    conflicts,
    kept,
    held: ids(drawn.held).filter(isFree),
    k,
    links: {
      ...(share !== undefined && { share }),
      anchors,
      ...(drawn.visitorsToo && edition === undefined && { visitorsToo: true }),
    },
    ...(edition !== undefined && { edition }),
    seed,
  };
};

/** With ids, and without what is not said. */
const named = <T extends object>(prefix: string, list: readonly T[]) =>
  list.map((each, index) => said(Object.assign({ id: `${prefix}${index}` }, each)));

type Said<T> = { [K in keyof T]: Exclude<T[K], undefined> };
const said = <T extends object>(each: T): Said<T> =>
  Object.fromEntries(Object.entries(each).filter(([, value]) => value !== undefined)) as Said<T>;

/** Each pair once, and none of those before. */
const fresh = (before: readonly [string, string][]) => {
  const seen = new Set(before.map((pair) => pair.join()));
  return (pair: [string, string]): boolean => seen.size < seen.add(pair.join()).size;
};
