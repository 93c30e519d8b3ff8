import { parse } from 'node-html-parser';
import { expect, it } from 'vitest';
import { archived } from '#functions/web/replay/archived.ts';
import { leadsAt } from '#functions/web/replay/pages.ts';
import type { ApplicationId, RoundId } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';
import { type Locale, locales } from '#shared/i18n/index.ts';
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
  ['/interviews/panels', 'secretary', 'committee/rounds'],
  ['/claims', 'chair', 'committee/rounds'],
  ['/offers', 'auditor', 'manage/rounds'],
  ['/capacities', 'administrator', 'manage/rounds'],
  ['/results', 'auditor', 'calls'],
] as const;

type Seen = { locale: Locale; tail: string; who: string; moment: Instant; status: number; shown: string };

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
      const asSent = async (locale: Locale): Promise<Seen> => {
        const path = `/${locale}/${area}/${of.roundId}${tail}`;
        const { status = 0, text = '' } = (await seats.get(who)?.get(path)) ?? {};
        const leads = leadsAt(locale, of.roundId, moment);
        const frame = { banner: '', title: '', leads, back: '' };
        const shown = status === 200 ? shownIn(archived(text, frame)) : '';
        return { locale, tail, who, moment, status, shown };
      };
      const first = await asSent('ru');
      // Links carry the moment, so that two pages are the same without it.
      const known = `${first.status} ${first.shown.replaceAll(moment, '')}`;
      if (last.get(page) === known) continue;
      last.set(page, known);
      seen.push(first, await asSent('kk'), await asSent('en'));
    }
  });
  world.clock.pass(60);
  await signIn();
  const again = async ({ locale, tail, who, moment }: Seen) =>
    await seats.get(who)?.get(`/${locale}/committee/rounds/${round?.roundId}/replay/${moment}${tail}`);
  return { seen, again };
};

it('is what was sent then, after every transaction of a round, in every language', {
  timeout: 600_000,
}, async () => {
  const { seen, again } = await watched();
  const wrong: string[] = [];
  for (const one of seen) {
    const then = await again(one);
    const isSame =
      one.status === 200 ? then?.status === 200 && shownIn(then.text) === one.shown : then?.status !== 200;
    if (!isSame)
      wrong.push(`${one.locale} ${one.who} ${one.tail} ${one.moment}: ${one.status}, then ${then?.status}`);
  }

  expect(wrong).toEqual([]);
  for (const locale of locales) {
    const found = seen.filter((one) => one.status === 200 && one.locale === locale);
    expect(found.length).toBeGreaterThan(60);
    for (const [page] of pages) {
      const ending = (page.split('/').at(-1) ?? '').replace(':application', '');
      expect(found.some(({ tail }) => tail.endsWith(ending))).toBe(true);
    }
  }
});
