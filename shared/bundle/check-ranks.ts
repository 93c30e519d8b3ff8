import { type Finding, finding } from '#shared/bundle/finding.ts';
import type { OpenRow } from '#shared/bundle/format.ts';
import { byPlace, isRanked } from '#shared/bundle/place.ts';
import type { RoundRules } from '#shared/bundle/rules.ts';
import { importedCriteria } from '#shared/domain/rubric.ts';

/** Whether everybody who has a total has the place that it and the tie rule give, and everybody with both parts a total. */
export const checkRanks = (rows: readonly OpenRow[], rules: RoundRules): Finding => {
  const ranked = rows.filter(isRanked);
  const misplaced = new Set(
    ranked.filter((row, index) => {
      const before = ranked[index - 1];
      return row.rank !== index + 1 || rows[index] !== row || (before && byPlace(before, row) >= 0);
    }),
  );
  const groups = [...Map.groupBy(ranked, ({ total }) => total).values()];
  const wrong = new Set<OpenRow>(groups.filter((group) => !isTiedByRule(group, rules)).flat());
  return finding(
    'ranks',
    ranked.length,
    rows.filter((row) => (isRanked(row) ? misplaced.has(row) || wrong.has(row) : isLeftOut(row))),
  );
};

/** Who has no rank has no total, and who was both scored and interviewed has one. */
const isLeftOut = ({ rank, total, scoring, interview }: OpenRow): boolean =>
  rank !== undefined || total !== undefined || (scoring !== undefined && interview !== undefined);

/** What a tie says of those with one total follows from their published results, as far as these show it; alone nothing is said. */
const isTiedByRule = (group: readonly OpenRow[], rules: RoundRules): boolean => {
  if (group.length === 1) return group[0]?.tie === undefined;
  const { order } = rules.ties;
  if (group.some(({ tie }) => tie?.levels.length !== order.length)) return false;
  return order.every((step, place) => {
    const shown = shownAt(step, rules);
    return areLevels(group.map((row) => ({ level: row.tie?.levels[place] ?? 0, value: shown(row) })));
  });
};

type TieStep = RoundRules['ties']['order'][number];

/** What anyone can read of what an equal total goes by at a step; undefined where only its owner can. */
const shownAt = (step: TieStep, { rubric }: RoundRules): ((row: OpenRow) => number | undefined) => {
  switch (step) {
    case 'interview':
      return ({ interview }) => interview?.value;
    case 'essay':
    case 'test':
      return importedCriteria(rubric.criteria).some(({ code }) => code === step)
        ? ({ scoring }) => scoring?.marks?.[step]
        : () => 0;
    case 'drawn-lot':
      return () => 0;
    case 'category':
    case 'experience':
      return () => undefined;
    default:
      return step satisfies never;
  }
};

/** Whether levels count from 0 without a gap, and those whose value is shown stand as the values do. */
const areLevels = (given: readonly { level: number; value: number | undefined }[]): boolean => {
  const levels = new Set(given.map(({ level }) => level));
  if (Math.max(...levels) !== levels.size - 1) return false;
  const shown = given
    .flatMap(({ level, value }) => (value === undefined ? [] : [{ level, value }]))
    .toSorted((a, b) => a.value - b.value);
  return shown.every((one, index) => {
    const before = shown[index - 1];
    return !before || Math.sign(one.level - before.level) === Math.sign(one.value - before.value);
  });
};
