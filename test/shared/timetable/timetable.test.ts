import { describe, expect, it } from 'vitest';
import type { Candidate, FreeTime, Instance, Sitting } from '#shared/timetable/instance.ts';
import { timetable } from '#shared/timetable/timetable.ts';

const candidate = (id: string, of: Partial<Candidate> = {}): Candidate => ({
  id,
  needs: { access: [] },
  part: undefined,
  days: [],
  conflicts: [],
  insiders: [],
  outsiders: 0,
  members: [2],
  ...of,
});

const panel = (id: string, of: Partial<Sitting> = {}): Sitting => ({
  id,
  crew: id,
  languages: ['kk', 'ru'],
  provides: ['step-free'],
  longer: 0,
  members: [[`${id}1`, `${id}2`]],
  booked: 0,
  ...of,
});

/** Times of a panel, in the morning of 24 October one after another. */
const times = (id: string, count: number, of: Partial<FreeTime> = {}): FreeTime[] =>
  Array.from({ length: count }, (_, place) => ({
    id: `${id}-${of.day ?? '24'}-${of.part ?? 'morning'}-${place}`,
    panel: id,
    day: '2022-10-24',
    part: 'morning',
    startsAt: `${of.day ?? '2022-10-24'}T${of.part === 'afternoon' ? '1' : '0'}${place}:00`,
    place,
    ...of,
  }));

const solved = (of: Partial<Instance>) => {
  const found = timetable({ seed: 'a', candidates: [], panels: [], times: [], ...of });
  if (!found.ok) throw new Error(JSON.stringify(found.error));
  return found.value;
};

const stuck = (of: Partial<Instance>) => {
  const found = timetable({ seed: 'a', candidates: [], panels: [], times: [], ...of });
  if (found.ok) throw new Error('There is a timetable.');
  return found.error;
};

describe('a timetable', () => {
  it('gives a panel that speaks the language, without steps and with enough members free of conflict', () => {
    const panels = [
      panel('R', { languages: ['ru'] }),
      panel('S', { provides: [] }),
      panel('C', { members: [['C1', 'C2']] }),
      panel('F'),
    ];
    const picky = candidate('a', {
      needs: { language: 'kk', access: ['step-free'] },
      conflicts: ['C2'],
    });

    const { appointments } = solved({
      candidates: [picky],
      panels,
      times: panels.flatMap(({ id }) => times(id, 2)),
    });

    expect(appointments).toEqual([{ candidate: 'a', time: 'F-24-morning-0' }]);
  });

  it('counts those who work at no wanted school at all stations together, and each once', () => {
    const picky = { members: [1, 1], insiders: ['A1'], outsiders: 2 };
    const panels = [
      panel('A', { members: [['A1'], ['A2']] }),
      panel('B', { members: [['B1'], ['B1']] }),
      panel('C', { members: [['C1'], ['A1', 'C2']] }),
    ];

    expect(
      solved({
        candidates: [candidate('a', picky)],
        panels,
        times: panels.flatMap(({ id }) => times(id, 1)),
      }).appointments,
    ).toEqual([{ candidate: 'a', time: 'C-24-morning-0' }]);
    const { bottlenecks } = stuck({
      candidates: [candidate('a', picky)],
      panels: panels.slice(0, 2),
      times: [...times('A', 1), ...times('B', 1)],
    });
    expect(bottlenecks).toMatchObject([{ kept: ['outsiders'], without: [['outsiders']] }]);
  });

  it('leaves as few wishes open as can be, and says how many', () => {
    const { appointments, wishes } = solved({
      candidates: [
        candidate('a', { part: 'afternoon', days: ['2022-10-25'] }),
        candidate('b', { part: 'afternoon' }),
      ],
      panels: [panel('P')],
      times: [
        ...times('P', 1),
        ...times('P', 1, { part: 'afternoon', place: 1 }),
        ...times('P', 1, { day: '2022-10-25' }),
      ],
    });

    expect(wishes).toEqual({ asked: 3, open: 1 });
    expect(appointments).toEqual([
      { candidate: 'a', time: 'P-2022-10-25-morning-0' },
      { candidate: 'b', time: 'P-24-afternoon-0' },
    ]);
  });

  it('gives panels even loads, counting what they have already, and takes the early times of a day', () => {
    const { appointments } = solved({
      candidates: ['a', 'b', 'c'].map((id) => candidate(id)),
      panels: [panel('P', { booked: 2 }), panel('Q')],
      times: [...times('P', 3), ...times('Q', 3)],
    });

    expect(appointments.map(({ time }) => time).toSorted()).toEqual([
      'P-24-morning-0',
      'Q-24-morning-0',
      'Q-24-morning-1',
    ]);
  });

  it('is the same whatever order everything came in, and another lot with another seed', () => {
    const candidates = Array.from({ length: 8 }, (_, index) => candidate(`a${index}`));
    const of = { candidates, panels: [panel('P'), panel('Q')], times: [...times('P', 5), ...times('Q', 5)] };
    const turned = {
      candidates: of.candidates.toReversed(),
      panels: of.panels.toReversed(),
      times: of.times.toReversed(),
    };

    expect(JSON.stringify(solved(turned))).toBe(JSON.stringify(solved(of)));
    expect(solved({ ...of, seed: 'b' })).not.toEqual(solved(of));
  });
});

describe('where there is no timetable', () => {
  it('it names who cannot have a time, by whom they may be heard, and the rule that binds', () => {
    const kazakh = ['a', 'b'].map((id) => candidate(id, { needs: { language: 'kk', access: [] } }));

    const found = stuck({
      candidates: [...kazakh, candidate('c')],
      panels: [panel('K', { languages: ['kk'] }), panel('R', { languages: ['ru'] })],
      times: [...times('K', 1), ...times('R', 4)],
    });

    expect(found).toEqual({
      placed: 2,
      missing: 1,
      bottlenecks: [
        {
          candidates: ['a', 'b'],
          panels: ['K'],
          times: 1,
          kept: ['language'],
          without: [['language']],
        },
      ],
    });
  });

  it('it says that only more times help where no rule stands in the way', () => {
    const found = stuck({
      candidates: ['a', 'b', 'c'].map((id) => candidate(id)),
      panels: [panel('P')],
      times: times('P', 2),
    });

    expect(found.bottlenecks).toEqual([
      { candidates: ['a', 'b', 'c'], panels: ['P'], times: 2, kept: [], without: [] },
    ]);
  });

  it('it names each least set of rules that help together, and keeps what is apart apart', () => {
    const both = candidate('a', { needs: { language: 'kk', access: ['step-free'] } });
    const conflicted = candidate('b', { conflicts: ['P1', 'Q1'] });

    const { bottlenecks } = stuck({
      candidates: [both, conflicted],
      panels: [
        panel('P', { languages: ['ru'], provides: [] }),
        panel('Q', { languages: ['ru'], provides: [] }),
      ],
      times: [...times('P', 1), ...times('Q', 1)],
    });

    expect(bottlenecks).toEqual([
      {
        candidates: ['a'],
        panels: [],
        times: 0,
        kept: ['language', 'step-free'],
        without: [['language', 'step-free']],
      },
      { candidates: ['b'], panels: [], times: 0, kept: ['conflicts'], without: [['conflicts']] },
    ]);
  });
});
