import * as z from 'zod';
import { RoundId, Sha256 } from '#shared/domain/ids.ts';
import { Locale } from '#shared/i18n/locale.ts';
import { Minutes } from './minutes.ts';

/** A paper's name within its round, such as `minutes-1`. */
export const PaperName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/)
  .brand<'PaperName'>();
export type PaperName = z.infer<typeof PaperName>;

export const minutesName = (number: number): PaperName => PaperName.parse(`minutes-${number}`);

/** The number that a name of minutes ends with; undefined for another kind of paper. */
export const minutesNumber = (name: PaperName): number | undefined => {
  const number = /^minutes-([1-9]\d*)$/.exec(name)?.[1];
  return number === undefined ? undefined : Number(number);
};

/** The data of every kind of paper. */
export const PaperData = z.discriminatedUnion('kind', [Minutes]);
export type PaperData = z.infer<typeof PaperData>;

/** What the function `Papers` is asked for: the data lies in storage, and is drawn only if it has this SHA-256. */
export const PaperOrder = z.object({ roundId: RoundId, name: PaperName, sha256: Sha256 });
export type PaperOrder = z.infer<typeof PaperOrder>;

/** What it answers: what was ordered, and each language's file, where it lies and what it holds. */
export const DrawnPaper = PaperOrder.extend({
  files: z.array(z.object({ locale: Locale, key: z.string(), bytes: z.int().min(1), sha256: Sha256 })),
});
export type DrawnPaper = z.infer<typeof DrawnPaper>;

/** The function as a step: draws a paper in all languages. Asking again answers the same files. */
export const drawPaper = { name: 'Papers', input: PaperOrder, output: DrawnPaper } as const;
