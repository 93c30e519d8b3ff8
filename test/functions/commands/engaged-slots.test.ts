import { expect, it } from 'vitest';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { viewInterview } from '#functions/commands/interview-own.ts';
import { removeFreeSlot } from '#functions/commands/interview-slots.ts';
import { viewInterviews } from '#functions/commands/interview-view.ts';
import { changed } from '#functions/commands/storing.ts';
import { draftTimetable } from '#functions/commands/timetable.ts';
import { setTimetable } from '#functions/commands/timetable-setting.ts';
import { impossibleIn } from '#functions/sweep/impossible.ts';
import { writeDocument } from '#shared/domain/document.ts';
import { SlotId } from '#shared/domain/ids.ts';
import { panelsAggregate } from '#shared/domain/panel.ts';
import { slotAggregate } from '#shared/domain/slot.ts';
import { planSlot } from '#shared/domain/slot-decisions.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { nth, secretary } from '#test/builders/interview-scenes.ts';
import { granted } from '#test/builders/scenes.ts';
import { ten, twoRounds } from '#test/builders/two-rounds.ts';

/** The first round at ten, and the second one too, as a program planned it that looked at no other round. */
const bothAtTen = async (apart: boolean) => {
  const scene = await twoRounds({ apart });
  const { world, other, planOne } = scene;
  const first = nth(granted(await planOne({ count: 1 })), 0);
  const { roundId } = other;
  const id = SlotId.parse('0DD'.padEnd(20, '0'));
  const owner = `round#${roundId}#${id}`;
  const place = writeDocument({ owner, kind: 'place', version: 1 }, { place: 'Кабинет 12' }, 'salt');
  const [now, until] = [world.clock.now(), addSeconds(ten, 1800)];
  const planned = planSlot({ id, roundId, place: place.ref, startsAt: ten, endsAt: until }, now);
  const sittings = [{ from: ten, until }];
  const changes = [
    changed(slotAggregate, id, undefined, planned).change,
    changed(panelsAggregate, roundId, undefined, [{ type: 'committee-sits', at: now, roundId, sittings }])
      .change,
  ];
  granted(await world.records.commit({ by: secretary, changes, documents: [place] }));
  const applicant = nth(other.candidates, 0);
  const mine = { by: applicant.by, applicationId: applicant.applicationId };
  const round = { by: secretary, roundId };
  return { ...scene, first, id, mine, round };
};

it.for([
  ['people', false],
  ['a room', true],
] as const)(
  'a time at which another round has %s is offered to nobody and told, until one of both is gone',
  async ([, apart]) => {
    const { world, one, other, first, id, mine, round } = await bothAtTen(apart);

    expect(granted(await viewInterview(world, mine))).toMatchObject({ free: [], left: { times: 0 } });
    expect(await bookInterview(world, { ...mine, slotId: id })).toMatchObject({
      error: { kind: 'slot-unfit' },
    });
    expect(granted(await viewInterviews(world, round)).engaged).toEqual(new Set([id]));
    const { outcome, digest } = granted(await draftTimetable(world, round));
    expect(outcome).toMatchObject({
      error: { missing: 1, bottlenecks: [{ kept: ['engaged'], without: [['engaged']] }] },
    });
    expect(await setTimetable(world, { ...round, digest })).toMatchObject({ ok: false });
    for (const [roundId, slot] of [
      [one.roundId, first.id],
      [other.roundId, id],
    ] as const) {
      expect(await impossibleIn(world, roundId)).toEqual([
        { invariant: 'slot-double-booked', aggregate: 'slot', id: slot, roundId },
      ]);
    }

    granted(await removeFreeSlot(world, { by: secretary, roundId: one.roundId, slotId: first.id }));
    expect(granted(await viewInterviews(world, round)).engaged.size).toBe(0);
    expect(await impossibleIn(world, other.roundId)).toEqual([]);
    const later = granted(await draftTimetable(world, round));
    expect(granted(await setTimetable(world, { ...round, digest: later.digest }))).toEqual({ booked: 1 });
  },
);
