import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { locales, translator } from '#shared/i18n/index.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { aSite } from './site.ts';

const section = (html: string, title: string) =>
  parse(html)
    .querySelectorAll('main section')
    .find((one) => one.querySelector('h2')?.text === title);

describe('advice on a round file', () => {
  it.for(locales)(
    'stands on the page of a draft and before it is opened, in %s, and refuses nothing',
    async (locale) => {
      const site = aSite();
      const administrator = await site.administrator();
      const roundId = await site.draft('2022-7');
      const t = translator(locale);
      const page = `/${locale}/manage/rounds/${roundId}`;
      for (const address of [page, `${page}/open`]) {
        const advice = section((await administrator.get(address)).text, t('round-file.advice.title'));
        const items = advice?.querySelectorAll('li').map(({ text }) => text) ?? [];

        expect(items[0]).toContain(t('round-file.advice.criteria-many', { count: 13, fewest: 3, most: 7 }));
        expect(items[0]).toContain(t('round-file.advice.criteria-many.source'));
        expect(items[0]).toContain('/rubric/criteria');
        const bare = items.find((item) => item.includes('/rubric/criteria/2/scale'));
        expect(bare).toContain(aRoundFile().rubric.criteria[2]?.title[locale]);
      }
    },
  );

  it('is over once the call is open', async () => {
    const site = aSite();
    const administrator = await site.administrator();
    const roundId = await site.openCall();
    const { text } = await administrator.get(`/en/manage/rounds/${roundId}`);

    expect(section(text, translator('en')('round-file.advice.title'))).toBeUndefined();
  });
});
