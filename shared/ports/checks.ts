import type { Head } from '#shared/checks/anchor.ts';
import type { CheckState } from '#shared/checks/run.ts';
import type { StoredEvent } from '#shared/domain/event.ts';

/** What the checks of the records came to, beside the records. */
export type CheckReports = {
  read: () => Promise<CheckState>;
  /** @returns the state with its next revision; undefined, and nothing stored, where somebody saved since it was read */
  save: (state: CheckState) => Promise<CheckState | undefined>;
};

/** The heads of all records, page by page, and what stands at one today. */
export type Heads = {
  page: (after?: string) => Promise<{ heads: Head[]; next?: string }>;
  /** The event at that version, strongly consistent; undefined where there is none. */
  at: (head: Head) => Promise<StoredEvent | undefined>;
};

/** Where an anchor lies, beside the papers, as anybody may download it. */
export const anchorKey = (number: number): string => `papers/checks/anchor-${number}.json`;

/** Where lies what an anchor is over; it tells counts, and is for whoever compares. */
export const contentsKey = (sha256: string): string => `papers/checks/contents-${sha256}.json`;

/** Where some of the heads of an anchor lie: they name records, and are for whoever compares. */
export const headsKey = (sha256: string): string => `papers/checks/heads-${sha256}.json`;
