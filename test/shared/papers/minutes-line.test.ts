import { expect, it } from 'vitest';
import { translator } from '#shared/i18n/index.ts';
import { Minutes, type MinutesGate } from '#shared/papers/minutes.ts';
import { minutesPaper } from '#shared/papers/minutes-paper.ts';
import { someMinutes } from '#test/builders/minutes.ts';

const locales = ['kk', 'ru', 'en'] as const;

/** What the minutes say of the line, where the gate of scoring knows it so. */
const saidOf = (line: MinutesGate['line'], locale: (typeof locales)[number]): string[] => {
  const { gates, ...rest } = someMinutes();
  const [, scoring] = gates;
  if (!scoring) throw new Error('There is a gate of scoring.');
  const minutes = Minutes.parse({ ...rest, gates: gates.with(1, { ...scoring, ...(line && { line }) }) });
  const t = translator(locale);
  return minutesPaper(minutes, t)
    .sections.flatMap(({ blocks }) => blocks)
    .flatMap((block) => (block.kind === 'facts' ? block.facts : []))
    .filter(({ name }) => name === t('near-line.title.shown'))
    .map(({ value }) => value);
};

it.for(locales)('the minutes name in %s whom ratings could not tell apart from the line', (locale) => {
  const t = translator(locale);
  const numbers = someMinutes().applications.map(({ number }) => number);
  const near = numbers.slice(0, 2);
  const facts = { places: '3', level: 84 };

  expect(saidOf({ places: 3, level: 84, near }, locale)).toEqual([
    `${t('near-line.list', { ...facts, count: 2 })}\n${near.join(', ')}`,
  ]);
  expect(saidOf({ places: 3, level: 84, near: [] }, locale)).toEqual([t('near-line.list.none', facts)]);
  expect(saidOf({ places: 3, level: 84, near: [], unknown: true }, locale)).toEqual([
    t('near-line.stop.unknown'),
  ]);
});

it('minutes of a list that said nothing of it are silent', () => {
  expect(saidOf(undefined, 'en')).toEqual([]);
});
