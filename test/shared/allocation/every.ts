import type { Instance, Matches } from '#shared/allocation/instance.ts';
import { isFeasible, slowBlockingPairs } from './slow.ts';

/** Every feasible allocation without a blocking pair, found by trying all there are. For very small markets only. */
export const everyStable = (instance: Instance): Matches[] =>
  everyAllocation(instance, 0).filter(
    (matches) => isFeasible(instance, matches) && slowBlockingPairs(instance, matches).length === 0,
  );

const everyAllocation = (instance: Instance, from: number): Matches[] => {
  const applicant = instance.applicants[from];
  if (!applicant) return [{}];
  const rest = everyAllocation(instance, from + 1);
  return [...applicant.preferences, null].flatMap((vacancy) =>
    rest.map((matches) => Object.assign({ [applicant.id]: vacancy }, matches)),
  );
};

/** Every strict list of some of the names. */
export const everyList = (names: readonly string[]): string[][] => [
  [],
  ...names.flatMap((first) =>
    everyList(names.filter((name) => name !== first)).map((rest) => [first].concat(rest)),
  ),
];

/** How good a match is to somebody with these preferences; smaller is better. */
export const wishNumber = (preferences: readonly string[], match: string | null | undefined): number =>
  match === null || match === undefined || !preferences.includes(match)
    ? preferences.length
    : preferences.indexOf(match);

/** With the list of one applicant replaced. */
export const saying = (instance: Instance, applicant: string, preferences: string[]): Instance => ({
  ...instance,
  applicants: instance.applicants.map((one) => (one.id === applicant ? { ...one, preferences } : one)),
});

/** The vacancies that rank an applicant. */
export const rankedBy = ({ vacancies }: Instance, applicant: string): string[] =>
  vacancies.filter(({ ranking }) => ranking.includes(applicant)).map(({ id }) => id);

/** With all wishes left out for vacancies that do not rank whoever has them. */
export const wantingWhoRanksThem = (instance: Instance): Instance => ({
  ...instance,
  applicants: instance.applicants.map(({ id, preferences }) => {
    const ranked = new Set(rankedBy(instance, id));
    return { id, preferences: preferences.filter((one) => ranked.has(one)) };
  }),
});
