import { openDiscussionOf } from '#functions/commands/discussions.ts';
import type { Locale } from '#shared/i18n/index.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { inConflictWith } from '#test/builders/panels.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { aScreeningIn, chair, dana, erlan, members, secretary } from '#test/builders/selection.ts';
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
  return pages;
};
