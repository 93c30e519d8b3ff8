import type { Elsewhere } from '#shared/domain/elsewhere.ts';
import type { Arrival } from '#shared/domain/elsewhere-arrivals.ts';
import type { Said } from '#shared/domain/elsewhere-said.ts';
import { type Newcomer, nameOfNewcomer } from '#shared/elsewhere/newcomer.ts';

/** Everything that was noted of the people of one packet. Who came from two regions said the same to both. */
export const saidOf = async (
  { said = [], twins: rulings }: Pick<Elsewhere, 'said' | 'twins'>,
  { from }: Pick<Arrival, 'from'>,
  people: readonly Newcomer[],
): Promise<Said[]> => {
  // Loaded once something was said: the rest of this module allocates.
  const { twinsOf } = await import('#shared/elsewhere/allocation.ts');
  const twins = twinsOf(people, rulings);
  const byName = new Map(said.map((one) => [nameOfNewcomer(one), one]));
  return people
    .filter((one) => one.from === from)
    .flatMap((one): Said[] => {
      const name = nameOfNewcomer(one);
      const own = byName.get(name) ?? byName.get(twins.get(name) ?? name);
      return own ? [{ number: one.number, answer: own.answer, on: own.on }] : [];
    })
    .toSorted((a, b) => (a.number < b.number ? -1 : 1));
};
