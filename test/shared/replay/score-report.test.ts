import { describe, expect, it } from 'vitest';
import { writeDocument } from '#shared/domain/document.ts';
import { evolveAll } from '#shared/domain/event.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { ApplicationId, ApplicationNumber, PersonId, RoundId } from '#shared/domain/ids.ts';
import {
  type CorrectionEvent,
  Corrections,
  type Corrects,
  correctionsAggregate,
} from '#shared/replay/correction.ts';
import { answerTo } from '#shared/replay/score-report-decisions.ts';
import { at } from '#test/builders/worlds.ts';

const [rater, desk] = ['R', 'S'].map((id) => PersonId.parse(id.repeat(20))) as [PersonId, PersonId];
const roundId = RoundId.parse('01'.repeat(10));
const application = ApplicationNumber.parse('KZ19-0000-0001');
const other = ApplicationNumber.parse('KZ19-0000-0002');
const { ref: reason } = writeDocument(
  { owner: 'round#x', kind: 'reason', version: 1 },
  { reason: 'x' },
  'salt',
);

const reported: CorrectionEvent = {
  type: 'score-reported',
  at: at('2022-10-20T10:00'),
  by: rater,
  roundId,
  applicationId: ApplicationId.parse('AB'.repeat(10)),
  application,
  reason,
};

const applied = (corrects: Corrects, hour = '11'): CorrectionEvent[] => [
  { type: 'correction-asked', at: at('2022-10-20T09:00'), by: desk, roundId, corrects, reason },
  {
    type: 'correction-applied',
    at: at(`2022-10-20T${hour}:00`),
    by: rater,
    correction: 1,
    list: sha256Of('list'),
    affected: sha256Of('affected'),
    recipients: 0,
  },
];

const stateAfter = (events: readonly CorrectionEvent[]): Corrections => {
  const state = evolveAll(correctionsAggregate, undefined, events);
  if (!state) throw new Error('Nothing happened.');
  return state;
};

const answered = (corrects: Corrects, hour?: string): string => {
  const state = stateAfter([reported, ...applied(corrects, hour)]);
  const [report] = state.reports ?? [];
  return report ? answerTo(report, state, 'R3').kind : 'no report';
};

describe('what answers a report of a stored score', () => {
  it.for<[string, Corrects]>([
    ['the file of its rater', { kind: 'rows-shifted', part: 'scoring', rater: 'R3', rows: 1 }],
    ['its rater left out', { kind: 'rater-left-out', part: 'scoring', rater: 'R3' }],
    [
      'a criterion of its application',
      { kind: 'criterion', part: 'scoring', number: application, criterion: 'essay', points: 1 },
    ],
    ['totals of its application', { kind: 'totals', number: application, corrected: { scoring: 50 } }],
  ])('is %s', ([_name, corrects]) => {
    expect(answered(corrects)).toBe('corrected');
    // Applied before the rater looked, it did not put right what the rater then found.
    expect(answered(corrects, '09')).toBe('open');
  });

  it.for<[string, Corrects]>([
    ['the file of another rater', { kind: 'rows-shifted', part: 'scoring', rater: 'R4', rows: 1 }],
    ['what its rater gave in interviews', { kind: 'rater-left-out', part: 'interview', rater: 'R3' }],
    [
      'a criterion of another application',
      { kind: 'criterion', part: 'scoring', number: other, criterion: 'essay', points: 1 },
    ],
    ['an interview’s total', { kind: 'totals', number: application, corrected: { interview: 50 } }],
    ['a file of marks', { kind: 'marks-file', import: 1 }],
  ])('is not %s', ([_name, corrects]) => {
    expect(answered(corrects)).toBe('open');
  });
});

describe('the record of corrections', () => {
  it('that was stored before raters reported reads as it did, and takes a report', () => {
    const before = stateAfter(applied({ kind: 'rater-left-out', part: 'scoring', rater: 'R3' }));
    const stored = Corrections.parse(JSON.parse(JSON.stringify(before)));

    expect(stored).toEqual(before);
    expect(stored).not.toHaveProperty('reports');
    const after = evolveAll(correctionsAggregate, stored, [reported]);
    expect(after?.corrections).toEqual(stored.corrections);
    expect(after?.reports).toHaveLength(1);
  });

  it('begins with a report, and numbers corrections from one all the same', () => {
    const { corrections, list } = stateAfter([
      reported,
      ...applied({ kind: 'rater-left-out', part: 'scoring', rater: 'R3' }),
    ]);

    expect(corrections.map(({ number, status }) => [number, status])).toEqual([[1, 'applied']]);
    expect(list).toBe(sha256Of('list'));
  });
});
