import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evolveAll } from '#shared/domain/event.ts';
import { ApplicationId, type OfferId, RoundId } from '#shared/domain/ids.ts';
import {
  freeSeat,
  holdSeat,
  type Seats,
  type SeatsEvent,
  seatsAggregate,
  takeSeat,
} from '#shared/domain/seats.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Result } from '#shared/result.ts';
import { madeAt, offerId, vacancyCode } from '#test/builders/offered.ts';

const roundId = RoundId.parse('R0VND000000000000000');
const applicationId = ApplicationId.parse('APP11CAT100000000000');
const place = (capacity: number) => ({ roundId, vacancy: vacancyCode('MAT-001'), capacity });
const hold = (seats: Seats | undefined, offer: OfferId, capacity = 1) =>
  holdSeat(seats, place(capacity), { offer, applicationId }, madeAt);

const after = (
  seats: Seats | undefined,
  decision: Result<SeatsEvent[], Refusal> | SeatsEvent[],
): Seats | undefined => {
  if (!Array.isArray(decision) && !decision.ok) return seats;
  return evolveAll(seatsAggregate, seats, Array.isArray(decision) ? decision : decision.value);
};

describe('the seats of a vacancy', () => {
  it('are held by an offer and taken by its acceptance', () => {
    const held = after(undefined, hold(undefined, offerId('A')));
    if (!held) throw new Error('Nothing was held.');

    expect(held.taken).toEqual([{ offer: offerId('A'), applicationId, status: 'held' }]);
    expect(after(held, takeSeat(held, offerId('A'), madeAt))?.taken[0]?.status).toBe('accepted');
  });

  it('refuse another offer while the last one is held or taken', () => {
    const held = after(undefined, hold(undefined, offerId('A')));
    if (!held) throw new Error('Nothing was held.');
    const taken = after(held, takeSeat(held, offerId('A'), madeAt));

    expect(hold(held, offerId('B'))).toEqual({ ok: false, error: { kind: 'changed-meanwhile' } });
    expect(hold(taken, offerId('B'))).toEqual({ ok: false, error: { kind: 'changed-meanwhile' } });
  });

  it('are not taken by an offer that holds none: two acceptances never share the last seat', () => {
    const held = after(undefined, hold(undefined, offerId('A')));
    if (!held) throw new Error('Nothing was held.');

    expect(takeSeat(held, offerId('B'), madeAt)).toMatchObject({ error: { kind: 'changed-meanwhile' } });
  });

  it('are never more than the posts, whatever happens', () => {
    const offers = ['A', 'B', 'C', 'D', 'E'].map(offerId);
    const acts = fc.array(
      fc.record({ act: fc.constantFrom('hold', 'take', 'free'), offer: fc.constantFrom(...offers) }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(acts, fc.integer({ min: 1, max: 3 }), (life, capacity) => {
        let seats: Seats | undefined;
        for (const { act, offer } of life) {
          if (act === 'hold') seats = after(seats, hold(seats, offer, capacity));
          else if (seats)
            seats = after(
              seats,
              act === 'take' ? takeSeat(seats, offer, madeAt) : freeSeat(seats, offer, madeAt),
            );
          expect(seats?.taken.length ?? 0).toBeLessThanOrEqual(capacity);
        }
      }),
    );
  });
});
