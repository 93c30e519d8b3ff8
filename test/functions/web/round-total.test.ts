import { describe, expect, it } from 'vitest';
import { acceptOffer } from '#functions/commands/offers.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { offerTo } from '#test/builders/offer-answers.ts';
import { aVacancy, releasedIn } from '#test/builders/offers.ts';
import { offersDecidedIn } from '#test/builders/offers-decided.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { aSite } from './site.ts';

/** Three people for three posts of a round without quotas, which gives out so many in all; the last can sign in. */
const released = async (total: number) => {
  const site = aSite();
  const { records, clock, deps } = site;
  const world = { ...aWorld(), records, clock, chance: deps.chance };
  const personId = PersonId.parse(sha256Of('applicant').toUpperCase().slice(0, 20));
  const codes = ['MAT-001', 'MAT-002', 'MAT-003'];
  const people = codes.map((code, index) => Object.assign({ choices: [code] }, index === 2 && { personId }));
  const file = aRoundFile({ posts: { ...aRoundFile().posts, total, quotas: [] } });
  const vacancies = codes.map((code) => aVacancy(code));
  const scene = await releasedIn(world, people, vacancies, file);
  const own = `applications/${scene.people[2]?.applicationId}`;
  const shows = async (locale: string, page: 'result' | 'waiting') =>
    (await site.applicant().get(`/${locale}/${own}/${page}`)).text;
  return { world, scene, shows };
};

describe('a round that only its number of posts limits', () => {
  it.for(locales)('says so to whom it passes by, until the end and after it, in %s', async (locale) => {
    const t = translator(locale);
    const { world, scene, shows } = await released(2);
    const facts = { vacancy: 'MAT-003', limits: t('kept.total') };

    expect(await shows(locale, 'waiting')).toContain(t('kept.capped', facts));
    expect(await shows(locale, 'result')).toContain(t('kept.capped', facts));

    for (const who of [0, 1]) granted(await acceptOffer(world, await offerTo(world, scene, who)));
    await offersDecidedIn(world, scene.roundId);
    const afterwards = await shows(locale, 'result');
    expect(afterwards).toContain(t('kept.cappedOver', facts));
    expect(afterwards).not.toContain(t('kept.capped', facts));
  });

  it('speaks of no limit where there are no more posts than that number', async () => {
    const { shows } = await released(3);

    expect(await shows('en', 'result')).not.toContain(translator('en')('kept.limits'));
  });
});
