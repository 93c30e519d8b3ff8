import * as z from 'zod';
import { ApplicationId, DocumentId } from '#shared/domain/ids.ts';

/** What EventBridge tells of a new object; keys arrive as they are, not form-encoded as in S3's own notifications. */
const ObjectCreated = z.object({
  'detail-type': z.literal('Object Created'),
  detail: z.object({ object: z.object({ key: z.string() }) }),
});

/**
 * Which file arrived: `quarantine/<applicationId>/<documentId>`.
 * @throws when the event is another or the key names no file of ours
 */
export const readArrival = (event: unknown): { applicationId: ApplicationId; documentId: DocumentId } => {
  const { key } = ObjectCreated.parse(event).detail.object;
  const [area, applicationId, documentId, ...more] = key.split('/');
  if (area !== 'quarantine' || more.length > 0) throw new Error(`Not a file in quarantine: ${key}`);
  return { applicationId: ApplicationId.parse(applicationId), documentId: DocumentId.parse(documentId) };
};
