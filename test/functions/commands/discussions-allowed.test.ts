import { expect, it } from 'vitest';
import { candidateTimeline } from '#functions/commands/application-timeline.ts';
import { discussionView } from '#functions/commands/discussion-view.ts';
import { moveDiscussionOf, openDiscussionOf } from '#functions/commands/discussions.ts';
import { roundHistory } from '#functions/commands/round-history.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { inConflictWith } from '#test/builders/panels.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { aScoringIn, chair, members, ratersOf, score, secretary } from '#test/builders/selection.ts';
import { aSelectionSite } from '#test/functions/web/selection-site.ts';

const reason = 'Сарапшы науқас, отырысты кейінге қалдыруға болмайды.';

/** Two applications; the second is closed to the chair and waits for cards. */
const aClosedOne = async () => {
  const world = { ...aWorld(), people: memoryPeople() };
  const { roundId, applications } = await aScoringIn(world, [{}, {}]);
  const [first, second] = [nth(applications, 0), nth(applications, 1)];
  for (const by of await ratersOf(world, first.id)) granted(await score({ world, roundId }, by, first.id));
  await inConflictWith(world, roundId, second.id, [chair.id]);
  const numbers = [first.number, second.number];
  const opening = { roundId, suggested: false, numbers, absent: [] };
  const view = async (by: Person) => granted(await discussionView(world, { by, roundId }));
  const site = aSelectionSite(world);
  return { world, roundId, second, opening, view, site };
};

it('is passed over by an opening, and allowed by who replaces the chair while another one leads', async () => {
  const { world, roundId, second, opening, view, site } = await aClosedOne();
  granted(await openDiscussionOf(world, { ...opening, by: secretary }));
  const before = await view(secretary);
  const meeting = before.meeting;
  const place =
    (meeting?.items.findIndex((item) => 'number' in item && item.number === second.number) ?? 0) + 1;
  const other = place === 1 ? 2 : 1;
  const step = { by: secretary, roundId, seen: before.seen };
  const early = await moveDiscussionOf(world, { ...step, move: { kind: 'take-up', place } });
  expect(early).toMatchObject({ error: { kind: 'cards-awaited' } });
  granted(await moveDiscussionOf(world, { ...step, move: { kind: 'take-up', place: other } }));

  const replacing = nth(members, 0);
  const path = `/api/rounds/${roundId}/discussion/despite`;
  const body = { number: second.number, reason };
  const [own, led, desk] = [
    await site.staff(chair),
    await site.staff(replacing),
    await site.staff(secretary),
  ];
  const seat = (await view(replacing)).meeting?.waiting;
  expect(seat).toMatchObject([{ number: second.number, opens: true }]);
  // Closed to the chair, it is no more found than a wrong number; the secretary sees it and presides over nothing.
  expect((await own.json('POST', path, body)).status).toBe(422);
  expect((await desk.json('POST', path, body)).status).toBe(403);
  expect((await led.json('POST', path, { ...body, reason: ' ' })).status).toBe(422);

  const { seen } = await view(secretary);
  const page = `/kk/committee/rounds/${roundId}/discussion`;
  expect((await led.get(page)).text).toContain(`action="${page}/despite"`);
  const empty = await led.post(`${page}/despite`, { number: second.number, reason: '' });
  expect([empty.status, empty.text.includes('id="reason-error"')]).toEqual([422, true]);
  const long = await led.post(`${page}/despite`, { number: second.number, reason: 'ұ'.repeat(2001) });
  expect([long.status, long.text.includes('ұ'.repeat(2001))]).toEqual([422, true]);
  expect((await led.post(`${page}/despite`, body)).status).toBe(303);
  expect((await led.json('POST', path, body)).status).toBe(200);

  // Whoever leads goes on from what they saw.
  const after = await view(secretary);
  expect(after.seen).toBe(seen);
  expect(after.meeting?.despite).toMatchObject([{ numbers: [second.number], by: replacing.id, reason }]);
  expect((await view(chair)).meeting?.despite).toEqual([]);
  const told = async (by: Person) =>
    granted(await roundHistory(world, { by, roundId })).deeds.filter(({ type }) => type === 'item-allowed');
  expect(await told(secretary)).toHaveLength(1);
  expect(await told(chair)).toEqual([]);
  const timeline = await candidateTimeline(world, { by: secretary, roundId, applicationId: second.id });
  const despite = granted(timeline).events.filter(({ type }) => type === 'discussed-despite');
  expect(despite).toMatchObject([{ by: 'member', stage: 'scoring' }]);
  granted(await moveDiscussionOf(world, { by: secretary, roundId, seen, move: { kind: 'take-up', place } }));
});
