import { type EditionFile, isJustBefore, isOfSame } from '#shared/bundle/check-editions.ts';
import { ordersIn } from '#shared/bundle/check-offers.ts';
import type { NamedEdition } from '#shared/bundle/edition.ts';
import type { Finding } from '#shared/bundle/finding.ts';
import type { Bundle, Part, Row, Statement } from '#shared/bundle/format.ts';
import { canonicalJson } from '#shared/domain/hash.ts';

/**
 * Whether the editions of the final results that a bundle of offers names can be, and whether the files that were given are those: each is the very
 * file that is named, corrects the one before where that is given too, and lets the same people go on in the order by which offers went from there.
 * Nothing to say where no edition is named; what was given then is of something else.
 * @param areSound whether each of the files holds by itself
 */
export const checkOfferEditions = (
  newest: Bundle,
  given: readonly (EditionFile | undefined)[],
  areSound: boolean,
): Finding[] => {
  const { statement } = newest;
  const { editions } = statement;
  if (!editions) return [];
  const isSaid = canBe(statement, editions);
  if (given.length === 0) return [{ check: 'editions-named', holds: isSaid, count: editions.length }];
  const files = given.flatMap((one) => one ?? []);
  const found = editions.map((named) => files.find(({ sha256 }) => sha256 === named.bundle));
  const areThese = editions.every((named, place) => {
    const [file, before] = [found[place], found[place - 1]];
    return (
      !file ||
      (isNamed(file, named) && isOf(newest, file) && (!before || isJustBefore(before.bundle, file.bundle)))
    );
  });
  const areAllNamed = given.every((one) => one !== undefined && found.includes(one));
  return [
    {
      check: 'editions-of-offers',
      holds: isSaid && areSound && areThese && areAllNamed,
      count: found.filter((file) => file !== undefined).length,
    },
  ];
};

/** One after the other from the first on; offers are the only ones to name them, and go by no other. */
const canBe = ({ stage, edition, offers }: Statement, editions: readonly NamedEdition[]): boolean => {
  const counted = offers ? ordersIn(offers).map((order) => order.edition) : [];
  return (
    stage === 'offers' &&
    edition === undefined &&
    editions.every(({ number }, place) => number === place + 1) &&
    counted.every((number, place) => number <= editions.length && number > (counted[place - 1] ?? 0))
  );
};

const isNamed = ({ bundle: { statement } }: EditionFile, { number, root }: NamedEdition): boolean =>
  statement.stage === 'claims' && (statement.edition?.number ?? 1) === number && statement.root === root;

/** Offers went by this edition as it says; the rows are those of the last by which they went. */
const isOf = (newest: Bundle, { bundle }: EditionFile): boolean => {
  const { rows, offers } = newest.statement;
  const number = bundle.statement.edition?.number ?? 1;
  const orders = offers ? ordersIn(offers) : [];
  const own = orders.find(({ edition }) => edition === number);
  const isOrder =
    !own ||
    canonicalJson(own.order.map((row) => rows[row]?.number ?? '')) ===
      canonicalJson(goOnIn(bundle.statement));
  const isBasis = orders.at(-1)?.edition === number;
  return isOfSame(bundle, newest) && isOrder && (!isBasis || areSameRows(rows, bundle.statement.rows));
};

const goOnIn = ({ rows }: Statement): string[] =>
  rows.flatMap(({ outcome, number }) => (outcome === 'goes-on' ? number : []));

/** Ratings go by other codes in each bundle, and are left out of who withdrew meanwhile. */
const areSameRows = (some: readonly Row[], others: readonly Row[]): boolean =>
  canonicalJson(some.map(toldIn)) === canonicalJson(others.map(toldIn));

const toldIn = ({ leaf: _leaf, scoring, interview, ...row }: Row) => ({
  ...row,
  scoring: partIn(scoring),
  interview: partIn(interview),
});

const partIn = (part: Part | undefined) => part && { value: part.value, corrected: part.corrected ?? false };
