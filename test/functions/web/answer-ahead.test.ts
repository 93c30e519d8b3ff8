import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { locales, translator } from '#shared/i18n/index.ts';
import { aRound, released } from '#test/functions/web/offers-site.ts';

describe('what an applicant says of offers in advance', () => {
  it.for(locales)('is said and taken back on the page of the waiting places, in %s', async (locale) => {
    const { applicant, application, offer } = await released();
    const page = `/${locale}/${application}/waiting`;
    const t = translator(locale);

    const before = await applicant.get(page);
    const form = parse(before.text).querySelector('#ahead form');
    const options = form?.querySelectorAll('option').map((one) => one.getAttribute('value'));
    const nothing = await applicant.post(`${page}/ahead`, { upTo: '' });
    const odd = await applicant.post(`${page}/ahead`, { upTo: '1e9' });
    const said = await applicant.post(`${page}/ahead`, { upTo: '1' });
    const after = await applicant.get(page);
    const offered = await applicant.get(`/${locale}/${offer}`);
    const led = await applicant.get(`${page}/ahead`);
    const back = await applicant.post(`${page}/ahead/withdrawal`, {});
    const again = await applicant.get(page);

    expect(options).toEqual(['', '1']);
    expect([nothing, odd, said, led, back].map(({ status }) => status)).toEqual([422, 422, 303, 303, 303]);
    expect(nothing.text).toContain(t('waiting.ahead.error.upTo'));
    expect(after.text).toContain(t('waiting.ahead.takeBack'));
    expect(offered.text).toContain(t('waiting.ahead.offer'));
    expect(again.text).not.toContain(t('waiting.ahead.takeBack'));
  });

  it('is asked of nobody who has accepted a post', async () => {
    const { applicant, application, offer } = await released();
    await applicant.post(`/en/${offer}/acceptance`, {});

    const { status, text } = await applicant.get(`/en/${application}/waiting`);

    expect(status).toBe(200);
    expect(text).not.toContain('id="ahead"');
  });

  it.for(locales)(
    'is neither asked nor taken of whom the results do not let go on, in %s',
    async (locale) => {
      const { applicant, scene } = await aRound(1, undefined, { stops: true });
      const page = `/${locale}/applications/${scene.people[0]?.applicationId}/waiting`;

      const shown = await applicant.get(page);
      const sent = await applicant.post(`${page}/ahead`, { upTo: '1' });

      expect(shown.status).toBe(200);
      expect(shown.text).not.toContain('id="ahead"');
      expect(sent.status).toBe(409);
      expect(sent.text).toContain(translator(locale)('problems.no-offer-to-come.help'));
    },
  );
});
