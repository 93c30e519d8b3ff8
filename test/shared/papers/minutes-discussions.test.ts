import { describe, expect, it } from 'vitest';
import type { Discussion } from '#shared/domain/discussion.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { gatheredDiscussions } from '#shared/papers/gathered-discussions.ts';
import { minutesPaper } from '#shared/papers/minutes-paper.ts';
import { withPaperTexts } from '#shared/papers/words.ts';
import { aCandidacy, rater } from '#test/builders/candidacy.ts';
import {
  committee,
  end,
  facts,
  gate,
  id,
  item,
  meeting,
  person,
  roundId,
  said,
  span,
  told,
  why,
} from '#test/builders/discussed-minutes.ts';
import { someMinutes } from '#test/builders/minutes.ts';
import { at } from '#test/builders/worlds.ts';

const given = (minute: string, letter: string) => ({
  raterId: rater(letter),
  points: {},
  total: 70,
  at: at(`2022-10-12T${minute}`),
});

describe('what the minutes know of a discussion', () => {
  it('is how long each application took in all, and everybody who was out for any part of it', () => {
    expect(told(meeting)).toEqual([
      {
        openedAt: meeting.openedAt,
        closedAt: meeting.closedAt,
        items: [
          { number: item(1).number, seconds: 360, away: [person(2), person(0)] },
          { number: item(0).number, seconds: 60, away: [] },
        ],
      },
    ]);
  });

  it('is who came later, and what was begun before', () => {
    const late = [{ personId: person(1), at: at('2022-10-12T04:05') }];
    const early = [{ personId: person(2), at: at('2022-10-12T04:00') }];

    expect(told({ ...meeting, absent: [], late })?.[0]?.late).toEqual([
      { ...late[0], missed: [item(1).number] },
    ]);
    expect(told({ ...meeting, late: early })?.[0]?.late).toEqual([{ ...early[0], missed: [] }]);
  });

  it('is who left, what was discussed without them, when they came back, and what was noted by mistake', () => {
    const left = [
      { personId: person(1), from: meeting.openedAt, at: at('2022-10-12T04:05') },
      { personId: person(2), from: meeting.openedAt, at: at('2022-10-12T04:07') },
    ];
    const late = [{ personId: person(1), at: at('2022-10-12T04:06') }];
    const undone = [
      { personId: person(0), what: 'arrival', noted: at('2022-10-12T04:02'), at: at('2022-10-12T04:03') },
    ] as const;
    const [one] = told({ ...meeting, absent: [person(2)], late, left, undone: [...undone] }) ?? [];

    expect(one?.late).toBeUndefined();
    expect(one?.left).toEqual([
      { personId: person(1), at: left[0]?.at, back: late[0]?.at, missed: [item(0).number] },
      { personId: person(2), at: left[1]?.at, back: undefined, missed: [item(1).number] },
    ]);
    expect(one?.undone).toEqual(undone);
  });

  it('ends with the decision where nobody closed it, and then says who came', () => {
    const { closedAt: _never, ...open } = { ...meeting, spans: [span(0, '04:55', undefined)] };

    expect(told(open)).toEqual([
      {
        openedAt: meeting.openedAt,
        closedAt: end,
        present: [person(0), person(2)],
        items: [{ number: item(0).number, seconds: 300, away: [] }],
      },
    ]);
  });

  it('is what the chair had discussed before all cards were in, as far as it was, and why', () => {
    const openedEarly = { by: person(0), at: at('2022-10-12T04:00') };
    const awaited = [0, 2].map((place) => ({
      applicationId: item(place).applicationId,
      count: 2,
      people: [],
    }));
    const one = told({ ...meeting, despite: [{ ...openedEarly, reason: why, awaited }] });

    const awaitedThen = [{ number: item(0).number, count: 2 }];
    expect(one?.[0]?.despite).toEqual([{ ...openedEarly, awaited: awaitedThen, reason: 'Сарапшы науқас.' }]);
    const erased = { ...why, digest: sha256Of('erased') };
    expect(
      told({ ...meeting, despite: [{ ...openedEarly, reason: erased, awaited }] })?.[0]?.despite,
    ).toEqual([{ ...openedEarly, awaited: awaitedThen }]);
  });

  it('is how many scores came after it began, of what this meeting was the first to discuss', () => {
    const { applicationId, number } = item(1);
    const candidacy = {
      ...aCandidacy({ raters: [rater('A'), rater('B')] }),
      applicationId,
      number,
      scores: [given('04:01', 'A'), given('04:02', 'B')],
    };

    expect(told(meeting, 'scoring', [candidacy])?.[0]?.after).toEqual([{ number, count: 1 }]);
    expect(told(meeting, 'screening', [candidacy])?.[0]?.after).toBeUndefined();
  });

  it('is nothing where nothing was taken up, or there was none', () => {
    expect(told({ ...meeting, spans: [] })).toBeUndefined();
    expect(gatheredDiscussions(gate, { candidacies: [], said }, { committee, end, facts })).toEqual({});
  });
});

