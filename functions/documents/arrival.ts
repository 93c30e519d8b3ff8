import * as z from 'zod';
import { ApplicationId, DocumentId, GateId } from '#shared/domain/ids.ts';

/** What EventBridge tells of a new object; keys arrive as they are, not form-encoded as in S3's own notifications. */
const ObjectCreated = z.object({
  'detail-type': z.literal('Object Created'),
  detail: z.object({ object: z.object({ key: z.string() }) }),
});

/** A document of an application, or a scanned sheet of votes at a gate. */
export type Arrival =
  | { applicationId: ApplicationId; documentId: DocumentId }
  | { gateId: GateId; documentId: DocumentId };

/**
 * Which file arrived: `quarantine/<applicationId>/<documentId>` or `quarantine/gate-<gateId>/<documentId>`.
 * @throws when the event is another or the key names no file of ours
 */
export const readArrival = (event: unknown): Arrival => {
  const { key } = ObjectCreated.parse(event).detail.object;
  const [area, owner = '', document, ...more] = key.split('/');
  if (area !== 'quarantine' || more.length > 0) throw new Error(`Not a file in quarantine: ${key}`);
  const documentId = DocumentId.parse(document);
  return owner.startsWith('gate-')
    ? { gateId: GateId.parse(owner.slice('gate-'.length)), documentId }
    : { applicationId: ApplicationId.parse(owner), documentId };
};
