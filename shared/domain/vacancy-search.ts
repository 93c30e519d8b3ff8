import { InstructionLanguage, Subject } from '#shared/domain/codes.ts';
import { RoundId } from '#shared/domain/ids.ts';
import { hoursPerLoad, type Vacancy } from '#shared/domain/vacancy.ts';

/** How vacancies may be put in order; `code` is the order of the register. */
export const orders = ['code', 'subject', 'district', 'school', 'hours', 'posts', 'support'] as const;
type Order = (typeof orders)[number];

/** Hours a week beside a full load (DOMAIN 2.4). */
export const loads = ['part', 'full', 'over'] as const;
type Load = (typeof loads)[number];

export type Filter = {
  /** Only of this call, in a list over several. */
  round?: RoundId | undefined;
  subject?: Subject | undefined;
  district?: string | undefined;
  /** A part of the name of the locality. */
  locality?: string | undefined;
  /** A part of the name of the school, in either of its languages. */
  school?: string | undefined;
  language?: InstructionLanguage | undefined;
  load?: Load | undefined;
  order: Order;
  /** From 1. */
  page: number;
};

export const pageSize = 30;

/** Reads a query; what is not a known value filters nothing. */
export const readFilter = (query: Readonly<Record<string, string>>): Filter => {
  const page = Number(query['page'] ?? '1');
  return {
    round: RoundId.safeParse(query['call']).data,
    subject: Subject.safeParse(query['subject']).data,
    district: textIn(query['district']),
    locality: textIn(query['locality']),
    school: textIn(query['school']),
    language: InstructionLanguage.safeParse(query['language']).data,
    load: loads.find((load) => load === query['load']),
    order: orders.find((order) => order === query['order']) ?? 'code',
    page: Number.isInteger(page) && page > 0 && page < 10_000 ? page : 1,
  };
};

/** No name of a school or a place is longer than a cell of the register. */
const longestText = 200;

const textIn = (text: string | undefined): string | undefined =>
  text?.normalize('NFC').trim().slice(0, longestText) || undefined;

/** The query that stands for a filter, without what is as it is anyway. */
export const writeFilter = (filter: Filter): string => {
  const { round: call, subject, district, locality, school, language, load, order, page } = filter;
  const values = {
    call,
    subject,
    district,
    locality,
    school,
    language,
    load,
    order: order === 'code' ? undefined : order,
    page: page > 1 ? String(page) : undefined,
  };
  const query = new URLSearchParams(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  ).toString();
  return query === '' ? '' : `?${query}`;
};

export type Selection<One extends Vacancy = Vacancy> = {
  /** One page of what the filter leaves. */
  shown: readonly One[];
  /** All that the filter leaves. */
  vacancies: number;
  posts: number;
  pages: number;
  page: number;
};

type Compare = (a: string, b: string) => number;

/** @param compare by the rules of the reader's language */
export const select = <One extends Vacancy & { roundId?: RoundId }>(
  vacancies: readonly One[],
  filter: Filter,
  compare: Compare,
): Selection<One> => {
  const left = vacancies.filter((vacancy) => passes(vacancy, filter));
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

const passes = (vacancy: Vacancy & { roundId?: RoundId }, filter: Filter): boolean => {
  const { round, subject, district, locality, school, language, load } = filter;
  return (
    isAsked(round, vacancy.roundId) &&
    isAsked(subject, vacancy.subject) &&
    isAsked(district, vacancy.district) &&
    isAsked(language, vacancy.language) &&
    isAsked(load, loadOf(vacancy)) &&
    names(locality, [vacancy.locality]) &&
    names(school, [vacancy.school.kk, vacancy.school.ru])
  );
};

const isAsked = (asked: string | undefined, value: string | undefined): boolean =>
  asked === undefined || asked === value;

const names = (part: string | undefined, texts: readonly string[]): boolean =>
  part === undefined || texts.some((text) => text.toLowerCase().includes(part.toLowerCase()));

const loadOf = ({ hours }: Vacancy): Load => {
  if (hours === hoursPerLoad) return 'full';
  return hours < hoursPerLoad ? 'part' : 'over';
};

const inOrder = (order: Order, a: Vacancy, b: Vacancy, compare: Compare): number => {
  switch (order) {
    case 'posts':
      return b.posts - a.posts;
    case 'hours':
      return b.hours - a.hours;
    case 'support':
      return b.incentives.length - a.incentives.length;
    case 'subject':
      return compare(a.subject, b.subject);
    case 'school':
      return compare(a.school.kk, b.school.kk);
    case 'district':
      return compare(a.district, b.district) || compare(a.locality, b.locality);
    case 'code':
      return 0;
    default:
      return order satisfies never;
  }
};
