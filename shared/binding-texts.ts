import type { Above } from '#shared/assignment/above.ts';
import type { Fault } from '#shared/errors.ts';
import { isMessageKey, type Translator } from '#shared/i18n/index.ts';

/** Rules that single applications lack people for: said once, with the applications behind it. */
const ofApplications = {
  'assignment.too-few': 'raters.too-few',
  'assignment.too-few-readers': 'raters.too-few-readers',
  'assignment.too-few-capped': 'raters.too-few-capped',
  'assignment.no-expert': 'raters.no-expert',
} as const;

const rules = new Map<string, (typeof ofApplications)[keyof typeof ofApplications]>(
  Object.entries(ofApplications),
);

/** Counts of one application, in the order in which they are said; those that are zero are left out. */
const counted = ['needed', 'wanted', 'raters', 'conflicts'] as const;

/** What keeps the raters of a round from being assigned: a rule, and behind it who lacks what. */
export type Binding = {
  rule: string;
  /** Applications with the same counts: the counts in words, empty where all are zero. */
  cases: readonly { said: string; applications: readonly string[] }[];
};

/**
 * Each rule once, in the order in which it was found.
 * @param words what ids are called: numbers of applications, names of raters
 */
export const bindingTexts = (
  t: Translator,
  faults: readonly Fault[],
  words: ReadonlyMap<string, string>,
): Binding[] =>
  [...Map.groupBy(faults, ruleOf).values()].flatMap((alike): Binding[] => {
    const [first] = alike;
    const key = first && rules.get(first.message);
    if (!first || !key) return alike.map((fault) => ({ rule: plainText(t, fault, words), cases: [] }));
    const rule = t(key, { ...saidOf(t, first, words), count: alike.length });
    const cases = Map.groupBy(alike, (fault) => countsText(t, fault));
    const named = ({ facts }: Fault): string => wordOf(t, String(facts?.['application'] ?? ''), words);
    return [{ rule, cases: Array.from(cases, ([said, of]) => ({ said, applications: of.map(named) })) }];
  });

/** For which applications the bound of a drawing's probabilities could not be kept, the greatest first. */
export const chanceTexts = (
  t: Translator,
  { atMostPercent: percent, above }: { atMostPercent: number; above: readonly Above[] },
  words: ReadonlyMap<string, string>,
): Binding[] => {
  if (above.length === 0) return [];
  const cases = Map.groupBy(
    above.toSorted((a, b) => b.chance - a.chance),
    ({ chance }) => chance,
  );
  return [
    {
      rule: t('raters.chance.above', { count: above.length, percent }),
      cases: Array.from(cases, ([chance, of]) => ({
        said: t('raters.chance.case', { percent: Math.ceil(100 * chance) }),
        applications: of.map(({ application }) => wordOf(t, application, words)),
      })),
    },
  ];
};

/** A rule with its applications in one line. */
export const bindingLine = ({ rule, cases }: Binding): string =>
  cases.length === 0 ? rule : `${rule}: ${cases.map(caseText).join('; ')}`;

/** The counts and whom they are of. */
const caseText = ({ said, applications }: Binding['cases'][number]): string => {
  const numbers = applications.join(', ');
  return said === '' ? numbers : `${numbers} (${said})`;
};

/** Of a rule about applications, which one and in which language or subject; anything else stands for itself. */
const ruleOf = ({ message, place, facts = {} }: Fault): string =>
  rules.has(message)
    ? [message, facts['language'], facts['subject']].join('\n')
    : [message, place, JSON.stringify(facts)].join('\n');

const countsText = (t: Translator, { facts = {} }: Fault): string =>
  counted
    .flatMap((name) => {
      const count = Number(facts[name] ?? 0);
      return count > 0 ? [t(`raters.case.${name}`, { count })] : [];
    })
    .join(', ');

/** Said otherwise of a round than of an instance: its other panel is guests. */
const plainText = (t: Translator, fault: Fault, words: ReadonlyMap<string, string>): string => {
  const key = fault.message === 'assignment.no-outside' ? 'raters.no-outside' : fault.message;
  return isMessageKey(key) ? t(key, saidOf(t, fault, words)) : t('problems.fault.invalid');
};

const saidOf = (t: Translator, { facts = {} }: Fault, words: ReadonlyMap<string, string>) =>
  Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      typeof value === 'string' ? wordOf(t, value, words) : value,
    ]),
  );

/** Lists keep their commas, and the dots of those that were cut; a code that no catalogue knows stays as it is. */
const wordOf = (t: Translator, value: string, words: ReadonlyMap<string, string>): string => {
  const [, list = value, dots = ''] = /^(.*?)( …)?$/su.exec(value) ?? [];
  const said = list.split(', ').map((word) => words.get(word) ?? codeText(t, word));
  return `${said.join(', ')}${dots}`;
};

const codeText = (t: Translator, code: string): string => {
  const key = ['subjects', 'languages'].map((list) => `application-form.${list}.${code}`).find(isMessageKey);
  return key ? t(key) : code;
};
