import * as z from 'zod';
import type { Fault } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

const Id = z.string().min(1).max(200);
const Name = z.string().min(1).max(200);
const Count = z.int().min(0).max(1_000_000);
const Pair = z.tuple([Id, Id]);

/**
 * Who may score what (ANCHORS 5.5). Ids and codes are anybody's: nothing here knows people.
 *
 * An absent list of a rater says "any": a rater without `languages` reads every language, one without `subjects` knows
 * every subject; `[]` says "none". An application without a language, subject or panel asks for none.
 */
export const Instance = z.strictObject({
  applications: z
    .array(
      z.strictObject({
        id: Id,
        /** At least one of its raters knows it, and more where there are enough. */
        subject: Name.optional(),
        /** All its raters read it. */
        language: Name.optional(),
        panel: Name.optional(),
        /** Ratings that this one gets instead of the instance's `k`; 0 where it needs none beside those that are kept. */
        k: z.int().min(0).max(100).optional(),
      }),
    )
    .min(1)
    .max(200_000),
  raters: z
    .array(
      z.strictObject({
        id: Id,
        subjects: z.array(Name).optional(),
        languages: z.array(Name).optional(),
        panel: Name.optional(),
        /** Ratings: at least so many (0 when absent), at most so many (no bound when absent). */
        min: Count.optional(),
        max: Count.optional(),
        /**
         * Somebody who was asked in for so many applications, those that are kept included, and gets as many as there are: first those
         * that no visitor has, and before anybody else is asked. `min` and `max` do not count.
         */
        visits: Count.optional(),
      }),
    )
    .min(1)
    .max(20_000),
  /** Application, rater: never together. */
  conflicts: z.array(Pair).default([]),
  /** Ratings of each application. */
  k: z.int().min(1).max(20),
  links: z
    .strictObject({
      /**
       * At least this share of each panel's ratings comes from raters of other panels; where it is not said and there are any 0.05, or none
       * beside ten anchors.
       */
      share: z.number().min(0).max(1).optional(),
      /** Applications that everyone scores who may and has room. */
      anchors: z.array(Id).optional(),
      /** Of instances without `edition`: visitors score them too, in the order of their ids and before anything else. */
      visitorsToo: z.literal(true).optional(),
    })
    .optional(),
  /**
   * No rater comes to an application with more than this probability, over all seeds; in sixty-fourths, rounded down. What is kept
   * and anchors are given out already and do not count.
   */
  cap: z
    .number()
    .min(1 / 64)
    .max(1)
    .optional(),
  /** Where the cap cannot be kept it gives way, as little as can be and after all that must hold; without it the instance is refused. */
  capYields: z.literal(true).optional(),
  /** Application, rater: already given out, and stays. Whoever declined is left out here and put among the conflicts. */
  kept: z.array(Pair).default([]),
  /** Application, rater: given out, and not begun. It stays wherever as many places can be filled with it. */
  held: z.array(Pair).default([]),
  /**
   * 4: links that were drawn and cannot be kept are chosen anew, so that only what no choice makes possible is refused; drawn once before it. And
   * under a cap loads are evened out among the arcs that the cheapest flows use: as even, and among equals another lot.
   * 3: of anchors everybody gets what nothing else needs of their room, found in one flow with all else; and one place stays for somebody who
   * knows the subject where visitors do not. Before it anchors were given first, by their ids. From
   * 2 on visitors come to what nobody else knows the subject of, then to anchors, which of them by lot; an anchor that nobody knows the subject of
   * is a fault; and links that cannot be reached take no application the raters who know its subject. What was recorded without it is solved
   * again as it was.
   */
  edition: z.literal([2, 3, 4]).optional(),
  /** Recorded with the result: the same instance and seed give the same assignment. */
  seed: z.union([z.string().min(1).max(200), z.int()]),
});
export type Instance = z.infer<typeof Instance>;
/** An instance before the defaults are filled in. */
export type AnyInstance = z.input<typeof Instance>;

/** The least share of a panel's ratings from outside without which panels cannot be compared (ANCHORS 5.3). */
export const leastShare = 0.05;

/** As many anchors do the same, and fewer do not (ANCHORS 5.3). */
export const leastAnchors = 10;

/** The share that is asked for where none is said: none beside enough anchors, or where every application is one. */
export const shareBeside = (anchors: number, applications: number): number =>
  anchors >= Math.min(leastAnchors, applications) ? 0 : leastShare;

/** Reads an instance. A fault's place is a JSON pointer. */
export const readInstance = (given: unknown): Result<Instance, Fault[]> => {
  const read = Instance.safeParse(given);
  if (!read.success) {
    return refuse(
      read.error.issues.slice(0, 200).map(({ path, message }) => ({
        place: pointer(path),
        message: 'assignment.shape',
        facts: { detail: message },
      })),
    );
  }
  const pairs = read.data.applications.length * read.data.raters.length;
  if (pairs > mostPairs)
    return refuse([{ place: '', message: 'assignment.too-many-pairs', facts: { limit: mostPairs } }]);
  const faults = [...doubledIds(read.data), ...unknownIds(read.data), ...contradictions(read.data)];
  return faults.length === 0 ? ok(read.data) : refuse(faults.slice(0, 200));
};

/** 20,000 applications of 1,000 raters, which take half a minute; with fifteen times as many, memory would run out without a word. */
const mostPairs = 20_000_000;

const pointer = (path: readonly PropertyKey[]): string => path.map((part) => `/${String(part)}`).join('');

const doubledIds = (instance: Instance): Fault[] =>
  (['applications', 'raters'] as const).flatMap((list) => {
    const seen = new Set<string>();
    return instance[list].flatMap(({ id }, index) => {
      if (!seen.has(id)) {
        seen.add(id);
        return [];
      }
      return [{ place: `/${list}/${index}/id`, message: 'assignment.doubled', facts: { id } }];
    });
  });

const unknownIds = ({ applications, raters, conflicts, kept, held, links }: Instance): Fault[] => {
  const known = [new Set(applications.map(({ id }) => id)), new Set(raters.map(({ id }) => id))] as const;
  const inPairs = (name: string, pairs: Instance['conflicts']): Fault[] =>
    pairs.flatMap((pair, index) =>
      pair.flatMap((id, side) => (known[side]?.has(id) ? [] : [unknown(`/${name}/${index}/${side}`, id)])),
    );
  return [
    ...inPairs('conflicts', conflicts),
    ...inPairs('kept', kept),
    ...inPairs('held', held),
    ...(links?.anchors ?? []).flatMap((id, index) =>
      known[0].has(id) ? [] : [unknown(`/links/anchors/${index}`, id)],
    ),
  ];
};

const unknown = (place: string, id: string): Fault => ({
  place,
  message: 'assignment.unknown',
  facts: { id },
});

const contradictions = ({ raters, conflicts, kept }: Instance): Fault[] => {
  const refused = new Set(conflicts.map((pair) => JSON.stringify(pair)));
  return [
    ...raters.flatMap(({ id, min, max }, index) =>
      min !== undefined && max !== undefined && min > max
        ? [{ place: `/raters/${index}`, message: 'assignment.bounds', facts: { rater: id, min, max } }]
        : [],
    ),
    ...kept.flatMap((pair, index) =>
      refused.has(JSON.stringify(pair))
        ? [
            {
              place: `/kept/${index}`,
              message: 'assignment.kept-conflict',
              facts: { application: pair[0], rater: pair[1] },
            },
          ]
        : [],
    ),
  ];
};
