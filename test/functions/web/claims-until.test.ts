import { expect, it } from 'vitest';
import { releaseDecision } from '#functions/commands/letters-release.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { published } from '#test/builders/claims.ts';
import { secretary } from '#test/builders/interview-scenes.ts';
import { granted } from '#test/builders/scenes.ts';
import { aSelectionSite } from './selection-site.ts';

it.for(locales)('pages say until when claims may be made once the letters do, in %s', async (locale) => {
  const { world, roundId } = await published(undefined, undefined, { untold: true });
  const site = aSelectionSite(world);
  const colleague = await site.staff(secretary);
  const [until = ''] = translator(locale)('results.claims.until', { at: '|' }).split('|');
  const say = async () => {
    const anyone = await site.anonymous.get(`/${locale}/calls/${roundId}/results`);
    const committee = await colleague.get(`/${locale}/committee/rounds/${roundId}/claims`);
    expect([anyone.status, committee.status]).toEqual([200, 200]);
    return [anyone, committee].map(({ text }) => text.includes(until.trim()));
  };

  expect(until.trim()).not.toBe('');
  expect(await say()).toEqual([false, false]);
  granted(await releaseDecision(world, { by: secretary, roundId, about: 'preliminary', confirmed: 3 }));
  expect(await say()).toEqual([true, true]);
});
