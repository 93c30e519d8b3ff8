import { type ApplicationForm, RedactableText } from '#shared/domain/application-form.ts';
import type {
  BlindFacts,
  Candidacy,
  CandidacyEvent,
  RuleResult,
  Screened,
  Verdict,
} from '#shared/domain/candidacy.ts';
import { Category, Education } from '#shared/domain/codes.ts';
import type { DocumentRef } from '#shared/domain/document.ts';
import type { ApplicationNumber, PersonId, VacancyCode } from '#shared/domain/ids.ts';
import { inquirySettled } from '#shared/domain/inquiry.ts';
import { redactableTextOf } from '#shared/domain/redaction.ts';
import type { Eligibility, RoundFile } from '#shared/domain/round-file.ts';
import type { StandingReason } from '#shared/domain/standing-reason.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Met = RuleResult['met'];
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
 * document is missing and nobody else gave the same IIN. Anything else waits for a person: no program rejects anyone (94-V, art. 19-1).
 */
export const screen = (
  facts: BlindFacts,
  beside: {
    /** Requirements for which a file has arrived. */
    received: ReadonlySet<string>;
    /** Other applications of the round that name the same IIN. */
    sameIin: readonly ApplicationNumber[];
    /** An entry that an earlier intake promised and that still holds. */
    promised?: Screened['promised'];
  },
  file: Rules,
): Screened => {
  const rules = file.eligibility.map((rule) => ({
    code: rule.code,
    met: outcome(rule, facts, file.eligibility),
  }));
  const missing = file.documents
    .filter(({ code, required }) => required && !beside.received.has(code))
    .map(({ code }) => code);
  const { promised, sameIin } = beside;
  const mayEnter = promised !== undefined || openRules(rules, file).length === 0;
  const clear = mayEnter && missing.length === 0 && sameIin.length === 0;
  return {
    rules,
    missing,
    sameIin: [...sameIin],
    ...(promised && { promised }),
    proposal: clear ? 'admitted' : 'unclear',
  };
};

/** Rules that bind everyone. A rule that an `any-of` names is one way to meet that one, and binds nobody by itself. */
export const bindingRules = (eligibility: readonly Eligibility[]): Eligibility[] => {
  const named = new Set(eligibility.flatMap((rule) => (rule.rule === 'any-of' ? rule.codes : [])));
  return eligibility.filter(({ code }) => !named.has(code));
};

/** Codes of the binding rules that are not shown to be met, in the order of the round file. */
export const openRules = (
  rules: readonly RuleResult[],
  { eligibility }: Pick<RoundFile, 'eligibility'>,
): string[] => {
  const met = new Set(rules.filter((rule) => rule.met === 'met').map(({ code }) => code));
  return bindingRules(eligibility).flatMap(({ code }) => (met.has(code) ? [] : [code]));
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
  if (again) return ok([]);
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
  if (judgement?.at !== seen) return refuse({ kind: 'changed-meanwhile' });
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
 * What an application came to: a person's word, once it needs no second person, else the program's proposal to admit; undefined while one is awaited. Where
 * somebody asked the applicant, a person looks at what came of it.
 */
export const verdictOf = ({ judgement, screened, inquiries = [] }: Candidacy): Verdict | undefined => {
  if (judgement) return judgement.awaits ? undefined : judgement.verdict;
  const asked = inquiries.some(({ status }) => status !== 'withdrawn');
  return screened.proposal === 'admitted' && !asked ? 'admitted' : undefined;
};

/**
 * Why an application stops at screening, for the standing list: codes of rules that are not shown to be met, each document that is
 * missing, `same-iin`, and `judged` where only the typed reason says it.
 */
export const refusalReasons = (
  { screened }: Candidacy,
  file: Pick<RoundFile, 'eligibility'>,
): [string, ...string[]] => {
  const lacks: StandingReason[] = [
    ...screened.missing.map((code) => `missing-document:${code}` as const),
    ...(screened.sameIin.length > 0 ? (['same-iin'] as const) : []),
  ];
  const [first, ...others] = [...openRules(screened.rules, file), ...lacks];
  return first === undefined ? ['judged'] : [first, ...others];
};

const outcome = (
  rule: Eligibility,
  facts: BlindFacts,
  all: readonly Eligibility[],
  seen: readonly string[] = [],
): Met => {
  switch (rule.rule) {
    case 'education-at-least':
      return atLeast(facts.education, rule.level, Education.options);
    case 'category-at-least':
      return atLeast(facts.category, rule.category, Category.options);
    case 'experience-at-least':
      return facts.experienceYears === undefined ? 'unknown' : metIf(facts.experienceYears >= rule.years);
    case 'subject-among':
      if (facts.subjects.length === 0) return 'unknown';
      return metIf(facts.subjects.some((subject) => rule.subjects.includes(subject)));
    case 'any-of': {
      // Rules that name each other in a circle say nothing.
      if (seen.includes(rule.code)) return 'unknown';
      const named = all.filter(({ code }) => rule.codes.includes(code));
      return best(named.map((other) => outcome(other, facts, all, [...seen, rule.code])));
    }
    default:
      return rule satisfies never;
  }
};

const atLeast = <Level extends string>(
  answer: Level | undefined,
  least: Level,
  levels: readonly Level[],
): Met => (answer === undefined ? 'unknown' : metIf(levels.indexOf(answer) >= levels.indexOf(least)));

const metIf = (condition: boolean): Met => (condition ? 'met' : 'not-met');

const best = (outcomes: readonly Met[]): Met => {
  if (outcomes.includes('met')) return 'met';
  return outcomes.includes('unknown') ? 'unknown' : 'not-met';
};
