import type { BlindFacts } from '#shared/domain/candidacy.ts';
import { Category, Education } from '#shared/domain/codes.ts';
import type { Eligibility, RoundFile } from '#shared/domain/round-file.ts';
import type { RuleResult } from '#shared/domain/screened.ts';

type Met = RuleResult['met'];

/** How each rule of a round file comes out by what an application says, in the order of the file. */
export const ruleResults = (
  facts: BlindFacts,
  { eligibility }: Pick<RoundFile, 'eligibility'>,
): RuleResult[] => eligibility.map((rule) => ({ code: rule.code, met: outcome(rule, facts, eligibility) }));

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
