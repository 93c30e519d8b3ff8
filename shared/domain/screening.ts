import { type ApplicationForm, RedactableText } from '#shared/domain/application-form.ts';
import type { BlindFacts, Candidacy, CandidacyEvent, Verdict } from '#shared/domain/candidacy.ts';
import type { DocumentRef } from '#shared/domain/document.ts';
import { openRules, ruleResults } from '#shared/domain/eligibility.ts';
import type { ApplicationNumber, DocumentId, PersonId, VacancyCode } from '#shared/domain/ids.ts';
import { inquirySettled } from '#shared/domain/inquiry.ts';
import { lacking } from '#shared/domain/lacking.ts';
import { redactableTextOf } from '#shared/domain/redaction.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Screened } from '#shared/domain/screened.ts';
import type { StandingReason } from '#shared/domain/standing-reason.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Rules = Pick<RoundFile, 'eligibility' | 'documents'>;

/** The answers of a form that are codes and numbers, and nothing else of it. */
export const blindFactsOf = (form: ApplicationForm, choices: readonly VacancyCode[]): BlindFacts => ({
  ...(form.education && { education: form.education }),
  ...(form.category && { category: form.category }),
  ...(form.experienceYears !== undefined && { experienceYears: form.experienceYears }),
  ...(form.path && { path: form.path }),
  ...(form.studyForm && { studyForm: form.studyForm }),
  ...(form.honours && { honours: form.honours }),
  ...(form.testSubject !== undefined && { testSubject: form.testSubject }),
  ...(form.testPedagogy !== undefined && { testPedagogy: form.testPedagogy }),
  ...(form.achievements && { achievements: form.achievements.map(({ kind }) => kind) }),
  texts: RedactableText.options.filter((code) => redactableTextOf(form, code) !== ''),
  ...(form.committeeTies?.trim() && { tiesTold: true }),
  subjects: form.subjects,
  languages: form.languages,
  choices: [...choices],
});

/**
 * What the program finds in an application. It proposes to admit only where every binding rule is met or the entry was promised, no
 * document is missing and nobody else gave the same IIN; while a required one waits for the scanner that proposal does not count yet. Anything else waits for a person: no program rejects anyone (94-V, art. 19-1).
 */
export const screen = (
  facts: BlindFacts,
  beside: {
    /** Requirements for which a file has arrived that may be opened. */
    received: ReadonlySet<string>;
    /** Files that wait for the scanner, of requirements for which nothing else has arrived. */
    held?: readonly { requirement: string; document: DocumentId }[];
    /** Other applications of the round that name the same IIN. */
    sameIin: readonly ApplicationNumber[];
    /** An entry that an earlier intake promised and that still holds. */
    promised?: Screened['promised'];
  },
  file: Rules,
): Screened => {
  const rules = ruleResults(facts, file);
  const required = file.documents.flatMap((document) => (document.required ? [document.code] : []));
  const waiting = (beside.held ?? []).filter(({ requirement }) => required.includes(requirement));
  const there = new Set([...beside.received, ...waiting.map(({ requirement }) => requirement)]);
  const missing = required.filter((code) => !there.has(code));
  const { promised, sameIin } = beside;
  const mayEnter = promised !== undefined || openRules(rules, file).length === 0;
  const clear = mayEnter && missing.length === 0 && sameIin.length === 0;
  return {
    rules,
    missing,
    sameIin: [...sameIin],
    ...(promised && { promised }),
    waiting,
    proposal: clear ? 'admitted' : 'unclear',
  };
};

/** A judgement as it is given. */
type Judging = { verdict: Verdict; by: PersonId; reason?: DocumentRef };

/**
 * A member judges an application. Refusing needs a typed reason, and so does admitting against a rule that is not shown
 * to be met. The newest judgement counts; earlier ones stay in the history. Refused as `not-in-stage` after withdrawing, and as
 * `inquiry-open` while the applicant may answer a question.
 */
