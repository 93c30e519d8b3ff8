import { describe, expect, it } from 'vitest';
import { checkForm } from '#shared/domain/application-form-check.ts';
import type { BlindFacts } from '#shared/domain/candidacy.ts';
import { bindingRules } from '#shared/domain/eligibility.ts';
import type { Eligibility } from '#shared/domain/eligibility-rule.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { ApplicationNumber } from '#shared/domain/ids.ts';
import { blindFactsOf, judge, refusalReasons, screen, verdictOf } from '#shared/domain/screening.ts';
import { typedWell } from '#test/builders/application.ts';
import { aCandidacy, rater } from '#test/builders/candidacy.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { at } from '#test/builders/worlds.ts';

const source = { source: 'A sample', confidence: 'unverified', verifiedOn: '2026-11-25' } as const;
const higher: Eligibility = { rule: 'education-at-least', code: 'higher', level: 'bachelor', ...source };
const category: Eligibility = { rule: 'category-at-least', code: 'category', category: 'expert', ...source };
const years: Eligibility = { rule: 'experience-at-least', code: 'years', years: 5, ...source };
const subject: Eligibility = { rule: 'subject-among', code: 'subject', subjects: ['physics'], ...source };
const either: Eligibility = { rule: 'any-of', code: 'either', codes: ['category', 'years'], ...source };

const facts: BlindFacts = {
  education: 'master',
  category: 'expert',
  experienceYears: 5,
  subjects: ['physics', 'mathematics'],
  languages: ['kk'],
  choices: [],
};

const { documents } = aRoundFile();
const received = new Set(['diploma']);
const found = (eligibility: Eligibility[], over: Partial<BlindFacts> = {}) =>
  screen({ ...facts, ...over }, { received, sameIin: [] }, { eligibility, documents });
const outcomes = (eligibility: Eligibility[], over: Partial<BlindFacts> = {}) =>
  found(eligibility, over).rules.map(({ code, met }) => `${code} ${met}`);

const nobody = new Set<ApplicationNumber>();
const now = at('2022-10-05T04:00');
const by = rater('A');
const reason = { owner: 'round#R', kind: 'reason', version: 1, digest: sha256Of('why') } as const;

describe('an entry that an earlier intake promised', () => {
  const file = { eligibility: [higher], documents };
  const promised = { intake: '2022-3' };
  const little = { ...facts, education: 'vocational' as const };

  it('is proposed for admission whatever the rules say, which are shown all the same, and needs no reason', () => {
    const screened = screen(little, { received, sameIin: [], promised }, file);

    expect(screened).toMatchObject({
      rules: [{ code: 'higher', met: 'not-met' }],
      promised,
      proposal: 'admitted',
    });
    const candidacy = aCandidacy({ screened });
    const rules = { eligibility: [higher], timeZone: 'Asia/Almaty' as const };
    expect(judge(candidacy, { verdict: 'admitted', by }, rules, now).ok).toBe(true);
    expect(judge(candidacy, { verdict: 'refused', by }, rules, now)).toEqual({
      ok: false,
      error: { kind: 'reason-needed' },
    });
  });

  it('still waits for a person where a document is missing or another application has the same IIN', () => {
    const number = ApplicationNumber.parse('KZ19-AAAA-0009');

    expect(screen(little, { received: new Set(), sameIin: [], promised }, file).proposal).toBe('unclear');
    expect(screen(little, { received, sameIin: [number], promised }, file).proposal).toBe('unclear');
  });
});

describe('an eligibility rule', () => {
  it.for([
    [higher, {}, 'met'],
    [higher, { education: 'bachelor' }, 'met'],
    [higher, { education: 'vocational' }, 'not-met'],
    [higher, { education: undefined }, 'unknown'],
    [category, {}, 'met'],
    [category, { category: 'moderator' }, 'not-met'],
    [category, { category: undefined }, 'unknown'],
    [years, {}, 'met'],
    [years, { experienceYears: 4 }, 'not-met'],
    [years, { experienceYears: undefined }, 'unknown'],
    [subject, {}, 'met'],
    [subject, { subjects: ['history'] }, 'not-met'],
    [subject, { subjects: [] }, 'unknown'],
  ] as const)('%j is, where the answers differ by %j, %s', ([rule, over, met]) => {
    const answers = Object.fromEntries(
      Object.entries({ ...facts, ...over }).filter(([, value]) => value !== undefined),
    );

    expect(
      screen(
        { subjects: [], languages: [], choices: [], ...answers },
        { received, sameIin: [] },
        { eligibility: [rule], documents },
      ).rules,
    ).toEqual([{ code: rule.code, met }]);
  });

  it('that names others is met by any of them, unknown where one might be, and otherwise not', () => {
    const rules = [category, years, either];

    expect(outcomes(rules, { category: 'none' })).toContain('either met');
    expect(outcomes(rules, { category: 'none', experienceYears: 1 })).toContain('either not-met');
    const { experienceYears: _unsaid, ...silent } = facts;
    const unknown = screen(
      { ...silent, category: 'none' },
      { received, sameIin: [] },
      { eligibility: rules, documents },
    );
    expect(unknown.rules).toContainEqual({ code: 'either', met: 'unknown' });
  });

  it('that names itself in a circle says nothing, and ends', () => {
    const circle: Eligibility[] = [
      { ...either, code: 'a', codes: ['b', 'b'] },
      { ...either, code: 'b', codes: ['a', 'a'] },
    ];

    expect(outcomes(circle)).toEqual(['a unknown', 'b unknown']);
  });

  it('that is one way to meet another binds nobody by itself', () => {
    expect(bindingRules([higher, category, years, either])).toEqual([higher, either]);
    expect(found([category, years, either], { category: 'none' }).proposal).toBe('admitted');
  });
});

