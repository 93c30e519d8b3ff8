import {
  Application,
  ApplicationEvent,
  type ApplicationIn,
  isGone,
  type UploadEvent,
  type UploadedDocument,
} from '#shared/domain/application.ts';
import { submissionsOf, workingCopy } from '#shared/domain/application-amendment.ts';
import type { Aggregate } from '#shared/domain/event.ts';
import type { PersonId, RoundId } from '#shared/domain/ids.ts';
import { evolveHolds, type HoldEvent } from '#shared/domain/retention-hold.ts';
import type { Instant } from '#shared/domain/time.ts';

/** How an application's events add up, and where it is found. */
export const applicationAggregate: Aggregate<Application, ApplicationEvent> = {
  name: 'application',
  event: ApplicationEvent,
  snapshot: Application,
  evolve: (application, event) => {
    if (event.type === 'application-started') {
      const { id, number, roundId, personId, assisted, at } = event;
      const empty = { sections: {}, formVersions: 0, documents: [], choices: [] };
      const begun = { id, number, roundId, personId, startedAt: at, ...(assisted && { assisted }) };
      return { ...begun, ...empty, stage: 'draft' };
    }
    if (!application) throw new Error(`An application cannot begin with ${event.type}.`);
    if (isNoted(event)) return { ...application, ...noted(application, event) };
    switch (event.type) {
      case 'application-withdrawn': {
        const { at: withdrawnAt, reasonCode } = event;
        return { ...withoutAmendment(application), stage: 'withdrawn', withdrawnAt, reasonCode };
      }
      case 'amendment-begun':
        return openedAgain(submitted(application), event.at);
      case 'application-erased':
        return { ...withoutAmendment(application), erasedAt: event.at };
      case 'amendment-given-up':
        return withoutAmendment(application);
      // Also in what was submitted meanwhile: a file is held for minutes, or until the scanner is back.
      case 'document-cleared':
        return withoutHold(application, event.document);
      case 'document-infected':
      case 'document-unreadable':
        return { ...application, documents: markGone(application.documents, event) };
      default:
        return evolveOpen(application, event);
    }
  },
  lists: ({ roundId, personId, startedAt, id }) => ({
    list: { key: applicationsOf(roundId), sort: `${startedAt}#${id}` },
    owner: { key: ownedBy(personId), sort: `${startedAt}#${id}` },
  }),
};

/** Key in the `list` index: everyone who began an application in a round. */
export const applicationsOf = (roundId: RoundId): string => `APPLICATIONS#${roundId}`;

/** Key in the `owner` index: everything that a person began. */
export const ownedBy = (personId: PersonId): string => `PERSON#${personId}`;

/** The claim that leads from an application's number to its id. */
export const numberClaim = (number: string): string => `application-number#${number}`;

type DraftEvent = Exclude<
  ApplicationEvent,
  {
    type:
      | 'application-started'
      | 'application-withdrawn'
      | Noted['type']
      | 'document-cleared'
      | 'document-infected'
      | 'document-unreadable'
      | 'application-erased'
      | 'amendment-begun'
      | 'amendment-given-up';
  }
>;

type Noted = HoldEvent | Extract<ApplicationEvent, { type: 'same-iin-noted' | 'consent-withdrawn' }>;

const isNoted = (event: ApplicationEvent): event is Noted => notedTypes.has(event.type);

const notedTypes: ReadonlySet<string> = new Set([
  'same-iin-noted',
  'consent-withdrawn',
  'retention-held',
  'retention-hold-lifted',
] satisfies Noted['type'][]);

/** What is noted of an application in any stage. */
const noted = (
  application: Application,
  event: Noted,
): Pick<Application, 'sameIin' | 'consentWithdrawnAt' | 'holds'> => {
  if (event.type === 'same-iin-noted') return { sameIin: event.others };
  if (event.type === 'consent-withdrawn') return { consentWithdrawnAt: event.at };
  return { holds: evolveHolds(application, event) };
};

/** What changes a draft changes the copy of a submission that was opened again; a submission puts it in force. */
const evolveOpen = (application: Application, event: DraftEvent): Application => {
  const copy = workingCopy(application);
  if (!copy) throw new Error(`An application that is ${application.stage} cannot change.`);
  const after = evolveDraft(copy, event);
  if (application.stage !== 'submitted' || !application.amendment) return after;
  if (after.stage === 'submitted') return { ...after, submissions: submissionsOf(application) + 1 };
  const { sections, documents, choices, formVersions } = after;
  return {
    ...application,
    formVersions,
    amendment: { begunAt: application.amendment.begunAt, sections, documents, choices },
  };
};

