import type { KeptLetter } from '#shared/domain/assistance.ts';
import type { Person } from '#shared/domain/person.ts';

/** Letters by their place on the person's record, from 1: it never changes, and tells nothing in an address. */
export const lettersIn = ({ letters = [] }: Person): { number: number; letter: KeptLetter }[] =>
  letters.map((letter, index) => ({ number: index + 1, letter }));

/** Letters that nobody has handed over yet. */
export const waitingIn = (person: Person) =>
  lettersIn(person).filter(({ letter }) => letter.handedOver === undefined);
