import { expect, it } from 'vitest';
import { negotiateLocale } from '#shared/i18n/index.ts';

it.for([
  [undefined, 'kk', 'says nothing'],
  ['', 'kk', 'says nothing'],
  ['*', 'kk', 'takes anything'],
  ['de-DE,de;q=0.9', 'kk', 'names none of our languages'],
  ['ru', 'ru', 'names one'],
  ['ru-KZ,kk;q=0.9', 'ru', 'names a region'],
  ['en;q=0.4, ru;q=0.6', 'ru', 'weighs them'],
  ['en, ru', 'en', 'weighs them alike'],
  ['en;q=0', 'kk', 'refuses one'],
  ['en;q=x', 'kk', 'sends nonsense'],
] as const)('a browser that sends %j gets %s, since it %s', ([header, locale]) => {
  expect(negotiateLocale(header)).toBe(locale);
});
