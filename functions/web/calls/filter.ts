import { InstructionLanguage, Subject } from '#shared/domain/codes.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';

/** How vacancies may be put in order; `code` is the order of the register. */
export const orders = ['code', 'subject', 'district', 'posts'] as const;
type Order = (typeof orders)[number];

export type Filter = {
  subject?: Subject | undefined;
  district?: string | undefined;
  language?: InstructionLanguage | undefined;
  order: Order;
  /** From 1. */
  page: number;
};

export const pageSize = 50;

/** Reads a query; what is not a known value filters nothing. */
export const readFilter = (query: Readonly<Record<string, string>>): Filter => {
  const page = Number(query['page'] ?? '1');
  return {
    subject: Subject.safeParse(query['subject']).data,
    district: query['district'] === '' ? undefined : query['district'],
    language: InstructionLanguage.safeParse(query['language']).data,
    order: orders.find((order) => order === query['order']) ?? 'code',
    page: Number.isInteger(page) && page > 0 && page < 10_000 ? page : 1,
  };
};

/** The query that stands for a filter, without what is as it is anyway. */
export const writeFilter = (filter: Filter): string => {
  const query = new URLSearchParams();
  if (filter.subject) query.set('subject', filter.subject);
  if (filter.district !== undefined) query.set('district', filter.district);
  if (filter.language) query.set('language', filter.language);
  if (filter.order !== 'code') query.set('order', filter.order);
  if (filter.page > 1) query.set('page', String(filter.page));
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
};

export type Selection = {
  /** One page of what the filter leaves. */
  shown: readonly Vacancy[];
  /** All that the filter leaves. */
  vacancies: number;
  posts: number;
  pages: number;
  page: number;
};

/** @param compare by the rules of the reader's language */
export const select = (
  vacancies: readonly Vacancy[],
  filter: Filter,
  compare: (a: string, b: string) => number,
): Selection => {
  const left = vacancies.filter(
    (vacancy) =>
      (filter.subject === undefined || vacancy.subject === filter.subject) &&
      (filter.district === undefined || vacancy.district === filter.district) &&
      (filter.language === undefined || vacancy.language === filter.language),
  );
  const sorted = left.toSorted((a, b) => inOrder(filter.order, a, b, compare) || compare(a.code, b.code));
  const pages = Math.max(1, Math.ceil(sorted.length / pageSize));
  const page = Math.min(filter.page, pages);
  return {
    shown: sorted.slice((page - 1) * pageSize, page * pageSize),
    vacancies: sorted.length,
    posts: sorted.reduce((sum, vacancy) => sum + vacancy.posts, 0),
    pages,
    page,
  };
};

const inOrder = (order: Order, a: Vacancy, b: Vacancy, compare: (a: string, b: string) => number): number => {
  switch (order) {
    case 'posts':
      return b.posts - a.posts;
    case 'subject':
      return compare(a.subject, b.subject);
    case 'district':
      return compare(a.district, b.district) || compare(a.locality, b.locality);
    case 'code':
      return 0;
    default:
      return order satisfies never;
  }
};
