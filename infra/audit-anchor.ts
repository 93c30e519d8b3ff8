import { anchorOf, comparePart, isFault, newestNumber, partsOf } from '#functions/sweep/anchoring.ts';
import type { Print } from '#infra/local/command.ts';
import { exitCodes, HomeFault } from '#infra/local/ports.ts';
import { fingerprintOf } from '#shared/bundle/signature.ts';
import { type Anchor, hashOfAnchor, readAnchor } from '#shared/checks/anchor.ts';
import type { CheckFinding } from '#shared/checks/finding.ts';
import { translator } from '#shared/i18n/index.ts';
import type { Heads } from '#shared/ports/checks.ts';
import type { Papers } from '#shared/ports/papers.ts';

type Stored = { heads: Heads; papers: Pick<Papers, 'read' | 'exists'> };

/**
 * Compares the records with an anchor that somebody kept elsewhere: every event that it signed must stand, and the region's own anchors must go on
 * from this very file. Whoever changed records and anchors together cannot change the file.
 * @param text of the file that was kept
 * @returns how many faults there are
 * @throws HomeFault where the file is no anchor, or not as it was signed
 */
export const auditAnchor = async (text: string, stored: Stored, print: Print): Promise<number> => {
  const kept = await readAnchor(text);
  if (!kept) throw new HomeFault('The file is no anchor as a region signs it.', exitCodes.data);
  const { number, region, madeAt } = kept.statement;
  const key = fingerprintOf(kept.signature.publicKey);
  print(`Anchor ${number} of ${region}, made ${madeAt}, signed by the key ${key}.`);
  const faults = [...(await unlikeKept(stored, kept)), ...(await standing(stored, kept, print))];
  for (const fault of faults) print(`FAULT ${wordsOf(fault)}`);
  return faults.length;
};

/** What the anchors since say: each names the one before, the first of them this one. */
const unlikeKept = async ({ papers }: Stored, kept: Anchor): Promise<CheckFinding[]> => {
  const faults: CheckFinding[] = [];
  let before = hashOfAnchor(kept);
  const { number: first } = kept.statement;
  const newest = await newestNumber({ papers }, first);
  for (let number = first; number <= newest; number += 1) {
    const anchor = await anchorOf({ papers }, number);
    if (isFault(anchor)) return [...faults, anchor];
    const isNext = number === first ? hashOfAnchor(anchor) === before : anchor.statement.previous === before;
    if (!isNext) faults.push({ invariant: 'anchor-changed', id: `anchor-${number}` });
    if (anchor.signature.publicKey !== kept.signature.publicKey)
      faults.push({ invariant: 'anchor-by-other-key', id: `anchor-${number}` });
    before = hashOfAnchor(anchor);
  }
  return faults;
};

/** What no longer stands of all that the anchor is over. */
const standing = async (stored: Stored, kept: Anchor, print: Print): Promise<CheckFinding[]> => {
  const parts = await partsOf(stored, kept);
  if (isFault(parts)) return [parts];
  const faults: CheckFinding[] = [];
  for (const part of parts) faults.push(...(await comparePart(stored, part)));
  const heads = parts.reduce((sum, part) => sum + part.heads, 0);
  print(`${heads} records compared with what was signed, ${faults.length} faults.`);
  return faults;
};

const t = translator('en');

const wordsOf = ({ invariant, aggregate, id, version }: CheckFinding): string => {
  const where = aggregate === undefined ? id : `${aggregate}#${id} at version ${version}`;
  return `${where}: ${t(`checks.finding.${invariant}`)}`;
};