describe('the program', () => {
  it('proposes to admit who meets every rule, lacks nothing and is alone with the IIN', () => {
    expect(found([higher, subject])).toMatchObject({ missing: [], proposal: 'admitted' });
  });

  it('rejects nobody: whatever is missing or unmet waits for a person', () => {
    const another = ApplicationNumber.parse('KZ19-0000-0001');
    const file = { eligibility: [higher], documents };
    const noDiploma = screen(facts, { received: new Set(), sameIin: [] }, file);
    const twice = screen(facts, { received, sameIin: [another] }, file);

    expect(found([higher], { education: 'vocational' }).proposal).toBe('unclear');
    expect(noDiploma).toMatchObject({ missing: ['diploma'], proposal: 'unclear' });
    expect(twice).toMatchObject({ sameIin: [another], proposal: 'unclear' });
  });

  it('copies codes and numbers of the form, and nothing that was typed', () => {
    const form = {
      fullName: 'MARKER',
      iin: 'MARKER',
      phone: 'MARKER',
      institution: 'MARKER',
      motivation: 'MARKER',
      education: 'master',
      category: 'expert',
      experienceYears: 5,
      subjects: ['physics', 'mathematics'],
      languages: ['kk'],
      consent: true,
      consentVersion: 'MARKER',
    } as const;

    expect(
      blindFactsOf({ ...form, subjects: [...form.subjects], languages: [...form.languages] }, []),
    ).toEqual({ ...facts, texts: ['motivation'] });
  });

  it('has results and kinds of achievements, and no word, year or number by which somebody is known', () => {
    const file = aRoundFile();
    const checked = checkForm(typedWell, file);
    if (!checked.ok) throw new Error(JSON.stringify(checked.error));

    expect(blindFactsOf(checked.value, [])).toEqual({
      education: 'bachelor',
      category: 'expert',
      experienceYears: 7,
      path: 'teacher',
      studyForm: 'full-time',
      honours: 'yes',
      testSubject: 82,
      testPedagogy: 71,
      achievements: ['pupils-prize'],
      texts: ['speciality', 'position', 'languageCertificates', 'achievements', 'motivation'],
      subjects: ['mathematics'],
      languages: ['kk', 'ru'],
      choices: [],
    });
  });
});

describe('a member who judges', () => {
  const file = { eligibility: [higher], timeZone: 'Asia/Almaty' as const };
  const unmet = aCandidacy({
    screened: { rules: [{ code: 'higher', met: 'not-met' }], missing: [], sameIin: [], proposal: 'unclear' },
  });
  const met = aCandidacy({
    screened: { rules: [{ code: 'higher', met: 'met' }], missing: [], sameIin: [], proposal: 'admitted' },
  });

  it('refuses with a reason only', () => {
    expect(judge(met, { verdict: 'refused', by }, file, now)).toEqual({
      ok: false,
      error: { kind: 'reason-needed' },
    });
    expect(judge(met, { verdict: 'refused', by, reason }, file, now)).toEqual({
      ok: true,
      value: [{ type: 'application-judged', at: now, by, verdict: 'refused', reason }],
    });
  });

  it('admits freely where the rules are met, and with a reason against one', () => {
    expect(judge(met, { verdict: 'admitted', by }, file, now)).toMatchObject({ ok: true });
    expect(judge(unmet, { verdict: 'admitted', by }, file, now)).toMatchObject({
      error: { kind: 'reason-needed' },
    });
    expect(judge(unmet, { verdict: 'admitted', by, reason }, file, now)).toMatchObject({ ok: true });
  });

  it('twice the same way changes nothing', () => {
    const judged = aCandidacy({ ...met, judgement: { verdict: 'admitted', by, at: now } });

    expect(judge(judged, { verdict: 'admitted', by }, file, now)).toEqual({ ok: true, value: [] });
    expect(judge(judged, { verdict: 'admitted', by: rater('B') }, file, now)).toMatchObject({
      value: [{ by: rater('B') }],
    });
  });

  it('cannot judge who has withdrawn', () => {
    const gone = aCandidacy({ withdrawnAt: now });

    expect(judge(gone, { verdict: 'admitted', by }, file, now)).toMatchObject({
      error: { kind: 'not-in-stage' },
    });
  });

  it('has the last word over the program, which has none about what is unclear', () => {
    const refused = aCandidacy({ ...met, judgement: { verdict: 'refused', by, at: now, reason } });

    expect(verdictOf(met)).toBe('admitted');
    expect(verdictOf(refused)).toBe('refused');
    expect(verdictOf(unmet)).toBeUndefined();
  });

  it('leaves codes of why: what the rules say, or that it was judged', () => {
    expect(refusalReasons(unmet, file, nobody)).toEqual(['higher']);
    expect(refusalReasons(met, file, nobody)).toEqual(['judged']);
    const lacking = aCandidacy({
      screened: {
        rules: [{ code: 'higher', met: 'met' }],
        missing: ['diploma'],
        sameIin: [ApplicationNumber.parse('KZ19-0000-0001')],
        proposal: 'unclear',
      },
    });
    expect(refusalReasons(lacking, file, nobody)).toEqual(['missing-document:diploma', 'same-iin']);
  });
});
