import { describe, expect, it } from 'vitest';
import { acceptOffer } from '#functions/commands/offers.ts';
import { roundThen } from '#functions/commands/round-then.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { offerTo } from '#test/builders/offer-answers.ts';
import { anOffersRoundIn, aVacancy, deliverOffersIn, offersIn, releasedIn } from '#test/builders/offers.ts';
import { offersDecidedIn } from '#test/builders/offers-decided.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { aSite } from '#test/functions/web/site.ts';

const quota = { kk: 'Орыс тілді мектептер', ru: 'Русскоязычные школы', en: 'Russian-language schools' };

const limit = { kk: 'Қазақ тілді мектептер', ru: 'Казахоязычные школы', en: 'Kazakh-language schools' };

/** One post for all, kept for schools that teach in Russian; or so many that go by rank alone, and one over and above. */
const keepingFile = (openFirst?: number) => {
  const { posts } = aRoundFile();
  const { source, confidence, verifiedOn } = posts;
  const sourced = { source, confidence, verifiedOn };
  return aRoundFile({
    posts: {
      ...posts,
      total: 1 + (openFirst ?? 0),
      allocation: {
        mechanism: 'applicant-proposing-deferred-acceptance',
        ...(openFirst !== undefined && { openFirst, counting: 'each-quota' }),
        ...sourced,
      },
      quotas: [
        {
          code: 'russian',
          title: quota,
          precedence: 1,
          kind: 'at-least',
          posts: 1,
          of: { languages: ['ru'] },
          ...sourced,
        },
      ],
    },
  });
};

/** Two posts in all, at most one of them at schools that teach in Kazakh. */
const cappedFile = () => {
  const { posts } = keepingFile();
  const quotas = posts.quotas.map((one) =>
    Object.assign({}, one, { kind: 'at-most' as const, of: { languages: ['kk' as const] }, title: limit }),
  );
  return aRoundFile({ posts: { ...posts, total: 2, quotas } });
};

type Given = { openFirst?: number; choices?: string[] };

/** The first by rank wants a Kazakh school, the second a Russian one; this one of them can sign in. The offers are out. */
const offered = async (who: number, { openFirst, choices = ['MAT-001', 'MAT-002'] }: Given = {}) => {
  const site = aSite();
  const { records, clock, deps } = site;
  const world = { ...aWorld(), records, clock, chance: deps.chance };
  const personId = PersonId.parse(sha256Of('applicant').toUpperCase().slice(0, 20));
  const people = choices.map((code, index) =>
    Object.assign({ choices: [code] }, index === who && { personId }),
  );
  const vacancies = [aVacancy('MAT-001'), aVacancy('MAT-002', { language: 'ru' }), aVacancy('MAT-003')];
  const scene = await anOffersRoundIn(world, people, vacancies, keepingFile(openFirst));
  const administrator = await site.administrator();
  const board = `manage/rounds/${scene.roundId}/offers`;
  const before = await administrator.get(`/en/${board}`);
  await administrator.post(`/en/${board}`, { confirmed: `${1 + (openFirst ?? 0)}` });
  await deliverOffersIn(world);
  const application = `applications/${scene.people[who]?.applicationId}`;
  return { applicant: site.applicant(), administrator, board, before, application, world, scene };
};

describe('posts that are kept', () => {
  it.for(locales)(
    'stand on the board with the mechanism, their order and what is left, in %s',
    async (locale) => {
      const t = translator(locale);
      const { administrator, board, before, world, scene } = await offered(0);

      const { text } = await administrator.get(`/${locale}/${board}`);

      expect(await offersIn(world, scene)).toEqual(['1 MAT-002 open']);
      expect(before.text).toContain(`MAT-002, kept post: ${quota.en}`);
      expect(text).toContain(t('kept.mechanism.applicant-proposing-deferred-acceptance'));
      expect(text).toContain(t('kept.text'));
      expect(text).toContain(`MAT-002, ${t('kept.tag', { quota: quota[locale] })}`);
    },
  );

  it.for(locales)(
    'are explained to whom they pass by, as result and on the waiting list, in %s',
    async (locale) => {
      const t = translator(locale);
      const { applicant, application } = await offered(0);

      const result = await applicant.get(`/${locale}/${application}/result`);
      const waiting = await applicant.get(`/${locale}/${application}/waiting`);

      const passed = t('kept.passed', { vacancy: 'MAT-001', quotas: quota[locale] });
      expect([result.status, waiting.status]).toEqual([200, 200]);
      expect(result.text).toContain(passed);
      expect(result.text).not.toContain(t('kept.total'));
      expect(waiting.text).toContain(passed);
      expect(waiting.text).toContain(t('kept.order', { quotas: quota[locale] }));
      expect(waiting.text).toContain(t('kept.moves'));
      expect(waiting.text).not.toContain(t('waiting.moves.back'));
    },
  );

  it.for(locales)('are named to whoever has one because of them, in %s', async (locale) => {
    const t = translator(locale);
    const { applicant, application, world, scene } = await offered(1);
    const { offerId } = await offerTo(world, scene, 1);

    const offer = await applicant.get(`/${locale}/${application}/offers/${offerId}`);
    const result = await applicant.get(`/${locale}/${application}/result`);

    const through = t('kept.through', { vacancy: 'MAT-002', quota: quota[locale] });
    expect(offer.text).toContain(through);
    expect(result.text).toContain(through);
    expect(result.text).not.toContain(t('kept.passed', { vacancy: 'MAT-001', quotas: quota[locale] }));
  });

  it.for(locales)(
    'stay explained once the offers have ended, whatever happens later, in %s',
    async (locale) => {
      const t = translator(locale);
      const { applicant, application, world, scene } = await offered(0);
      granted(await acceptOffer(world, await offerTo(world, scene, 1)));
      const { standings } = await offersDecidedIn(world, scene.roundId);

      const { text } = await applicant.get(`/${locale}/${application}/result`);

      const kept = { passed: { vacancy: 'MAT-001', quotas: ['russian'] } };
      expect(standings).toMatchObject([{ reasons: ['no-post'], kept }, { vacancy: 'MAT-002' }]);
      expect(standings[1]).not.toHaveProperty('kept');
      expect(text).toContain(t('kept.passedOver', { vacancy: 'MAT-001', quotas: quota[locale] }));
      expect(text).not.toContain(t('kept.passed', { vacancy: 'MAT-001', quotas: quota[locale] }));
    },
  );

  it('are named in the letter of an offer that was made because of them, and in its preview', async () => {
    const { before, world, scene } = await offered(1);

    const letters = [...world.records.outbox.values()].flatMap(({ body }) =>
      body.kind === 'letter' && body.personId === scene.people[1]?.personId ? [body] : [],
    );
    expect(letters).toMatchObject([
      {
        template: 'offer-made-kept',
        facts: { vacancy: 'MAT-002', quota: `${quota.kk} / ${quota.ru} / ${quota.en}` },
      },
    ]);
    expect(before.text).toContain(`${quota.kk} / ${quota.ru} / ${quota.en}`);
  });

  it.for(locales)('are among the public rules of the round with their order, in %s', async (locale) => {
    const t = translator(locale);
    const { applicant, scene } = await offered(0);

    const { status, text } = await applicant.get(`/${locale}/calls/${scene.roundId}/rules`);

    expect(status).toBe(200);
    expect(text).toContain(t('kept.mechanism.applicant-proposing-deferred-acceptance'));
    expect(text).toContain(t('kept.rule', { title: quota[locale], count: 1, precedence: 1 }));
  });
});

