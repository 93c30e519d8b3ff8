import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evolveAll } from '#shared/domain/event.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { PanelId, PersonId, RoundId } from '#shared/domain/ids.ts';
import { type Panel, type Panels, panelsAggregate } from '#shared/domain/panel.ts';
import { panelIn } from '#shared/domain/panel-decisions.ts';
import type { Rooms } from '#shared/domain/panel-rooms.ts';
import { gathered, risen, seat } from '#shared/domain/seating.ts';
import { counted, type Sitting } from '#shared/domain/sittings.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { at } from '#test/builders/worlds.ts';

const roundId = RoundId.parse('R0VND'.padEnd(20, '0'));
const now = at('2022-10-20T03:00');
const start = at('2022-10-24T04:00');
const zone = 'Asia/Almaty';

/** The first two share a member, the second and third a room that was typed in two ways, the last two nothing with anybody. */
const composed = [
  { members: ['A', 'B'], room: 'Кабинет 1' },
  { members: ['B', 'C'], room: 'Кабинет 2' },
  { members: ['D'], room: ' кабинет  2' },
  { members: ['E'], room: 'Кабинет 3' },
  { members: ['F'], room: '' },
  { members: ['G'], room: '' },
];
const text = (index: number) => sha256Of(`place ${index}`);
const panels = composed.map(
  ({ members }, index): Panel => ({
    id: PanelId.parse(`P${index}`.padEnd(20, '0')),
    number: index + 1,
    members: members.map((id) => PersonId.parse(id.padEnd(20, '0'))),
    languages: ['kk'],
    stepFree: true,
    place: { owner: `round#${index}`, kind: 'place', version: 1, digest: text(index) },
    sittings: [],
  }),
);
const rooms: Rooms = new Map(composed.map(({ room }, index) => [text(index), room]));
const hall = { owner: 'round#hall', kind: 'place' as const, version: 1, digest: text(99) };
const everybody = [...new Set(composed.flatMap(({ members }) => members))];

const time = (from: number, minutes: number): Sitting => ({
  from: addSeconds(start, from * 60),
  until: addSeconds(start, (from + minutes) * 60),
});
const plan = (state: Panels, who: number | undefined, sittings: readonly Sitting[]) =>
  seat(
    state,
    [{ panel: who === undefined ? undefined : panelIn(state, panels[who]?.id), place: hall, sittings }],
    { committee: { seats: [] }, rooms, now, zone, travel: undefined, elsewhere: [] },
  );

/** Who and what somebody takes. */
const takes = (who: number | undefined): string[] => {
  const one = who === undefined ? { members: everybody, room: '' } : composed[who];
  const room = one?.room.trim().toLowerCase().replace('  ', ' ');
  return [...(one?.members ?? []), ...(room ? [room] : [])];
};

type Planned = { who: number | undefined; from: number; minutes: number };

const step = fc.record({
  who: fc.option(fc.nat(composed.length - 1), { nil: undefined }),
  from: fc.nat(12).map((tens) => tens * 10),
  minutes: fc.constantFrom(10, 20, 30),
  leaves: fc.nat(3).map((one) => one === 0),
});

