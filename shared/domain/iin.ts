import { ok, type Result, refuse } from '#shared/result.ts';

/** What a citizen's individual identification number says about its holder (DOMAIN 3.3). */
export type Iin = {
  /** Twelve digits. */
  iin: string;
  /** YYYY-MM-DD; absent where the century digit is 0, as some systems issue to foreigners. */
  birthDate?: string;
  sex?: 'male' | 'female';
};

export type IinFault = 'shape' | 'date' | 'checksum';

/**
 * Reads `YYMMDD G NNNN C`; spaces are forgiven. G is 1/2 for a man/woman born in 18xx, 3/4 in 19xx, 5/6 in 20xx.
 * Source: Decrees P030000565 and P070000406 (DOMAIN 3.3, confidence high).
 */
export const readIin = (typed: string): Result<Iin, IinFault> => {
  const iin = typed.replaceAll(/\s/g, '');
  if (!/^\d{12}$/.test(iin)) return refuse('shape');
  const digits = Array.from(iin, Number);
  if (checkDigit(digits) !== digits[11]) return refuse('checksum');
  const century = digits[6] ?? 0;
  if (century === 0) return ok({ iin });
  const birthDate = birthDateOf(iin, century);
  if (!birthDate) return refuse('date');
  return ok({ iin, birthDate, sex: century % 2 === 1 ? 'male' : 'female' });
};

/**
 * Weights 1…11, and where that gives 10, weights 3…11, 1, 2. Undefined for the prefixes that are never issued.
 * The eleventh digit weighs 11, so the first pass cannot see an error in it.
 */
export const checkDigit = (digits: readonly number[]): number | undefined => {
  const first = weighted(digits, (index) => index + 1);
  if (first < 10) return first;
  const second = weighted(digits, (index) => ((index + 2) % 11) + 1);
  return second < 10 ? second : undefined;
};

const weighted = (digits: readonly number[], weight: (index: number) => number): number =>
  digits.slice(0, 11).reduce((sum, digit, index) => sum + digit * weight(index), 0) % 11;

const birthDateOf = (iin: string, century: number): string | undefined => {
  if (century > 6) return undefined;
  const year = 1800 + 100 * Math.floor((century - 1) / 2) + Number(iin.slice(0, 2));
  const text = `${year}-${iin.slice(2, 4)}-${iin.slice(4, 6)}`;
  const date = new Date(`${text}T00:00:00.000Z`);
  // 31 April would roll over into May, so the spelling must survive.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : undefined;
};
