import { type Instance, shareBeside } from '#shared/assignment/instance.ts';

/** What an assignment must keep; each can be left out to see whether it is what binds. */
export type Rules = Readonly<
  Record<'conflicts' | 'languages' | 'subjects' | 'links' | 'minimum' | 'maximum' | 'cap', boolean>
>;
export const allRules: Rules = {
  conflicts: true,
  languages: true,
  subjects: true,
  links: true,
  minimum: true,
  maximum: true,
  cap: true,
};

/** Whether an instance is of an edition or a later one; those of before have none. */
export const isFrom = (edition: Instance['edition'], first: 3 | 4): boolean =>
  edition !== undefined && edition >= first;

/** An application with the raters by their index in `Problem.raters`. */
export type Item = {
  id: string;
  subject: string | undefined;
  panel: string | undefined;
  language: string | undefined;
  /** Whether visitors score it before what is none; false in instances of before. */
  anchor: boolean;
  /** An anchor of which it is not found yet who scores it: everybody who may and whom nothing else needs. */
  byAll: boolean;
  /** Ratings that it still needs. */
  need: number;
  /** Raters that it has already, anchors' included. */
  kept: readonly number[];
  /** Of those who may score it: who was given it and has not begun. */
  held: ReadonlySet<number>;
  /** Who else may score it, visitors aside; nobody where it needs nobody and is not scored by all. */
  candidates: readonly number[];
  /** Visitors who may score it and do not yet. */
  visitors: readonly number[];
  /** How many conflicts stand in the way. */
  conflicts: number;
};

export type Rater = {
  id: string;
  panel: string | undefined;
  min: number;
  max: number;
  /** Ratings that it has already. */
  kept: number;
  /** Of a visitor: in how many applications they are asked in. */
  visits: number | undefined;
};

/** An instance with everything looked up and in the order of its ids, whatever order it came in. */
export type Problem = {
  edition: Instance['edition'];
  items: readonly Item[];
  raters: readonly Rater[];
  /** For each rater 1 where it knows the subject. */
  knowing: (subject: string | undefined) => Uint8Array;
  /** Ratings in all, those that are kept included. */
  total: number;
  /** Whether some were given out that may move. */
  moves: boolean;
  /** The least share of each panel's ratings that must come from other panels. */
  share: number;
  /** Whether somebody asked for it, so that it counts also where there is no other panel. */
  shareAsked: boolean;
  /** The greatest probability of a pair, in parts of `capParts`; undefined where none is asked for. */
  cap: number | undefined;
  /** Applications for which more than the cap is dear and not forbidden, by id; undefined before anybody saw that it must be. */
  yields: ReadonlySet<string> | undefined;
};

/** Probabilities are given out in so many parts: a power of two, so that a flow can be halved until one is left. */
export const capParts = 64;

export const problemOf = (instance: Instance, rules: Rules = allRules): Problem => {
  const applications = instance.applications.toSorted(byId);
  const raters = instance.raters.toSorted(byId);
  const index = new Map(raters.map(({ id }, place) => [id, place]));
  const conflicts = pairsOf(rules.conflicts ? instance.conflicts : [], index);
  const kept = pairsOf(instance.kept, index);
  const held = pairsOf(instance.held, index);
  const anchors = new Set(instance.links?.anchors);
  const readers = readersOf(raters, rules.languages);
  const loads = loadsOf(kept, raters.length);
  const holding = loadsOf(held, raters.length);
  const bounds = raters.map(({ max = Infinity, visits }, place) =>
    visits !== undefined ? visits : rules.maximum ? max - (holding[place] ?? 0) : Infinity,
  );
  /** Of those who may score an anchor everybody who has room beside what they were given, begun or not; now with one more. */
  const joining = (free: readonly number[], has: ReadonlySet<number>): number[] => {
    const more = free.filter((rater) => !has.has(rater) && (loads[rater] ?? 0) < (bounds[rater] ?? Infinity));
    for (const rater of more) loads[rater] = (loads[rater] ?? 0) + 1;
    return more;
  };
  const items = applications.map(({ id, subject, language, panel, k }): Item => {
    const refused = conflicts.get(id) ?? none;
    const { residents, visitors } = readers(language);
    const mayOf = (all: readonly number[]): readonly number[] =>
      refused.size === 0 ? all : all.filter((rater) => !refused.has(rater));
    const free = mayOf(residents);
    const comers = instance.links?.visitorsToo && instance.edition === undefined ? mayOf(visitors) : [];
    const given = kept.get(id) ?? none;
    const { anchor, byAll, isFirst } = anchoring(anchors.has(id), instance.edition);
    const has = isFirst ? new Set([...given, ...joining([...free, ...comers], given)]) : given;
    const need = Math.max(0, (k ?? instance.k) - has.size);
    return {
      id,
      subject: rules.subjects ? subject : undefined,
      language,
      panel,
      anchor,
      byAll,
      need,
      held: held.get(id) ?? none,
      kept: [...has].toSorted((a, b) => a - b),
      candidates: need === 0 && !byAll ? [] : has.size === 0 ? free : free.filter((rater) => !has.has(rater)),
      visitors: visitors.filter((rater) => !refused.has(rater) && !has.has(rater)),
      conflicts: refused.size,
    };
  });
  return {
    edition: instance.edition,
    items,
    raters: raters.map((rater, place) => raterOf(rater, loads[place] ?? 0, rules, instance)),
    knowing: knowingOf(raters),
    total: totalOf(items),
    moves: held.size > 0,
    cap: rules.cap && instance.cap !== undefined ? Math.floor(instance.cap * capParts) : undefined,
    yields: undefined,
    share: rules.links ? (instance.links?.share ?? shareBeside(anchors.size, applications.length)) : 0,
    shareAsked: instance.links?.share !== undefined,
  };
};

