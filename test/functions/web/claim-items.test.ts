import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { makeClaim } from '#functions/commands/claims.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { grounds, text } from '#test/builders/claims.ts';
import { applied, asked, aWronglyMarkedRound, published } from '#test/builders/corrections.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { granted } from '#test/builders/scenes.ts';
import { advanceIn, anApplicant, chair } from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';
import { aSelectionSite } from './selection-site.ts';

const aClaimed = async () => {
  const scene = await aWronglyMarkedRound();
  await published(scene);
  const { world, roundId, applications } = scene;
  const mine = { by: anApplicant(0), applicationId: nth(applications, 0).id };
  const claimId = granted(await makeClaim(world, { ...mine, grounds, text })).state.id;
  const site = aSelectionSite(world);
  const address = (locale: string) => `/${locale}/committee/rounds/${roundId}/claims/${claimId}`;
  return { scene, mine, site, address, api: `/api/rounds/${roundId}/claims/${claimId}` };
};

const test = 'item.scoring.test.marks';

describe('a claim about points on its page', () => {
  it.for(locales)(
    'shows the points, what follows from other ones, and decides exactly that, in %s',
    async (locale) => {
      const { site, address, mine } = await aClaimed();
      const t = translator(locale);
      const browser = await site.staff(chair);
      const form = await browser.get(address(locale));
      const cards = parse(form.text).querySelectorAll('select[name^="item.interview."]');
      expect(form.text).toContain(`name="${test}"`);
      expect(cards.length).toBeGreaterThan(3);
      const card = cards[0]?.getAttribute('name') ?? '';

      const typed = { verdict: 'items', [test]: '80', [card]: '1', reason: 'Жол жылжыған.' };
      const shown = await browser.post(address(locale), typed);
      expect(shown.status).toBe(200);
      const page = parse(shown.text);
      expect(page.text).toContain('55 → 80');
      expect(page.text).toContain(
        `${t('results.percent', { value: t.number(89.5) })} → ${t('results.percent', { value: t.number(94) })}`,
      );
      const again = Object.fromEntries(
        page
          .querySelectorAll('form[method=post] input[type=hidden]')
          .map((field) => [field.getAttribute('name') ?? '', field.getAttribute('value') ?? '']),
      );
      expect(again).toMatchObject({ [test]: '80', [card]: '1' });

      const back = await browser.post(address(locale), { ...again, change: 'yes' });
      expect(parse(back.text).querySelector(`input[name="${test}"]`)?.getAttribute('value')).toBe('80');
      expect((await browser.post(address(locale), again)).status).toBe(303);
      const colleagues = parse((await browser.get(address(locale))).text);
      expect(colleagues.text).toContain('55 → 80');
      const own = await (await site.applicant(mine.by)).get(
        `/${locale}/applications/${mine.applicationId}/claim`,
      );
      expect(parse(own.text).text).toContain('55 → 80');
      expect(own.text).not.toMatch(/, R\d/);
    },
  );

  it('keeps what was typed where something is wrong with it', async () => {
    const { site, address } = await aClaimed();
    const browser = await site.staff(chair);
    const t = translator('en');

    const wrong = await browser.post(address('en'), {
      verdict: 'items',
      [test]: '9o',
      reason: 'A row too low.',
    });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain(t('results.fault.item-points'));
    expect(parse(wrong.text).querySelector(`input[name="${test}"]`)?.getAttribute('value')).toBe('9o');
    expect(
      parse(wrong.text)
        .querySelector(`#${CSS(test)}`)
        ?.closest('details')
        ?.hasAttribute('open'),
    ).toBe(true);
    expect(wrong.text).toContain('A row too low.');
    const none = await browser.post(address('en'), { verdict: 'items', reason: 'A row too low.' });
    expect(none.text).toContain(t('results.fault.items-needed'));
    const both = { verdict: 'items', [test]: '80', scoring: '80', reason: 'Both.' };
    expect((await browser.post(address('en'), both)).text).toContain(t('results.fault.item-total'));
  });

  it('is the same to programs', async () => {
    const { site, api, mine } = await aClaimed();
    const { get, json } = await site.staff(chair);
    const { items } = JSON.parse((await get(`${api}/items`)).text);
    expect(items[0]).toMatchObject({ part: 'scoring', points: expect.any(Number) });

    const {
      shown,
      granted: grant,
      own,
    } = JSON.parse((await get(`${api}/effects?items=scoring.test.marks:80`)).text);
    expect(grant).toMatchObject({ scoring: 94, items: [{ criterion: 'test', was: 55, points: 80 }] });
    expect(own).toMatchObject({ before: { scoring: 89.5, rank: 3 }, after: { scoring: 94, rank: 2 } });
    expect((await get(`${api}/effects?items=scoring.test.R9:80`)).status).toBe(422);
    expect((await get(`${api}/effects?items=nonsense`)).status).toBe(422);
    const item = { part: 'scoring', criterion: 'test', points: 80 };
    const decision = { verdict: 'upheld', reason: 'A row too low.', items: [item] };
    expect((await json('PUT', `${api}/decision`, { ...decision, shown: 'f'.repeat(64) })).status).toBe(409);
    expect((await json('PUT', `${api}/decision`, { ...decision, shown })).status).toBe(204);
    const applicant = await site.applicant(mine.by);
    const claim = await applicant.get(`/api/applications/${mine.applicationId}/claim`);
    expect(JSON.parse(claim.text).corrected).toMatchObject({ scoring: 94, items: [{ points: 80 }] });
    expect(claim.text).not.toContain('raterId');
  });
});

