import type { Context } from 'hono';
import type { Translator } from '#shared/i18n/index.ts';
import { pageNumber } from '#shared/paging.ts';

export { pageOf } from '#shared/paging.ts';

/** The page of a list that an address asks for, from 1; the first where it names none. */
export const pageAsked = (c: Context): number => pageNumber(c.req.query('page'));

/** The same of one of several lists on a page, which has a parameter of its own. */
export const pageIn = (query: string, param: string): number =>
  pageNumber(new URLSearchParams(query).get(param));

/** The part of a list that an address asks for; `usual` where it names none that there is. */
export const partAsked = <Name extends string>(c: Context, parts: readonly Name[], usual: Name): Name =>
  parts.find((part) => part === c.req.query('show')) ?? usual;

/** Which page of how many; `param` is what the address calls it, where a page has several lists. */
export type Place = { page: number; pages: number; param?: string };

type PartsProps<Name extends string> = {
  t: Translator;
  /** Of the list, without a query. */
  at: string;
  shown: Name;
  /** Of the table that the links lead to, where it stands below others. */
  id?: string;
  parts: readonly { name: Name; label: string; count: number }[];
};

/** The parts of a list that can be shown, each with how many stand in it. */
export const PartLinks = <Name extends string>({ t, at, shown, id, parts }: PartsProps<Name>) => (
  <nav aria-label={t('common.parts')}>
    <ul class="govuk-list">
      {parts.map(({ name, label, count }) => (
        <li>
          <a
            href={`${at}?show=${name}${id ? `#${id}` : ''}`}
            aria-current={name === shown ? 'page' : undefined}
          >
            {label}
          </a>{' '}
          {t.number(count)}
        </li>
      ))}
    </ul>
  </nav>
);

type PagesProps = Place & {
  t: Translator;
  at: string;
  /** Which part of the list, where it has parts. */
  shown?: string;
  /** What the address says besides, and the table that the links lead to, where it is sorted or stands below others. */
  table?: { query: string; id: string };
};

/** To the page before and the page after; nothing where there is one page. */
export const PageLinks = ({ t, at, shown, table, page, pages, param = 'page' }: PagesProps) => {
  const to = (number: number): string => {
    const asked = new URLSearchParams(table?.query);
    asked.delete('done');
    if (shown !== undefined) asked.set('show', shown);
    asked.set(param, String(number));
    return `${at}?${asked.toString()}${table ? `#${table.id}` : ''}`;
  };
  return pages > 1 ? (
    <p>
      {page > 1 && <a href={to(page - 1)}>{t('common.previousPage')}</a>} {t('common.page', { page, pages })}{' '}
      {page < pages && <a href={to(page + 1)}>{t('common.nextPage')}</a>}
    </p>
  ) : null;
};