/** What an edition makes of an anchor; in the first two it is given out before anything else. */
const anchoring = (isAnchor: boolean, edition: Instance['edition']) => ({
  anchor: isAnchor && edition !== undefined,
  byAll: isAnchor && isFrom(edition, 3),
  isFirst: isAnchor && !isFrom(edition, 3),
});

/** Ratings in all, those that are kept included. */
export const totalOf = (items: readonly Pick<Item, 'need' | 'kept'>[]): number =>
  items.reduce((sum, { need, kept: { length } }) => sum + need + length, 0);

const raterOf = (
  { id, panel, min = 0, max, visits }: Instance['raters'][number],
  kept: number,
  rules: Rules,
  { applications, edition }: Instance,
): Rater => {
  if (visits !== undefined) return { id, panel, min: 0, max: kept, kept, visits };
  const least = rules.minimum ? min : 0;
  // A least load above all that there is cannot be reached; before edition 3 it counted as reached.
  const all = isFrom(edition, 3) ? Math.max(least, applications.length) : applications.length;
  return { id, panel, min: least, max: rules.maximum ? (max ?? all) : all, kept, visits };
};

/** The most raters who know the subject that an application could have which still gets any; 1 at least. */
export const mostExperts = ({ items, knowing }: Problem): number => {
  const experts = ({ subject, need, kept, candidates }: Item): number => {
    if (subject === undefined || need === 0) return 0;
    const known = knowing(subject);
    const count = (places: readonly number[]): number =>
      places.reduce((sum, place) => sum + (known[place] ?? 0), 0);
    return count(kept) + Math.min(need, count(candidates));
  };
  // Applications may be more than a call can have arguments.
  return items.reduce((all, item) => Math.max(all, experts(item)), 1);
};

/** Of two panels, both named: a rating between them is what makes panels comparable. */
export const isAcross = (item: Pick<Item, 'panel'>, rater: Pick<Rater, 'panel'>): boolean =>
  item.panel !== undefined && rater.panel !== undefined && item.panel !== rater.panel;

const none: ReadonlySet<number> = new Set();

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);

const pairsOf = (
  pairs: Instance['conflicts'],
  index: ReadonlyMap<string, number>,
): Map<string, Set<number>> => {
  const found = new Map<string, Set<number>>();
  for (const [application, rater] of pairs) {
    const place = index.get(rater);
    if (place === undefined) continue;
    const known = found.get(application);
    if (known) known.add(place);
    else found.set(application, new Set([place]));
  }
  return found;
};

/** How many applications each rater has. */
const loadsOf = (pairs: ReadonlyMap<string, ReadonlySet<number>>, raters: number): Int32Array => {
  const loads = new Int32Array(raters);
  for (const has of pairs.values()) for (const rater of has) loads[rater] = (loads[rater] ?? 0) + 1;
  return loads;
};

type Readers = { residents: number[]; visitors: number[] };

/** Who reads a language, worked out once for each. */
const readersOf = (raters: Instance['raters'], asked: boolean) => {
  const known = new Map<string | undefined, Readers>();
  return (language: string | undefined): Readers => {
    const wanted = asked ? language : undefined;
    const before = known.get(wanted);
    if (before) return before;
    const found: Readers = { residents: [], visitors: [] };
    for (const [place, { languages, visits }] of raters.entries()) {
      if (wanted !== undefined && languages && !languages.includes(wanted)) continue;
      (visits === undefined ? found.residents : found.visitors).push(place);
    }
    known.set(wanted, found);
    return found;
  };
};

/** Who knows a subject, worked out once for each. */
const knowingOf = (raters: Instance['raters']) => {
  const known = new Map<string | undefined, Uint8Array>();
  return (subject: string | undefined): Uint8Array => {
    const found =
      known.get(subject) ??
      Uint8Array.from(raters, ({ subjects }) =>
        subject === undefined || subjects === undefined || subjects.includes(subject) ? 1 : 0,
      );
    known.set(subject, found);
    return found;
  };
};
