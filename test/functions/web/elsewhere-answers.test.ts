import { describe, expect, it } from 'vitest';
import { withdrawApplication } from '#functions/commands/application-withdrawal.ts';
import { bringStatement } from '#functions/commands/elsewhere-hearing.ts';
import { makeStatement } from '#functions/commands/elsewhere-statement.ts';
import { acceptOffer } from '#functions/commands/offers.ts';
import { dateIn } from '#functions/web/words.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { regionName } from '#shared/domain/region.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { heardIn, proposedIn, sidesOf, statedIn } from '#test/builders/answered.ts';
import { theColleague } from '#test/builders/elsewhere.ts';
import { ownOf } from '#test/builders/exchange.ts';
import { handingUntil, tellIn } from '#test/builders/handed.ts';
import { offerTo } from '#test/builders/offer-answers.ts';
import { aVacancy, letOutIn, offersEndedIn } from '#test/builders/offers.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { aSite } from '#test/functions/web/site.ts';

const them = PersonId.parse(sha256Of('applicant').toUpperCase().slice(0, 20));
const first = 'KZ19-AAAA-0000';

describe('the page where posts are', () => {
  it.for(locales)('notes what people answered, and hands the statement out, in %s', async (locale) => {
    const site = aSite();
    Object.assign(site.deps, { region: 'KZ-61' });
    const { records, clock, deps } = site;
    const regions = await proposedIn({
      ...aWorld(),
      records,
      clock,
      chance: deps.chance,
      papers: deps.papers,
    });
    const { roundId } = regions.there.scene;
    const page = `/${locale}/manage/rounds/${roundId}/elsewhere/people`;
    const t = translator(locale);
    const administrator = await site.administrator();
    const day = { 'on-day': '22', 'on-month': '11', 'on-year': '2022' };

    const nobody = await administrator.post(`${page}/said`, { number: 'ABC', ...day });
    const noted = await administrator.post(`${page}/said`, { number: first, answer: 'accepted', ...day });
    const before = await administrator.get(page);
    const stale = await administrator.post(`${page}/1/answers`, { confirmed: '2' });
    const asked = await administrator.post(`${page}/1/answers`, { confirmed: '1' });
    const signing = await administrator.get(page);
    const early = await administrator.get(`${page}/1/answers`);
    const { world, signer } = regions.there;
    await makeStatement({ ...world, signer }, { roundId, arrival: 1, statement: 1 });
    const after = await administrator.get(page);
    const file = await administrator.get(`${page}/1/answers`);

    expect([nobody.status, noted.status, stale.status, asked.status]).toEqual([422, 303, 409, 303]);
    expect(nobody.text).toContain(t('elsewhere.fault.nobody'));
    expect(nobody.text).toContain(t('elsewhere.fault.noAnswer'));
    expect(nobody.text).toContain('value="ABC"');
    expect(before.text).toContain(t('elsewhere.said.accepted'));
    expect(before.text).toContain(t('elsewhere.statement.sign', { count: 1 }));
    expect(signing.text).toContain(t('elsewhere.statement.signing'));
    expect([early.status, file.status]).toEqual([404, 303]);
    expect(after.text).toContain(`href="${page}/1/answers"`);
    expect(after.text).not.toContain(t('elsewhere.statement.sign', { count: 1 }));
    expect(file.location).toContain('answers-');
  });
});

/** A region with people, one of whom was offered its free post, and the statement that they accepted another one. */
const aStatement = async () => {
  const site = aSite();
  const { records, clock, deps } = site;
  const near = { ...aWorld(), records, clock, chance: deps.chance, papers: deps.papers };
  const regions = await proposedIn(undefined, { near, first: them, posts: [aVacancy('MAT-001')] });
  await letOutIn(near, regions.here.scene.roundId);
  clock.to(handingUntil);
  return { site, near, regions, file: await statedIn(regions, { [first]: 'accepted' }) };
};

