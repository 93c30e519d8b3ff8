import type { Edition } from '#shared/bundle/edition.ts';
import type { Finding } from '#shared/bundle/finding.ts';
import { Bundle, type Statement } from '#shared/bundle/format.ts';
import { readCanonical } from '#shared/bundle/reading.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import type { Sha256 } from '#shared/domain/ids.ts';

/** A file of an edition, with what others name it by. */
export type EditionFile = { bundle: Bundle; sha256: Sha256; statement: Sha256 };

/** Undefined where the text is no bundle. */
export const editionIn = (text: string): EditionFile | undefined => {
  const bundle = readCanonical(text, Bundle);
  return bundle && { bundle, sha256: sha256Of(text), statement: sha256Of(canonicalJson(bundle.statement)) };
};

/** The editions before one, the newest first, as far as the given files lead back; each with what corrected it. */
export const editionsBefore = (
  newest: Bundle,
  earlier: readonly EditionFile[],
): { file: EditionFile; correctedBy: Edition }[] => {
  const found: { file: EditionFile; correctedBy: Edition }[] = [];
  for (let edition = newest.statement.edition; edition; ) {
    const { corrects } = edition;
    const file = earlier.find((one) => one.sha256 === corrects.bundle);
    if (!file) break;
    found.push({ file, correctedBy: edition });
    edition = file.bundle.statement.edition;
  }
  return found;
};

/**
 * Whether the files that were given lead back from one edition to the next: each is the very file that the later one names, of the same round, rules
 * and key, and numbered just before it. A file that none of them names is of an edition that was dropped. Nothing to say of results that
 * correct none, where no other file was given.
 * @param areSound whether each of the files holds by itself
 */
export const checkEditions = (
  newest: Bundle,
  given: readonly (EditionFile | undefined)[],
  areSound: boolean,
): Finding[] => {
  const { edition } = newest.statement;
  if (given.length === 0) {
    return edition ? [{ check: 'editions-alone', holds: isOfResults(newest), count: edition.number }] : [];
  }
  const files = given.flatMap((one) => one ?? []);
  const before = editionsBefore(newest, files);
  const chain = [newest, ...before.map(({ file }) => file.bundle)];
  const isLinked = before.every(({ file: { bundle } }, place) => {
    const later = chain[place];
    return later !== undefined && isJustBefore(bundle, later);
  });
  const areAllNamed = given.every((one) => before.some(({ file }) => file.sha256 === one?.sha256));
  const holds = areSound && isLinked && areAllNamed && chain.every(isOfResults);
  return [{ check: 'editions', holds, count: before.length }];
};

/** Whether one edition corrects the other. */
export const isJustBefore = (earlier: Bundle, later: Bundle): boolean => {
  const [was, is] = [earlier.statement, later.statement];
  const { edition } = is;
  return (
    edition?.number === (was.edition?.number ?? 1) + 1 &&
    edition.corrects.root === was.root &&
    edition.correctedAt >= (was.edition?.correctedAt ?? '') &&
    was.stage === is.stage &&
    isOfSame(earlier, later)
  );
};

/** Whether both are of one round, with all that no correction changes. */
export const isOfSame = (one: Bundle, other: Bundle): boolean =>
  one.signature.publicKey === other.signature.publicKey &&
  canonicalJson(sameIn(one.statement)) === canonicalJson(sameIn(other.statement));

const sameIn = ({ region, roundId, roundFile, register, drawSeed, rows }: Statement) => ({
  region,
  roundId,
  roundFile: roundFile.sha256,
  register,
  drawSeed: drawSeed ?? null,
  numbers: rows.map(({ number }) => number).toSorted((a, b) => (a < b ? -1 : 1)),
});

/** Final results alone are corrected; where the offers ended is told once. */
const isOfResults = ({ statement: { edition, stage, madeAt } }: Bundle): boolean =>
  edition === undefined || (stage === 'claims' && edition.correctedAt <= madeAt);
