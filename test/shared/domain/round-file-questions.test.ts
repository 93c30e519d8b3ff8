import { describe, expect, it } from 'vitest';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { aRoundFile, faultsOf } from '#test/builders/round-file.ts';

type Question = RoundFile['questions'][number];

/** The faults of a file that is right but for one question. */
const withQuestion = (code: Question['code'], change: object): string[] => {
  const file = aRoundFile();
  const questions = file.questions.map((question) =>
    question.code === code ? { ...question, ...change } : question,
  );
  return faultsOf(JSON.stringify({ ...file, questions })).map((fault) =>
    fault.replace(/^\/questions\/\d+/, '/…'),
  );
};

const without = (code: Question['code']): string[] => {
  const file = aRoundFile();
  return faultsOf(
    JSON.stringify({ ...file, questions: file.questions.filter((question) => question.code !== code) }),
  );
};

const plain = (items: readonly object[]): object[] =>
  items.map((item) => Object.assign({}, item, { when: undefined }));

describe('a condition of a question', () => {
  it.for([
    [
      'employer',
      { question: 'path', is: ['pensioner'] },
      '/…/when/is/0 when-answer {"question":"path","answer":"pensioner"}',
    ],
    [
      'path',
      { question: 'testTaken', is: ['yes'] },
      '/…/when/question when-question {"question":"testTaken"}',
    ],
    ['path', { question: 'path', is: ['teacher'] }, '/…/when/question when-question {"question":"path"}'],
    [
      'employer',
      { question: 'fullName', is: ['x'] },
      '/…/when/question when-question {"question":"fullName"}',
    ],
    ['phone', { question: 'iinHeld', is: ['yes'] }, '/…/when when-core {"question":"phone"}'],
    ['employer', { question: 'path', is: [] }, '/…/when/is too-few {"minimum":1}'],
  ] as const)('%s %j: %s', ([code, when, fault]) => {
    expect(withQuestion(code, { when })).toEqual([fault]);
  });

  it('looks at a question that the round asks', () => {
    expect(without('iinHeld')).toEqual([
      expect.stringContaining('when-question {"question":"iinHeld"}'),
      expect.stringContaining('when-question {"question":"iinHeld"}'),
      expect.stringContaining('when-question {"question":"iinHeld"}'),
      expect.stringContaining('when-question {"question":"iinHeld"}'),
    ]);
  });

  it('may let somebody off the IIN only where another document is asked instead', () => {
    expect(without('documentNumber')).toEqual(['/questions question-needed {"question":"documentNumber"}']);
  });

  it('is there for documents too', () => {
    const { documents, ...file } = aRoundFile();
    const when = { question: 'path', is: ['pensioner'] };
    const [first, ...rest] = documents;

    expect(faultsOf(JSON.stringify({ ...file, documents: [{ ...first, when }, ...rest] }))).toEqual([
      '/documents/0/when/is/0 when-answer {"question":"path","answer":"pensioner"}',
    ]);
  });
});

describe('a number of words', () => {
  it.for([
    ['employer', { minimum: 1, maximum: 9 }, '/…/words no-words'],
    ['motivation', { minimum: 1, maximum: 9 }, '/…/words no-words'],
    ['adjustments', { minimum: 9, maximum: 1 }, '/…/words/maximum words'],
  ] as const)('of %s %j: %s', ([code, words, fault]) => {
    expect(withQuestion(code, { words })).toEqual([fault]);
  });
});

describe('a round file from before conditions', () => {
  it('still reads and asks everyone the same', () => {
    const { documents, questions, eligibility, ...file } = aRoundFile();
    const known = new Set<string>(['fullName', 'iin', 'phone', 'subjects', 'education', 'motivation']);
    const before = {
      ...file,
      // The others ask for what was not a question then.
      eligibility: eligibility.slice(0, 2),
      documents: plain(documents),
      questions: plain(questions.filter(({ code }) => known.has(code))),
    };

    expect(faultsOf(JSON.stringify(before))).toEqual([]);
  });
});

const withConsent = (change: object): string[] => {
  const { consent, ...file } = aRoundFile();
  return faultsOf(JSON.stringify({ ...file, consent: { ...consent, ...change } }));
};

describe('the consent', () => {
  const { terms } = aRoundFile().consent;

  it('names everything that the law wants named', () => {
    expect(withConsent({ terms: undefined })).toEqual(['/consent consent-terms']);
    expect(withConsent({ terms: { ...terms, bin: '000000000001' } })).toEqual(['/consent/terms/bin bin']);
    expect(withConsent({ terms: { ...terms, crossBorder: { given: true } } })).toEqual([
      '/consent/terms/crossBorder consent-whom',
    ]);
  });

  it('of an older file still reads', () => {
    const { consent } = aRoundFile();

    expect(aRoundFile({ consent: { ...consent, terms: undefined } }).consent.text).toEqual(consent.text);
  });
});
