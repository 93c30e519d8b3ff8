import { checkAdjustment } from '#shared/bundle/check-adjustment.ts';
import { checkAnswerTime } from '#shared/bundle/check-answer-time.ts';
import { checkDraw } from '#shared/bundle/check-draw.ts';
import { checkOffers } from '#shared/bundle/check-offers.ts';
import { checkReceipt } from '#shared/bundle/check-receipt.ts';
import { checkResults } from '#shared/bundle/check-results.ts';
import type { Finding } from '#shared/bundle/finding.ts';
import { Bundle, ResultReceipt, type Statement } from '#shared/bundle/format.ts';
import { readCanonical } from '#shared/bundle/reading.ts';
import { rulesIn } from '#shared/bundle/rules.ts';
import { fingerprintOf, isSigned } from '#shared/bundle/signature.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import type { Sha256 } from '#shared/domain/ids.ts';

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
 */
export const verifyResults = async (bundleText: string, receiptText?: string): Promise<Verification> => {
  const bundle = readCanonical(bundleText, Bundle);
  if (!bundle) return { holds: false, findings: [{ check: 'file', holds: false }] };
  const { statement, signature } = bundle;
  const sha256 = sha256Of(canonicalJson(statement));
  const rules = rulesIn(statement.roundFile.text);
  const isFilePinned = sha256Of(statement.roundFile.text) === statement.roundFile.sha256;
  const receipt = receiptText === undefined ? undefined : readCanonical(receiptText, ResultReceipt);
  const findings: Finding[] = [
    { check: 'file', holds: true },
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
    ...(receiptText === undefined ? [] : [{ check: 'receipt-file' as const, holds: receipt !== undefined }]),
    ...(rules && receipt ? checkReceipt({ receipt, statement, sha256, rules }) : []),
  ];
  return {
    holds: findings.every(({ holds }) => holds),
    findings,
    bundle: { statement, key: fingerprintOf(signature.publicKey), sha256: sha256Of(bundleText) },
    ...(receipt && { receipt }),
  };
};