export const judge = (
  candidacy: Candidacy,
  { verdict, by, reason }: Judging,
  file: Pick<RoundFile, 'eligibility' | 'timeZone' | 'screeningCheck'>,
  now: Instant,
): Result<CandidacyEvent[], Refusal> => {
  if (candidacy.withdrawnAt) return refuse({ kind: 'not-in-stage' });
  const settled = inquirySettled(candidacy, file, now);
  if (!settled.ok) return settled;
  if (!reason && needsReason(candidacy, verdict, file)) return refuse({ kind: 'reason-needed' });
  const { judgement } = candidacy;
  const again = judgement?.verdict === verdict && judgement.by === by && !judgement.reason && !reason;
  if (again && !judgement.outdated) return ok([]);
  const awaits = needsSecond(verdict, file) ? 'second' : undefined;
  const judged = { type: 'application-judged', at: now, by, verdict } as const;
  return ok([{ ...judged, ...(reason && { reason }), ...(awaits && { awaits }) }]);
};

const needsSecond = (verdict: Verdict, { screeningCheck }: Pick<RoundFile, 'screeningCheck'>): boolean =>
  screeningCheck !== undefined && (screeningCheck.of === 'every' || verdict === 'refused');

/**
 * Another member confirms a judgement that waits for it; who sees it otherwise judges anew. Refused as `second-person-needed` to
 * whoever judged, and as `changed-meanwhile` where it is no longer the judgement that was seen. Again changes nothing.
 * @param seen when the judgement was made that is confirmed
 */
export const confirmJudgement = (
  candidacy: Candidacy,
  { by, seen }: { by: PersonId; seen: Instant },
  now: Instant,
): Result<CandidacyEvent[], Refusal> => {
  const { judgement, withdrawnAt } = candidacy;
  if (withdrawnAt) return refuse({ kind: 'not-in-stage' });
  if (judgement?.at !== seen || judgement.outdated) return refuse({ kind: 'changed-meanwhile' });
  if (!judgement.awaits) return ok([]);
  if (judgement.by === by) return refuse({ kind: 'second-person-needed' });
  return ok([{ type: 'judgement-confirmed', at: now, by }]);
};

const needsReason = (
  { screened }: Candidacy,
  verdict: Verdict,
  file: Pick<RoundFile, 'eligibility'>,
): boolean =>
  verdict === 'refused' || (screened.promised === undefined && openRules(screened.rules, file).length > 0);

/**
 * What an application came to: a person's word, once it needs no second person and until the scanner looks at a file that they could not open, else the program's proposal to admit; undefined while one is awaited. Where
 * somebody asked the applicant, a person looks at what came of it.
 */
export const verdictOf = (candidacy: Candidacy): Verdict | undefined => {
  const { judgement } = candidacy;
  if (judgement) return judgement.awaits || judgement.outdated ? undefined : judgement.verdict;
  return isProposed(candidacy) && !awaitsScanner(candidacy) ? 'admitted' : undefined;
};

/** Whether nothing but the scanner stands between an application and the program's proposal: no person owes it a word yet. */
export const awaitsScanner = (candidacy: Candidacy): boolean =>
  candidacy.judgement === undefined && isProposed(candidacy) && (candidacy.screened.waiting ?? []).length > 0;

const isProposed = ({ screened, inquiries = [] }: Candidacy): boolean =>
  screened.proposal === 'admitted' && inquiries.every(({ status }) => status === 'withdrawn');

/**
 * Why an application stops at screening, for the standing list: codes of rules that are not shown to be met, each document that is
 * missing still, `same-iin`, and `judged` where only the typed reason says it.
 * @param left numbers of applications that take no part any more
 */
export const refusalReasons = (
  candidacy: Candidacy,
  file: Pick<RoundFile, 'eligibility'>,
  left: ReadonlySet<ApplicationNumber>,
): [string, ...string[]] => {
  const { missing, sameIin } = lacking(candidacy, left);
  const lacks: StandingReason[] = [
    ...missing.map((code) => `missing-document:${code}` as const),
    ...(sameIin.length > 0 ? (['same-iin'] as const) : []),
  ];
  const [first, ...others] = [...openRules(candidacy.screened.rules, file), ...lacks];
  return first === undefined ? ['judged'] : [first, ...others];
};
