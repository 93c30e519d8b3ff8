import { describe, expect, it } from 'vitest';
import { releaseDecision } from '#functions/commands/letters-release.ts';
import { acceptOffer } from '#functions/commands/offers.ts';
import { grantRemedy, proposeRemedy } from '#functions/commands/remedies.ts';
import { ownPosts } from '#shared/bundle/own-posts.ts';
import { verifyWords } from '#shared/bundle/report.ts';
import { saltFrom } from '#shared/bundle/sealing.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { ApplicationNumber, VacancyCode } from '#shared/domain/ids.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { correctedResultsIn } from '#test/builders/corrected-offers.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { offerTo } from '#test/builders/offer-answers.ts';
import { aVacancy, deliverOffersIn, releasedIn, theAdministrator } from '#test/builders/offers.ts';
import { offersDecidedIn } from '#test/builders/offers-decided.ts';
import { aWrongedRound, granting, type Play, proposing, twoPosts } from '#test/builders/remedies.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { toldOf } from '#test/builders/told-offers.ts';
import { aSelectionSite } from './selection-site.ts';

/** The offers end once these accepted, and who has none is told. */
const ended = async ({ world, scene }: Play, accepting: readonly number[], who: number) => {
  for (const one of accepting) granted(await acceptOffer(world, await offerTo(world, scene, one)));
  await offersDecidedIn(world, scene.roundId);
  const confirmed = scene.people.length - accepting.length;
  const command = { by: theAdministrator, roundId: scene.roundId, about: 'offers' as const, confirmed };
  granted(await releaseDecision(world, command));
  const { applicationId, personId } = nth(scene.people, who);
  const { get } = await aSelectionSite(world).applicant({ personId });
  const own = `applications/${applicationId}/result`;
  return {
    page: async (locale: string) => (await get(`/${locale}/${own}`)).text,
    api: async () => JSON.parse((await get(`/api/${own}`)).text).offers,
  };
};

const said = { post: 'MAT-001, MAT-001 мектебі' };

describe('the last who has a post, as somebody without one reads it,', () => {
  it.for(locales)(
    'is nobody who has it by a remedy, on the page as on the receipt, in %s',
    async (locale) => {
      const t = translator(locale);
      const play = await aWrongedRound();
      granted(await proposeRemedy(play.world, proposing(play.scene, 'extra-place')));
      granted(await grantRemedy(play.world, granting(play.scene, 1)));
      await deliverOffersIn(play.world);
      const { page, api } = await ended(play, [0, 2], 1);
      const offers = await toldOf(play.world, play.scene, { vacancies: twoPosts, plan: aRoundFile().posts });
      const rows = play.scene.people.map((_one, index) => {
        const number = ApplicationNumber.parse(`KZ19-AAAA-000${index}`);
        return { number, outcome: 'goes-on' as const, rank: index + 1, leaf: sha256Of(number) };
      });
      const vacancy = VacancyCode.parse('MAT-001');
      const salt = saltFrom('a secret of the test', 'vacancy MAT-001');
      const leaf = { row: nth(rows, 1), wishes: [{ vacancy, salt }] };
      const say = verifyWords(locale);

      const text = await page(locale);

      const { posts } = await api();
      expect(posts).toMatchObject([{ vacancy: 'MAT-001', last: { rank: 1 }, remedied: true }]);
      expect(ownPosts({ offers, rows }, leaf, say)).toEqual([
        say('verification.own.cutoff', { vacancy, cutoff: posts[0].last.rank }),
        say('verification.own.remedied', { vacancy }),
      ]);
      expect(text).toContain(t('results.offers.remedied', { posts: 'MAT-001' }));
      expect(text).not.toContain(t('results.offers.behind.in-between', said));
    },
  );

  it('was asked before the results were corrected, where they stand behind since', async () => {
    const world = aWorld();
    const one = { choices: ['MAT-001'] };
    const scene = await releasedIn(world, [one, one], [aVacancy('MAT-001')]);
    await correctedResultsIn(world, scene, [1, 0]);
    const { page, api } = await ended({ world, scene }, [0], 1);
    const t = translator('kk');

    expect((await api()).posts).toMatchObject([
      { last: { rank: 2, asked: 'before-edition' }, remedied: false },
    ]);
    expect(await page('kk')).toContain(t('results.offers.behind.before-edition', said));
  });

  it('is said of no post whose subject the person does not teach', async () => {
    const world = aWorld();
    const people = [
      { choices: ['PHY-001'], subjects: ['physics' as const], total: 90 },
      { choices: ['PHY-001'], total: 80 },
    ];
    const scene = await releasedIn(world, people, [aVacancy('PHY-001', { subject: 'physics' })]);
    const { page, api } = await ended({ world, scene }, [0], 1);
    const t = translator('en');

    const text = await page('en');

    expect(await api()).toMatchObject({ posts: [], unsuited: ['PHY-001'] });
    expect(text).toContain(t('results.offers.unsuited', { posts: 'PHY-001' }));
    expect(text).not.toContain('What would have changed it');
  });
});
