import { describe, expect, it } from 'vitest';
import { sha256Of } from '#shared/domain/hash.ts';
import { ApplicationId, ApplicationNumber, type Sha256 } from '#shared/domain/ids.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import type { Agreement } from '#shared/papers/agreement.ts';
import { gatheredAgreement } from '#shared/papers/gathered-agreement.ts';
import type { Minutes } from '#shared/papers/minutes.ts';
import { minutesPaper } from '#shared/papers/minutes-paper.ts';
import { aCandidacy, rater } from '#test/builders/candidacy.ts';
import { numberOf, someAgreement, someMinutes } from '#test/builders/minutes.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { at } from '#test/builders/worlds.ts';
import { shroutFleiss } from '#test/shared/analysis/published.ts';

const agreed = (over: Partial<Agreement> = {}): Minutes =>
  someMinutes({ agreement: { ...someAgreement, ...over } });

const factsIn = (minutes: Minutes, locale: 'kk' | 'ru' | 'en' = 'en') => {
  const section = minutesPaper(minutes, translator(locale)).sections[2];
  const facts = section?.blocks.flatMap((block) => (block.kind === 'facts' ? block.facts : [])) ?? [];
  return { heading: section?.heading, values: new Map(facts.map(({ name, value }) => [name, value])) };
};

describe('the agreement of raters in minutes', () => {
  it('is said with its intervals, and in the words of Koo and Li for what lies between the ends', () => {
    const { heading, values } = factsIn(agreed());

    expect(heading).toBe('3. Agreement between raters');
    expect(values.get('Scores that counted')).toBe('79, by raters: 7, of applications: 38');
    expect(values.get('ICC(2,1), one rater')).toBe('0.43; poor');
    expect(values.get('ICC(2,k), their mean')).toBe('0.61 (95% interval from 0.41 to 0.76); poor – good');
    expect(values.get('ICC(2,1), 6 raters who scored the same 8 applications')).toContain(
      'to 0.79); poor – good',
    );
    expect(values.get('Krippendorff’s alpha, ordinal')).toBe(
      '0.41 (95% interval from 0.2 to 0.59); below 0.667, the customary lower bound',
    );
    expect(values.get('Applications whose scores lie more than 20% of the scale apart')).toBe('3 of 38');
    expect(values.get('Scores that count')).toContain('does not ask for scores to be adjusted');
  });

  it('says how many raters an application would need, where that was gathered', () => {
    const needed = [
      { reliability: 0.7, raters: 6 },
      { reliability: 0.8, raters: 10.2857 },
    ];
    const name = 'Raters that an application would need';

    expect(factsIn(agreed({ needed })).values.get(name)).toBe(
      '6 raters for a reliability of 0.7; 11 raters for a reliability of 0.8',
    );
    expect(factsIn(agreed()).values.has(name)).toBe(false);
  });

  it('says that the scores do not tell it', () => {
    const { values } = factsIn(agreed({ icc21: undefined }));

    expect(values.get('ICC(2,1), one rater')).toBe('the scores do not tell it');
  });

  it.for([
    [0.7, '0.7; at least 0.667, the customary lower bound'],
    [0.9, '0.9; at least 0.8: customarily relied upon'],
  ] as const)('says which bound an alpha of %d reaches', ([value, words]) => {
    const { values } = factsIn(agreed({ alphaOrdinal: { value } }));

    expect(values.get('Krippendorff’s alpha, ordinal')).toBe(words);
  });

  it('names the checks for which scores were not adjusted', () => {
    const minutes = agreed({ counts: 'raw' });
    const checks = [
      { check: 'connected', passed: true, found: 1, bound: 1 },
      { check: 'reliability', passed: false, found: 0.41, bound: 0.5 },
    ];
    const scoring = minutes.gates.findLast(({ stage }) => stage === 'scoring');
    const gates = [{ ...scoring, adjustment: { counts: 'raw', checks } }];
    const said = factsIn(someMinutes({ ...minutes, gates })).values.get('Scores that count');

    expect(said).toMatch(/^as they were given\. /);
    expect(said).toContain('Not passed: Reliability of the mean of the scores (ICC).');
    expect(factsIn(agreed({ counts: 'adjusted' })).values.get('Scores that count')).not.toContain(
      'Not passed',
    );
  });

  it.for(locales)('has no gap in %s', (locale) => {
    const { values } = factsIn(agreed(), locale);

    expect(values.size).toBe(7);
    for (const value of values.values()) expect(value).not.toMatch(/[{}]|undefined/);
  });

  it('is not there in minutes of before it was said', () => {
    const headings = minutesPaper(someMinutes(), translator('en')).sections.map((one) => one.heading);

    expect(headings.filter((one) => one.includes('Agreement'))).toEqual([]);
    expect(headings[2]).toBe('3. Applications and points');
  });
});

const applicationId = (row: number) => ApplicationId.parse(`APP${row}`.padEnd(20, '0'));

describe('what is gathered of agreement', () => {
  const admitted: Sha256 = sha256Of('admitted');
  const candidacies = shroutFleiss.map((scores, row) =>
    aCandidacy({
      applicationId: applicationId(row),
      number: ApplicationNumber.parse(numberOf(row)),
      raters: ['A', 'B', 'C', 'D'].map(rater),
      scores: scores.map((total, place) => ({
        raterId: rater(['A', 'B', 'C', 'D'][place] ?? ''),
        points: {},
        total: total ?? 0,
        at: at('2022-10-10T04:00'),
        version: 1,
      })),
    }),
  );
  const gathered = (over: object = {}) =>
    gatheredAgreement({
      round: { id: '7'.repeat(20), decisions: { screening: admitted }, ...over } as never,
      file: aRoundFile(),
      candidacies,
      lists: new Map([
        [
          admitted,
          {
            standings: candidacies.map(({ applicationId: id }) => ({
              applicationId: id,
              outcome: 'goes-on',
            })),
          } as never,
        ],
      ]),
    }).agreement;

  it('has the numbers of Shrout and Fleiss (1979), rounded to four decimals', () => {
    expect(gathered()).toMatchObject({
      raters: 4,
      applications: 6,
      scores: 24,
      icc21: { value: 0.2898, interval: [0.0188, 0.7611] },
      needed: [
        { reliability: 0.7, raters: 5.7192 },
        { reliability: 0.8, raters: 9.8043 },
      ],
      icc2k: { value: 0.6201, interval: [0.0711, 0.9272] },
      apart: { percent: 20, applications: 0 },
      counts: 'not-asked',
    });
    expect(gathered()?.anchored).toBeUndefined();
  });

  it('tells apart what everybody scored, and says nothing where nobody came to scoring', () => {
    const anchors = [0, 1, 2].map(applicationId);

    expect(gathered({ raters: { anchors } })?.anchored).toMatchObject({ raters: 4, applications: 3 });
    expect(gathered({ decisions: {} })).toBeUndefined();
  });
});
