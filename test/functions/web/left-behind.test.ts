import { beforeEach, describe, expect, it } from 'vitest';
import { locales, translator } from '#shared/i18n/index.ts';
import { aRoundFile, asUpload } from '#test/builders/round-file.ts';
import { at } from '#test/builders/worlds.ts';
import { aSite, begin, type Site } from './site.ts';

let site: Site;
beforeEach(() => {
  site = aSite();
});

describe('a draft after the deadline', () => {
  it.for(locales)('is said in %s to be left behind, wherever it is read', async (locale) => {
    const t = translator(locale);
    const applicant = site.applicant();
    const own = (await begin(applicant, await site.openCall())).replace('/en/', `/${locale}/`);
    const open = await applicant.get(own);
    site.clock.to(at('2022-10-04T12:00'));
    const back = site.applicant();

    const parts = ['', '/sections/motivation', '/documents', '/choices', '/check'];
    const pages = await Promise.all(parts.map((part) => back.get(`${own}${part}`)));
    const list = await back.get(`/${locale}/applications`);

    const closed = t('apply.leftBehind', { at: t.moment(at('2022-10-04T12:00'), 'Asia/Almaty') });
    expect(open.text).not.toContain(closed);
    for (const { text } of pages) expect(text).toContain(closed);
    for (const { text } of pages) expect(text).toContain(`href="/${locale}/account/data"`);
    for (const { text } of [...pages.slice(2), list]) expect(text).not.toContain(t('apply.document.choose'));
    expect(pages[0]?.text).not.toContain(t('apply.checkAnswers'));
    expect(list.text).toContain(t('apply.stage.leftBehind'));
  });

  it('is still taken in the grace, and it says until when', async () => {
    const file = aRoundFile({ call: { ...aRoundFile().call, graceMinutes: 10 } });
    const applicant = site.applicant();
    const own = await begin(applicant, await site.openCall(asUpload(file)));
    site.clock.to(at('2022-10-04T12:05'));
    const back = site.applicant();

    const pages = [await back.get(own), await back.get('/en/applications')];
    site.clock.to(at('2022-10-04T12:10'));
    const over = await site.applicant().get('/en/applications');

    for (const { text } of pages) expect(text).toContain('is still taken until 4 October 2022 at 18:10');
    for (const { text } of pages) expect(text).not.toContain('Not submitted');
    expect(over.text).toContain('Not submitted');
  });
});
