import { type Application, isGone, receivedIn } from '#shared/domain/application.ts';
import type { ScanSays } from '#shared/domain/application-documents.ts';
import type { Candidacy, CandidacyEvent } from '#shared/domain/candidacy.ts';
import type { ApplicationNumber, DocumentId } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';

/** What an application lacks now, by the codes of the round file and the numbers of others. */
export type Lacking = {
  /** Required documents of which there is no file. */
  missing: string[];
  /** Required documents of which every file waits for the scanner. */
  waiting: string[];
  /** Other applications with the same IIN. */
  sameIin: ApplicationNumber[];
};

/**
 * What was found when screening began, less what was mended since: a document that the applicant sent when asked is there, and an
 * application that takes no part any more is no other one.
 * @param left numbers of applications that take no part any more
 */
export const lacking = (
  { screened, inquiries = [] }: Candidacy,
  left: ReadonlySet<ApplicationNumber>,
): Lacking => {
  const sent = inquiries
    .flatMap((inquiry) => (inquiry.status === 'answered' ? receivedIn(inquiry) : []))
    .filter((file) => !isGone(file));
  const opened = new Set(sent.flatMap(({ requirement, held }) => (held ? [] : [requirement])));
  const open = screened.missing.filter((code) => !opened.has(code));
  const held = (code: string): boolean => sent.some(({ requirement }) => requirement === code);
  const waiting = [...new Set((screened.waiting ?? []).map(({ requirement }) => requirement))];
  return {
    missing: open.filter((code) => !held(code)),
    waiting: [...waiting.filter((code) => !opened.has(code)), ...open.filter(held)],
    sameIin: screened.sameIin.filter((number) => !left.has(number)),
  };
};

/**
 * A candidacy whose record does not say what waits for the scanner, by its application's own files: before 28 November 2026 a file that waited counted as
 * the document. Where each document has a file that was let through, nothing is otherwise.
 * @param required codes of the documents that are required of this applicant
 */
export const asScanned = (
  candidacy: Candidacy,
  application: Pick<Application, 'documents'>,
  required: readonly string[],
): Candidacy => {
  const { screened } = candidacy;
  if (screened.waiting) return candidacy;
  const files = Map.groupBy(receivedIn(application), ({ requirement }) => requirement);
  const open = required.flatMap((code) => {
    const own = screened.missing.includes(code) ? [] : (files.get(code) ?? []);
    const there = own.filter((file) => !isGone(file));
    return own.length > 0 && there.every(({ held }) => held) ? [{ code, there }] : [];
  });
  const lost = open.flatMap(({ code, there }) => (there.length === 0 ? [code] : []));
  const waiting = open.flatMap(({ code: requirement, there }) =>
    there.map(({ id: document }) => ({ requirement, document })),
  );
  if (open.length === 0) return candidacy;
  return {
    ...candidacy,
    screened: {
      ...screened,
      ...(lost.length > 0 && { missing: [...screened.missing, ...lost], proposal: 'unclear' as const }),
      ...(waiting.length > 0 && { waiting }),
    },
  };
};

type FileSettled = Extract<CandidacyEvent, { type: 'screened-file-settled' }>;

/** What the scanner says of a file that screening waits for; nothing of any other. */
export const settleScreened = (
  { screened }: Candidacy,
  document: DocumentId,
  says: ScanSays,
  at: Instant,
): FileSettled[] =>
  screened.waiting?.some((one) => one.document === document)
    ? [{ type: 'screened-file-settled', at, document, says }]
    : [];

type Outdated = Extract<CandidacyEvent, { type: 'judgement-outdated' }>;

/**
 * What a look of the scanner means for a judgement that was made before it, when nobody could open the file: somebody judges again. Nothing where nobody
 * has judged, and no second time where a file was thrown away before.
 */
export const outdating = (
  { judgement, withdrawnAt }: Candidacy,
  document: DocumentId,
  says: ScanSays,
  at: Instant,
): Outdated[] => {
  const before = judgement?.outdated?.says;
  const isNew = before === undefined || (before === 'clean' && says !== 'clean');
  return judgement && !withdrawnAt && isNew ? [{ type: 'judgement-outdated', at, document, says }] : [];
};

/** A clean file is the document, whatever becomes of others of it; once the last of them is thrown away the document is missing, and a person decides. */
export const evolveScreened = (candidacy: Candidacy, { document, says }: FileSettled): Candidacy => {
  const { waiting = [], ...screened } = candidacy.screened;
  const settled = waiting.find((one) => one.document === document);
  if (!settled) return candidacy;
  const { requirement } = settled;
  const rest = waiting.filter((one) =>
    says === 'clean' ? one.requirement !== requirement : one.document !== document,
  );
  const isLost = says !== 'clean' && !rest.some((one) => one.requirement === requirement);
  return {
    ...candidacy,
    screened: {
      ...screened,
      ...(isLost && { missing: [...screened.missing, requirement], proposal: 'unclear' as const }),
      ...(rest.length > 0 && { waiting: rest }),
    },
  };
};