describe('posts that are kept over and above those that go by rank alone', () => {
  /** The first has one of two posts by rank; the second wants the same, and the third has the kept one. */
  const over = { openFirst: 1, choices: ['MAT-001', 'MAT-003', 'MAT-002'] };

  it.for(locales)('are so among the rules, on the board and on the waiting list, in %s', async (locale) => {
    const t = translator(locale);
    const { administrator, applicant, application, board, world, scene } = await offered(1, over);

    const rules = await applicant.get(`/${locale}/calls/${scene.roundId}/rules`);
    const onBoard = await administrator.get(`/${locale}/${board}`);
    const waiting = await applicant.get(`/${locale}/${application}/waiting`);

    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 open', '2 MAT-002 open']);
    expect(rules.text).toContain(t('kept.openFirst', { count: 1 }));
    expect(rules.text).toContain(t('kept.counting.each-quota'));
    expect(rules.text).toContain(t('kept.ruleOver', { title: quota[locale], count: 1, precedence: 1 }));
    expect(onBoard.text).toContain(t('kept.textOver', { count: 1 }));
    expect(onBoard.text).toContain(t('kept.counting.each-quota'));
    expect(onBoard.text).not.toContain(t('kept.text'));
    expect(waiting.text).toContain(t('kept.orderOver', { count: 1, quotas: quota[locale] }));
    expect(waiting.text).toContain(t('kept.passed', { vacancy: 'MAT-003', quotas: quota[locale] }));
  });
});

describe('a limit that is used up', () => {
  it.for(locales)(
    'is said to whom it passes by, as result and on the waiting list, in %s',
    async (locale) => {
      const t = translator(locale);
      const site = aSite();
      const { records, clock, deps } = site;
      const world = { ...aWorld(), records, clock, chance: deps.chance };
      const personId = PersonId.parse(sha256Of('applicant').toUpperCase().slice(0, 20));
      const people = [{ choices: ['MAT-001'] }, { choices: ['MAT-002'], personId }];
      const scene = await releasedIn(
        world,
        people,
        ['MAT-001', 'MAT-002'].map((code) => aVacancy(code)),
        cappedFile(),
      );
      const application = `applications/${scene.people[1]?.applicationId}`;

      const result = await site.applicant().get(`/${locale}/${application}/result`);
      const waiting = await site.applicant().get(`/${locale}/${application}/waiting`);

      const capped = t('kept.capped', { vacancy: 'MAT-002', limits: limit[locale] });
      expect(result.text).toContain(capped);
      expect(result.text).toContain(t('kept.limits'));
      expect(waiting.text).toContain(capped);
      expect(waiting.text).toContain(t('waiting.order'));

      granted(await acceptOffer(world, await offerTo(world, scene, 0)));
      await offersDecidedIn(world, scene.roundId);
      const afterwards = await site.applicant().get(`/${locale}/${application}/result`);
      expect(afterwards.text).toContain(t('kept.cappedOver', { vacancy: 'MAT-002', limits: limit[locale] }));
    },
  );

  it('are told by a look back at the round', async () => {
    const { world, scene } = await offered(1);
    const then = await roundThen(world.records, scene.roundId, world.clock.now());

    expect(then?.offers.map(({ vacancy, reserve }) => [vacancy, reserve])).toEqual([['MAT-002', 'russian']]);
  });
});
