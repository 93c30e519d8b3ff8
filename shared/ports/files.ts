import type {
  ApplicationId,
  DataRequestId,
  DocumentId,
  GateId,
  RoundId,
  Sha256,
} from '#shared/domain/ids.ts';
import type { JoinOrder, WholeFile } from '#shared/domain/slices.ts';

/**
 * Where a file lies: browsers put it into `quarantine`, and can put another one there for as long as their form is good.
 * Once it was looked at it lies out of their reach: in `held` until a scanner has passed it, in `clean` after that or
 * where nobody scans.
 */
export const fileAreas = ['quarantine', 'held', 'clean'] as const;
export type FileArea = (typeof fileAreas)[number];

export const fileKey = (area: FileArea, owner: FileOwner, documentId: DocumentId): string =>
  `${area}/${owner}/${documentId}`;

/**
 * Where slices lie until their file is whole, by what it is: whoever sends it again, from a page or device of their own, finds
 * what has arrived. With `sha256` those of one file.
 */
export const slicesFolder = (owner: ApplicationId, sha256?: Sha256): string =>
  sha256 === undefined ? `slices/${owner}/` : `slices/${owner}/${sha256}/`;

/** Where a mark lies for each file that somebody began to send, as long as slices do. */
export const begunFolder = (owner: ApplicationId): string => `${slicesFolder(owner)}begun/`;

/** The mark of one file: also of another length under the same SHA-256, since its slices would be others. */
export const begunKey = (owner: ApplicationId, { sha256, bytes }: WholeFile): string =>
  `${begunFolder(owner)}${sha256}-${bytes}`;

/** Where a file that staff bring waits until it is read, for two days: one that is larger than a request may be. */
export const broughtKey = (roundId: RoundId, id: DocumentId): string => `brought/${roundId}/${id}`;

/** Whose file it is: an application's document, a scanned sheet of votes at a gate, a redacted copy, or the signed paper of a request. */
export type FileOwner = ApplicationId | GateFiles | RedactedFiles | RequestFiles;

type GateFiles = `gate-${string}`;

type RedactedFiles = `redacted-${string}`;

export const redactedFiles = (applicationId: ApplicationId): RedactedFiles => `redacted-${applicationId}`;

type RequestFiles = `request-${string}`;

export const requestFiles = (requestId: DataRequestId): RequestFiles => `request-${requestId}`;

export const gateFiles = (gateId: GateId): GateFiles => `gate-${gateId}`;

/** What a browser needs to post a file straight to storage. */
export type Upload = { url: string; fields: Record<string, string> };

/** One state of a file: `version` tells it from whatever is put under the same key before or after. */
export type StoredFile = { version: string; bytes: AsyncIterable<Uint8Array> };

/** An object in storage and how large it is. */
export type Stored = { key: string; bytes: number };

type Move = {
  from: string;
  /** The one that is meant; another one is not moved. */
  version: string;
  to: string;
  /** What was seen at the target and is replaced; undefined when nothing was there. */
  replaces: string | undefined;
};

/** Files that people upload; their bytes never pass through the web functions. */
export type Files = {
  /**
   * A form that accepts one file of `minBytes` (else 1) to `maxBytes` bytes under `key`, for `seconds`. With `redirect` the
   * browser is sent there afterwards (without JavaScript).
   */
  presignUpload: (upload: {
    key: string;
    minBytes?: number;
    maxBytes: number;
    seconds: number;
    redirect?: string;
  }) => Promise<Upload>;
  /**
   * An address under which a browser saves the file as `filename` (ASCII), for `seconds`. It is made without looking
   * whether the file is there.
   */
  presignDownload: (download: { key: string; seconds: number; filename: string }) => Promise<string>;
  /** Undefined when there is no such file. */
  read: (key: string) => Promise<StoredFile | undefined>;
  versionOf: (key: string) => Promise<string | undefined>;
  /** Everything whose key begins so, in the order of keys. */
  list: (prefix: string) => Promise<readonly Stored[]>;
  /** Puts a file there, in place of one that was. */
  write: (key: string, bytes: Uint8Array) => Promise<void>;
  /** Moves a file if neither it nor the target has changed since; answers whether it did. */
  move: (move: Move) => Promise<boolean>;
  /** With a `version` only that one: a newer file stays. */
  remove: (key: string, version?: string) => Promise<void>;
};

/**
 * Makes a file of its slices, in quarantine, as if it had been sent in one piece; false where it did not come to be.
 * @throws when nobody could be asked: the slices are still there
 */
export type JoinSlices = (order: JoinOrder) => Promise<boolean>;
