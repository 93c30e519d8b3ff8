import * as z from 'zod';
import { provenance, RuleCode } from '#shared/domain/provenance.ts';

/** What the interview is called among the parts of a result; every other part is a criterion by its code. */
export const interviewPart = 'interview';

/**
 * The least of one part of a result, whatever the total is: whoever has less goes on from no stage at which points decide. Parts are what anybody can
 * read in the published results, so that anybody can check it: criteria that another organisation marks, and the interview.
 */
export const Minimum = z.strictObject({
  /** `interview`, or the code of a criterion that another organisation marks. */
  code: RuleCode,
  /** Points of the criterion's scale; of the interview percent of the scale. */
  atLeast: z.number().min(-100).max(100),
  ...provenance,
});
export type Minimum = z.infer<typeof Minimum>;

/** What parts a result has so far. */
export type Parts = {
  marks?: Readonly<Record<string, number>> | undefined;
  interview?: number | undefined;
};

type Asked = Pick<Minimum, 'code' | 'atLeast'>;

/** What somebody has of a part; undefined where there is nothing of it yet. */
export const partOf = (code: string, { marks, interview }: Parts): number | undefined =>
  code === interviewPart ? interview : marks?.[code];

/** The minimums that these parts miss, in the order of the file. A part that is not there misses none. */
export const missedIn = <M extends Asked>(parts: Parts, minimums: readonly M[] = []): M[] =>
  minimums.filter(({ code, atLeast }) => {
    const own = partOf(code, parts);
    return own !== undefined && own < atLeast;
  });
