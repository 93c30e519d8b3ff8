import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { PanelId } from '#shared/domain/ids.ts';
import { type Slot, type SlotStation, slotAggregate } from '#shared/domain/slot.ts';
import { moveStation } from '#shared/domain/station-move.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { at } from '#test/builders/worlds.ts';

const [one, two] = [PanelId.parse('A'.repeat(20)), PanelId.parse('B'.repeat(20))];
const place = { key: 'place', digest: 'a'.repeat(64) } as unknown as SlotStation['place'];
const ten = at('2022-10-24T04:00');
const station = (code: string, from: number, minutes: number, panel: PanelId): SlotStation => ({
  code,
  startsAt: addSeconds(ten, from * 60),
  endsAt: addSeconds(ten, (from + minutes) * 60),
  place,
  panel,
});
const stations = [station('lesson', 0, 20, one), station('conversation', 20, 25, two)];
const slot = { id: 'slot', startsAt: ten, endsAt: addSeconds(ten, 2700), place, stations } as unknown as Slot;
const candidacy = { slotId: 'slot', scorecards: [], missedInterview: false } as unknown as Candidacy;
const now = at('2022-10-23T04:00');
const move = (minutes: number, code = 'conversation', seen = 20) => ({
  code,
  was: { startsAt: addSeconds(ten, seen * 60), panel: code === 'lesson' ? one : two },
  startsAt: addSeconds(ten, minutes * 60),
  panel: { id: code === 'lesson' ? one : two, place },
  way: () => 0,
});

describe('moving one station', () => {
  it('keeps its length, and the slot reaches from the earliest station to the latest', () => {
    const moved = moveStation({ slot, candidacy }, move(-30), now);

    if (!moved.ok || !moved.value) throw new Error('Not moved.');
    const event = { type: 'slot-station-moved' as const, at: now, station: moved.value.after };
    const after = slotAggregate.evolve(slot, event);
    expect(after.startsAt).toBe('2022-10-24T03:30:00.000Z');
    expect(after.endsAt).toBe('2022-10-24T04:20:00.000Z');
    expect(after.stations?.map(({ code }) => code)).toEqual(['lesson', 'conversation']);
    expect(after.movedAt).toBe(now);
    const given = { type: 'slot-freed' as const, at: now, applicationId: 'x' as never };
    expect(slotAggregate.evolve(after, given)).not.toHaveProperty('movedAt');
  });

  it('never puts the applicant into two rooms, whatever time is asked for', () => {
    assert(
      property(integer({ min: -120, max: 120 }), (minutes) => {
        const moved = moveStation({ slot, candidacy }, move(minutes), now);
        const apart = minutes >= 20 || minutes + 25 <= 0;
        expect(moved.ok).toBe(apart);
        if (!moved.ok) expect(moved.error).toMatchObject({ faults: [{ message: 'station.fault.meets' }] });
      }),
    );
  });

  it('is refused in words: in the past, once scored, another person first; the same again is nothing', () => {
    const past = moveStation({ slot, candidacy }, move(60), at('2022-10-24T06:00'));
    const scorecards = [{ station: 'conversation' }] as Candidacy['scorecards'];
    const scored = moveStation({ slot, candidacy: { ...candidacy, scorecards } }, move(60), now);
    const other = [{ station: 'lesson' }] as Candidacy['scorecards'];

    expect(past).toMatchObject({ error: { faults: [{ place: 'from', message: 'station.fault.past' }] } });
    expect(scored).toMatchObject({ error: { faults: [{ message: 'station.fault.scored' }] } });
    expect(moveStation({ slot, candidacy: { ...candidacy, scorecards: other } }, move(60), now).ok).toBe(
      true,
    );
    expect(moveStation({ slot, candidacy }, move(60, 'conversation', 25), now)).toEqual({
      ok: false,
      error: { kind: 'changed-meanwhile' },
    });
    expect(moveStation({ slot, candidacy }, move(20, 'conversation', 25), now)).toEqual({
      ok: true,
      value: undefined,
    });
    expect(moveStation({ slot, candidacy }, move(60, 'essay'), now)).toMatchObject({
      error: { kind: 'not-found' },
    });
    const missed = { ...candidacy, missedInterview: true };
    expect(moveStation({ slot, candidacy: missed }, move(60), now)).toMatchObject({
      error: { kind: 'not-in-stage' },
    });
  });
});
