import { describe, expect, it } from 'vitest';
import type { BlindFacts } from '#shared/domain/candidacy.ts';
import { bindingRules, openRules, ruleResults } from '#shared/domain/eligibility.ts';
import { Eligibility } from '#shared/domain/eligibility-rule.ts';
import { brokenRules } from '#shared/domain/round-file-rules.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { eligibilityText } from '#shared/rule-texts.ts';
import { aRoundFile } from '#test/builders/round-file.ts';

const source = { source: 'A sample', confidence: 'unverified', verifiedOn: '2026-11-28' } as const;
const rule = (one: object): Eligibility => Eligibility.parse({ ...one, ...source });

const graduate = rule({ rule: 'path-among', code: 'graduate', paths: ['graduate'] });
const honours = rule({ rule: 'honours', code: 'honours' });
const category = rule({ rule: 'category-at-least', code: 'category', category: 'teacher' });
const fullTime = rule({ rule: 'study-form-among', code: 'full-time', forms: ['full-time', 'evening'] });
const subjectTest = rule({ rule: 'test-at-least', code: 'subject-test', test: 'subject', percent: 70 });
const pedagogyTest = rule({ rule: 'test-at-least', code: 'pedagogy-test', test: 'pedagogy', percent: 60 });
const kazakh = rule({ rule: 'language-among', code: 'kazakh', languages: ['kk'] });
const goodGraduate = rule({ rule: 'all-of', code: 'good-graduate', codes: ['graduate', 'honours'] });
const programme = rule({ rule: 'any-of', code: 'programme', codes: ['category', 'good-graduate'] });
const whole = [category, graduate, honours, goodGraduate, programme];

const nothing: BlindFacts = { subjects: [], languages: [], choices: [] };
const metBy = (eligibility: readonly Eligibility[], facts: Partial<BlindFacts>, code?: string) =>
  ruleResults({ ...nothing, ...facts }, { eligibility: [...eligibility] }).find(
    (one) => one.code === (code ?? eligibility.at(-1)?.code),
  )?.met;

describe('a rule about an answer', () => {
  it.for([
    [graduate, { path: 'graduate' }, 'met'],
    [graduate, { path: 'teacher' }, 'not-met'],
    [graduate, {}, 'unknown'],
    [honours, { honours: 'yes' }, 'met'],
    [honours, { honours: 'no' }, 'not-met'],
    [honours, {}, 'unknown'],
    [fullTime, { studyForm: 'evening' }, 'met'],
    [fullTime, { studyForm: 'distance' }, 'not-met'],
    [fullTime, {}, 'unknown'],
    [subjectTest, { testSubject: 70, testPedagogy: 0 }, 'met'],
    [subjectTest, { testSubject: 69, testPedagogy: 100 }, 'not-met'],
    [subjectTest, { testPedagogy: 100 }, 'unknown'],
    [pedagogyTest, { testPedagogy: 60 }, 'met'],
    [pedagogyTest, { testSubject: 100, testPedagogy: 59 }, 'not-met'],
    [kazakh, { languages: ['ru', 'kk'] }, 'met'],
    [kazakh, { languages: ['ru'] }, 'not-met'],
    [kazakh, { languages: [] }, 'unknown'],
  ] as const)('%j is, for %j, %s', ([one, facts, met]) => {
    expect(metBy([one], facts as Partial<BlindFacts>)).toBe(met);
  });
});

describe('the rule of the programme: a category, or a graduate with good results', () => {
  it.for([
    [{ path: 'teacher', category: 'expert' }, 'met'],
    [{ path: 'teacher', category: 'none' }, 'not-met'],
    [{ path: 'teacher' }, 'unknown'],
    [{ path: 'graduate', category: 'none', honours: 'yes' }, 'met'],
    [{ path: 'graduate', category: 'none', honours: 'no' }, 'not-met'],
    [{ path: 'graduate', category: 'none' }, 'unknown'],
    [{ path: 'teacher', category: 'none', honours: 'yes' }, 'not-met'],
  ] as const)('is, for %j, %s', ([facts, met]) => {
    expect(metBy(whole, facts)).toBe(met);
  });

  it('binds as one: its parts bind nobody by themselves', () => {
    expect(bindingRules(whole)).toEqual([programme]);
    const rules = ruleResults({ ...nothing, path: 'teacher', category: 'none' }, { eligibility: whole });
    expect(openRules(rules, { eligibility: whole })).toEqual(['programme']);
  });

  it.each(locales)('says what it asks, nested parts too, in %s', (locale) => {
    const t = translator(locale);
    const text = eligibilityText(t, programme, { eligibility: whole });

    for (const part of [category, graduate, honours]) {
      expect(text).toContain(eligibilityText(t, part, { eligibility: whole }));
    }
    expect(text).not.toContain('good-graduate');
  });

  it('that names itself in a circle is told, and ends', () => {
    const circle = [
      rule({ rule: 'all-of', code: 'a', codes: ['b', 'honours'] }),
      rule({ rule: 'any-of', code: 'b', codes: ['a', 'honours'] }),
      honours,
    ];

    expect(metBy(circle, { honours: 'yes' }, 'a')).toBe('met');
    expect(metBy(circle, { honours: 'no' }, 'a')).toBe('not-met');
    const [first] = circle;
    expect(first && eligibilityText(translator('en'), first, { eligibility: circle })).toContain('honours');
  });
});

describe('a round file', () => {
  const file = aRoundFile();
  const broken = (eligibility: Eligibility[], over: Partial<typeof file> = {}) =>
    brokenRules({ ...file, ...over, eligibility }, file.region).filter(
      ({ path }) => path[0] === 'eligibility',
    );

  it('may ask for what its form asks of everybody who is asked it', () => {
    const questions = file.questions.map((question) => Object.assign({}, question, { required: true }));

    expect(broken(whole, { questions })).toEqual([]);
  });

  it('may not ask for what no question asks, nor name parts that are not there', () => {
    const questions = file.questions.filter(({ code }) => code !== 'testSubject' && code !== 'honours');

    expect(broken([subjectTest, honours], { questions })).toMatchObject([
      { message: 'round-file.not-asked', facts: { question: 'testSubject' } },
      { message: 'round-file.not-asked', facts: { question: 'honours' } },
    ]);
    expect(broken([graduate, goodGraduate])).toMatchObject([
      {
        path: ['eligibility', 1, 'codes', 1],
        message: 'round-file.unknown-code',
        facts: { code: 'honours' },
      },
    ]);
  });
});
