import { parse } from 'node-html-parser';
import { expect, it } from 'vitest';
import { remindOfEngaged, tellOfEngaged } from '#functions/commands/engaged-letters.ts';
import { undoLastAdvance } from '#functions/commands/gate-decision.ts';
import { openGate } from '#functions/commands/gates.ts';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { callInterviewOff } from '#functions/commands/interview-calling-off.ts';
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
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { advanceTo, chair, nth, secretary } from '#test/builders/interview-scenes.ts';
import { granted, type World } from '#test/builders/scenes.ts';
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
    const { outcome, digest, twice } = granted(await draftTimetable(world, round));
    expect(twice).toEqual(new Set([id]));
    expect(outcome).toMatchObject({
      error: { missing: 1, bottlenecks: [{ kept: ['engaged'], without: [['engaged']] }] },
    });
    expect(await setTimetable(world, { ...round, digest })).toMatchObject({ ok: false });
    for (const [roundId, slot] of [
      [one.roundId, first.id],
      [other.roundId, id],
    ] as const) {
      const plan = granted(await viewInterviews(world, { by: secretary, roundId }));
      expect(plan.engaged).toEqual(new Set([slot]));
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

const engagedLetters = (world: World) =>
  [...world.records.outbox.values()].flatMap(({ body }) =>
    body.kind === 'letter' && body.template === 'committee-times-engaged' ? [body] : [],
  );

it('is written about to the secretary of each round, once, however many nights find it', async () => {
  const { world, one, other, first, id } = await bothAtTen(false);
  const night = async () => {
    for (const { roundId } of [one, other]) {
      await tellOfEngaged(world, roundId, await impossibleIn(world, roundId));
    }
  };
  await night();
  const letters = engagedLetters(world);
  expect(letters.map(({ personId, facts }) => [personId, facts])).toEqual(
    [one.roundId, other.roundId].map((roundId) => [
      secretary.id,
      expect.objectContaining({ roundId, count: 1, startsAt: ten }),
    ]),
  );
  expect(JSON.stringify(letters)).not.toContain(first.id);
  await night();
  expect(engagedLetters(world)).toHaveLength(2);
  expect(await world.records.claimed(`told-taken-twice#${id}`)).toBe(other.roundId);
});

it('is marked on the plan and on the timetable of both rounds, with a way to each mark', async () => {
  const { world, one, other, first, id } = await bothAtTen(false);
  const seat = await aCommitteeSite(world).signIn(secretary);
  for (const [roundId, slot] of [
    [one.roundId, first.id],
    [other.roundId, id],
  ] as const) {
    const plan = `/en/committee/rounds/${roundId}/interviews`;
    for (const [page, link] of [
      [plan, `#twice-${slot}`],
      [`${plan}/timetable`, `${plan}#twice-${slot}`],
    ] as const) {
      const html = parse((await seat.get(page)).text);
      expect(html.querySelectorAll(`a[href="${link}"]`)).toHaveLength(1);
      expect(html.querySelector(`#twice-${slot}`)?.text).toContain('engaged elsewhere');
    }
  }
});

it('is told at once where the interviews go on again and another round planned at their times meanwhile', async () => {
  const { world, one, planOne, planOther } = await twoRounds();
  const slots = granted(await planOne({ count: 2 }));
  const [booked, free] = slots;
  const applicant = nth(one.candidates, 0);
  granted(await bookInterview(world, { ...applicant, slotId: nth(slots, 0).id }));
  await advanceTo(world, one.roundId, { from: 'interviews', to: 'preliminary', standings: [] });
  const meanwhile = nth(granted(await planOther({ count: 1 })), 0);
  granted(await undoLastAdvance(world, { by: chair, roundId: one.roundId, reason: 'Қайта қарау керек.' }));
  granted(await openGate(world, { roundId: one.roundId, token: 'interviews, once more' }));
  for (const { body } of world.records.outbox.values())
    if (body.kind === 'remind-engaged') await remindOfEngaged(world, body);

  expect(engagedLetters(world)).toMatchObject([
    { personId: secretary.id, facts: { roundId: one.roundId, count: 1, startsAt: ten } },
  ]);
  const seat = await aCommitteeSite(world).signIn(secretary);
  const plan = `/en/committee/rounds/${one.roundId}/interviews`;
  const html = parse((await seat.get(plan)).text);
  const row = html.querySelector(`#twice-${booked?.id}`)?.closest('tr');
  expect(html.querySelector(`#twice-${free?.id}`)).toBeNull();
  expect(row?.text).toContain(applicant.application.number);
  const callOff = row?.querySelectorAll('a').find((link) => link.getAttribute('href')?.includes('/slots/'));
  expect(callOff?.getAttribute('href')).toBeDefined();
  expect((await seat.get(callOff?.getAttribute('href') ?? '')).status).toBe(200);
  const reason = 'Комиссия осы уақытта бос емес.';
  const slotId = nth(slots, 0).id;
  granted(await callInterviewOff(world, { by: secretary, roundId: one.roundId, slotId, reason }));
  expect(granted(await viewInterviews(world, { by: secretary, roundId: one.roundId })).engaged.size).toBe(0);
  expect(meanwhile.startsAt).toBe(ten);
});
