import { describe, expect, it } from 'vitest';
import type { BeaconRule } from '#shared/domain/beacon.ts';
import { RoundFile } from '#shared/domain/round-file.ts';
import { brokenRules } from '#shared/domain/round-file-rules.ts';
import { aBeaconRule } from '#test/builders/beacon.ts';
import { aRoundFile, faultsOf } from '#test/builders/round-file.ts';

const sourced = { source: 'a test', confidence: 'unverified', verifiedOn: '2026-11-22' } as const;

const ends = (endsAt: string) => ({ endsAt, ...sourced });

/** The rules that a change to a right file breaks, as `pointer message`. */
const broken = (change: (file: RoundFile) => Partial<RoundFile>): string[] => {
  const file = aRoundFile();
  return brokenRules({ ...file, ...change(file) }, 'KZ-19').map(
    ({ path, message }) => `/${path.join('/')} ${message.replace('round-file.', '')}`,
  );
};

const incentive = (standing: 'rule' | 'example', from: number, to: number) => ({
  of: ['housing' as const, 'utilities' as const],
  title: { kk: 'Үлгі', ru: 'Образец', en: 'Sample' },
  worth: { unit: 'tenge' as const, from, to },
  every: 'month' as const,
  standing,
  ...sourced,
});

const waiting = (beacon: Partial<BeaconRule>, call: object = {}) =>
  broken((file) => ({
    ties: { ...file.ties, beacon: { ...aBeaconRule, ...beacon } },
    call: { ...file.call, ...call },
  })).filter((fault) => fault.includes('beacon'));

const kept = (months: number): string[] =>
  broken(() => ({ retention: [{ code: 'begun', months, ...sourced }] }));

const interviews = (over: Partial<RoundFile['interviews']>): string[] =>
  broken((file) => ({ interviews: { ...file.interviews, ...over } }));

