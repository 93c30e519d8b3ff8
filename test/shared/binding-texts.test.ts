import { describe, expect, it } from 'vitest';
import { bindingLine, bindingTexts } from '#shared/binding-texts.ts';
import type { Fault } from '#shared/errors.ts';
import { locales, translator } from '#shared/i18n/index.ts';

const fault = (message: string, facts: NonNullable<Fault['facts']>): Fault => ({
  place: String(facts['application'] ?? ''),
  message: `assignment.${message}`,
  facts,
});
const lacking = (application: string, raters: number, conflicts: number, language = 'kk'): Fault =>
  fault('too-few-readers', { application, needed: 1, raters, conflicts, language });
const words = new Map(['a', 'b', 'c', 'd', 'e', 'f'].map((id) => [id, `KZ19-0000-000${id.toUpperCase()}`]));
const faults = [
  lacking('a', 0, 0),
  fault('no-expert', { application: 'b', subject: 'mathematics', conflicts: 0 }),
  lacking('c', 0, 2),
  lacking('d', 0, 0),
  lacking('e', 0, 0, 'ru'),
  fault('capacity', { needed: 9, available: 4 }),
  fault('binds-maximum', {}),
];

describe('what keeps raters from being assigned', () => {
  it('is each rule once, with the applications behind it by their counts', () => {
    const t = translator('ru');
    const said = bindingTexts(t, faults, words);

    expect(said.map(({ rule }) => rule)).toEqual([
      '3 заявлениям не хватает оценивающих, которые читают на языке «Казахский»',
      '1 заявление не может оценить никто из знающих предмет «Математика»',
      '1 заявлению не хватает оценивающих, которые читают на языке «Русский»',
      t('assignment.capacity', { needed: 9, available: 4 }),
      t('assignment.binds-maximum'),
    ]);
    expect(said[0]?.cases).toEqual([
      { said: 'нужен ещё 1 человек', applications: ['KZ19-0000-000A', 'KZ19-0000-000D'] },
      {
        said: 'нужен ещё 1 человек, 2 отстранены или вернули заявление',
        applications: ['KZ19-0000-000C'],
      },
    ]);
    expect(said.map(bindingLine)[1]).toBe(
      '1 заявление не может оценить никто из знающих предмет «Математика»: KZ19-0000-000B',
    );
  });

  it('names everybody of a list that was cut', () => {
    const t = translator('ru');
    const facts = {
      applications: 9,
      needed: 12,
      missing: 1,
      subjects: 'mathematics …',
      languages: 'kk',
      room: 11,
    };
    const [said] = bindingTexts(t, [fault('bottleneck', { ...facts, raters: 9, names: 'a, b …' })], words);

    expect(said?.rule).toBe(
      'Заявлениям (всего 9; предметы: Математика …; языки: Казахский) нужно ещё 12 оценок; поставить могут только оценивающие из этого списка (всего 9: KZ19-0000-000A, KZ19-0000-000B …), и не больше 11; для 1 места нет',
    );
  });

  it.for(locales)('says no count that is zero, in %s', (locale) => {
    const t = translator(locale);
    const lines = bindingTexts(t, faults, words).map(bindingLine);

    expect(lines.join('\n')).not.toMatch(/(^|[\s(])0\s/);
    for (const id of ['A', 'B', 'C', 'D', 'E']) {
      expect(lines.filter((line) => line.includes(`KZ19-0000-000${id}`))).toHaveLength(1);
    }
    const one = bindingTexts(
      t,
      [fault('too-few', { application: 'f', needed: 2, raters: 1, conflicts: 1 })],
      words,
    );
    const counts = [
      t('raters.case.needed', { count: 2 }),
      t('raters.case.raters', { count: 1 }),
      t('raters.case.conflicts', { count: 1 }),
    ];
    expect(one.map(bindingLine)).toEqual([
      `${t('raters.too-few', { count: 1 })}: KZ19-0000-000F (${counts.join(', ')})`,
    ]);
  });
});
