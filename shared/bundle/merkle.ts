import { sha256Of } from '#shared/domain/hash.ts';
import type { Sha256 } from '#shared/domain/ids.ts';

/*
 * A Merkle tree as of RFC 9162, over texts: what is hashed begins with the word `leaf` or `node`, so that neither can pass for
 * the other. A node that has no partner on its level moves up as it is.
 */

export const leafHash = (text: string): Sha256 => sha256Of(`leaf\n${text}`);

const nodeHash = (left: Sha256, right: Sha256): Sha256 => sha256Of(`node\n${left}\n${right}`);

/** One step from a leaf to the root: the other half of a pair, and on which side it stands. */
export type ProofStep = { side: 'left' | 'right'; hash: Sha256 };

/** The one hash that stands for all leaves in their order. @throws RangeError for none */
export const rootOf = (leaves: readonly Sha256[]): Sha256 => {
  const [root] = levelsOf(leaves).at(-1) ?? [];
  if (root === undefined) throw new RangeError('A tree has at least one leaf.');
  return root;
};

/** What leads from each leaf to the root, in the order of the leaves. */
export const proofsOf = (leaves: readonly Sha256[]): ProofStep[][] => {
  const levels = levelsOf(leaves);
  return leaves.map((_leaf, index) =>
    levels.slice(0, -1).flatMap((level, height): ProofStep[] => {
      const place = index >> height;
      const hash = level[place ^ 1];
      if (hash === undefined) return [];
      return [{ side: place % 2 === 1 ? 'left' : 'right', hash }];
    }),
  );
};

/** The root that a leaf and its proof come to. */
export const rootFrom = (leaf: Sha256, proof: readonly ProofStep[]): Sha256 => {
  let here = leaf;
  for (const { side, hash } of proof) here = side === 'left' ? nodeHash(hash, here) : nodeHash(here, hash);
  return here;
};

/** From the leaves to the root. */
const levelsOf = (leaves: readonly Sha256[]): Sha256[][] => {
  const levels = [[...leaves]];
  for (let level = levels[0] ?? []; level.length > 1; ) {
    const above: Sha256[] = [];
    for (let index = 0; index < level.length; index += 2) {
      const [left, right] = level.slice(index, index + 2);
      if (left !== undefined) above.push(right === undefined ? left : nodeHash(left, right));
    }
    levels.push(above);
    level = above;
  }
  return levels;
};
