import { type Cutoffs, cutoffsOf, pairsOf } from '#shared/allocation/allocate.ts';
import type { Instance, Matches, Pair } from '#shared/allocation/instance.ts';
import { none } from '#shared/allocation/market.ts';
import { type Named, named } from '#shared/allocation/naming.ts';
import { add, at } from '#shared/allocation/numbers.ts';
import { rulesOf } from '#shared/allocation/rules.ts';
import { blockingChoices } from '#shared/allocation/stability.ts';
import type { Fault } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** What is wrong with an allocation, whoever made it. When all four lists are empty it is feasible and stable. */
export type Proof = {
  cutoffs: Cutoffs;
  /** Who would rather have a vacancy that would rather have them. */
  blockingPairs: Pair[];
  /** Matched, although one side did not name the other. */
  unacceptablePairs: Pair[];
  overfullVacancies: { vacancy: string; people: number; capacity: number }[];
  /** `cap` is the number of the cap in the instance, from 0. */
  overfullCaps: { cap: number; people: number; max: number }[];
};

/**
 * Checks an allocation of an instance, in time proportional to the lengths of the lists. An applicant whom `matches` does not name has
 * no vacancy.
 * @returns the proof, or the faults of the instance and the unknown names in `matches`
 */
export const verify = (instance: Instance, matches: Matches): Result<Proof, Fault[]> => {
  const names = named(instance);
  if (!names.ok) return names;
  const rules = rulesOf(instance, names.value);
  if (!rules.ok) return rules;
  const read = heldIn(names.value, matches);
  if (!read.ok) return read;
  const { held, unacceptablePairs, count } = read.value;
  const reach = rules.value.reach(held);
  return ok({
    cutoffs: cutoffsOf(names.value, reach),
    blockingPairs: pairsOf(names.value, blockingChoices(names.value.market, held, reach)),
    unacceptablePairs,
    overfullVacancies: overfullVacancies(names.value, count),
    overfullCaps: overfullCaps(names.value, instance, count),
  });
};

/** The blocking pairs of an allocation: none means stable. @returns as `verify` */
export const blockingPairs = (instance: Instance, matches: Matches): Result<Pair[], Fault[]> => {
  const proof = verify(instance, matches);
  return proof.ok ? ok(proof.value.blockingPairs) : proof;
};

type Held = { held: Int32Array; unacceptablePairs: Pair[]; count: Int32Array };

const heldIn = (names: Named, matches: Matches): Result<Held, Fault[]> => {
  const { choiceStart, choiceVacancy, capacity } = names.market;
  const faults: Fault[] = [];
  const unacceptablePairs: Pair[] = [];
  const held = new Int32Array(names.applicantIds.length).fill(none);
  const count = new Int32Array(capacity.length);
  for (const [id, vacancyId] of Object.entries(matches)) {
    if (vacancyId === null) continue;
    const applicant = names.applicantNumbers.get(id);
    const vacancy = names.vacancyNumbers.get(vacancyId);
    const place = `/matches/${pointerStep(id)}`;
    if (applicant === undefined)
      faults.push({ place, message: 'allocation.unknown-applicant', facts: { id } });
    if (vacancy === undefined) {
      faults.push({ place, message: 'allocation.unknown-vacancy', facts: { id: vacancyId } });
    }
    if (applicant === undefined || vacancy === undefined) continue;
    add(count, vacancy, 1);
    const first = at(choiceStart, applicant);
    const index = choiceVacancy.subarray(first, at(choiceStart, applicant + 1)).indexOf(vacancy);
    if (index === none) unacceptablePairs.push({ applicant: id, vacancy: vacancyId });
    else held[applicant] = first + index;
  }
  return faults.length > 0 ? refuse(faults) : ok({ held, unacceptablePairs, count });
};

/** RFC 6901. */
const pointerStep = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

const overfullVacancies = ({ market, vacancyIds }: Named, count: Int32Array): Proof['overfullVacancies'] =>
  vacancyIds.flatMap((vacancy, index) => {
    const people = at(count, index);
    const capacity = at(market.capacity, index);
    return people > capacity ? [{ vacancy, people, capacity }] : [];
  });

const overfullCaps = (
  { market: { caps } }: Named,
  instance: Instance,
  count: Int32Array,
): Proof['overfullCaps'] =>
  caps.members.flatMap((members, cap) => {
    const { max = 0, open } = instance.caps[cap] ?? {};
    const taken = open?.taken?.length ?? 0;
    const people = members.reduce((sum, vacancy) => sum + at(count, vacancy), taken);
    // Who has a seat already keeps it, also where there are more of them than a cap allows.
    return people > Math.max(max, taken) ? [{ cap, people, max }] : [];
  });
