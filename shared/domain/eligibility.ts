import type { BlindFacts } from '#shared/domain/candidacy.ts';
import { Category, Education } from '#shared/domain/codes.ts';
import type { Eligibility } from '#shared/domain/eligibility-rule.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { RuleResult } from '#shared/domain/screened.ts';

type Met = RuleResult['met'];

/** How each rule of a round file comes out by what an application says, in the order of the file. */
export const ruleResults = (
  facts: BlindFacts,
  { eligibility }: Pick<RoundFile, 'eligibility'>,
): RuleResult[] => eligibility.map((rule) => ({ code: rule.code, met: outcome(rule, facts, eligibility) }));

/** Rules that bind everyone. A rule that an `any-of` or an `all-of` names is a part of that one, and binds nobody by itself. */
export const bindingRules = (eligibility: readonly Eligibility[]): Eligibility[] => {
  const named = new Set(eligibility.flatMap((rule) => ('codes' in rule ? rule.codes : [])));
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

type Together = Extract<Eligibility, { codes: string[] }>;

const outcome = (
  rule: Eligibility,
  facts: BlindFacts,
  all: readonly Eligibility[],
  seen: readonly string[] = [],
): Met => {
  if (!('codes' in rule)) return alone(rule, facts);
  // Rules that name each other in a circle say nothing.
  if (seen.includes(rule.code)) return 'unknown';
  const named = all.filter(({ code }) => rule.codes.includes(code));
  const outcomes = named.map((other) => outcome(other, facts, all, [...seen, rule.code]));
  return rule.rule === 'any-of' ? best(outcomes) : worst(outcomes);
};

const alone = (rule: Exclude<Eligibility, Together>, facts: BlindFacts): Met => {
  switch (rule.rule) {
    case 'education-at-least':
      return atLeast(facts.education, rule.level, Education.options);
    case 'category-at-least':
      return atLeast(facts.category, rule.category, Category.options);
    case 'experience-at-least':
      return reaches(facts.experienceYears, rule.years);
    case 'test-at-least':
      return reaches(rule.test === 'subject' ? facts.testSubject : facts.testPedagogy, rule.percent);
    case 'subject-among':
      return haveOne(facts.subjects, rule.subjects);
    case 'language-among':
      return haveOne(facts.languages, rule.languages);
    case 'path-among':
      return isAmong(facts.path, rule.paths);
    case 'study-form-among':
      return isAmong(facts.studyForm, rule.forms);
    case 'honours':
      return isAmong(facts.honours, ['yes']);
    default:
      return rule satisfies never;
  }
};

const reaches = (answer: number | undefined, least: number): Met =>
  answer === undefined ? 'unknown' : metIf(answer >= least);

const haveOne = <Code extends string>(answers: readonly Code[], among: readonly Code[]): Met =>
  answers.length === 0 ? 'unknown' : metIf(answers.some((answer) => among.includes(answer)));

const atLeast = <Level extends string>(
  answer: Level | undefined,
  least: Level,
  levels: readonly Level[],
): Met => (answer === undefined ? 'unknown' : metIf(levels.indexOf(answer) >= levels.indexOf(least)));

const isAmong = <Code extends string>(answer: Code | undefined, among: readonly Code[]): Met =>
  answer === undefined ? 'unknown' : metIf(among.includes(answer));

const metIf = (condition: boolean): Met => (condition ? 'met' : 'not-met');

const best = (outcomes: readonly Met[]): Met => {
  if (outcomes.includes('met')) return 'met';
  return outcomes.includes('unknown') ? 'unknown' : 'not-met';
};

const worst = (outcomes: readonly Met[]): Met => {
  if (outcomes.includes('not-met')) return 'not-met';
  return outcomes.includes('unknown') ? 'unknown' : 'met';
};
