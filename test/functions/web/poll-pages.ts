import { closePollOf } from '#functions/commands/polls.ts';
import type { Locale } from '#shared/i18n/index.ts';
import { inConflictWith } from '#test/builders/panels.ts';
import { aPollScene } from '#test/builders/poll-scenes.ts';
import { granted } from '#test/builders/scenes.ts';
import { chair, dana, erlan, members, secretary } from '#test/builders/selection.ts';
import { answered, named, type SeenPage, seen } from './seen-pages.ts';
import { aSelectionSite } from './selection-site.ts';

/** Before a ballot, while it is open, for who leads and for a member in conflict, and afterwards. */
export const pollPages = async (locale: Locale): Promise<SeenPage[]> => {
  const scene = await aPollScene();
  const { world, roundId, near } = scene;
  const site = aSelectionSite(world);
  const [desk, member] = [await site.staff(secretary), await site.staff(dana)];
  const round = `/${locale}/committee/rounds/${roundId}`;
  const page = `${round}/ballots`;
  const pages = named(await seen(desk.get, [page]), 'before');
  pages.push(answered('ballots (a wrong number)', await desk.post(page, { numbers: 'KZ19' })));
  await desk.post(page, { group: 'yes', numbers: '' });
  const first = scene.applications.find(({ id }) => id === near[0]);
  if (first) await inConflictWith(world, roundId, first.id, [dana.id]);
  pages.push(answered('ballots (nothing ranked)', await member.post(`${page}/1`, { seen: '0' })));
  pages.push(answered('ballots (nobody yet)', await desk.post(`${page}/1/closing`, {})));
  for (const [index, by] of [chair, erlan, ...members.slice(2)].entries()) {
    granted(
      await scene.cast(
        by,
        [index, index + 1, index + 2, index + 3].map((place) => place % near.length),
      ),
    );
  }
  granted(await scene.cast(dana, [-1, 2, 1]));
  pages.push(
    ...named(await seen(member.get, [page]), 'ranking'),
    ...named(await seen(desk.get, [page, round]), 'open'),
  );
  granted(await closePollOf(world, { by: secretary, roundId, poll: 1 }));
  pages.push(
    ...named(await seen(member.get, [page]), 'result'),
    ...named(await seen(desk.get, [`${page}/1`, round]), 'afterwards'),
  );
  pages.push(answered('ballots (no reason)', await desk.post(`${page}/1/annulling`, { reason: '' })));
  await desk.post(`${page}/1/annulling`, { reason: 'Пропущено заявление.' });
  pages.push(...named(await seen(desk.get, [page]), 'annulled'));
  return pages;
};
