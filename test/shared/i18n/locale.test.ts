import { expect, it } from 'vitest';
import { locales, negotiateLocale, translator } from '#shared/i18n/index.ts';
import { fill } from '#shared/i18n/message.ts';

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

it.for(locales)('a number below 0 has a minus and no hyphen in %s', (locale) => {
  const t = translator(locale);

  expect(t.number(-2.5)).toMatch(/^\u22122[.,]5$/);
  expect(t.number(2.5)).toMatch(/^2[.,]5$/);
  expect(fill('{points}', { points: -3 }, locale)).toBe('\u22123');
  expect(fill('{code}', { code: 'MAT-001' }, locale)).toBe('MAT-001');
});

it('a plural has a form for just one number, before that of the language', () => {
  const message = '{count, plural, =0 {none} one {# post} other {# posts}}';

  expect([0, 1, 2].map((count) => fill(message, { count }, 'en'))).toEqual(['none', '1 post', '2 posts']);
});
