import { signedFile } from '#functions/commands/elsewhere-signed.ts';
import { keptText } from '#functions/commands/receipt-keeping.ts';
import { eachOf } from '#functions/commands/selection.ts';
import {
  type Anchor,
  contentsOf,
  type Head,
  hashOfAnchor,
  headFault,
  type NamedPart,
  partOfHeads,
  readAnchor,
  readContents,
  readPart,
  statementOf,
} from '#shared/checks/anchor.ts';
import type { CheckFinding } from '#shared/checks/finding.ts';
import type { MadeAnchor, UnfinishedRun } from '#shared/checks/run.ts';
import type { RegionCode } from '#shared/domain/region.ts';
import type { Instant } from '#shared/domain/time.ts';
import { anchorKey, contentsKey, type Heads, headsKey } from '#shared/ports/checks.ts';
import type { Papers } from '#shared/ports/papers.ts';
import type { Signer } from '#shared/ports/signer.ts';

export type AnchorDeps = {
  heads: Heads;
  papers: Pick<Papers, 'put' | 'read' | 'exists'>;
  signer: Signer;
  region: RegionCode;
};

type Reading = { papers: Pick<Papers, 'read'> };

/** Heads that are read, hashed and compared at once: about 600 KB of text. */
const partSize = 5000;
const readsAtOnce = 100;

/** The newest anchor, by what lies in the bucket: that the table names an older one is no reason to believe it. */
export const newestNumber = async (
  { papers }: { papers: Pick<Papers, 'exists'> },
  known: number,
): Promise<number> => {
  let number = known;
  while (await papers.exists(anchorKey(number + 1))) number += 1;
  return number;
};

/** Reads an anchor; a fault where it is gone, or is not what was signed. */
export const anchorOf = async ({ papers }: Reading, number: number): Promise<Anchor | CheckFinding> => {
  const id = `anchor-${number}`;
  const text = await keptText(papers, anchorKey(number));
  if (text === undefined) return { invariant: 'anchor-missing', id };
  const anchor = await readAnchor(text);
  return anchor?.statement.number === number ? anchor : { invariant: 'anchor-changed', id };
};

export const isFault = (found: object): found is CheckFinding => 'invariant' in found;

/** What an anchor is over; a fault where that is gone, or is not what it names. */
export const partsOf = async (
  { papers }: Reading,
  { statement }: Anchor,
): Promise<readonly NamedPart[] | CheckFinding> => {
  const id = `contents-${statement.contents}`;
  const text = await keptText(papers, contentsKey(statement.contents));
  if (text === undefined) return { invariant: 'anchor-missing', id };
  return readContents(text, statement) ?? { invariant: 'anchor-changed', id };
};

/**
 * Compares the records of one part of an anchor with those of today: each chain must still hold the event that was its last. One read for each record,
 * however long its chain is.
 */
export const comparePart = async (
  { heads, papers }: Reading & Pick<AnchorDeps, 'heads'>,
  part: NamedPart,
): Promise<CheckFinding[]> => {
  const id = `heads-${part.sha256}`;
  const text = await keptText(papers, headsKey(part.sha256));
  if (text === undefined) return [{ invariant: 'anchor-missing', id }];
  const anchored = readPart(text, part);
  if (!anchored) return [{ invariant: 'anchor-changed', id }];
  const faults = await eachOf(anchored, readsAtOnce, async (head) => headFault(head, await heads.at(head)));
  return faults.flatMap((fault) => fault ?? []);
};

/** Keeps the next part of an anchor. Named after what is in it, it is written once, also by a run that was cut and begins anew. */
export const keepPart = async (
  { heads, papers }: Pick<AnchorDeps, 'heads' | 'papers'>,
  after: string | undefined,
): Promise<{ part?: NamedPart; next?: string }> => {
  const collected: Head[] = [];
  let next = after;
  do {
    const page = await heads.page(next);
    collected.push(...page.heads);
    next = page.next;
  } while (next !== undefined && collected.length < partSize);
  const beside = next === undefined ? {} : { next };
  if (collected.length === 0) return beside;
  const { text, named } = partOfHeads(collected);
  await putText(papers, headsKey(named.sha256), text);
  return { part: named, ...beside };
};

/** Signs what a run has collected and keeps it as the next anchor. Undefined where another run made it meanwhile: the next one compares with that. */
export const keepAnchor = async (
  { papers, signer, region }: AnchorDeps,
  { parts, begunAt }: Pick<UnfinishedRun, 'parts' | 'begunAt'>,
  { newest, madeAt }: { newest: number; madeAt: Instant },
): Promise<MadeAnchor | undefined> => {
  const before = newest === 0 ? undefined : await anchorOf({ papers }, newest);
  const previous = before && !isFault(before) ? { previous: hashOfAnchor(before) } : {};
  const number = newest + 1;
  const statement = statementOf({ region, number, begunAt, madeAt, ...previous }, parts);
  await putText(papers, contentsKey(statement.contents), contentsOf(parts));
  const text = await signedFile(signer, statement, 'chain-anchor');
  const anchor = await readAnchor(text);
  if (!anchor) throw new Error(`Anchor ${number} does not hold.`);
  if (!(await putText(papers, anchorKey(number), text))) return undefined;
  const heads = parts.reduce((sum, part) => sum + part.heads, 0);
  return { number, sha256: hashOfAnchor(anchor), heads, madeAt };
};

const putText = async (papers: Pick<Papers, 'put'>, key: string, text: string): Promise<boolean> =>
  await papers.put({ key, bytes: new TextEncoder().encode(text), mediaType: 'application/json' });
