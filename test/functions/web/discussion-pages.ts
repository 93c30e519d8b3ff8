import { openDiscussionOf } from '#functions/commands/discussions.ts';
import type { Locale } from '#shared/i18n/index.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { owesAnew } from '#test/builders/owed-cards.ts';
import { inConflictWith } from '#test/builders/panels.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import {
  aScoringIn,
  aScreeningIn,
  chair,
  dana,
  erlan,
  members,
  ratersOf,
  score,
  secretary,
} from '#test/builders/selection.ts';
import { answered, named, type SeenPage, seen } from './seen-pages.ts';
import { aSelectionSite } from './selection-site.ts';

/** Before a discussion, in it for who leads and for whom it keeps out of the room, with somebody who came late and somebody who left, and afterwards. */
export const discussionPages = async (locale: Locale): Promise<SeenPage[]> => {
  const world = aWorld();
  const { roundId, applications } = await aScreeningIn(world, [{}, {}, {}]);
  const site = aSelectionSite(world);
  const [desk, closed] = [await site.staff(secretary), await site.staff(dana)];
  const page = `/${locale}/committee/rounds/${roundId}/discussion`;
  const pages = named(await seen(desk.get, [page]), 'before');
  pages.push(answered('discussion (a wrong number)', await desk.post(page, { numbers: 'KZ19' })));
  const numbers = applications.map(({ number }) => number);
  const absent = [erlan.id, nth(members, 3).id];
  granted(await openDiscussionOf(world, { by: secretary, roundId, suggested: false, numbers, absent }));
  const step = (fields: Record<string, string>) => desk.post(`${page}/steps`, fields);
  await step({ seen: '1', move: 'next', next: '1' });
  world.clock.pass(700);
  await step({ seen: '2', move: 'next', next: '2' });
  await step({ seen: '4', move: 'arrive', person: erlan.id });
  await step({ seen: '5', move: 'leave', person: nth(members, 2).id });
  await step({ seen: '6', move: 'leave', person: chair.id });
  const noted = world.clock.now();
  world.clock.pass(120);
  await step({ seen: '7', move: 'undo', person: chair.id, noted });
  for (const [index, { id: memberId }] of [dana, chair].entries()) {
    await inConflictWith(world, roundId, nth(applications, 1 + index).id, [memberId]);
  }
  pages.push(
    ...named(await seen(desk.get, [page]), 'leading'),
    ...named(await seen(closed.get, [page]), 'out of the room'),
  );
  await step({ seen: '8', move: 'close' });
  pages.push(...named(await seen(desk.get, [page]), 'afterwards'));
  return pages.concat(await waitingPages(locale));
};

/** While one application waits for cards and another is closed to the chair, who leads alone: for the chair, and for who presides over the other. */
const waitingPages = async (locale: Locale): Promise<SeenPage[]> => {
  const world = aWorld();
  const { roundId, applications } = await aScoringIn(world, [{}, {}, {}]);
  for (const { id } of applications)
    for (const by of await ratersOf(world, id)) granted(await score({ world, roundId }, by, id));
  const numbers = applications.map(({ number }) => number);
  await inConflictWith(world, roundId, nth(applications, 0).id, [chair.id]);
  const opening = { roundId, suggested: false, numbers, absent: [secretary.id] };
  granted(await openDiscussionOf(world, { ...opening, by: secretary }));
  await owesAnew(world, roundId, nth(applications, 1).id);
  const site = aSelectionSite(world);
  const [leads, replaces] = [await site.staff(chair), await site.staff(nth(members, 0))];
  const page = `/${locale}/committee/rounds/${roundId}/discussion`;
  const behind = { seen: '0', move: 'next', next: '1', reason: 'Сарапшы науқас.' };
  return [
    ...named(await seen(leads.get, [page]), 'waiting, leading'),
    ...named(await seen(replaces.get, [page]), 'waiting, in the chair’s place'),
    answered('discussion (it went on meanwhile)', await leads.post(`${page}/steps`, behind)),
  ];
};
