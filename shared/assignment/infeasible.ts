import type { Instance } from '#shared/assignment/instance.ts';
import type { Flow } from '#shared/assignment/min-cost-flow.ts';
import type { Layout } from '#shared/assignment/network.ts';
import { capParts, type Item, isFrom, type Problem, type Rules } from '#shared/assignment/problem.ts';
import type { Attempt } from '#shared/assignment/solving.ts';
import type { Fault } from '#shared/errors.ts';

/**
 * Why there is no assignment: what can be seen from single applications and from sums; else the applications and raters of
 * a least cut (who compete for too few places); and each rule without which there would be one.
 * @param without whether an assignment exists when one rule is left out
 */
export const explained = (
  instance: Instance,
  attempt: Attempt,
  without: (rule: keyof Rules) => boolean,
): Fault[] => {
  const { problem, layout, flow } = attempt;
  const plain = [
    ...attempt.faults,
    ...problem.items.flatMap((item) => lonely(problem, item)),
    ...sums(problem),
  ];
  const cut = plain.length === 0 ? cutOf(problem, layout, flow) : [];
  const binding = rules
    .filter((rule) => asks[rule](instance) && without(rule))
    .map((rule) => fault('', `binds-${rule}`, {}));
  return [...plain.slice(0, mostFaults), ...more(plain.length - mostFaults), ...cut, ...binding];
};

/** Anchors that everybody scores who may, none of whom knows the subject: no place is open there that would say so. */
export const unknownAnchors = ({ items, knowing }: Problem): Fault[] =>
  items.flatMap(({ id, anchor, need, subject, kept, conflicts }) => {
    if (!anchor || need > 0 || subject === undefined) return [];
    const known = knowing(subject);
    return kept.some((place) => known[place] === 1)
      ? []
      : [fault(id, 'no-expert', { application: id, subject, conflicts })];
  });

const mostFaults = 50;

const rules = ['conflicts', 'languages', 'subjects', 'links', 'minimum', 'maximum', 'cap'] as const;

/** Whether an instance asks for a rule: to leave any other out changes nothing. */
const asks: Record<keyof Rules, (instance: Instance) => boolean> = {
  conflicts: ({ conflicts }) => conflicts.length > 0,
  languages: ({ applications }) => applications.some(({ language }) => language !== undefined),
  subjects: ({ applications }) => applications.some(({ subject }) => subject !== undefined),
  links: ({ links }) => links?.share !== 0,
  minimum: ({ raters }) => raters.some(({ min = 0 }) => min > 0),
  maximum: ({ raters }) => raters.some(({ max }) => max !== undefined),
  cap: ({ cap, capYields }) => cap !== undefined && !capYields,
};

const more = (count: number): Fault[] => (count > 0 ? [fault('', 'more', { count })] : []);

/** Applications that too few people may score, whatever the others get. */
const lonely = (problem: Problem, item: Item): Fault[] => {
  const { id, need, kept, candidates, conflicts, subject } = item;
  const known = problem.knowing(subject);
  const isKnown = (places: readonly number[]): boolean => places.some((place) => known[place] === 1);
  // The last place beside others is for somebody who knows the subject: that there is nobody says the fault below.
  const isLast = isFrom(problem.edition, 3) && need === 1 && kept.length > 0 && !isKnown(kept);
  const found = isLast ? [] : tooFew(problem, item);
  if (need > 0 && !isKnown(candidates) && !isKnown(kept) && subject !== undefined) {
    found.push(fault(id, 'no-expert', { application: id, subject, conflicts }));
  }
  return found;
};

const tooFew = (problem: Problem, item: Item): Fault[] => {
  const { id, need, candidates, conflicts, language } = item;
  const [needed, raters] = [need, candidates.length];
  if (raters < needed) {
    const facts = { application: id, needed, raters, conflicts };
    return language === undefined
      ? [fault(id, 'too-few', facts)]
      : [fault(id, 'too-few-readers', { ...facts, language })];
  }
  const isCapped = !problem.yields && !(item.anchor && isFrom(problem.edition, 3));
  const cap = isCapped ? problem.cap : undefined;
  if (cap === undefined || raters * cap >= needed * capParts) return [];
  const wanted = Math.ceil((needed * capParts) / cap);
  return [fault(id, 'too-few-capped', { application: id, needed, raters, wanted, conflicts })];
};

const sums = ({ items, raters, total }: Problem): Fault[] => {
  const found: Fault[] = raters.flatMap(({ id, kept, max }) =>
    kept > max ? [fault(id, 'overloaded', { rater: id, kept, maximum: max })] : [],
  );
  const room = raters.reduce((sum, { max }) => sum + max, 0);
  if (room < total) found.push(fault('', 'capacity', { needed: total, available: room }));
  const least = raters.reduce((sum, { min, kept }) => sum + Math.max(min, kept), 0);
  if (least > total) found.push(fault('', 'minimum-sum', { minimum: least, ratings: total }));
  for (const [place, { id, min, kept }] of raters.entries()) {
    if (min <= kept) continue;
    const reach =
      kept + items.filter(({ need, candidates }) => need > 0 && candidates.includes(place)).length;
    if (reach < min) found.push(fault(id, 'minimum-reach', { rater: id, minimum: min, possible: reach }));
  }
  return found;
};

const cutOf = (problem: Problem, layout: Layout, flow: Flow): Fault[] => {
  if (flow.value === layout.need) {
    return problem.raters.flatMap(({ id, min, kept }, place) => {
      const arc = layout.floors[place] ?? -1;
      const lacking = arc < 0 ? 0 : (layout.network.capacity[arc] ?? 0) - (flow.on[arc] ?? 0);
      const missing = Math.ceil(lacking / layout.parts);
      return missing > 0
        ? [fault(id, 'minimum', { rater: id, minimum: min, reached: Math.max(min, kept) - missing })]
        : [];
    });
  }
  const stuck = [...layout.nodeOfItem].flatMap(([place, node]) => {
    const item = problem.items[place];
    return item && flow.reachable[node] === 1 ? [item] : [];
  });
  const full = problem.raters.filter((_, place) => flow.reachable[layout.nodeOfRater(place)] === 1);
  const room = full.reduce((sum, { max, kept }) => sum + max - kept, 0);
  const missing = Math.ceil((layout.need - flow.value) / layout.parts);
  return [
    fault('', 'bottleneck', {
      applications: stuck.length,
      // What others could give them leads out of the cut and is given.
      needed: room + missing,
      missing,
      subjects: listed(stuck.map(({ subject }) => subject)),
      languages: listed(stuck.map(({ language }) => language)),
      raters: full.length,
      names: listed(full.map(({ id }) => id)),
      room,
    }),
  ];
};

/** The different ones, at most eight of them; a dash for none. */
const listed = (words: readonly (string | undefined)[]): string => {
  const different = [...new Set(words.filter((word) => word !== undefined))].toSorted();
  const shown = different.slice(0, 8).join(', ');
  return different.length === 0 ? '–' : `${shown}${different.length > 8 ? ' …' : ''}`;
};

const fault = (place: string, message: string, facts: NonNullable<Fault['facts']>): Fault => ({
  place,
  message: `assignment.${message}`,
  facts,
});
