import { parse } from 'node-html-parser';
import type { Locale } from '#shared/i18n/index.ts';
import { secretary } from '#test/builders/interview-scenes.ts';
import { anOwedScene } from '#test/builders/owed-interviews.ts';
import { aSelectionSite } from './selection-site.ts';

/** Where somebody is owed an interview, with its pages and a secretary who is signed in. */
export const owedPages = async (
  prepare: (one: Awaited<ReturnType<typeof anOwedScene>>) => Promise<void> = async () => {},
) => {
  const one = await anOwedScene();
  await prepare(one);
  const site = aSelectionSite(one.world);
  const list = (locale: Locale = 'en') => `/${locale}/committee/rounds/${one.roundId}/owed-interviews`;
  const page = (locale: Locale = 'en') => `${list(locale)}/${one.applicationId}`;
  return { one, site, list, page, desk: await site.staff(secretary) };
};

/** Where the forms of a page lead to. */
export const formsIn = (html: string): string[] =>
  parse(html)
    .querySelectorAll('main form')
    .map((form) => (form.getAttribute('action') ?? '').split('/').at(-1) ?? '');
