import * as z from 'zod';
import { ApplicationId, DocumentId, GateId } from '#shared/domain/ids.ts';
import type { FileArea } from '#shared/ports/files.ts';

/** What EventBridge tells of a new object; keys arrive as they are, not form-encoded as in S3's own notifications. */
const ObjectCreated = z.object({
  'detail-type': z.literal('Object Created'),
  detail: z.object({ object: z.object({ key: z.string() }) }),
});

/** A document of an application, or a scanned sheet of votes at a gate. */
export type Arrival =
  | { applicationId: ApplicationId; documentId: DocumentId }
  | { gateId: GateId; documentId: DocumentId };

/** The schedule that comes back to what is held says `{ "documents": "held" }`. */
const Round = z.object({ documents: z.literal('held') });

export const isRound = (event: unknown): boolean => Round.safeParse(event).success;

/** Which file arrived. @throws when the event is another or the key names no file of ours in quarantine */
export const readArrival = (event: unknown): Arrival =>
  fileIn('quarantine', ObjectCreated.parse(event).detail.object.key);

/**
 * Whose file a key names: `<area>/<applicationId>/<documentId>` or `<area>/gate-<gateId>/<documentId>`.
 * @throws when it names no file of ours
 */
export const fileIn = (expected: FileArea, key: string): Arrival => {
  const [area, owner = '', document, ...more] = key.split('/');
  if (area !== expected || more.length > 0) throw new Error(`Not a file in ${expected}: ${key}`);
  const documentId = DocumentId.parse(document);
  return owner.startsWith('gate-')
    ? { gateId: GateId.parse(owner.slice('gate-'.length)), documentId }
    : { applicationId: ApplicationId.parse(owner), documentId };
};
