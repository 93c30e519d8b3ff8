import { type EditionFile, editionIn, editionsBefore } from '#shared/bundle/check-editions.ts';
import { checkReceipt } from '#shared/bundle/check-receipt.ts';
import type { Edition, NamedEdition } from '#shared/bundle/edition.ts';
import type { Finding } from '#shared/bundle/finding.ts';
import type { Bundle, ResultReceipt } from '#shared/bundle/format.ts';
import { rootFrom } from '#shared/bundle/merkle.ts';
import type { RoundRules } from '#shared/bundle/rules.ts';
import { hashOfLeaf } from '#shared/bundle/sealing.ts';
import type { Sha256 } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';

type Given = {
  bundle: Bundle;
  /** Of its statement. */
  sha256: Sha256;
  rules: RoundRules;
  /** Files of editions that were given beside it. */
  earlierTexts: readonly string[];
};

/** A receipt is held against the bundle, or the edition among the given files that it is of. Where that file was not given it is said which one it is. */
export const receiptFindings = (receipt: ResultReceipt, given: Given): Finding[] => {
  const { bundle, sha256, rules, earlierTexts } = given;
  const { statement } = bundle;
  if (receipt.statement === sha256) return checkReceipt({ receipt, statement, sha256, rules });
  const files = earlierTexts.flatMap((text) => editionIn(text) ?? []);
  const known = knownIn(bundle, files, editionsBefore(bundle, files));
  const own = known.find(({ file, root }) =>
    file ? file.statement === receipt.statement : root === receipt.root,
  );
  if (!own) return checkReceipt({ receipt, statement, sha256, rules });
  const { file } = own;
  if (!file) return withoutFile(receipt, given, own);
  const at = own.replaced?.at;
  return [
    at
      ? { check: 'receipt-earlier', holds: true, at }
      : { check: 'receipt-results', holds: true, count: own.number },
    ...checkReceipt({ receipt, statement: file.bundle.statement, sha256: file.statement, rules }),
  ];
};

/** An edition that the bundle knows of: by its file, or by its root alone. */
type Known = {
  number: number;
  root: Sha256;
  file?: EditionFile | undefined;
  /** Which one took its place, and when, as far as that is known. */
  replaced?: { by: number; at?: Instant } | undefined;
};

const knownIn = ({ statement }: Bundle, files: readonly EditionFile[], before: Corrected[]): Known[] => {
  const { edition, editions } = statement;
  if (editions) return namedIn(editions, files);
  const given = before.map(({ file, correctedBy }) => ({ ...correctedIn(correctedBy), file }));
  // The oldest file that was given names one more by its root.
  const oldest = before.length === 0 ? edition : before.at(-1)?.file.bundle.statement.edition;
  return oldest ? [...given, correctedIn(oldest)] : given;
};

type Corrected = ReturnType<typeof editionsBefore>[number];

const correctedIn = ({ number, corrects: { root }, correctedAt: at }: Edition): Known => ({
  number: number - 1,
  root,
  replaced: { by: number, at },
});

/** Of the last that offers name none is known to have replaced it. */
const namedIn = (editions: readonly NamedEdition[], files: readonly EditionFile[]): Known[] => {
  const fileOf = (named: NamedEdition | undefined): EditionFile | undefined =>
    files.find(({ sha256 }) => sha256 === named?.bundle);
  return editions.map((named, place) => {
    const at = fileOf(editions[place + 1])?.bundle.statement.edition?.correctedAt;
    const isLast = place === editions.length - 1;
    const replaced = isLast ? undefined : { by: named.number + 1, ...(at && { at }) };
    return { number: named.number, root: named.root, file: fileOf(named), replaced };
  });
};

/** Without the file of its edition nothing of a receipt can be checked but that it leads to the root which the bundle names. */
const withoutFile = (
  receipt: ResultReceipt,
  { bundle: { statement } }: Given,
  { number: count, replaced }: Known,
): Finding[] => {
  const isOwn = rootFrom(hashOfLeaf(receipt.leaf), receipt.proof) === receipt.root;
  const isOfRound = receipt.roundId === statement.roundId && receipt.stage === 'claims';
  return [
    replaced
      ? { check: 'receipt-earlier', holds: false, count, by: replaced.by }
      : { check: 'receipt-results', holds: false, count },
    { check: 'receipt-proof', holds: isOwn && isOfRound },
  ];
};
