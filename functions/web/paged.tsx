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

type Paged<Row> = { rows: readonly Row[]; page: number; pages: number };

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

type PagesProps = Pick<Paged<unknown>, 'page' | 'pages'> & {
  t: Translator;
  at: string;
  /** Which part of the list, where it has parts. */
  shown?: string;
};

/** To the page before and the page after; nothing where there is one page. */
export const PageLinks = ({ t, at, shown, page, pages }: PagesProps) => {
  const to = (number: number) => `${at}?${shown === undefined ? '' : `show=${shown}&`}page=${number}`;
  return pages > 1 ? (
    <p>
      {page > 1 && <a href={to(page - 1)}>{t('common.previousPage')}</a>} {t('common.page', { page, pages })}{' '}
      {page < pages && <a href={to(page + 1)}>{t('common.nextPage')}</a>}
    </p>
  ) : null;
};
