import * as z from 'zod';
import type { Verdict } from '#functions/commands/document-checking.ts';
import { ApplicationId, DataRequestId, DocumentId, GateId } from '#shared/domain/ids.ts';
import type { FileArea } from '#shared/ports/files.ts';

/** What EventBridge tells of a new object; keys arrive as they are, not form-encoded as in S3's own notifications. */
const ObjectCreated = z.object({
  'detail-type': z.literal('Object Created'),
  detail: z.object({ object: z.object({ key: z.string() }) }),
});

/** A document of an application, a scanned sheet of votes at a gate, a redacted copy, or the signed paper of a request about data. */
export type Arrival =
  | { requestId: DataRequestId; documentId: DocumentId }
  | { redactionOf: ApplicationId; documentId: DocumentId }
  | { applicationId: ApplicationId; documentId: DocumentId }
  | { gateId: GateId; documentId: DocumentId };

/** The schedule that comes back to what is held says `{ "documents": "held" }`. */
const Round = z.object({ documents: z.literal('held') });

export const isRound = (event: unknown): boolean => Round.safeParse(event).success;

/**
 * What GuardDuty tells of an object that it has scanned (GuardDuty user guide, "Monitoring S3 object scans with Amazon EventBridge").
 * `UNSUPPORTED` is a file that it cannot look into, as one behind a password. Whatever is no verdict leaves the file held.
 */
const ScanResult = z.object({
  'detail-type': z.literal('GuardDuty Malware Protection Object Scan Result'),
  detail: z.object({
    s3ObjectDetails: z.object({ objectKey: z.string(), eTag: z.string() }),
    scanResultDetails: z.object({ scanResultStatus: z.string() }),
  }),
});

const verdicts: Partial<Record<string, Verdict['says']>> = {
  NO_THREATS_FOUND: 'clean',
  THREATS_FOUND: 'infected',
  UNSUPPORTED: 'unreadable',
};

/** A file and what was said of it; `status` is GuardDuty's own word. */
export type Scanned = { file: Arrival; status: string; verdict: Verdict | undefined };

/** Undefined for any other event. @throws when its key names no file of ours that is held */
export const readScan = (event: unknown): Scanned | undefined => {
  const scan = ScanResult.safeParse(event).data?.detail;
  if (!scan) return undefined;
  const { objectKey, eTag } = scan.s3ObjectDetails;
  const status = scan.scanResultDetails.scanResultStatus;
  const says = verdicts[status];
  // Storage answers its tags in quotation marks, events bear them bare.
  const version = eTag.startsWith('"') ? eTag : `"${eTag}"`;
  return { file: fileIn('held', objectKey), status, verdict: says && { version, says } };
};

/** Which file arrived. @throws when the event is another or the key names no file of ours in quarantine */
export const readArrival = (event: unknown): Arrival =>
  fileIn('quarantine', ObjectCreated.parse(event).detail.object.key);

/**
 * Whose file a key names: `<area>/<applicationId>/<documentId>`, `<area>/gate-<gateId>/<documentId>`,
 * `<area>/redacted-<applicationId>/<documentId>` or `<area>/request-<requestId>/<documentId>`.
 * @throws when it names no file of ours
 */
export const fileIn = (expected: FileArea, key: string): Arrival => {
  const [area, owner = '', document, ...more] = key.split('/');
  if (area !== expected || more.length > 0) throw new Error(`Not a file in ${expected}: ${key}`);
  const documentId = DocumentId.parse(document);
  if (owner.startsWith('redacted-')) {
    return { redactionOf: ApplicationId.parse(owner.slice('redacted-'.length)), documentId };
  }
  if (owner.startsWith('request-')) {
    return { requestId: DataRequestId.parse(owner.slice('request-'.length)), documentId };
  }
  return owner.startsWith('gate-')
    ? { gateId: GateId.parse(owner.slice('gate-'.length)), documentId }
    : { applicationId: ApplicationId.parse(owner), documentId };
};
