import * as z from 'zod';
import { Signature } from '#shared/bundle/format.ts';
import { leafHash, rootOf } from '#shared/bundle/merkle.ts';
import { isSigned } from '#shared/bundle/signature.ts';
import type { CheckFinding } from '#shared/checks/finding.ts';
import { AggregateName, isUnchanged, type StoredEvent } from '#shared/domain/event.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import { Sha256 } from '#shared/domain/ids.ts';
import { RegionCode } from '#shared/domain/region.ts';
import { Instant } from '#shared/domain/time.ts';

/*
 * An anchor says how far the chain of every record had come at a moment, in one hash that the region signs. It lies outside the tables, and
 * anybody may keep it: whoever then takes the last events of a record away, and its snapshot with them, leaves a chain that holds by itself and
 * is shorter than what was signed.
 */

/** The last event of one record. */
export const Head = z.strictObject({
  aggregate: AggregateName,
  id: z.string(),
  version: z.int().min(1),
  hash: Sha256,
});
export type Head = z.infer<typeof Head>;

/** Some thousands of them, as they are kept: so many are read into memory at once. */
const HeadsPart = z.strictObject({
  kind: z.literal('chain-heads'),
  format: z.literal(1),
  heads: z.array(Head).min(1),
});

/** A part as the contents of an anchor name it. */
export const NamedPart = z.strictObject({ sha256: Sha256, heads: z.int().min(1), root: Sha256 });
export type NamedPart = z.infer<typeof NamedPart>;

/**
 * What an anchor is over. It is kept apart: from anchors of two nights anybody could read how many people had registered or begun to apply on a day, of which
 * nothing is published.
 */
const Contents = z.strictObject({
  kind: z.literal('chain-contents'),
  format: z.literal(1),
  parts: z.array(NamedPart).min(1),
});

const AnchorStatement = z.strictObject({
  kind: z.literal('chain-anchor'),
  format: z.literal(1),
  region: RegionCode,
  /** 1, 2, 3 and so on, without a gap. */
  number: z.int().min(1),
  begunAt: Instant,
  madeAt: Instant,
  /** SHA-256 of the file of the anchor before; absent in the first. */
  previous: Sha256.optional(),
  /** Of the tree whose leaves are the roots of the parts. */
  root: Sha256,
  /** SHA-256 of the file that names the parts. */
  contents: Sha256,
});
type AnchorStatement = z.infer<typeof AnchorStatement>;

export const Anchor = z.strictObject({ statement: AnchorStatement, signature: Signature });
export type Anchor = z.infer<typeof Anchor>;

/** The text of a part, and how the anchor names it. */
export const partOfHeads = (heads: readonly Head[]): { text: string; named: NamedPart } => {
  const part = { kind: 'chain-heads', format: 1, heads: [...heads] } satisfies z.infer<typeof HeadsPart>;
  const text = canonicalJson(part);
  const root = rootOf(heads.map((head) => leafHash(canonicalJson(head))));
  return { text, named: { sha256: sha256Of(text), heads: heads.length, root } };
};

/** The text that names the parts of an anchor. */
export const contentsOf = (parts: readonly NamedPart[]): string =>
  canonicalJson({ kind: 'chain-contents', format: 1, parts: [...parts] } satisfies z.infer<typeof Contents>);

type About = Pick<AnchorStatement, 'region' | 'number' | 'begunAt' | 'madeAt' | 'previous'>;

/** What is signed of so many parts. */
export const statementOf = (about: About, parts: readonly NamedPart[]): AnchorStatement => ({
  kind: 'chain-anchor',
  format: 1,
  ...about,
  root: rootOf(parts.map(({ root }) => root)),
  contents: sha256Of(contentsOf(parts)),
});

/** The hash by which the next anchor, and whoever keeps this one, names it. */
export const hashOfAnchor = (anchor: Anchor): Sha256 => sha256Of(canonicalJson(anchor));

/** The anchor in a file; undefined where it is none, or was changed after it was signed. */
export const readAnchor = async (text: string): Promise<Anchor | undefined> => {
  const read = Anchor.safeParse(parsed(text));
  if (!read.success) return undefined;
  const { statement, signature } = read.data;
  const signed = await isSigned(sha256Of(canonicalJson(statement)), signature, 'chain-anchor');
  return signed ? read.data : undefined;
};

/** The parts of an anchor; undefined where the text is not the one that it names. */
export const readContents = (
  text: string,
  { contents, root }: Pick<AnchorStatement, 'contents' | 'root'>,
): readonly NamedPart[] | undefined => {
  const read = Contents.safeParse(parsed(text));
  if (!read.success) return undefined;
  const { parts } = read.data;
  const isNamed = sha256Of(contentsOf(parts)) === contents && rootOf(parts.map((one) => one.root)) === root;
  return isNamed ? parts : undefined;
};

/** The heads of a part; undefined where it is not the one that the anchor names. */
export const readPart = (text: string, named: NamedPart): readonly Head[] | undefined => {
  const read = HeadsPart.safeParse(parsed(text));
  if (!read.success) return undefined;
  const { heads } = read.data;
  return canonicalJson(partOfHeads(heads).named) === canonicalJson(named) ? heads : undefined;
};

/** What is wrong with a record, whose event at the anchored version is this one today; undefined where it grew honestly or stands still. */
export const headFault = (head: Head, event: StoredEvent | undefined): CheckFinding | undefined => {
  const { aggregate, id, version } = head;
  if (!event) return { invariant: 'head-missing', aggregate, id, version };
  const isSame = event.hash === head.hash && isUnchanged(event);
  return isSame ? undefined : { invariant: 'head-differs', aggregate, id, version };
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