describe('people and rooms', () => {
  it('are planned just where each is free, and free again once a time leaves the plan', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let state: Panels = { roundId, panels };
        let live: Planned[] = [];
        for (const { leaves, ...wanted } of steps) {
          const [first] = live;
          if (leaves && first) {
            const panel = first.who === undefined ? undefined : panels[first.who]?.id;
            const { from: startsAt, until: endsAt } = time(first.from, first.minutes);
            state =
              evolveAll(panelsAggregate, state, risen([{ panel, place: hall, startsAt, endsAt }], now)) ??
              state;
            live = live.slice(1);
            continue;
          }
          const meets = live.filter(
            ({ from, minutes, who }) =>
              from < wanted.from + wanted.minutes &&
              wanted.from < from + minutes &&
              (who === wanted.who || takes(who).some((one) => takes(wanted.who).includes(one))),
          );
          const decision = plan(state, wanted.who, [time(wanted.from, wanted.minutes)]);
          expect(decision.ok).toBe(meets.length === 0);
          if (!decision.ok) continue;
          state = evolveAll(panelsAggregate, state, decision.value) ?? state;
          live.push(wanted);
        }
      }),
      { numRuns: 300 },
    );
  });

  it.for([
    ['the committee, which sits', undefined, undefined, 'interview.fault.planned', {}],
    ['the committee while a panel sits', 3, undefined, 'interview.fault.panel', { number: 4 }],
    ['a panel while the committee sits', undefined, 3, 'panel.fault.committee', {}],
    ['a panel that sits', 3, 3, 'panel.fault.sits', { number: 4 }],
    ['a panel with a member of another', 0, 1, 'panel.fault.elsewhere', { number: 1 }],
    ['a panel in the room of another', 2, 1, 'panel.fault.room', { number: 3, room: 'Кабинет 2' }],
  ] as const)('that are taken are named, with their time: %s', ([, sits, wanted, message, facts]) => {
    const taken = plan({ roundId, panels }, sits, [time(0, 60)]);
    const state = taken.ok && evolveAll(panelsAggregate, { roundId, panels }, taken.value);
    const before = { from: start, until: addSeconds(start, 3600), zone };

    expect(state && plan(state, wanted, [time(50, 30)])).toEqual({
      ok: false,
      error: { kind: 'invalid', faults: [{ place: 'from', message, facts: { ...facts, ...before } }] },
    });
    expect(state && plan(state, wanted, [time(60, 30)])).toMatchObject({ ok: true });
  });
});

const minutesOf = (sittings: readonly (Sitting & { times?: number | undefined })[]): number[] =>
  Array.from({ length: 30 }, (_, minute) => {
    const { from, until } = time(minute, 1);
    const there = sittings.filter((one) => one.from <= from && until <= one.until);
    return there.reduce((sum, { times = 1 }) => sum + times, 0);
  });

describe('the times of the whole committee', () => {
  const anyTimes = fc.array(fc.tuple(fc.nat(20), fc.integer({ min: 1, max: 5 })), { maxLength: 12 });
  it('are told minute by minute, where several were planned at once before too', () => {
    fc.assert(
      fc.property(anyTimes, fc.nat(12), (drawn, gone) => {
        const all = drawn.map(([from, minutes]) => time(from, minutes));
        const told = counted(all);

        expect(minutesOf(told)).toEqual(minutesOf(all));
        expect(minutesOf(counted(told, all.slice(0, gone)))).toEqual(minutesOf(all.slice(gone)));
        expect(counted(told, all)).toEqual([]);
        expect(counted(told)).toEqual(told);
      }),
    );
  });

  it('of before stay taken until the last interview of that time has left the plan', () => {
    const slot = { panel: undefined, place: hall, startsAt: start, endsAt: addSeconds(start, 1800) };
    const legacy = evolveAll(panelsAggregate, undefined, [
      gathered({ roundId, panels: [] }, [slot, slot], now),
    ]);
    const once = evolveAll(panelsAggregate, legacy, risen([slot], now));
    const twice = evolveAll(panelsAggregate, once, risen([slot], now));

    expect(legacy?.committee).toEqual([{ ...time(0, 30), times: 2 }]);
    expect([legacy, once, twice].map((one) => one && plan(one, undefined, [time(10, 30)]).ok)).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('outlive a panel that is composed after them', () => {
    const sits = evolveAll(panelsAggregate, undefined, [
      { type: 'committee-sits', at: now, roundId, sittings: [time(0, 30)] },
    ]);
    const { sittings: _none, id, ...panel } = panels[0] ?? { sittings: [], id: undefined };
    if (!id || !('members' in panel)) throw new Error('There is no panel.');
    const after = evolveAll(panelsAggregate, sits, [
      { type: 'panel-composed', at: now, roundId, panel: id, ...panel },
    ]);

    expect(after).toMatchObject({ committee: [time(0, 30)], panels: [{ id }] });
  });
});
