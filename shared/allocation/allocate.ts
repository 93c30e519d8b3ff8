import type { Instance, Matches, Pair } from '#shared/allocation/instance.ts';
import { none } from '#shared/allocation/market.ts';
import { type Named, named } from '#shared/allocation/naming.ts';
import { rulesOf } from '#shared/allocation/rules.ts';
import { blockingChoices, type Reach } from '#shared/allocation/stability.ts';
import type { Fault } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';

/**
 * `cutoffs`: the last place (from 1) of each vacancy's ranking that is admitted, 0 when nobody is, null when everyone whom it
 * ranks is. Each applicant has the first own preference whose cut-off the applicant reaches.
 * `blockingPairs`: who would rather have a vacancy that would rather have them. Of what `allocate` answers it is always empty.
 */
export type Allocation = { matches: Matches; cutoffs: Cutoffs; blockingPairs: Pair[] };

export type Cutoffs = Readonly<Record<string, number | null>>;

/**
 * Allocates an instance by its mechanism, and checks the result. The same instance has the same result in whatever order its
 * applicants, vacancies and caps stand.
 * @returns the allocation, or every fault with the JSON pointer of its place in the instance; messages are catalogue keys
 */
export const allocate = (instance: Instance): Result<Allocation, Fault[]> => {
  const names = named(instance);
  if (!names.ok) return names;
  const rules = rulesOf(instance, names.value);
  if (!rules.ok) return rules;
  const held = rules.value.allocate();
  const reach = rules.value.reach(held);
  return ok({
    matches: matchesOf(names.value, held),
    cutoffs: cutoffsOf(names.value, reach),
    blockingPairs: pairsOf(names.value, blockingChoices(names.value.market, held, reach)),
  });
};

/** Names the vacancy of each applicant's choice. */
const matchesOf = ({ applicantIds, vacancyIds, market }: Named, held: Int32Array): Matches =>
  Object.fromEntries(
    applicantIds.map((id, applicant) => {
      const choice = held[applicant] ?? none;
      return [id, choice === none ? null : (vacancyIds[market.choiceVacancy[choice] ?? none] ?? null)];
    }),
  );

export const cutoffsOf = ({ vacancyIds }: Named, { reach, closed }: Reach): Cutoffs =>
  Object.fromEntries(vacancyIds.map((id, at) => [id, closed[at] === 1 ? (reach[at] ?? 0) : null]));

/** Names the two sides of choices, which stand in the order of the applicants. */
export const pairsOf = ({ applicantIds, vacancyIds, market }: Named, choices: readonly number[]): Pair[] => {
  const { choiceStart, choiceVacancy } = market;
  let applicant = 0;
  return choices.map((choice) => {
    while ((choiceStart[applicant + 1] ?? 0) <= choice) applicant += 1;
    return {
      applicant: applicantIds[applicant] ?? '',
      vacancy: vacancyIds[choiceVacancy[choice] ?? none] ?? '',
    };
  });
};
