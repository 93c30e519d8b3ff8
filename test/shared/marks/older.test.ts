import { describe, expect, it } from 'vitest';
import { MarksEvent, marksAggregate } from '#shared/domain/marks.ts';
import { roundId } from './marks-scene.ts';

const by = 'P0000000000000000001';
const sha256 = 'a'.repeat(64);

/** Events as they were stored before the order of rows, check columns and typed marks were kept. */
const stored = [
  {
    type: 'marks-proposed',
    at: '2026-09-01T05:00:00.000Z',
    by,
    roundId,
    sha256,
    file: 'b'.repeat(64),
    criteria: ['test'],
    count: 3,
    sum: 180,
    suspicions: 0,
  },
  { type: 'marks-confirmed', at: '2026-09-01T06:00:00.000Z', by: 'P0000000000000000002', import: 1 },
];

describe('a file of marks that came before more was kept of it', () => {
  it('comes to the same record as ever, with nothing added', () => {
    const events = stored.map((event) => MarksEvent.parse(event));
    const state = events.reduce<ReturnType<typeof marksAggregate.evolve> | undefined>(
      (marks, event) => marksAggregate.evolve(marks, event),
      undefined,
    );
    const { type: _type, roundId: _round, ...brought } = stored[0] ?? {};

    expect(events).toEqual(stored);
    expect(state).toEqual({
      roundId,
      imports: [
        {
          ...brought,
          number: 1,
          status: 'confirmed',
          confirmed: { by: 'P0000000000000000002', at: '2026-09-01T06:00:00.000Z' },
        },
      ],
    });
    expect(marksAggregate.snapshot.parse(state)).toEqual(state);
  });
});
