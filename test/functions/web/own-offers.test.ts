import { describe, expect, it } from 'vitest';
import { releaseDecision } from '#functions/commands/letters-release.ts';
import { acceptOffer } from '#functions/commands/offers.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { offerTo } from '#test/builders/offer-answers.ts';
import { aVacancy, releasedIn, theAdministrator } from '#test/builders/offers.ts';
import { offersDecidedIn } from '#test/builders/offers-decided.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { aSelectionSite } from './selection-site.ts';

/** Three people for two posts; who of them signs in, and what totals they have. The first two accept, and the offers end. */
const ended = async (who: number, totals: readonly number[] = [91.5, 80, 71.25]) => {
  const world = aWorld();
  const people = totals.map((total) => ({ choices: ['MAT-001', 'MAT-002'], total }));
  const vacancies = [aVacancy('MAT-001'), aVacancy('MAT-002'), aVacancy('MAT-003')];
  const scene = await releasedIn(world, people, vacancies);
  const { applicationId, personId } = nth(scene.people, who);
  const own = `applications/${applicationId}`;
  const applicant = await aSelectionSite(world).applicant({ personId });
  const page = async (locale: string) => (await applicant.get(`/${locale}/${own}/result`)).text;
  const before = await page('en');
  for (const index of [0, 1]) granted(await acceptOffer(world, await offerTo(world, scene, index)));
  const accepted = await page('en');
  await offersDecidedIn(world, scene.roundId);
  const release = async (confirmed: number) => {
    const command = { by: theAdministrator, roundId: scene.roundId, about: 'offers' as const, confirmed };
    granted(await releaseDecision(world, command));
  };
  const api = async () => JSON.parse((await applicant.get(`/api/${own}/result`)).text);
  return { page, api, before, accepted, release };
};

const offerMayCome = translator('en')('results.means.offer');

describe('the own result, once the offers have ended,', () => {
  it.for(locales)('says to whom no post came how far the chosen ones went, in %s', async (locale) => {
    const t = translator(locale);
    const { page, release } = await ended(2);
    await release(1);

    const text = await page(locale);

    expect(text).toContain(t('results.why.no-post'));
    expect(text).toContain(t('results.offers.posts'));
    expect(text).toContain(
      t('results.offers.change.limit', {
        cutOff: t.number(80),
        post: locale === 'ru' ? 'MAT-002, Школа MAT-002' : 'MAT-002, MAT-002 мектебі',
        own: t.number(71.25),
      }),
    );
    expect(text).toContain(t('results.means.took-part'));
    expect(text).not.toContain(t('results.means.offer'));
  });

  it('says that equal totals were decided by the order of equal ones', async () => {
    const { page, release } = await ended(2, [91.5, 80, 80]);
    await release(1);

    expect(await page('en')).toContain('any total above 80%. The last person who has MAT-002');
  });

  it('keeps quiet to whom no post came until the letters are out', async () => {
    const { page, api } = await ended(2);

    expect(await page('en')).not.toContain(translator('en')('results.offers.posts'));
    expect(await api()).not.toHaveProperty('offers');
  });

  it('names the post that was accepted, and promises no further offer from then on', async () => {
    const { page, api, before, accepted } = await ended(1);

    const text = await page('en');

    expect(before).toContain(offerMayCome);
    expect(accepted).not.toContain(offerMayCome);
    expect(text).toContain('You accepted the post MAT-002');
    expect(text).not.toContain(offerMayCome);
    expect((await api()).offers).toMatchObject({
      standing: { rank: 2, vacancy: 'MAT-002' },
      rankedCount: 3,
      posts: [
        { vacancy: 'MAT-001', posts: 1, last: { rank: 1, total: 91.5 } },
        { vacancy: 'MAT-002', posts: 1, last: { rank: 2, total: 80 } },
      ],
    });
  });
});
