import type { ApplicationId, DocumentId } from '#shared/domain/ids.ts';

/** Where a file lies before and after it was looked at. */
export type FileArea = 'quarantine' | 'clean';

export const fileKey = (area: FileArea, applicationId: ApplicationId, documentId: DocumentId): string =>
  `${area}/${applicationId}/${documentId}`;

/** What a browser needs to post a file straight to storage. */
export type Upload = { url: string; fields: Record<string, string> };

/** Files that people upload; their bytes never pass through the web functions. */
export type Files = {
  /**
   * A form that accepts one file of 1 to `maxBytes` bytes under `key`, for `seconds`. With `redirect` the browser is
   * sent there afterwards (without JavaScript).
   */
  presignUpload: (upload: {
    key: string;
    maxBytes: number;
    seconds: number;
    redirect?: string;
  }) => Promise<Upload>;
  /** Undefined when there is no such file. */
  read: (key: string) => Promise<AsyncIterable<Uint8Array> | undefined>;
  /** Moves a file; doing it again is harmless. */
  move: (from: string, to: string) => Promise<void>;
  remove: (key: string) => Promise<void>;
};