describe('seats that changed meanwhile', () => {
  const called = { personId: person(7), insteadOf: person(1), from: at('2022-10-12T04:02') };
  const seat = { personId: person(7), seat: 'substitute' as const, appointedAt: at('2022-10-01T04:00') };
  const chair = { personId: person(3), seat: 'chair' as const, appointedAt: at('2022-10-12T04:07') };
  const gone = { leftAt: at('2022-10-12T04:06') };
  const seats = committee.seats.map((one, place) => (place === 0 ? { ...one, ...gone } : one));
  const [one] =
    gatheredDiscussions(
      gate,
      { discussions: [{ gate: id, roundId, meetings: [{ ...meeting, absent: [] }] }], candidacies: [], said },
      {
        committee,
        end,
        facts: { seats: [...seats, seat, chair], calls: [{ ...called, until: at('2022-10-12T04:07') }] },
      },
    ).discussions ?? [];

  it('say who was there from when to when, and why', () => {
    const inFor = { kind: 'called-in', other: person(1) };
    expect(one?.late).toMatchObject([
      { personId: person(7), at: called.from, why: inFor, missed: [item(1).number] },
      { personId: person(3), why: { kind: 'appointed', seat: 'chair' } },
    ]);
    const back = { back: at('2022-10-12T04:07'), backWhy: { kind: 'returned', other: person(7) } };
    expect(one?.left).toMatchObject([
      { personId: person(1), at: called.from, why: { kind: 'replaced', other: person(7) }, ...back },
      { personId: person(0), at: gone.leftAt, why: { kind: 'left-committee', seat: 'chair' } },
      { personId: person(7), at: back.back, why: { kind: 'sent-back', other: person(1) } },
    ]);
    expect(one?.chairs).toEqual([
      { personId: person(0), from: meeting.openedAt, until: gone.leftAt },
      { personId: person(3), from: chair.appointedAt, until: undefined },
    ]);
    // Who lost their place before it was over was out of nothing then.
    expect(one?.items[0]?.away).toEqual([person(2), person(0)]);
  });

  it.for(locales)('stand in the minutes in %s', (locale) => {
    const t = withPaperTexts(translator(locale));
    const { gates } = someMinutes();
    const [first] = gates;
    if (!first || !one) throw new Error('There is a gate.');
    const minutes = someMinutes({ gates: gates.with(0, { ...first, discussions: [one] }) });
    const blocks = minutesPaper(minutes, t).sections.flatMap((section) => section.blocks);
    const texts = blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : []));
    const time = t.moment(called.from, minutes.zone);
    const inFor = t('discussion.turn.called-in', { name: 'Бекзат Ыбырайұлы Төлеген' });
    const told7 = { name: 'Күләш Ерболқызы Нұрпейіс', at: `${time}, ${inFor}` };
    const missed = t('papers.discussion.seat.missed', { numbers: item(1).number });

    expect(texts).toContain(`${t('papers.discussion.seat.began', told7)} ${missed}`);
    const left = t('discussion.turn.left-committee', { seat: t('committee.seat.chair') });
    expect(texts).toContainEqual(expect.stringContaining(left));
    expect(texts).toContainEqual(expect.stringContaining('Әлия Құрманғалиқызы Сәрсенбай ('));
  });
});

