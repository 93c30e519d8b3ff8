import type { Edition, NamedEdition } from '#shared/bundle/edition.ts';
import type { Adjustment, Draw, OfferStep, Offers, OpenRow, Statement } from '#shared/bundle/format.ts';
import { rulesIn } from '#shared/bundle/rules.ts';

/** Steps that programs which read format 1 alone know nothing of; where there are some, the statement is of format 2. */
const isNew = ({ type }: OfferStep): boolean =>
  type === 'capacity-changed' || type === 'accepted-conditionally';

const withholdsMarks = ({ scoring }: OpenRow): boolean => scoring?.marksWithheld === true;

/** The format that a statement with these members has. */
export const formatOf = ({
  edition,
  editions,
  rows,
  draw,
  adjustment,
  offers,
  roundFile,
}: {
  edition?: Edition | undefined;
  editions?: readonly NamedEdition[] | undefined;
  rows: readonly OpenRow[];
  draw?: Draw | undefined;
  adjustment?: Adjustment | undefined;
  offers?: Offers | undefined;
  roundFile?: Pick<Statement['roundFile'], 'text'> | undefined;
}): Statement['format'] => {
  const newest = newestOf({ editions, offers, roundFile });
  if (newest) return newest;
  if (edition || rows.some(withholdsMarks)) return 11;
  if (rows.some(({ departed }) => departed)) return 10;
  const kept = offers && formatOfKept(offers);
  if (kept) return kept;
  if (rows.some(({ interview }) => interview?.ratings?.some(({ station }) => station))) return 6;
  if (adjustment) return 5;
  if (draw) return 4;
  return formatOfSteps(offers?.steps ?? []);
};

/** What only the last formats can say; undefined where there is nothing of it. */
const newestOf = ({
  editions,
  offers,
  roundFile,
}: {
  editions?: readonly NamedEdition[] | undefined;
  offers?: Offers | undefined;
  roundFile?: Pick<Statement['roundFile'], 'text'> | undefined;
}): 12 | 13 | 14 | 15 | undefined => {
  if (roundFile && rulesIn(roundFile.text)?.minimums) return 15;
  if (offers?.steps.some(({ type }) => type === 'returned')) return 14;
  if (editions) return 13;
  return offers?.counting ? 12 : undefined;
};

/** Of offers in which something went by more than rank; undefined where nothing did. */
const formatOfKept = ({ steps, openFirst, reserves }: Offers): 7 | 8 | 9 | undefined => {
  if (steps.some(({ type }) => type === 'put-first')) return 9;
  if (openFirst !== undefined) return 8;
  return reserves ? 7 : undefined;
};

const formatOfSteps = (steps: readonly OfferStep[]): Statement['format'] => {
  if (steps.some(({ type }) => type === 'exchanged' || type === 'deferred')) return 3;
  return steps.some(isNew) ? 2 : 1;
};
