import { parse } from 'node-html-parser';
import { expect, it } from 'vitest';
import { archived } from '#functions/web/replay/archived.ts';
import { leadsAt } from '#functions/web/replay/pages.ts';
import type { ApplicationId, RoundId } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';
import { aCommitteeSite, type Seat } from '#test/builders/committee-site.ts';
import { theAdministrator } from '#test/builders/offers.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { auditor, chair, secretary } from '#test/builders/selection.ts';
import { aWatchedRoundIn } from '#test/builders/watched-round.ts';

/** Page, who reads it, and where it stood. */
const pages = [
  ['', 'chair', 'committee/rounds'],
  ['/screening', 'secretary', 'committee/rounds'],
  ['/screening/:application', 'chair', 'committee/rounds'],
  ['/screening/:application/timeline', 'chair', 'committee/rounds'],
  ['/scoring', 'secretary', 'committee/rounds'],
  ['/interviews', 'secretary', 'committee/rounds'],
  ['/claims', 'chair', 'committee/rounds'],
  ['/offers', 'auditor', 'manage/rounds'],
  ['/capacities', 'administrator', 'manage/rounds'],
  ['/results', 'auditor', 'calls'],
] as const;

type Seen = { tail: string; who: string; moment: Instant; status: number; shown: string };

/** What stands under the banner. */
const shownIn = (html: string): string =>
  parse(html).querySelector('main > div[class^="page-"]')?.toString() ?? '';

/** A whole round with everybody's pages after every transaction, each where it was not the same before. */
const watched = async () => {
  const world = aWorld();
  const site = aCommitteeSite(world);
  const people = [theAdministrator, auditor, chair, secretary];
  const seats = new Map<string, Seat>();
  let round: { roundId: RoundId; applicationId: ApplicationId } | undefined;
  const seen: Seen[] = [];
  const last = new Map<string, string>();
  // A session lasts for a day, and the round for months.
  const signIn = async () => {
    for (const person of people) seats.set(person.role, await site.signIn(person));
  };
  await aWatchedRoundIn(world, async (of) => {
    round = of;
    await signIn();
    const moment = world.clock.now();
    for (const [page, who, area] of pages) {
      const tail = page.replace(':application', of.applicationId);
      const { status = 0, text = '' } = (await seats.get(who)?.get(`/ru/${area}/${of.roundId}${tail}`)) ?? {};
      const leads = leadsAt('ru', of.roundId, moment);
      const shown = status === 200 ? shownIn(archived(text, { banner: '', title: '', leads, back: '' })) : '';
      // Links carry the moment, so that two pages are the same without it.
      const known = `${status} ${shown.replaceAll(moment, '')}`;
      if (last.get(page) === known) continue;
      last.set(page, known);
      seen.push({ tail, who, moment, status, shown });
    }
  });
  world.clock.pass(60);
  await signIn();
  const again = async ({ tail, who, moment }: Seen) =>
    await seats.get(who)?.get(`/ru/committee/rounds/${round?.roundId}/replay/${moment}${tail}`);
  return { seen, again };
};

it('is what was sent then, after every transaction of a round', { timeout: 180_000 }, async () => {
  const { seen, again } = await watched();
  const wrong: string[] = [];
  for (const one of seen) {
    const then = await again(one);
    const isSame =
      one.status === 200 ? then?.status === 200 && shownIn(then.text) === one.shown : then?.status !== 200;
    if (!isSame) wrong.push(`${one.who} ${one.tail} ${one.moment}: ${one.status}, then ${then?.status}`);
  }

  expect(wrong).toEqual([]);
  expect(seen.filter(({ status }) => status === 200).length).toBeGreaterThan(60);
  for (const [page] of pages) {
    const ending = page.split('/').at(-1) ?? '';
    expect(
      seen.some(({ tail, status }) => tail.endsWith(ending.replace(':application', '')) && status === 200),
    ).toBe(true);
  }
});