/** Opened before all cards were in. One came in the middle, one as soon as it was opened. */
const withLate: Discussion = {
  ...meeting,
  absent: [],
  despite: [
    {
      by: person(0),
      at: at('2022-10-12T04:02'),
      reason: why,
      awaited: [{ applicationId: item(1).applicationId, count: 3, people: [] }],
    },
  ],
  late: [
    { personId: person(2), at: at('2022-10-12T04:00') },
    { personId: person(1), at: at('2022-10-12T04:05') },
    { personId: person(1), at: at('2022-10-12T04:07') },
  ],
  left: [{ personId: person(1), from: at('2022-10-12T04:05'), at: at('2022-10-12T04:06') }],
  undone: [
    { personId: person(1), what: 'departure', noted: at('2022-10-12T04:05'), at: at('2022-10-12T04:06') },
  ],
};

describe('the paper', () => {
  it.for(locales)('says it in %s', (locale) => {
    const t = withPaperTexts(translator(locale));
    const { gates } = someMinutes();
    const [, scoring] = gates;
    if (!scoring) throw new Error('There is a gate of scoring.');
    const with1 = someMinutes({
      gates: gates.with(1, {
        ...scoring,
        discussions: [{ ...(told(withLate)?.[0] ?? Object.assign({})), present: [person(1)] }],
      }),
    });
    const blocks = minutesPaper(with1, t).sections.flatMap((section) => section.blocks);
    const tables = blocks.flatMap((block) => (block.kind === 'table' ? [block] : []));
    const table = tables.find(({ columns }) =>
      columns.some(({ title }) => title === t('papers.discussion.away')),
    );

    expect(table?.rows).toEqual([
      [item(1).number, '6', 'Гүлнәр Өтегенқызы Жұмабай, Әлия Құрманғалиқызы Сәрсенбай'],
      [item(0).number, '1', t('papers.none')],
    ]);
    const texts = blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : []));
    expect(texts).toContainEqual(expect.stringContaining('Бекзат Ыбырайұлы Төлеген'));
    const moment = (minute: string) => t.moment(at(`2022-10-12T${minute}`), with1.zone);
    const name = 'Бекзат Ыбырайұлы Төлеген';
    expect(texts).toContain(
      [
        t('papers.discussion.left', { name, at: moment('04:06') }),
        t('papers.discussion.back', { at: moment('04:07') }),
        t('papers.discussion.left.missed', { numbers: item(1).number }),
      ].join(' '),
    );
    expect(texts).toContain(
      t('papers.discussion.undone.departure', { name, noted: moment('04:05'), at: moment('04:06') }),
    );
    const before = minutesPaper(someMinutes(), t).sections.flatMap((section) => section.blocks);
    expect(blocks.length - before.length).toBe(8);
    const early = {
      name: 'Әлия Құрманғалиқызы Сәрсенбай',
      at: moment('04:02'),
      numbers: `${item(1).number} (3)`,
    };
    expect(texts).toContain(
      `${t('papers.discussion.despite', early)} ${t('papers.gates.reason', { reason: 'Сарапшы науқас.' })}`,
    );
    const came = { name: 'Бекзат Ыбырайұлы Төлеген', at: t.moment(at('2022-10-12T04:05'), with1.zone) };
    expect(texts).toContain(t('papers.discussion.late.missed', { ...came, numbers: item(1).number }));
    expect(texts).toContainEqual(expect.stringContaining(`${t.moment(at('2022-10-12T04:00'), with1.zone)}.`));
  });
});
