import type {
  Application,
  ApplicationEvent,
  ApplicationIn,
  UploadedDocument,
} from '#shared/domain/application.ts';
import type { DocumentId, Sha256 } from '#shared/domain/ids.ts';
import type { MediaType } from '#shared/domain/media-type.ts';
import type { RequiredDocument } from '#shared/domain/round-file.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Decision = Result<ApplicationEvent[], Refusal>;

/** How long an upload form is good for; a slow line needs it for a scan of a few megabytes. */
export const uploadSeconds = 3600;

/** Over all requirements, thrown-away files included: an application cannot be used as a store. */
const maxDocuments = 60;

/**
 * Notes that a file is coming. Where all places are taken, the oldest one that has not arrived gives way: whoever
 * asks again has given up that upload, and need not wait until its form has run out.
 */
export const announce = (
  draft: ApplicationIn<'draft'>,
  requirement: RequiredDocument,
  document: DocumentId,
  now: Instant,
): Decision => {
  const standing = draft.documents.filter(
    (other) => other.requirement === requirement.code && (other.status === 'received' || coming(other, now)),
  );
  const full = standing.length >= requirement.maxFiles || draft.documents.length >= maxDocuments;
  const givesWay = full ? standing.find(({ status }) => status === 'announced') : undefined;
  if (full && !givesWay) {
    return refuse({ kind: 'too-many-documents', requirement: requirement.code, limit: requirement.maxFiles });
  }
  return ok([
    ...(givesWay ? [{ type: 'document-removed' as const, at: now, document: givesWay.id }] : []),
    { type: 'document-announced', at: now, document, requirement: requirement.code },
  ]);
};

/** What was found when an uploaded file was looked at. */
export type Found = { sha256: Sha256; bytes: number; mediaType: MediaType | undefined };

/** Records a file that arrived, or why it is thrown away. The same file again changes nothing. */
export const receive = (
  document: UploadedDocument,
  requirement: RequiredDocument,
  found: Found,
  at: Instant,
): ApplicationEvent[] => {
  if (document.status === 'received' && document.sha256 === found.sha256) return [];
  const { sha256, bytes, mediaType } = found;
  const fault = faultOf(found, requirement);
  if (fault || !mediaType) {
    return [{ type: 'document-refused', at, document: document.id, fault: fault ?? 'wrong-type' }];
  }
  return [{ type: 'document-received', at, document: document.id, sha256, bytes, mediaType }];
};

export const remove = (draft: ApplicationIn<'draft'>, document: DocumentId, now: Instant): Decision =>
  draft.documents.some(({ id }) => id === document)
    ? ok([{ type: 'document-removed', at: now, document }])
    : refuse({ kind: 'not-found', what: 'document' });

/** Requirements of which a file is on its way and none has arrived. */
export const awaited = (application: Application, now: Instant): string[] => {
  const received = new Set(
    application.documents.filter(({ status }) => status === 'received').map(({ requirement }) => requirement),
  );
  const waiting = application.documents.filter((document) => coming(document, now));
  return [...new Set(waiting.map(({ requirement }) => requirement))].filter((code) => !received.has(code));
};

const coming = (document: UploadedDocument, now: Instant): boolean =>
  document.status === 'announced' && now < addSeconds(document.announcedAt, uploadSeconds);

const faultOf = ({ bytes, mediaType }: Found, { maxBytes, mediaTypes }: RequiredDocument) => {
  if (bytes === 0) return 'empty';
  if (bytes > maxBytes) return 'too-large';
  return mediaType && mediaTypes.includes(mediaType) ? undefined : 'wrong-type';
};
