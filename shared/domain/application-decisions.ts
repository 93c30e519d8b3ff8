import type {
  Application,
  ApplicationEvent,
  ApplicationIn,
  Beginning,
  WithdrawalCode,
} from '#shared/domain/application.ts';
import { workingCopy } from '#shared/domain/application-amendment.ts';
import type { SectionId } from '#shared/domain/application-form.ts';
import { type Answers, askedDocuments } from '#shared/domain/application-form-asked.ts';
import { type Reordering, reordered } from '#shared/domain/choice-order.ts';
import type { DocumentRef } from '#shared/domain/document.ts';
import { type Round } from '#shared/domain/round.ts';
import { acceptsApplications, acceptsChanges } from '#shared/domain/round-call.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Decision = Result<ApplicationEvent[], Refusal>;

/** Begins an application while the call is open. */
export const begin = (beginning: Beginning, round: Round, now: Instant): Decision => {
  const open = acceptsApplications(round, now);
  return open.ok ? ok([{ type: 'application-started', at: now, ...beginning }]) : open;
};

/**
 * A draft in an open call, or what was submitted and opened again, or why nothing may be changed. A deadline that has passed
 * closes both, after the grace of the round. What is erased collects nothing new.
 */
export const editable = (
  application: Application,
  round: Round,
  now: Instant,
): Result<ApplicationIn<'draft'>, Refusal> => {
  const { number } = application;
  if (application.erasedAt) return refuse({ kind: 'not-found', what: 'application' });
  if (application.stage === 'withdrawn') return refuse({ kind: 'already-withdrawn', number });
  if (application.stage === 'submitted' && !application.amendment) {
    const { submittedAt, receipt } = application;
    return refuse({ kind: 'already-submitted', number, submittedAt, receipt });
  }
  const copy = workingCopy(application);
  if (!copy) throw new Error(`Nothing of application ${application.id} is open.`);
  const open = acceptsChanges(round, now);
  return open.ok ? ok(copy) : open;
};

/** The version of a section that a page shows and a save must be based on; 0 before the first save. */
export const sectionVersion = (application: Application, section: SectionId): number =>
  application.sections[section]?.version ?? 0;

/** Saves a section; another save of the same section since `basedOn` is a lost race. */
export const saveTyped = (
  draft: ApplicationIn<'draft'>,
  save: { section: SectionId; document: DocumentRef; basedOn: number },
  now: Instant,
): Decision =>
  sectionVersion(draft, save.section) === save.basedOn
    ? ok([{ type: 'section-saved', at: now, section: save.section, document: save.document }])
    : refuse({ kind: 'changed-meanwhile' });

/** Ranks vacancies, best first (`reordered`); the same order changes nothing. */
export const rank = (draft: ApplicationIn<'draft'>, wanted: Reordering, now: Instant): Decision => {
  const choices = reordered(draft.choices, wanted);
  if (!choices.ok) return choices;
  return ok(choices.value ? [{ type: 'choices-ranked', at: now, codes: choices.value }] : []);
};

/** Besides the form itself: the documents required of somebody with these answers and, where the round insists, choices. */
export const missingBesidesForm = (application: Application, file: RoundFile, answers: Answers): Fault[] => {
  const received = new Set(
    application.documents.filter(({ status }) => status === 'received').map(({ requirement }) => requirement),
  );
  const documents = askedDocuments(file, answers)
    .filter(({ required, code }) => required && !received.has(code))
    .map(({ code }) => ({
      place: `documents.${code}`,
      message: 'application-form.document.missing',
      facts: { requirement: code },
    }));
  const choices =
    file.choices.required && application.choices.length === 0
      ? [{ place: 'choices', message: 'application-form.choices.missing' }]
      : [];
  return [...documents, ...choices];
};

/** Whether nothing of an application may be processed any more: the consent was withdrawn, or it is erased. */
export const endsProcessing = (application: Application): boolean =>
  application.erasedAt !== undefined ||
  application.consentWithdrawnAt !== undefined ||
  (application.stage === 'withdrawn' && application.reasonCode === 'consent');

/** The consent to processing, withdrawn at any stage, also after the round. Again changes nothing. */
export const withdrawConsentTo = (application: Application, now: Instant): ApplicationEvent[] =>
  application.consentWithdrawnAt ? [] : [{ type: 'consent-withdrawn', at: now }];

/** Until the round ends, from a draft as well as after submitting. Withdrawing again changes nothing. */
export const withdraw = (
  application: Application,
  round: Round,
  reasonCode: WithdrawalCode,
  now: Instant,
): Decision => {
  if (application.stage === 'withdrawn') return ok([]);
  if (round.stage === 'closed' || round.stage === 'cancelled') {
    return refuse({ kind: 'wrong-stage', stage: round.stage });
  }
  return ok([{ type: 'application-withdrawn', at: now, reasonCode }]);
};