describe('the own result after it', () => {
  it.for(locales)(
    'has the corrected points beside the former ones, with what changed them, in %s',
    async (locale) => {
      const { scene, site, address, mine } = await aClaimed();
      const t = translator(locale);
      const browser = await site.staff(chair);
      const typed = { verdict: 'items', [test]: '80', reason: 'Жол жылжыған.' };
      const shown = parse((await browser.post(address(locale), typed)).text).querySelector(
        'input[name=shown]',
      );
      await browser.post(address(locale), { ...typed, shown: shown?.getAttribute('value') ?? '' });
      const { world, roundId } = scene;
      const own = async () => {
        const applicant = await site.applicant(mine.by);
        const api = await applicant.get(`/api/applications/${mine.applicationId}/result`);
        const page = await applicant.get(`/${locale}/applications/${mine.applicationId}/result`);
        return { api: JSON.parse(api.text), page: parse(page.text).text };
      };
      expect((await own()).api.changes, 'not before the final results').toEqual([]);

      world.clock.to(at('2022-11-14T05:00'));
      await advanceIn(world, roundId);
      const { api, page } = await own();
      const before = t('results.points.before', { was: t.number(55) });
      expect(page).toContain(
        `${t('results.outOf', { mean: t.number(80), most: t.number(100) })} (${before})`,
      );
      const percent = (value: number) => t('results.percent', { value: t.number(value) });
      expect(page).toContain(`${percent(89.5)} → ${percent(94)}. ${t('results.changed.points')}`);
      expect(api.changes).toMatchObject([
        { part: 'scoring', by: 'claim', was: 89.5, is: 94, points: { test: 80 } },
      ]);
      expect(api.points.find(({ code }: { code: string }) => code === 'test')).toMatchObject({
        mean: 80,
        was: 55,
        changed: { by: 'claim' },
      });
      expect(api.stages[0].standing).toMatchObject({ scoring: 94, marks: { test: 80 } });
    },
  );

  it('says the same after a correction, and that a total alone was changed where it was', async () => {
    const { scene, site, mine } = await aClaimed();
    const { world, roundId, numbers } = scene;
    const number = numbers[0] ?? nth(scene.applications, 0).number;
    const about = { number, part: 'scoring', criterion: 'test' } as const;
    await applied(scene, await asked(scene, { kind: 'criterion', ...about, points: 80 }));
    await applied(scene, await asked(scene, { kind: 'totals', number, corrected: { interview: 50 } }));
    const browser = await site.staff(chair);
    const { claims } = JSON.parse((await browser.get(`/api/rounds/${roundId}/claims`)).text);
    const rejected = { verdict: 'rejected', reason: 'Put right already.' };
    const decision = `/api/rounds/${roundId}/claims/${claims[0].id}/decision`;
    expect((await browser.json('PUT', decision, rejected)).status).toBe(204);
    world.clock.to(at('2022-11-14T05:00'));
    await advanceIn(world, roundId);

    const applicant = await site.applicant(mine.by);
    const t = translator('en');
    const page = parse((await applicant.get(`/en/applications/${mine.applicationId}/result`)).text).text;
    expect(page).toContain('80 of 100 (55 before)');
    expect(page).toContain(`89.5% → 94%. ${t('results.changed.points')}`);
    expect(page).toContain(`100% → 50%. ${t('results.changed.total')}`);
  });
});

const CSS = (name: string): string => name.replaceAll('.', '\\.');
