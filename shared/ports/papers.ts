import type { RoundId, Sha256 } from '#shared/domain/ids.ts';
import type { Locale } from '#shared/i18n/locale.ts';
import type { OnDemandOrder } from '#shared/papers/on-demand.ts';
import type { PaperName } from '#shared/papers/order.ts';

/** Where the data of a paper lies, as canonical JSON: the bytes whose SHA-256 stands on each of its pages. */
export const paperDataKey = (roundId: RoundId, name: PaperName): string => `papers/${roundId}/${name}.json`;

/** Where a paper lies in one language. */
export const paperKey = (roundId: RoundId, name: PaperName, locale: Locale): string =>
  `papers/${roundId}/${name}-${locale}.pdf`;

/** Draws a paper as PDF and waits for it. @throws when it could not be drawn */
export type DrawPaper = (order: OnDemandOrder) => Promise<Uint8Array<ArrayBuffer>>;

/** Where the bundle of a decision lies, as anyone may download it. */
export const resultsKey = (roundId: RoundId, stage: string, decision: Sha256, edition?: number): string =>
  `${resultsName(roundId, stage, decision, edition)}.json`;

/** Where the leaves of a bundle lie, for receipts; they are their owners'. */
export const openingsKey = (roundId: RoundId, stage: string, decision: Sha256, edition?: number): string =>
  `${resultsName(roundId, stage, decision, edition)}-openings.json`;

/** Where some of a bundle's receipts lie together; they are their owners'. */
export const receiptsKey = (
  roundId: RoundId,
  { stage, decision, edition, number, parts }: ReceiptsPlace,
): string => `${resultsName(roundId, stage, decision, edition)}-receipts-${number + 1}-of-${parts}.json`;

type ReceiptsPlace = {
  stage: string;
  decision: Sha256;
  edition?: number | undefined;
  /** From 0. */
  number: number;
  parts: number;
};

/** A correction that is taken back gives a list that was there before: an edition has its number beside its list. */
const resultsName = (
  roundId: RoundId,
  stage: string,
  decision: Sha256,
  edition: number | undefined,
): string =>
  `papers/${roundId}/results-${stage}-${decision.slice(0, 12)}${edition === undefined ? '' : `-edition-${edition}`}`;

/** Where the signed list of a round's posts that stay empty lies, for other regions. */
export const openPostsKey = (roundId: RoundId): string => `papers/${roundId}/open-posts.json`;

/** Where who chose from a list of another region lies, sealed for that region; beside the papers, since it is erased when its time is over. */
export const packetKey = (roundId: RoundId, list: number): string => `packets/${roundId}/list-${list}.json`;

/** Where what became of the people of another region's packet lies, for that region; erased with them. */
export const outcomeKey = (roundId: RoundId, arrival: number): string =>
  `packets/${roundId}/outcome-${arrival}.json`;

/** Where what these people answered lies, sealed for their region; erased with them. */
export const answersKey = (roundId: RoundId, arrival: number, statement: number): string =>
  `packets/${roundId}/answers-${arrival}-${statement}.json`;

/** Official papers and the data from which they were drawn. What was put once is never replaced. */
export type Papers = {
  /** False when something lies under the key already: it stays, and nothing was written. */
  put: (file: { key: string; bytes: Uint8Array; mediaType: string }) => Promise<boolean>;
  /** Undefined when nothing lies there. */
  read: (key: string) => Promise<Uint8Array | undefined>;
  exists: (key: string) => Promise<boolean>;
  /** Only what crossed between regions is ever removed; what is gone already is passed over. */
  remove: (key: string) => Promise<void>;
  /**
   * An address under which a browser gets the file for `seconds`, as `filename`. It is made without looking whether
   * the file is there.
   */
  presign: (paper: { key: string; seconds: number; filename: string }) => Promise<string>;
};
