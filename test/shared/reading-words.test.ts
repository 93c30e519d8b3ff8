import { describe, expect, it } from 'vitest';
import { readKinds } from '#shared/domain/reading.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { dayMoment, dayWords, readingDays, readWords } from '#shared/reading-words.ts';
import { at } from '#test/builders/worlds.ts';

const t = translator('en');
const zone = 'Asia/Qyzylorda';
const morning = at('2026-09-25T04:00');

const read = (what: string, minutes: number, role = 'desk') => ({
  role,
  what,
  at: addSeconds(morning, minutes * 60),
});

const linesOf = (reads: readonly ReturnType<typeof read>[]): string[] =>
  readingDays(
    reads,
    ({ role }) => role,
    (moment) => t.day(moment, zone),
  ).map((day) => `${dayMoment(t, day, zone)}. ${day.first.role}: ${dayWords(t, day)}`);

describe('who read what', () => {
  it('stands in one line for each reader and day, however often a page was opened', () => {
    const opened = Array.from({ length: 40 }, (_, minute) => read('form', minute));

    expect(linesOf([read('name', 0), ...opened, read('document', 300, 'secretary')])).toEqual([
      '25 September 2026 at 09:00 (UTC+05:00) to 09:39. desk: the name and contact; the form (40 times)',
      '25 September 2026 at 14:00 (UTC+05:00). secretary: a document',
    ]);
  });

  it('begins a new line with the day of the reader’s zone', () => {
    const [first, second] = linesOf([read('form', 14 * 60 + 59), read('form', 15 * 60)]);

    expect(first).toContain('25 September 2026 at 23:59');
    expect(second).toContain('26 September 2026 at 00:00');
  });

  it('has words for each kind in each language, and for what is read no more', () => {
    for (const locale of locales) {
      const words = [...readKinds, 'forgotten'].map((kind) => readWords(translator(locale), kind));
      expect(new Set(words).size).toBe(words.length);
    }
  });
});
