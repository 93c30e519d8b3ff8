import { type Item, isAcross, type Problem } from '#shared/assignment/problem.ts';
import type { Chance } from '#shared/chance.ts';
import type { Fault } from '#shared/errors.ts';

/**
 * How many of the ratings that an application still needs come from outside its panel: drawn by lot, spread as evenly as
 * can be, until each panel has its share (ANCHORS 5.3: without links nobody can tell a strict panel from a weak field).
 * @returns one number for each item, what each panel lacks beside what it has, and the panels that cannot be linked enough
 */
export const linksOf = (
  problem: Problem,
  chance: Chance,
): { outside: Int32Array; lacking: Map<string, number>; faults: Fault[] } => {
  const { items, raters, share, shareAsked } = problem;
  const outside = new Int32Array(items.length);
  const lacking = new Map<string, number>();
  const faults: Fault[] = [];
  for (const [panel, members] of panelsOf(items)) {
    const isAlone = raters.every((rater) => rater.panel === undefined || rater.panel === panel);
    if (share === 0 || (isAlone && !shareAsked)) continue;
    let ratings = 0;
    let linked = 0;
    for (const place of members) {
      const { need, kept } = items[place] ?? { need: 0, kept: [] };
      ratings += need + kept.length;
      linked += across(problem, place, kept);
    }
    const wanted = Math.ceil(share * ratings - 1e-9);
    if (wanted > linked) lacking.set(panel, wanted - linked);
    const missing = draw(problem, chance.shuffle(Int32Array.from(members)), wanted - linked, outside);
    if (missing > 0) {
      faults.push({
        place: panel,
        message: 'assignment.no-outside',
        facts: { panel, wanted, possible: wanted - missing },
      });
    }
  }
  return { outside, lacking, faults };
};

const panelsOf = (items: readonly Item[]): Map<string, number[]> => {
  const panels = new Map<string, number[]>();
  items.forEach(({ panel }, place) => {
    if (panel === undefined) return;
    const known = panels.get(panel);
    if (known) known.push(place);
    else panels.set(panel, [place]);
  });
  return panels;
};

/** One link each, then a second each, and so on. @returns how many could not be placed */
const draw = (problem: Problem, drawn: Iterable<number>, wanted: number, outside: Int32Array): number => {
  let missing = Math.max(0, wanted);
  let open = [...drawn];
  for (let turn = 1; missing > 0 && open.length > 0; turn += 1) {
    const placed: number[] = [];
    for (const place of open) {
      if (placed.length < missing && turn <= roomOf(problem, place)) placed.push(place);
    }
    for (const place of placed) outside[place] = turn;
    missing -= placed.length;
    open = placed;
  }
  return missing;
};

/** How many links an item can have: the last place is left to somebody of the panel who knows the subject, when nobody outside does. */
export const roomOf = (problem: Problem, place: number): number => {
  const item = problem.items[place];
  if (!item) return 0;
  const knowing = problem.knowing(item.subject);
  const isOutside = (rater: number): boolean => across(problem, place, [rater]) === 1;
  const free =
    item.kept.some((rater) => knowing[rater] === 1) ||
    item.candidates.some((rater) => knowing[rater] === 1 && isOutside(rater));
  return Math.max(0, Math.min(free ? item.need : item.need - 1, across(problem, place, item.candidates)));
};

const across = ({ items, raters }: Problem, place: number, given: readonly number[]): number => {
  const item = items[place];
  return given.reduce((sum, index) => {
    const rater = raters[index];
    return sum + (item && rater && isAcross(item, rater) ? 1 : 0);
  }, 0);
};
