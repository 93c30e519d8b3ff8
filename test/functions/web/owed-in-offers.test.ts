import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { acceptOffer } from '#functions/commands/offers.ts';
import { type Locale, locales, translator } from '#shared/i18n/index.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { best, givenAndCounted } from '#test/builders/missed-interview.ts';
import { offerTo } from '#test/builders/offer-answers.ts';
import { theAdministrator } from '#test/builders/offers.ts';
import { heldAt, holderIn, offering } from '#test/builders/owed-in-offers.ts';
import { granted } from '#test/builders/scenes.ts';
import { advanceIn, members, secretary } from '#test/builders/selection.ts';
import { formsIn } from './owed-pages.ts';
import { aSelectionSite } from './selection-site.ts';

const scene = async (
  prepare: (one: Awaited<ReturnType<typeof offering>>) => Promise<void> = async () => {},
) => {
  const one = await offering();
  await prepare(one);
  const { world, roundId, numbers, applications } = one.scene;
  const site = aSelectionSite(world);
  const list = (locale: Locale = 'en') => `/${locale}/committee/rounds/${roundId}/owed-interviews`;
  const page = (locale: Locale = 'en') => `${list(locale)}/${nth(applications, best).id}`;
  const desk = await site.staff(secretary);
  return { ...one.scene, site, list, page, desk, number: nth(numbers, best) };
};

const linksIn = (html: string): string[] =>
  parse(html)
    .querySelectorAll('main a')
    .map((link) => link.getAttribute('href') ?? '');

describe('the pages of interviews that are owed while offers are made', () => {
  it('say that offers stay and what comes of an interview, and lead to what is owed beyond it', async () => {
    const { list, page, desk, site, number, roundId } = await scene();
    for (const locale of locales) {
      const t = translator(locale);
      const { text } = await desk.get(list(locale));
      expect(text).toContain(t('owed-interview.offers'));
      expect(text).toContain(t('owed-interview.waits.offers'));
      expect(text).not.toContain(t('owed-interview.waits.claims'));
      expect(linksIn(text)).toContain(`/${locale}/manage/rounds/${roundId}/edition-debts`);
    }
    const way = linksIn((await desk.get(list())).text).find((href) => href.includes('?application='));
    expect(way).toBe(`${list()}?application=${number}#application`);
    const form = parse((await desk.get(`${list()}?application=${number}`)).text);
    expect(form.querySelector('input[name=application]')?.getAttribute('value')).toBe(number);
    expect(form.querySelector('.govuk-error-summary')).toBeNull();
    const asked = await desk.post(list(), { application: number, reason: 'No time was left.' });
    expect([asked.status, asked.location]).toEqual([303, `${page()}?done=owed-interview.done.asked`]);
    const seat = parse((await (await site.staff(nth(members, 0))).get(list())).text);
    expect(seat.querySelectorAll('main ul').filter((one) => one.querySelector('li') === null)).toEqual([]);
    const second = await site.staff(theAdministrator);
    expect(linksIn((await second.get(list())).text)).toContain(`/en/manage/rounds/${roundId}/remedies`);
    expect((await second.post(`${page()}/grant`, {})).status).toBe(303);
    expect(formsIn((await desk.get(page())).text)).toEqual(['time']);

    const refused = await desk.post(`/en/committee/rounds/${roundId}/proposal`, {});
    expect([refused.status, refused.text.includes(number)]).toEqual([409, true]);
  });

  it('lead from one that counts to what is owed beyond the order of offers', async () => {
    const { page, desk, roundId } = await scene(async ({ scene: one }) => {
      await givenAndCounted(one, heldAt);
    });
    for (const locale of locales) {
      const { text } = await desk.get(page(locale));
      expect(text).toContain(translator(locale)('owed-interview.counted.offers'));
      expect(linksIn(text)).toContain(`/${locale}/manage/rounds/${roundId}/edition-debts`);
    }
  });

  it('say once the offers have ended what there is instead, and take no request', async () => {
    const { list, desk, roundId, number } = await scene(async (one) => {
      const { world } = one.scene;
      granted(await acceptOffer(world, await offerTo(world, one.round, await holderIn(one))));
      await advanceIn(world, one.scene.roundId);
    });
    for (const locale of locales) {
      const { status, text } = await desk.get(list(locale));
      expect([status, formsIn(text)]).toEqual([200, []]);
      expect(text).toContain(translator(locale)('owed-interview.onboarding'));
      expect(linksIn(text)).toContain(`/${locale}/manage/rounds/${roundId}/corrections`);
    }
    expect((await desk.post(list(), { application: number, reason: 'Why' })).status).toBe(409);
    const api = `/api/rounds/${roundId}/owed-interviews`;
    expect(JSON.parse((await desk.get(api)).text)).toEqual({
      owed: [],
      closed: [],
      unasked: [{ number, found: { claim: expect.any(String) } }],
    });
    const late = await desk.json('POST', api, { application: number, reason: 'Why' });
    expect(JSON.parse(late.text)).toMatchObject({ type: '/problems/wrong-stage', stage: 'onboarding' });
  });
});
