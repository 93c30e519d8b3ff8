import type { Context } from 'hono';
import type { Translator } from '#shared/i18n/index.ts';

/** Rows on a page; a round of ten thousand has a hundred pages. */
const perPage = 100;

/** The page of a list that an address asks for, from 1; the first where it names none. */
export const pageAsked = (c: Context): number =>
  Math.max(1, Math.floor(Number(c.req.query('page') ?? 1)) || 1);

/** The part of a list that an address asks for; `usual` where it names none that there is. */
export const partAsked = <Name extends string>(c: Context, parts: readonly Name[], usual: Name): Name =>
  parts.find((part) => part === c.req.query('show')) ?? usual;

/** Which page of how many. */
export type Place = { page: number; pages: number };

type Paged<Row> = Place & { rows: readonly Row[] };

/** The rows of one page: the last one, where there are fewer by now than when the address was linked to. */
export const pageOf = <Row,>(all: readonly Row[], asked: number): Paged<Row> => {
  const pages = Math.ceil(all.length / perPage);
  const page = Math.min(asked, Math.max(pages, 1));
  return { rows: all.slice((page - 1) * perPage, page * perPage), page, pages };
};

type PartsProps<Name extends string> = {
  t: Translator;
  /** Of the list, without a query. */
  at: string;
  shown: Name;
  parts: readonly { name: Name; label: string; count: number }[];
};

/** The parts of a list that can be shown, each with how many stand in it. */
export const PartLinks = <Name extends string>({ t, at, shown, parts }: PartsProps<Name>) => (
  <nav aria-label={t('common.parts')}>
    <ul class="govuk-list">
      {parts.map(({ name, label, count }) => (
        <li>
          <a href={`${at}?show=${name}`} aria-current={name === shown ? 'page' : undefined}>
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
export const PageLinks = ({ t, at, shown, table, page, pages }: PagesProps) => {
  const to = (number: number): string => {
    const asked = new URLSearchParams(table?.query);
    asked.delete('done');
    if (shown !== undefined) asked.set('show', shown);
    asked.set('page', String(number));
    return `${at}?${asked.toString()}${table ? `#${table.id}` : ''}`;
  };
  return pages > 1 ? (
    <p>
      {page > 1 && <a href={to(page - 1)}>{t('common.previousPage')}</a>} {t('common.page', { page, pages })}{' '}
      {page < pages && <a href={to(page + 1)}>{t('common.nextPage')}</a>}
    </p>
  ) : null;
};