describe('the page where people come from', () => {
  it.for(locales)(
    'shows what follows from a statement before another person lets it count, in %s',
    async (locale) => {
      const { site, near, regions, file } = await aStatement();
      const t = translator(locale);
      const { roundId, people } = regions.here.scene;
      const page = `/${locale}/manage/rounds/${roundId}/elsewhere/lists/1`;
      const administrator = await site.administrator();

      const torn = await administrator.upload(`${page}/answers`, 'statement', file.slice(1));
      const missing = await administrator.upload(`${page}/answers`, 'statement', new Uint8Array());
      granted(await bringStatement(near, { ...sidesOf(regions).here.staff, by: theColleague, file }));
      const waiting = await administrator.get(page);
      const statement = waiting.text.match(/name="statement" value="([^"]*)"/)?.[1] ?? '';
      const seen = { statement, closing: '1', offers: '1', returning: '0', conflicts: '0' };
      const unseen = await administrator.post(`${page}/answers/confirmation`, { ...seen, closing: '0' });
      const counted = await administrator.post(`${page}/answers/confirmation`, seen);
      await tellIn(near);
      const after = await administrator.get(page);
      const application = `/${locale}/applications/${people[0]?.applicationId}`;
      const own = await site.applicant().get(`${application}/elsewhere/1`);
      const timeline = await site.applicant().get(application);

      expect([torn.status, missing.status, unseen.status, counted.status]).toEqual([422, 422, 409, 303]);
      expect(torn.text).toContain(t('elsewhere.fault.answers'));
      expect(waiting.text).toContain(t('elsewhere.heard.closes.offers', { vacancies: 'MAT-001' }));
      expect(waiting.text).toContain(t('elsewhere.heard.confirm'));
      expect(after.text).toContain(
        t('elsewhere.heard.gone', { at: t.moment(near.clock.now(), 'Asia/Almaty') }),
      );
      const region = regionName('KZ-61')[locale];
      const on = dateIn(t, '2022-11-22');
      expect(own.text).toContain(t('elsewhere.own.answer.accepted', { region, on }));
      expect(timeline.text).toContain(t('timeline.elsewhere-gone', { region }));
      // Nothing more is to come here.
      expect(timeline.text).not.toContain(t('codes.stage.onboarding'));
    },
  );

  it('shows both posts with their dates where somebody accepted here as well', async () => {
    const { site, near, regions, file } = await aStatement();
    const t = translator('ru');
    const { scene } = regions.here;
    granted(await acceptOffer(near, await offerTo(near, scene, 0)));
    granted(await bringStatement(near, { ...sidesOf(regions).here.staff, file }));
    const page = `/ru/manage/rounds/${scene.roundId}/elsewhere/lists/1`;
    const { text } = await (await site.administrator()).get(page);

    const at = t.moment(near.clock.now(), 'Asia/Almaty');
    expect(text).toContain(t('elsewhere.heard.conflict', { vacancies: 'MAT-001', at }));
    expect(text).toContain('22 ноября 2022');
    expect(text).toContain('govuk-warning-text');
  });

  it('asks nobody which post it is to be once they withdrew here, and promises them nothing, in every language', async () => {
    const { site, near, regions, file } = await aStatement();
    const { scene } = regions.here;
    granted(await acceptOffer(near, await offerTo(near, scene, 0)));
    await heardIn(regions, file);
    await tellIn(near);
    const facts = { region: 'KZ-61', on: '2022-11-22' } as const;
    const told = async (what: 'conflict' | 'noted' | 'out') => {
      for (const locale of locales) {
        const t = translator(locale);
        const region = regionName(facts.region)[locale];
        const page = `/${locale}/applications/${scene.people[0]?.applicationId}/elsewhere/1`;
        const { text } = await site.applicant().get(page);
        for (const one of ['accepted', 'conflict', 'ended', 'noted', 'out'] as const) {
          const words = t(`elsewhere.own.answer.${one}`, { region, on: dateIn(t, facts.on) });
          expect([one, text.includes(words)]).toEqual([one, one === what]);
        }
      }
    };

    await told('conflict');
    granted(await withdrawApplication(near, { ...ownOf(scene, 0), reasonCode: 'other-post' }));
    await told('noted');
    near.clock.pass(60);
    regions.there.world.clock.pass(60);
    await heardIn(regions, await statedIn(regions, { [first]: 'ended' }));
    await tellIn(near);
    await told('out');
  });

  it('says that nobody is in again once the offers are over, before and after it counts, in every language', async () => {
    const { site, near, regions, file } = await aStatement();
    const { roundId, people } = regions.here.scene;
    await heardIn(regions, file);
    await tellIn(near);
    await offersEndedIn(near, roundId);
    near.clock.pass(60);
    regions.there.world.clock.pass(60);
    const later = await statedIn(regions, { [first]: 'ended' });
    granted(await bringStatement(near, { ...sidesOf(regions).here.staff, by: theColleague, file: later }));
    const administrator = await site.administrator();
    const none = { closing: 0, offers: 0, returning: 0, conflicts: 0 };
    const says = async (isCounted: boolean) => {
      for (const locale of locales) {
        const t = translator(locale);
        const { text } = await administrator.get(`/${locale}/manage/rounds/${roundId}/elsewhere/lists/1`);
        expect(text).toContain(t('elsewhere.heard.over'));
        expect(text).not.toContain(`>${t('elsewhere.heard.returns')}<`);
        expect(text.includes(t('elsewhere.heard.follows', none))).toBe(!isCounted);
      }
    };

    await says(false);
    const { text } = await administrator.get(`/ru/manage/rounds/${roundId}/elsewhere/lists/1`);
    const statement = text.match(/name="statement" value="([^"]*)"/)?.[1] ?? '';
    const seen = { statement, closing: '0', offers: '0', returning: '0', conflicts: '0' };
    const page = `/ru/manage/rounds/${roundId}/elsewhere/lists/1/answers/confirmation`;
    expect((await administrator.post(page, seen)).status).toBe(303);
    await tellIn(near);
    await says(true);
    for (const locale of locales) {
      const t = translator(locale);
      const own = `/${locale}/applications/${people[0]?.applicationId}/elsewhere/1`;
      const facts = { region: regionName('KZ-61')[locale], on: dateIn(t, '2022-11-22') };
      expect((await site.applicant().get(own)).text).toContain(t('elsewhere.own.answer.out', facts));
    }
  });
});
