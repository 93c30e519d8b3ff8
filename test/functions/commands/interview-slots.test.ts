import { describe, expect, it } from 'vitest';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { slotsIn } from '#functions/commands/interview-reading.ts';
import { planSlots, removeFreeSlot } from '#functions/commands/interview-slots.ts';
import {
  anInterviewRoundIn,
  applicants,
  chair,
  nth,
  secretary,
  slotsPlanned,
} from '#test/builders/interview-scenes.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

const inInterviews = async (people = 1) => {
  const world = aWorld();
  return { world, ...(await anInterviewRoundIn(world, { people: applicants(people) })) };
};
const plan = { by: secretary, from: at('2022-10-24T04:00'), count: 3, place: 'Кабинет 12' };

describe('planning interviews', () => {
  it('makes slots one after another, as long as the round file says', async () => {
    const { world, roundId } = await inInterviews();

    granted(await planSlots(world, { ...plan, roundId }));

    const slots = await slotsIn(world.records, roundId);
    expect(slots.map(({ startsAt, endsAt }) => [startsAt.slice(11, 16), endsAt.slice(11, 16)])).toEqual([
      ['04:00', '04:30'],
      ['04:30', '05:00'],
      ['05:00', '05:30'],
    ]);
  });

  it('keeps the typed place out of every event', async () => {
    const { world, roundId } = await inInterviews();
    const [slot] = granted(await planSlots(world, { ...plan, roundId }));

    const history = await world.records.history('slot', slot?.id ?? '');

    expect(JSON.stringify(history)).toContain('slot-planned');
    expect(JSON.stringify(history)).not.toContain('Кабинет');
  });

  it('names what is wrong: a time that has passed, no number, no place', async () => {
    const { world, roundId } = await inInterviews();
    const wrong = { ...plan, roundId, from: at('2022-10-01T04:00'), count: 0 };

    expect(await planSlots(world, wrong)).toMatchObject({
      error: { kind: 'invalid', faults: [{ place: 'from' }, { place: 'count' }] },
    });
    expect(await planSlots(world, { ...plan, roundId, place: '  ' })).toMatchObject({
      error: { faults: [{ place: 'place' }] },
    });
  });

  it('at the same times once more is refused, in another room too: nobody is in two', async () => {
    const { world, roundId } = await inInterviews();
    granted(await planSlots(world, { ...plan, roundId }));

    expect(await planSlots(world, { ...plan, roundId })).toMatchObject({
      error: { faults: [{ place: 'from', message: 'interview.fault.planned' }] },
    });
    expect(await planSlots(world, { ...plan, roundId, place: 'Кабинет 14' })).toMatchObject({
      error: { faults: [{ message: 'interview.fault.planned' }] },
    });
  });

  it('is the secretary’s, of this very committee', async () => {
    const { world, roundId } = await inInterviews();

    expect(await planSlots(world, { ...plan, roundId, by: chair })).toMatchObject({
      error: { kind: 'not-allowed' },
    });
    const stranger = { ...secretary, id: nth(applicants(1), 0).personId };
    expect(await planSlots(world, { ...plan, roundId, by: stranger })).toMatchObject({
      error: { kind: 'not-found' },
    });
  });
});

describe('removing a slot', () => {
  it('takes a free one out of the list', async () => {
    const { world, roundId } = await inInterviews();
    const slots = await slotsPlanned(world, roundId, 2);

    granted(await removeFreeSlot(world, { by: secretary, roundId, slotId: nth(slots, 0).id }));

    expect((await slotsIn(world.records, roundId)).map(({ id }) => id)).toEqual([nth(slots, 1).id]);
  });

  it('that was booked in the meantime is refused', async () => {
    const { world, roundId, candidates } = await inInterviews();
    const slotId = nth(await slotsPlanned(world, roundId, 1), 0).id;
    world.records.interfere(() => bookInterview(world, { ...nth(candidates, 0), slotId }));

    expect(await removeFreeSlot(world, { by: secretary, roundId, slotId })).toMatchObject({
      error: { kind: 'slot-taken' },
    });
  });

  it('just before somebody books it leaves nothing to book', async () => {
    const { world, roundId, candidates } = await inInterviews();
    const slotId = nth(await slotsPlanned(world, roundId, 1), 0).id;
    world.records.interfere(() => removeFreeSlot(world, { by: secretary, roundId, slotId }));

    expect(await bookInterview(world, { ...nth(candidates, 0), slotId })).toMatchObject({
      error: { kind: 'not-found', what: 'slot' },
    });
  });
});
