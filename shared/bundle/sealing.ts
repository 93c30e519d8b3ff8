import type { Leaf, Openings, ResultReceipt } from '#shared/bundle/format.ts';
import { leafHash, proofsOf } from '#shared/bundle/merkle.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import type { Sha256, VacancyCode } from '#shared/domain/ids.ts';

/** Fewer are never shown apart (ANCHORS B1): who belongs to so small a group could be found in it. */
export const smallestGroup = 5;

/** The hash of an owner's leaf. */
export const hashOfLeaf = (leaf: Leaf): Sha256 => leafHash(canonicalJson(leaf));

/** What stands for a vacancy where anyone can read; a vacancy's code alone could be tried out. */
export const sealOf = (vacancy: VacancyCode, salt: string): Sha256 =>
  sha256Of(`vacancy\n${salt}\n${vacancy}`);

/** A salt from the one secret of a bundle. @param what it is for, so that no two are equal */
export const saltFrom = (secret: string, what: string): Sha256 => sha256Of(`salt\n${secret}\n${what}`);

/** What every applicant can keep, in the order of the rows. */
export const receiptsOf = ({
  statement,
  leaves,
}: Pick<Openings, 'statement' | 'leaves'>): ResultReceipt[] => {
  const { roundId, stage, root, rows } = statement;
  const proofs = proofsOf(rows.map(({ leaf }) => leaf));
  const sha256 = sha256Of(canonicalJson(statement));
  return leaves.map((leaf, index) => ({
    kind: 'result-receipt',
    format: 1,
    roundId,
    stage,
    statement: sha256,
    root,
    leaf,
    proof: proofs[index] ?? [],
  }));
};
