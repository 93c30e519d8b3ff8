import { describe, expect, it } from 'vitest';
import { grantRemedy, proposeRemedy } from '#functions/commands/remedies.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import {
  aWrongedRound,
  declinesIn,
  granting,
  proposing,
  secondAdministrator,
} from '#test/builders/remedies.ts';
import { granted } from '#test/builders/scenes.ts';
import { aSelectionSite } from './selection-site.ts';

/** Of three people who wait for one post the last was wronged; the remedy is proposed, and granted if so wanted. */
const wronged = async (isGranted: boolean) => {
  const play = await aWrongedRound();
  const { world, scene } = play;
  granted(await proposeRemedy(world, proposing(scene, 'offer-next')));
  if (isGranted) granted(await grantRemedy(world, granting(scene, 0)));
  const site = aSelectionSite(world);
  const waits = async (who: number) => {
    const person = nth(scene.people, who);
    const { get } = await site.applicant(person);
    return async (locale: string) =>
      (await get(`/${locale}/applications/${person.applicationId}/waiting`)).text;
  };
  return { play, site, waits, manage: `manage/rounds/${scene.roundId}/remedies` };
};

describe('a place on the waiting list', () => {
  it.for(locales)('is first by a remedy, and its page says so to its owner alone, in %s', async (locale) => {
    const t = translator(locale);
    const first = t('waiting.first', { vacancies: 'MAT-001' });
    const { waits } = await wronged(true);

    expect(await (await waits(2))(locale)).toContain(first);
    expect(await (await waits(1))(locale)).not.toContain(first);
  });

  it('is first no more once the place was offered, nor before two people decided so', async () => {
    const first = translator('en')('waiting.first', { vacancies: 'MAT-001' });
    const proposed = await wronged(false);
    const { play, waits } = await wronged(true);
    await declinesIn(play, 0);

    expect(await (await proposed.waits(2))('en')).not.toContain(first);
    expect(await (await waits(2))('en')).not.toContain(first);
  });
});

describe('a remedy that waits', () => {
  it.for(locales)('says that no offer follows at once where none does, in %s', async (locale) => {
    const { site, manage } = await wronged(false);
    const t = translator(locale);

    const { text } = await (await site.staff(secondAdministrator)).get(`/${locale}/${manage}`);

    expect(text).toContain(t('capacity.follows', { count: 0 }));
    expect(t('capacity.follows', { count: 0 })).not.toContain('0');
    expect(text).toContain(t('remedy.number', { number: 1, application: 'KZ19-AAAA-0002' }));
  });
});
