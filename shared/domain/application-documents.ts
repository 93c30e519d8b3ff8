import type {
  Application,
  ApplicationEvent,
  ApplicationIn,
  UploadEvent,
  UploadedDocument,
} from '#shared/domain/application.ts';
import { workingCopy } from '#shared/domain/application-amendment.ts';
import type { DocumentId, Sha256 } from '#shared/domain/ids.ts';
import type { MediaType } from '#shared/domain/media-type.ts';
import type { RequiredDocument } from '#shared/domain/round-file.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Decision = Result<UploadEvent[], Refusal>;

/** An application that can be changed, or an answer that takes files: whatever holds uploaded ones. */
type Holder = { documents: readonly UploadedDocument[] };

/** How long an upload form is good for; a slow line needs it for a scan of a few megabytes. */
export const uploadSeconds = 3600;

/**
 * Sizes that a form lets into storage: more than a document may have, since storage refuses in English XML on a page of its own,
 * and what has arrived is refused here, in the person's language. No file at all arrives as an empty one; most that are too large
 * are so by less than the limit, and what is far beyond it is not worth carrying.
 */
export const formTakes = ({ maxBytes }: Pick<Limits, 'maxBytes'>) => ({
  minBytes: 0,
  maxBytes: 2 * maxBytes,
});

/** Over all requirements, thrown-away files included: an application cannot be used as a store. */
const maxDocuments = 60;

/**
 * Notes that a file is coming. Where all places are taken, the oldest one that has not arrived gives way: whoever
 * asks again has given up that upload, and need not wait until its form has run out.
 */
export const announce = (
  draft: Holder,
  requirement: Pick<RequiredDocument, 'code' | 'maxFiles'>,
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

/** What a file may be. */
export type Limits = Readonly<Pick<RequiredDocument, 'maxBytes'>> & {
  readonly mediaTypes: readonly MediaType[];
};

/** What was found when an uploaded file was looked at. */
export type Found = { sha256: Sha256; bytes: number; mediaType: MediaType | undefined };

/** Records a file that arrived, or why it is thrown away. The same file again changes nothing. */
export const receive = (
  document: UploadedDocument,
  requirement: Limits,
  found: Found & { held?: boolean },
  at: Instant,
): UploadEvent[] => {
  if (document.status !== 'announced' && document.sha256 === found.sha256) return [];
  const { sha256, bytes, mediaType } = found;
  const fault = faultOf(found, requirement);
  if (fault || !mediaType) {
    return [{ type: 'document-refused', at, document: document.id, fault: fault ?? 'wrong-type', sha256 }];
  }
  const held = found.held === true && { held: true as const };
  return [{ type: 'document-received', at, document: document.id, sha256, bytes, mediaType, ...held }];
};

/**
 * What follows from a look of the scanner for a document that is held.
 * @param says of its file; one that was thrown away is refused in a draft, and marked in what was submitted, whose receipt
 * names it
 */
export const cleared = (
  application: Application,
  document: DocumentId,
  says: ScanSays,
  at: Instant,
): ApplicationEvent[] => {
  const inCopy = heldIn(workingCopy(application), document);
  const submitted = application.stage === 'draft' ? undefined : heldIn(application, document);
  if (!inCopy && !submitted) return [];
  if (says === 'clean') return [{ type: 'document-cleared', at, document }];
  const { fault, type } = thrownAway[says];
  return [
    ...(inCopy ? [{ type: 'document-refused', at, document, fault, sha256: inCopy.sha256 } as const] : []),
    ...(submitted ? [{ type, at, document }] : []),
  ];
};

/** `unreadable` is a file that no scanner can look into, however often it is asked: behind a password, broken, or too large for it. */
export type ScanSays = 'clean' | 'infected' | 'unreadable';

/** Why a file is thrown away that the scanner did not let through: to a draft, and to what was submitted. */
export const thrownAway = {
  infected: { fault: 'malware', type: 'document-infected' },
  unreadable: { fault: 'unreadable', type: 'document-unreadable' },
} as const;

type Received = Extract<UploadedDocument, { status: 'received' }>;

const heldIn = (of: Holder | undefined, document: DocumentId): Received | undefined =>
  of?.documents.find(
    (one): one is Received => one.id === document && one.status === 'received' && one.held === true,
  );

export const remove = (draft: Holder, document: DocumentId, now: Instant): Decision =>
  draft.documents.some(({ id }) => id === document)
    ? ok([{ type: 'document-removed', at: now, document }])
    : refuse({ kind: 'not-found', what: 'document' });

/** Files on their way: announced, and their form still good. A second file of a requirement counts like the first. */
export const awaited = (application: Holder, now: Instant): UploadedDocument[] =>
  application.documents.filter((document) => coming(document, now));

/**
 * A draft without the files that its owner gave up, and the events that make it so. One that has arrived meanwhile is
 * neither left out nor taken along unseen: that is a lost race. Refused and removed ones are out anyway.
 */
export const giveUp = (
  draft: ApplicationIn<'draft'>,
  without: readonly DocumentId[],
  at: Instant,
): Result<{ lean: ApplicationIn<'draft'>; left: UploadEvent[] }, Refusal> => {
  const given = draft.documents.filter(({ id }) => without.includes(id));
  if (given.some(({ status }) => status === 'received')) return refuse({ kind: 'changed-meanwhile' });
  const waiting = given.filter(({ status }) => status === 'announced');
  const documents = draft.documents.filter((document) => !waiting.includes(document));
  const left = waiting.map(({ id }) => ({ type: 'document-removed' as const, at, document: id }));
  return ok({ lean: { ...draft, documents }, left });
};

const coming = (document: UploadedDocument, now: Instant): boolean =>
  document.status === 'announced' && now < addSeconds(document.announcedAt, uploadSeconds);

/** What is wrong with a file that arrived, if anything is. */
export const faultOf = (
  { bytes, mediaType }: Pick<Found, 'bytes' | 'mediaType'>,
  { maxBytes, mediaTypes }: Limits,
): 'empty' | 'too-large' | 'wrong-type' | undefined => {
  if (bytes === 0) return 'empty';
  if (bytes > maxBytes) return 'too-large';
  return mediaType && mediaTypes.includes(mediaType) ? undefined : 'wrong-type';
};
