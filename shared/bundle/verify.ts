import { checkAdjustment } from '#shared/bundle/check-adjustment.ts';
import { checkAnswerTime } from '#shared/bundle/check-answer-time.ts';
import { checkDraw } from '#shared/bundle/check-draw.ts';
import { checkEditions, editionIn } from '#shared/bundle/check-editions.ts';
import { checkOfferEditions } from '#shared/bundle/check-offer-editions.ts';
import { checkOffers } from '#shared/bundle/check-offers.ts';
import { checkResults } from '#shared/bundle/check-results.ts';
import type { Finding } from '#shared/bundle/finding.ts';
import { Bundle, ResultReceipt, type Statement } from '#shared/bundle/format.ts';
import { readCanonical } from '#shared/bundle/reading.ts';
import { receiptFindings } from '#shared/bundle/receipt-edition.ts';
import { rulesIn } from '#shared/bundle/rules.ts';
import { fingerprintOf, isSigned } from '#shared/bundle/signature.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import type { Sha256 } from '#shared/domain/ids.ts';

const editionFindings = async (bundle: Bundle, earlierTexts: readonly string[]): Promise<Finding[]> => {
  const earlier = earlierTexts.map(editionIn);
  const each = await Promise.all(earlierTexts.map(async (text) => (await verifyResults(text)).holds));
  const areSound = each.every((holds) => holds);
  return bundle.statement.editions
    ? checkOfferEditions(bundle, earlier, areSound)
    : checkEditions(bundle, earlier, areSound);
};

/** What verifying came to. `holds` when every finding does. */
export type Verification = {
  holds: boolean;
  findings: readonly Finding[];
  /** Absent where the file is no bundle. */
  bundle?: {
    statement: Statement;
    /** SHA-256 of the public key, to be compared with what the region publishes elsewhere. */
    key: Sha256;
    /** SHA-256 of the file. */
    sha256: Sha256;
  };
  receipt?: ResultReceipt;
};

/**
 * Verifies a bundle, and a receipt of it where there is one, from their texts alone: no server, no database, no clock. It says
 * whether the signature is that of the key in the file; whose key that is must be compared by whoever reads it.
 * @param earlierTexts bundles of earlier editions, which the bundle corrects; the receipt may be of one of them
 */
export const verifyResults = async (
  bundleText: string,
  receiptText?: string,
  earlierTexts: readonly string[] = [],
): Promise<Verification> => {
  const bundle = readCanonical(bundleText, Bundle);
  if (!bundle) return { holds: false, findings: [{ check: 'file', holds: false }] };
  const { statement, signature } = bundle;
  // The file is canonical, so that of the statement stands in it: the million members of a large region are not spelled again.
  const before = `{"signature":${canonicalJson(signature)},"statement":`;
  const sha256 = sha256Of(bundleText.slice(before.length, -1));
  const rules = rulesIn(statement.roundFile.text);
  const isFilePinned = sha256Of(statement.roundFile.text) === statement.roundFile.sha256;
  const receipt = receiptText === undefined ? undefined : readCanonical(receiptText, ResultReceipt);
  const findings: Finding[] = [
    { check: 'file', holds: true, count: statement.format },
    { check: 'signature', holds: await isSigned(sha256, signature) },
    { check: 'round-file', holds: isFilePinned && rules !== undefined },
    ...(rules
      ? [
          ...checkResults(statement, rules),
          ...checkAdjustment(statement, rules),
          ...(await checkDraw(statement, rules)),
          ...checkOffers(statement, rules),
          ...checkAnswerTime(statement, rules),
        ]
      : []),
    ...(await editionFindings(bundle, earlierTexts)),
    ...(receiptText === undefined ? [] : [{ check: 'receipt-file' as const, holds: receipt !== undefined }]),
    ...(rules && receipt ? receiptFindings(receipt, { bundle, sha256, rules, earlierTexts }) : []),
  ];
  return {
    holds: findings.every(({ holds }) => holds),
    findings,
    bundle: { statement, key: fingerprintOf(signature.publicKey), sha256: sha256Of(bundleText) },
    ...(receipt && { receipt }),
  };
};
