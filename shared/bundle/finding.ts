import type { ApplicationNumber } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';

/** What is looked at in a bundle, and beside it in a receipt. */
type Check =
  | 'file'
  | 'signature'
  | 'round-file'
  | 'root'
  | 'totals'
  | 'adjustment'
  | 'adjustment-raw'
  | 'ranks'
  | 'outcomes'
  /** Where the committee departed from what totals propose: of all others. */
  | 'outcomes-others'
  /** Hang on marks that only their owners see. */
  | 'outcomes-withheld'
  | 'departures'
  | 'draw'
  | 'draw-rehearsal'
  | 'draw-without'
  | 'offers'
  | 'answer-time'
  | 'settled'
  | 'cutoffs'
  | 'editions'
  /** Corrects earlier results whose files were not given. */
  | 'editions-alone'
  /** Offers name editions of the final results whose files were not given. */
  | 'editions-named'
  /** Of the files of editions that offers name. */
  | 'editions-of-offers'
  | 'receipt-file'
  /** Of an earlier edition, which was corrected since; it does not hold where the file of that edition was not given. */
  | 'receipt-earlier'
  /** The same of an edition of the final results that offers name. */
  | 'receipt-results'
  | 'receipt-statement'
  | 'receipt-proof'
  | 'receipt-row'
  | 'receipt-totals'
  /** Where the rules ask for the least of single parts. */
  | 'receipt-outcome'
  | 'receipt-draw'
  | 'receipt-wishes'
  | 'receipt-post';

/** What one check came to. `count`: of how many things it speaks; `numbers`: the applications for which it does not hold. */
export type Finding = {
  check: Check;
  holds: boolean;
  count?: number;
  numbers?: readonly ApplicationNumber[];
  /** Since when something else stands. */
  at?: Instant;
  /** The edition by which it does. */
  by?: number;
  /** Of totals: how many are not among `count`, because nobody can compute them from the bundle alone. Of adjusting: applications. */
  uncounted?: {
    /** Stand as a claim that was upheld put them. */
    corrected: number;
    /** Come from scores that only their owners see. */
    hidden: number;
  };
};

/** A check that holds where it holds for each of `count` things. */
export const finding = (
  check: Check,
  count: number,
  wrong: readonly { number: ApplicationNumber }[],
): Finding => ({
  check,
  holds: wrong.length === 0,
  count,
  ...(wrong.length > 0 && { numbers: wrong.map(({ number }) => number) }),
});
