import { describe, expect, it } from 'vitest';
import { fields } from '#shared/domain/application-form-fields.ts';
import {
  basisIn,
  countEquality,
  countHouseholds,
  EqualityQuestion,
  Need,
  type Resident,
} from '#shared/domain/round-figures.ts';

const asked = new Set([...Need.options, ...EqualityQuestion.options]);

const residents = (district: string | undefined, count: number, form: Resident['form'] = {}): Resident[] =>
  Array.from({ length: count }, () => ({ district, form }));

describe('what households need', () => {
  const somebody = [
    ...residents('Talgar', 10, { housingNeeded: 'yes', children3to5: 2 }),
    ...residents('Talgar', 20, { housingNeeded: 'no', children3to5: 0 }),
    ...residents('Panfilov', 2, { housingNeeded: 'yes' }),
    ...residents('Panfilov', 6, { housingNeeded: 'no' }),
    ...residents(undefined, 6, { housingNeeded: 'yes' }),
    ...residents(undefined, 7, { housingNeeded: 'no' }),
  ];

  it('is counted by district, the smallest first, children by their number', () => {
    const { places, needs } = countHouseholds(somebody, { basis: 'first-choice', asked });

    expect(places).toEqual([
      { district: 'Panfilov', people: 8 },
      { people: 13 },
      { district: 'Talgar', people: 30 },
    ]);
    expect(needs[0]).toEqual({ need: 'housingNeeded', line: { cells: [null, null, 10], together: 8 } });
    expect(needs[2]).toEqual({ need: 'children3to5', line: { cells: [null, null, null], together: 20 } });
  });

  it('is left out where the round did not ask for it', () => {
    const { needs } = countHouseholds(somebody, {
      basis: 'post',
      asked: new Set(['housingNeeded'] as const),
    });

    expect(needs.map(({ need }) => need)).toEqual(['housingNeeded']);
  });

  it('is by the first choice until the offers have ended, and by post from then on', () => {
    expect((['screening', 'offers', 'onboarding', 'closed'] as const).map(basisIn)).toEqual([
      'first-choice',
      'first-choice',
      'post',
      'post',
    ]);
  });
});

describe('answers about equality', () => {
  it('are counted with those that were left out', () => {
    const given = [
      ...Array.from({ length: 9 }, () => ({ equalityGender: 'woman' })),
      ...Array.from({ length: 7 }, () => ({ equalityGender: 'man' })),
      ...Array.from({ length: 5 }, () => ({ equalityGender: 'not-said' })),
      ...Array.from({ length: 6 }, () => ({})),
    ];

    const { people, questions } = countEquality(given, asked);

    expect(people).toBe(27);
    expect(questions[0]).toEqual({
      question: 'equalityGender',
      answers: ['not-said', 'unanswered', 'man', 'woman'],
      line: { cells: [5, 6, 7, 9], together: null },
    });
  });

  it('have a place for each that the form offers', () => {
    const { questions } = countEquality([], asked);

    for (const { question, answers } of questions) {
      const field = fields.find(({ name }) => name === question);
      const options = field?.control === 'one-of' ? field.options : [];
      expect(answers.toSorted()).toEqual([...options, 'unanswered'].toSorted());
    }
    expect(questions).toHaveLength(3);
  });
});
