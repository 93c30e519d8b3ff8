import type { Elsewhere } from '#shared/domain/elsewhere.ts';
import type { Said } from '#shared/domain/elsewhere-said.ts';
import { type Newcomer, nameOfNewcomer } from '#shared/elsewhere/newcomer.ts';

/** Everything that was noted of the people of one packet, and of no other one of their region. Who came from two regions said the same to both. */
export const saidOf = async (
  { said = [], twins: rulings }: Pick<Elsewhere, 'said' | 'twins'>,
  { own, everyone }: { own: readonly Newcomer[]; everyone: readonly Newcomer[] },
): Promise<Said[]> => {
  // Loaded once something was said: the rest of this module allocates.
  const { twinsOf } = await import('#shared/elsewhere/allocation.ts');
  const twins = twinsOf(everyone, rulings);
  const byName = new Map(said.map((one) => [nameOfNewcomer(one), one]));
  return own
    .flatMap((one): Said[] => {
      const name = nameOfNewcomer(one);
      const noted = byName.get(name) ?? byName.get(twins.get(name) ?? name);
      return noted ? [{ number: one.number, answer: noted.answer, on: noted.on }] : [];
    })
    .toSorted((a, b) => (a.number < b.number ? -1 : 1));
};
