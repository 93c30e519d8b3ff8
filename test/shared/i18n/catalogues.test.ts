import { describe, expect, it } from 'vitest';
import { fields } from '#shared/domain/application-form-fields.ts';
import { Instant } from '#shared/domain/time.ts';
import { isMessageKey } from '#shared/i18n/catalogues.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { fill, placeholdersOf, pluralCategoriesOf } from '#shared/i18n/message.ts';
import { at } from '#test/builders/worlds.ts';
import { areas, read } from './catalogue.ts';

const translations = areas.flatMap((area) => [['kk', area] as const, ['ru', area] as const]);

/** Names, codes and signs that are the same in every language. */
const sameEverywhere = /^[–\d\s%.,:(){}A-ZА-Я]*$|^(Cookie|IIN|PhD)$/;

describe.for(translations)('the catalogue %s/%s', ([locale, area]) => {
  const english = read('en', area);
  const translated = read(locale, area);

  it('has exactly the English keys, none left empty', () => {
    expect(Object.keys(translated).toSorted()).toEqual(Object.keys(english).toSorted());
    expect(Object.entries(translated).filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('needs the same facts in every sentence', () => {
    const different = Object.keys(english).filter(
      (key) => String(placeholdersOf(translated[key] ?? '')) !== String(placeholdersOf(english[key] ?? '')),
    );

    expect(different).toEqual([]);
  });

  it('has no sentence left in English', () => {
    const left = Object.entries(translated).filter(
      ([key, text]) => text === english[key] && !sameEverywhere.test(text.replaceAll(/\{\w+\}/g, '')),
    );

    expect(left).toEqual([]);
  });

  it('is written in its own alphabet', () => {
    const latin = Object.entries(translated).filter(
      ([, text]) => /[a-z]/i.test(text.replaceAll(/\{[^{}]*\}/g, '')) && !/\p{Script=Cyrillic}/u.test(text),
    );

    expect(latin.filter(([, text]) => !sameEverywhere.test(text))).toEqual([]);
  });
});

describe.for(locales.flatMap((locale) => areas.map((area) => [locale, area] as const)))(
  'a plural in %s/%s',
  ([locale, area]) => {
    it('leaves no brace behind once its facts are filled in', () => {
      const wrong = Object.entries(read(locale, area)).filter(([, text]) => {
        const facts = Object.fromEntries(placeholdersOf(text).map((name) => [name, 2]));
        return fill(text, facts, locale).includes('{');
      });

      expect(wrong).toEqual([]);
    });

    it('has every form that the language has', () => {
      const needed = new Intl.PluralRules(locale).resolvedOptions().pluralCategories.toSorted();
      const wrong = Object.entries(read(locale, area)).filter(([, text]) =>
        pluralCategoriesOf(text).some((forms) => String(forms.toSorted()) !== String(needed)),
      );

      expect(wrong).toEqual([]);
    });
  },
);

describe('a key', () => {
  it('begins with its area, and every area is known to the pages', () => {
    const keys = areas
      .filter((area) => area !== 'letters' && area !== 'papers')
      .flatMap((area) => Object.keys(read('en', area)).map((key) => ({ area, key })));

    expect(keys.filter(({ area, key }) => !key.startsWith(`${area}.`))).toEqual([]);
    expect(keys.filter(({ key }) => !isMessageKey(key))).toEqual([]);
  });

  it('exists for every option of every field of the form', () => {
    const options = fields.flatMap((field) =>
      'options' in field ? field.options.map((option) => `${field.name}.${option}`) : [],
    );
    const named = options.filter((key) => !/\.(yes|no)$/.test(key));
    const keys = [...fields.map(({ name }) => `${name}.label`), ...named].map(
      (key) => `application-form.${key}`,
    );

    expect(keys.length).toBeGreaterThan(30);
    expect(keys.filter((key) => !isMessageKey(key))).toEqual([]);
  });
});

describe('a sentence', () => {
  it.for([
    [1, '1 вакансия'],
    [3, '3 вакансии'],
    [5, '5 вакансий'],
    [21, '21 вакансия'],
    [438, '438 вакансий'],
  ] as const)('counts %d in Russian as a person would', ([count, text]) => {
    const message = '{count, plural, one {# вакансия} few {# вакансии} many {# вакансий} other {# вакансии}}';

    expect(fill(message, { count }, 'ru')).toBe(text);
  });

  it('with a fact that was not given is not served with a hole in it', () => {
    expect(() => fill('Until {at}', {}, 'en')).toThrow('"at"');
  });

  it('takes a fact as it is, even one that looks like a placeholder', () => {
    expect(fill('{name}: {other}', { name: '{other}', other: 'x' }, 'en')).toBe('{other}: x');
  });

  it('writes a year without a separator and a large sum with one', () => {
    expect(fill('{year} {sum}', { year: 2022, sum: 4_325_000 }, 'en')).toBe('2022 4,325,000');
  });
});

describe('a moment', () => {
  it.for([
    ['kk', '2022 ж. 4 қазан, 18:00 (UTC+06:00)'],
    ['ru', '4 октября 2022 г. в 18:00 (UTC+06:00)'],
    ['en', '4 October 2022 at 18:00 (UTC+06:00)'],
  ] as const)('is said in %s with its offset', ([locale, text]) => {
    const deadline = at('2022-10-04T12:00');

    expect(translator(locale).moment(deadline)).toBe(text);
  });

  it('after 1 March 2024 has the new offset of Almaty', () => {
    const deadline = at('2026-10-04T12:00');

    expect(translator('en').moment(deadline)).toBe('4 October 2026 at 17:00 (UTC+05:00)');
  });

  it('can be said as another zone shows it', () => {
    const deadline = at('2022-10-04T12:00');

    expect(translator('en').moment(deadline, 'Asia/Atyrau')).toBe('4 October 2022 at 17:00 (UTC+05:00)');
  });

  it.for([
    ['kk', '2022 ж. 4 қазан, 24:00 (UTC+06:00)', '2022 ж. 5 қазан, 00:00 (UTC+06:00)'],
    ['ru', '4 октября 2022 г. в 24:00 (UTC+06:00)', '5 октября 2022 г. в 00:00 (UTC+06:00)'],
    ['en', '4 October 2022 at 24:00 (UTC+06:00)', '5 October 2022 at 00:00 (UTC+06:00)'],
  ] as const)('at midnight ends its day and starts the next, in %s', ([locale, end, start]) => {
    const midnight = at('2022-10-04T18:00');

    expect(translator(locale).moment(midnight)).toBe(end);
    expect(translator(locale).start(midnight)).toBe(start);
  });

  it('a second after midnight is of its own day', () => {
    const after = Instant.parse('2022-10-04T18:00:01.000Z');

    expect(translator('en').moment(after)).toBe('5 October 2022 at 00:00 (UTC+06:00)');
  });
});
