import { describe, expect, it } from 'vitest';
import { editionDebts } from '#functions/commands/edition-debts.ts';
import { acceptOffer } from '#functions/commands/offers.ts';
import { grantRemedy, proposeRemedy } from '#functions/commands/remedies.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { correctedResultsIn } from '#test/builders/corrected-offers.ts';
import { askNext, offerTo } from '#test/builders/offer-answers.ts';
import { aVacancy, releasedIn, theAdministrator } from '#test/builders/offers.ts';
import { granting, proposing, secondAdministrator, wantsOne } from '#test/builders/remedies.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { aSelectionSite } from './selection-site.ts';

/** The first of three has accepted the one post; by the correction it would be the third's, and the second goes on no more. */
const aCorrectedRound = async () => {
  const world = aWorld();
  const scene = await releasedIn(world, [wantsOne, wantsOne, wantsOne], [aVacancy('MAT-001')]);
  granted(await acceptOffer(world, await offerTo(world, scene, 0)));
  await correctedResultsIn(world, scene, [2, 0]);
  const { roundId } = scene;
  const owed = async () =>
    granted(await editionDebts(world, { by: theAdministrator, roundId })).debts.map(
      ({ number, owed: what, post, proposed }) =>
        [number.slice(-1), what, post, proposed].filter((one) => one !== undefined).join(' '),
    );
  return { world, scene, owed, address: `manage/rounds/${roundId}` };
};

describe('what corrected results owe', () => {
  it('is listed from the offers as they stand, and moves with each remedy', async () => {
    const { world, scene, owed } = await aCorrectedRound();
    expect(await owed()).toEqual(['2 extra-place MAT-001', '0 placed', '1 stopped']);

    granted(await proposeRemedy(world, proposing(scene, 'extra-place')));
    expect(await owed()).toEqual(['2 extra-place MAT-001 1', '0 placed', '1 stopped']);
    granted(await grantRemedy(world, granting(scene, 1)));
    expect(await owed()).toEqual(['2 due MAT-001', '0 placed', '1 stopped']);
    expect(await askNext(world, scene)).toBe(1);
    expect(await owed()).toEqual(['2 placed', '0 placed', '1 stopped']);
  });

  it.for(locales)('is a page that leads into the form of each remedy, in %s', async (locale) => {
    const { world, address } = await aCorrectedRound();
    const t = translator(locale);
    const { get } = await aSelectionSite(world).staff(secondAdministrator);

    const { text } = await get(`/${locale}/${address}/edition-debts`);
    expect(text).toContain(t('remedy.edition.owed.extra-place', { post: 'MAT-001' }));
    expect(text).toContain(`3 → 1`);
    expect(text).toContain(`2 → 3 (${t('remedy.edition.stops')})`);
    const [, href = ''] = /href="([^"]+\/remedies\?[^"]+)"/.exec(text) ?? [];
    const form = await get(href.replaceAll('&amp;', '&').replace('#propose', ''));
    expect(form.text).toMatch(
      /name="application"[^>]*value="KZ19-AAAA-0002"|value="KZ19-AAAA-0002"[^>]*name="application"/,
    );
    expect(form.text).toMatch(/value="extra-place"[^>]*checked/);
    expect(form.text).toContain('value="MAT-001"');
    expect(form.text).toContain(`/${locale}/${address}/edition-debts`);
  });

  it('is nothing where nothing was corrected, and of one whose page an address cannot make up', async () => {
    const world = aWorld();
    const { roundId } = await releasedIn(world, [wantsOne], [aVacancy('MAT-001')]);
    const { get } = await aSelectionSite(world).staff(secondAdministrator);
    const t = translator('en');

    expect((await get(`/en/manage/rounds/${roundId}/edition-debts`)).text).toContain(
      t('remedy.edition.none'),
    );
    const odd = await get(`/en/manage/rounds/${roundId}/remedies?kind=gold&application=%22%3E%3Cscript%3E`);
    expect(odd.text).not.toContain('"><script>');
    expect(odd.text).not.toContain('checked');
  });
});