const evolveDraft = (draft: ApplicationIn<'draft'>, event: DraftEvent): Application => {
  switch (event.type) {
    case 'section-saved': {
      const sections = { ...draft.sections, [event.section]: event.document };
      return { ...draft, sections, formVersions: event.document.version };
    }
    case 'document-announced':
    case 'document-received':
    case 'document-refused':
    case 'document-removed':
      return { ...draft, documents: evolveUploads(draft.documents, event) };
    case 'choices-ranked':
      return { ...draft, choices: event.codes };
    case 'application-submitted': {
      const { at: submittedAt, form, consentVersion, receipt } = event;
      return {
        ...draft,
        stage: 'submitted',
        submittedAt,
        form,
        formVersions: form.version,
        consentVersion,
        receipt,
      };
    }
    default:
      return event satisfies never;
  }
};

const submitted = (application: Application): ApplicationIn<'submitted'> => {
  if (application.stage !== 'submitted')
    throw new Error(`An application that is ${application.stage} cannot be opened again.`);
  return application;
};

const openedAgain = (application: ApplicationIn<'submitted'>, begunAt: Instant): Application => {
  const { sections, choices } = application;
  // What is gone is asked for anew.
  const documents = application.documents.filter(
    (document) => document.status !== 'received' || !isGone(document),
  );
  return { ...application, amendment: { begunAt, sections, documents, choices } };
};

const withoutAmendment = (application: Application): Application => {
  if (application.stage !== 'submitted') return application;
  const { amendment: _over, ...inForce } = application;
  return inForce;
};

/** Uploaded files after what happened to one of them. */
export const evolveUploads = (
  documents: readonly UploadedDocument[],
  event: UploadEvent,
): UploadedDocument[] => {
  const { document: id, at } = event;
  switch (event.type) {
    case 'document-announced':
      return [...documents, { id, requirement: event.requirement, announcedAt: at, status: 'announced' }];
    case 'document-received': {
      const { sha256, bytes, mediaType, held } = event;
      const found = { receivedAt: at, sha256, bytes, mediaType, ...(held && { held }) };
      return withOutcome(documents, id, { status: 'received', ...found });
    }
    case 'document-refused': {
      const { fault, sha256 } = event;
      const outcome = {
        status: 'refused',
        refusedAt: at,
        fault,
        ...(sha256 !== undefined && { sha256 }),
      } as const;
      return withOutcome(documents, id, outcome);
    }
    case 'document-removed':
      return documents.filter((document) => document.id !== id);
    default:
      return event satisfies never;
  }
};

const withoutHold = (application: Application, cleared: string): Application => {
  const documents = letGo(application.documents, cleared);
  if (application.stage !== 'submitted' || !application.amendment) return { ...application, documents };
  const { amendment } = application;
  return {
    ...application,
    documents,
    amendment: { ...amendment, documents: letGo(amendment.documents, cleared) },
  };
};

/** Uploaded files after one of them was let through by the scanner. */
export const letGo = (documents: readonly UploadedDocument[], cleared: string): UploadedDocument[] =>
  documents.map((document) =>
    document.id === cleared && document.status === 'received' ? letGoOf(document) : document,
  );

type Gone = { type: 'document-infected' | 'document-unreadable'; document: string; at: Instant };

/** Uploaded files after one that was submitted was thrown away. */
export const markGone = (
  documents: readonly UploadedDocument[],
  { type, document: gone, at }: Gone,
): UploadedDocument[] =>
  documents.map((document) =>
    document.id === gone && document.status === 'received'
      ? {
          ...letGoOf(document),
          ...(type === 'document-infected' ? { infectedAt: at } : { unreadableAt: at }),
        }
      : document,
  );

type Received = Extract<UploadedDocument, { status: 'received' }>;

const letGoOf = ({ held: _over, ...free }: Received): Received => free;

type Outcome<D = UploadedDocument> = D extends UploadedDocument
  ? Omit<D, 'id' | 'requirement' | 'announcedAt'>
  : never;

const withOutcome = (
  documents: readonly UploadedDocument[],
  of: string,
  outcome: Outcome,
): UploadedDocument[] =>
  documents.map((document) => {
    if (document.id !== of) return document;
    const { id, requirement, announcedAt } = document;
    return { id, requirement, announcedAt, ...outcome };
  });