describe('rules between the members of a round file', () => {
  it('let no interview decide alone, nor fewer than three judge it', () => {
    expect(interviews({ weight: 99 })).toEqual([]);
    expect(interviews({ weight: 100 })).toEqual(['/interviews/weight interview-alone']);
    expect(interviews({ scorecards: 2 })).toEqual(['/interviews/scorecards interview-raters']);
  });

  it('leave a file as it is that was pinned before they were, also where an interview decides alone', () => {
    const file = aRoundFile();
    const before = { ...file, interviews: { ...file.interviews, weight: 100, scorecards: 2 } };

    expect(RoundFile.parse(JSON.parse(JSON.stringify(before)))).toEqual(before);
  });

  it('lets nothing be erased in the moment in which the round ends', () => {
    expect(kept(0)).toEqual(['/retention/0/months retention-none']);
    expect(kept(1)).toEqual([]);
  });

  it('lets no condition of an acceptance end before the offer would, nor two have one code', () => {
    const title = { kk: 'Диплом', ru: 'Диплом', en: 'Diploma' };
    const condition = (workingDays: number) => ({ code: 'diploma', title, workingDays, ...sourced });
    const answered = ({ answer }: RoundFile, ...days: readonly number[]) => ({
      answer: { ...answer, workingDays: 3, conditions: days.map(condition) },
    });

    expect(broken((file) => answered(file, 3))).toEqual([]);
    expect(broken((file) => answered(file, 2))).toEqual(['/answer/conditions/0/workingDays condition-days']);
    expect(broken((file) => answered(file, 3, 4))).toEqual(['/answer/conditions/1/code same-code']);
  });

  it('let lots wait for a value of a chain whose time it is, and that nobody can know while something is handed in', () => {
    const later = { closesAt: '2026-10-04T18:00:00+05:00' };

    expect(waiting({})).toEqual([]);
    expect(waiting({ chain: 'quicknet' })).toEqual(['/ties/beacon/chain beacon-early']);
    expect(waiting({}, later)).toEqual(['/ties/beacon/chain beacon-rehearsal']);
    expect(waiting({ chain: 'quicknet' }, later)).toEqual([]);
    expect(waiting({ hoursAfterCall: 1 }, { graceMinutes: 60 })).toEqual([
      '/ties/beacon/hoursAfterCall beacon-grace',
    ]);
    expect(waiting({ hoursAfterCall: 1 }, { graceMinutes: 59 })).toEqual([]);
  });

  it('all hold in the file of 2022', () => {
    expect(broken(() => ({}))).toEqual([]);
  });

  it.for([
    [{ closesAt: '2022-10-04T18:00:00+05:00' }, '/call/closesAt offset'],
    [{ opensAt: '2022-10-05T09:00:00+06:00' }, '/call/closesAt closes-before-opens'],
    [{ opensAt: '2022-10-04T18:00:00+06:00' }, '/call/closesAt closes-before-opens'],
    [{ opensAt: '2022-10-01T09:00:00+06:00' }, '/call/closesAt call-too-short'],
  ] as const)('%j: %s', ([dates, fault]) => {
    expect(broken(({ call }) => ({ call: { ...call, ...dates } }))).toEqual([fault]);
  });

  it('the region is the one of this installation', () => {
    expect(broken(() => ({ region: 'KZ-61' }))).toEqual(['/region region']);
  });

  it('stages end in their order', () => {
    expect(
      broken(({ stages }) => ({
        stages: {
          ...stages,
          screening: ends('2022-10-04T18:00:00+06:00'),
          scoring: ends('2022-11-01T18:00:00+06:00'),
          claims: ends('2022-10-20T18:00:00+06:00'),
        },
      })),
    ).toEqual(['/stages/screening/endsAt stage-order', '/stages/claims/endsAt stage-order']);
  });

  it('weights sum to 100, and what they sum to is said', () => {
    const file = aRoundFile();
    const criteria = file.rubric.criteria.slice(1);

    expect(brokenRules({ ...file, rubric: { ...file.rubric, criteria } }, 'KZ-19')).toEqual([
      { path: ['rubric', 'criteria'], message: 'round-file.weights', facts: { sum: 92 } },
    ]);
  });

  it('codes are given once', () => {
    const { documents, questions } = aRoundFile();
    expect(
      broken(() => ({
        documents: [...documents, ...documents.slice(0, 1)],
        questions: [...questions, ...questions.slice(0, 1)],
      })),
    ).toEqual([
      `/documents/${documents.length}/code same-code`,
      `/questions/${questions.length}/code same-code`,
    ]);
  });

  it('a rule that names other rules names ones that exist, and not itself', () => {
    expect(
      broken(({ eligibility }) => ({
        eligibility: [
          ...eligibility,
          { rule: 'any-of', code: 'either', codes: ['higher-education', 'either', 'nothing'], ...sourced },
        ],
      })),
    ).toEqual(['/eligibility/5/codes/1 unknown-code', '/eligibility/5/codes/2 unknown-code']);
  });

  it('questions about who someone is are always asked', () => {
    expect(
      broken(({ questions }) => ({
        questions: questions
          .filter(({ code }) => code !== 'iin')
          .map((question) =>
            question.code === 'phone' ? Object.assign({}, question, { required: false }) : question,
          ),
      })),
    ).toEqual(['/questions question-needed', '/questions question-needed']);
  });

  it('a rule needs the question that it judges', () => {
    expect(
      broken(({ questions }) => ({ questions: questions.filter(({ code }) => code !== 'education') })),
    ).toEqual(['/eligibility/0/rule not-asked']);
  });

  it('lots are drawn last, and nothing breaks a tie twice', () => {
    expect(broken(({ ties }) => ({ ties: { ...ties, order: ['drawn-lot', 'test'] } }))).toEqual([
      '/ties/order/0 lot-last',
    ]);
    expect(broken(({ ties }) => ({ ties: { ...ties, order: ['test', 'test'] } }))).toEqual([
      '/ties/order/1 same-code',
    ]);
  });

  it('the fewest words are not more than the most, and a day off is not worked', () => {
    expect(
      broken(({ motivation, calendar }) => ({
        motivation: { ...motivation, minWords: 301 },
        calendar: { ...calendar, transferred: [{ off: '2022-10-24', worked: '2022-10-24' }] },
      })),
    ).toEqual(['/motivation/maxWords words', '/calendar/transferred/0/worked moved-to-itself']);
  });

  it('are checked also where another member is malformed', () => {
    const file = aRoundFile();
    const text = JSON.stringify({ ...file, title: 'one language', region: 'KZ-61' });

    expect(faultsOf(text)).toEqual([
      '/region region {"expected":"KZ-19","found":"KZ-61"}',
      '/title type {"expected":"object"}',
    ]);
  });

  it('let one rule grant an incentive, beside as many examples as there are', () => {
    expect(broken(() => ({ incentives: [incentive('rule', 1, 2), incentive('example', 1, 2)] }))).toEqual([]);
    expect(broken(() => ({ incentives: [incentive('rule', 1, 2), incentive('rule', 3, 2)] }))).toEqual([
      '/incentives/1/of same-code',
      '/incentives/1/worth/to range',
    ]);
  });
});

describe('what a round shows without names', () => {
  const shown = { texts: ['motivation' as const], documents: ['diploma'], missing: 'stop' as const };

  it('is asked for, and shown in some stage', () => {
    expect(broken(({ blind }) => ({ blind: { ...blind, shown } }))).toEqual([]);
    expect(broken(({ blind }) => ({ blind: { ...blind, stages: [], shown } }))).toEqual([
      '/blind/shown shown-nowhere',
    ]);
    // Where scoring shows names nobody waits for copies, whatever the file says.
    expect(broken(({ blind }) => ({ blind: { ...blind, stages: ['screening'], shown } }))).toEqual([
      '/blind/shown/missing stop-not-blind',
    ]);
    expect(
      broken(({ blind, questions }) => ({
        blind: { ...blind, shown: { ...shown, documents: ['passport'] } },
        questions: questions.filter(({ code }) => code !== 'motivation'),
      })),
    ).toEqual(['/blind/shown/texts/0 unknown-code', '/blind/shown/documents/0 unknown-code']);
    const { references: _, ...unasked } = aRoundFile();
    const blind = { ...unasked.blind, shown: { ...shown, references: true as const } };
    const found = brokenRules({ ...unasked, blind }, 'KZ-19').map(({ path }) => path.join('/'));
    expect(found).toEqual(['blind/shown/references']);
    expect(broken(() => ({ blind }))).toEqual([]);
  });
});
