import { describe, expect, it } from 'vitest';
import { AccessNeed, byHand, lengthened, toldToHolders, unkept } from '#shared/domain/access-need.ts';
import { accessOf, InterviewWishes } from '#shared/domain/interview-wishes.ts';
import { Panel } from '#shared/domain/panel.ts';
import { providedAt, providedIn } from '#shared/domain/provided.ts';
import { Slot } from '#shared/domain/slot.ts';
import { Instant } from '#shared/domain/time.ts';

const at = (time: string): Instant => Instant.parse(`2022-10-24T${time}:00.000Z`);
const station = { minutes: 30 };
const part = { startsAt: at('04:00'), endsAt: at('04:30') };
const room = { stepFree: false, provides: ['hearing-loop' as const] };

describe('what somebody needs', () => {
  it('is kept by a time that provides all of it, is long enough, or by a person', () => {
    const needs = ['step-free', 'sign-kk', 'more-time-25', 'large-print', 'other'] as const;

    expect(unkept(needs, { provides: [], longer: 0 })).toEqual(['step-free', 'sign-kk', 'more-time']);
    expect(unkept(needs, { provides: ['sign-kk', 'sign-ru'], longer: 24 })).toEqual([
      'step-free',
      'more-time',
    ]);
    expect(unkept(needs, { provides: ['step-free', 'sign-kk'], longer: 25 })).toEqual([]);
    expect(unkept(['more-time-50'], { provides: [], longer: 49 })).toEqual(['more-time']);
    expect(unkept([], { provides: [], longer: -50 })).toEqual([]);
    expect(byHand(needs)).toEqual(['large-print', 'other']);
  });

  it('is told to those who hold the interview only where they must know of it', () => {
    expect(toldToHolders(AccessNeed.options)).not.toEqual(
      expect.arrayContaining(['step-free', 'quiet-room', 'other']),
    );
    expect(toldToHolders(['step-free', 'quiet-room', 'other', 'sign-ru', 'more-time-50'])).toEqual([
      'sign-ru',
      'more-time-50',
    ]);
  });

  it('is read from what older records say of steps alone', () => {
    const older = InterviewWishes.parse({ stepFree: true, days: ['2022-10-24'] });

    expect(accessOf(older)).toEqual(['step-free']);
    expect(accessOf({ stepFree: false, needs: ['remote'], other: 'A lamp' })).toEqual(['remote', 'other']);
    expect(InterviewWishes.safeParse({ stepFree: true, needs: ['step-free'], days: [] }).success).toBe(false);
  });
});

describe('what a time provides', () => {
  it('is what its panel has, and what was said of the time', () => {
    expect(providedAt({}, { station, part, panel: room })).toEqual({ provides: ['hearing-loop'], longer: 0 });
    expect(providedAt({ provides: ['sign-kk'] }, { station, part, panel: room }).provides).toEqual([
      'hearing-loop',
      'sign-kk',
    ]);
  });

  it('before the whole committee has no steps in the way, unless that was said of it', () => {
    const held = { station, part, panel: undefined };

    expect(providedAt({}, held).provides).toEqual(['step-free']);
    expect(providedAt({ provides: ['sign-ru'] }, held).provides).toEqual(['step-free', 'sign-ru']);
    expect(providedAt({ provides: ['sign-ru'], stepFree: false }, held).provides).toEqual(['sign-ru']);
  });

  it('is as much longer as it is than the round file says, and by no part more', () => {
    const longer = { startsAt: at('04:00'), endsAt: at('04:38') };

    expect(providedAt({}, { station, part: longer, panel: room }).longer).toBe(26);
    expect(
      providedIn({ provides: ['remote'] }, [
        { station, part: longer, panel: { stepFree: true } },
        { station, part, panel: room },
      ]),
    ).toEqual({ provides: ['remote'], longer: 0 });
    expect([lengthened(45, 25), lengthened(45, 50), lengthened(45, undefined)]).toEqual([57, 68, 45]);
  });

  it('is nothing more in panels and times that were stored before anybody could say so', () => {
    const place = { owner: 'round#x', kind: 'place', version: 1, digest: 'a'.repeat(64) };
    const id = '0'.repeat(20);
    const slot = Slot.parse({ id, roundId: id, ...part, place });
    const panel = Panel.parse({
      id,
      number: 1,
      members: [],
      languages: ['kk'],
      stepFree: true,
      place,
      sittings: [],
    });

    expect(providedAt(slot, { station, part, panel })).toEqual({ provides: ['step-free'], longer: 0 });
  });
});
