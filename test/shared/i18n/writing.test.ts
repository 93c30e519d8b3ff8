import { describe, expect, it } from 'vitest';
import { type Locale, locales } from '#shared/i18n/index.ts';
import { type Catalogue, textsOf } from './catalogue.ts';

/** What is wrong with a text that is written so, and where it is no fault. */
type Fault = { is: RegExp; because: string; in?: readonly Locale[]; except?: RegExp };

const kkRu: readonly Locale[] = ['kk', 'ru'];

/** Endings of a noun in Kazakh, all of which follow the last vowel or consonant of the word before. */
const endings =
  'ның|нің|дың|дің|тың|тің|ға|ге|қа|ке|на|не|ды|ді|ты|ті|ны|ні|да|де|та|те|нда|нде|дан|ден|тан|тен|нан|нен|мен|бен|пен|ы|і|сы|сі|лар|лер|дар|дер|тар|тер|дағы|дегі|тағы|тегі|лық|лік|дық|дік|тық|тік|ншы|нші|дай|дей|тай|тей|дікі|нікі';

const faults: readonly Fault[] = [
  { is: /\S {2,}\S/, because: 'two spaces stand together' },
  { is: /\s[,;!?]| [.:](?=\s|$)/, because: 'a space stands before a mark' },
  { is: /["“”„]/, because: 'this language quotes with «»', in: kkRu },
  { is: /["«»]|\w'\w/, because: 'English quotes with “” and writes ’', in: ['en'] },
  { is: /[\d}]%/, because: 'a space stands before %', in: kkRu },
  { is: /%-\p{L}/u, because: 'an ending hangs on a percent sign', in: kkRu },
  { is: /[\d}] %/, because: 'no space stands before %', in: ['en'] },
  { is: /[^\d}] – [^\d{]/, because: 'a dash between words is —', in: kkRu },
  {
    is: /\p{Script=Latin}\p{Script=Cyrillic}|\p{Script=Cyrillic}\p{Script=Latin}/u,
    because: 'letters of two alphabets make one word',
  },
  { is: /\p{Script=Cyrillic}/u, because: 'a Cyrillic letter stands in English', in: ['en'] },
  {
    is: new RegExp(String.raw`\}-?(?:${endings})(?!\p{L})`, 'u'),
    because: 'an ending hangs on a fact, which another fact would not take',
    in: ['kk'],
  },
  {
    is: /\} (?:дейін|кейін|бастап|соң|бұрын|мен|бен|пен)(?!\p{L})/u,
    because: 'this word governs an ending that no fact brings',
    in: ['kk'],
  },
  {
    is: /\p{Ll}\((?:а|ла|на|ась|-а|-ла|-на)\)|\((?:а|ла)\)/u,
    because: 'who it is about may be a woman: say it without a gender',
    in: ['ru'],
  },
  {
    is: /\{(?:count|days|minutes)\} (?!more|или|мин?(?!\p{L})|min?(?!\p{L}))\p{Ll}{3,}/u,
    because: 'what is counted has its plural forms',
    in: ['ru', 'en'],
  },
  { is: /(?<!\p{L})(?:сен|саған|сенің)(?!\p{L})/iu, because: 'everybody is сіз', in: ['kk'] },
  { is: /(?<!\p{L})(?:ты|тебе|твой|твоя)(?!\p{L})/iu, because: 'everybody is вы', in: ['ru'] },
];

const faultsIn = (locale: Locale, texts: Catalogue): string[] =>
  faults
    .filter((fault) => fault.in?.includes(locale) ?? true)
    .flatMap(({ is, because }) =>
      Object.entries(texts)
        .filter(([, text]) => is.test(text))
        .map(([key]) => `${key}: ${because}`),
    );

it.for(locales)('a text in %s is written as its readers are used to', (locale) => {
  expect(faultsIn(locale, textsOf(locale))).toEqual([]);
});

it.for([
  ['kk', '{limit}-ге дейін', 'an ending hangs on a fact, which another fact would not take'],
  ['kk', '{at} дейін ашық', 'this word governs an ending that no fact brings'],
  ['kk', 'Өтініш “жаңа”', 'this language quotes with «»'],
  ['kk', 'Ɵтініш aшық', 'letters of two alphabets make one word'],
  ['ru', 'Он прислал(а) файл', 'who it is about may be a woman: say it without a gender'],
  ['ru', 'Всего {count} мест', 'what is counted has its plural forms'],
  ['ru', 'Это – план', 'a dash between words is —'],
  ['en', 'The сall', 'letters of two alphabets make one word'],
] as const)('in %s “%s” would be found', ([locale, text, because]) => {
  expect(faultsIn(locale, { 'offer.planted': text })).toContain(`offer.planted: ${because}`);
});

it.for([
  ['kk', '{line}-жол, {rank}-орын'],
  ['kk', '{until} күніне дейін'],
  ['ru', '{from} – {until}'],
  ['ru', 'Заявлений: {count}, {percent} %'],
] as const)('in %s “%s” is well', ([locale, text]) => {
  expect(faultsIn(locale, { 'offer.fine': text })).toEqual([]);
});

/** Names that no language translates, and single letters of codes. */
const untranslated = new Set(
  'BOM BMC Medical Education Journal Clinical Epidemiology pretalx HotCRP OpenReview Cookie cookie passkey PhD JavaScript League of Entropy drand quicknet kz ics json a f k'.split(
    ' ',
  ),
);

/** Abbreviations and codes: `SHA-256`, `PIN`, `KZ19-ABCD-2345`, `schemaVersion`, `number_again`. */
const isCode = (word: string): boolean =>
  /^[A-Z\d-]+$/.test(word) || /_/.test(word) || /^[a-z]+[A-Z]/.test(word);

/** A text as it is read: one form of a plural after the other, no facts, and nothing that is quoted for its letters. */
const asRead = (text: string): string =>
  text
    .replaceAll(/\{\w+, plural,|\b(?:one|few|many|other) (?=\{)|\{\w+\}/g, ' ')
    .replaceAll(/«[\w.-]+»|\S+@\S+|\/\w+#|npm run \w+|--\w+/g, ' ');

const latinIn = (texts: Catalogue): string[] =>
  Object.entries(texts).flatMap(([key, text]) =>
    [...asRead(text).matchAll(/[A-Za-z][\w-]*/g)]
      .map(([word]) => word.replace(/-$/, ''))
      .filter((word) => !untranslated.has(word) && !isCode(word))
      .map((word) => `${key}: ${word}`),
  );

describe('a word in Latin letters', () => {
  it.for(['kk', 'ru'] as const)('in %s is a name or a code', (locale) => {
    expect(latinIn(textsOf(locale))).toEqual([]);
  });

  it('left in English is found', () => {
    expect(latinIn({ 'offer.planted': 'Ұсынысты submit ету' })).toEqual(['offer.planted: submit']);
  });
});

/** Words that Kazakh has from the same source as Russian. */
const shared = new Set(
  `аудит аудитор апелляция бакалавр биология браузер география информатика квота кворум магистр математика маяк медиана мин модератор оператор
   педагог педагог-модератор резерв телефон тест файл физика формула химия эссе кб іріктеу`.split(/\s+/),
);

const sameInBoth = (kk: Catalogue, ru: Catalogue): string[] =>
  Object.entries(kk)
    .filter(([key, text]) => text === ru[key])
    .filter(([, text]) =>
      [...asRead(text).matchAll(/\p{Script=Cyrillic}[\p{Script=Cyrillic}-]*/gu)].some(
        ([word]) => !shared.has(word.toLowerCase()),
      ),
    )
    .map(([key]) => key);

it('no text in Kazakh is the Russian one', () => {
  expect(sameInBoth(textsOf('kk'), textsOf('ru'))).toEqual([]);
  expect(sameInBoth({ a: 'Заявление', b: 'Файл' }, { a: 'Заявление', b: 'Файл' })).toEqual(['a']);
});

/** A salutation ends as its language does; a number follows these. */
const endsItsOwnWay = new Set(['greeting', 'minutes.number']);

const endOf = (text: string): string => (/([.:?!…,]?)[»”)}\s]*$/.exec(text)?.[1] ?? '').replace('…', '.');

type Named = { key: string; name: string; pages: readonly string[] };

/** A name that is no page's, such as that of an award, is free. */
const isCalled = ({ key, pages }: Named, texts: Catalogue): boolean =>
  pages.length === 0 || pages.some((page) => texts[key]?.includes(`«${texts[page]}»`) === true);

describe('a text', () => {
  const [kk, ru, en] = [textsOf('kk'), textsOf('ru'), textsOf('en')];

  it('ends alike in the three languages: with a full stop, a colon, a question mark, or none', () => {
    const unlike = Object.entries(en).filter(
      ([key, text]) =>
        !endsItsOwnWay.has(key) &&
        new Set([text, kk[key] ?? '', ru[key] ?? ''].map((each) => endOf(each))).size > 1,
    );

    expect(unlike).toEqual([]);
  });

  it('that tells what was done is a sentence', () => {
    const open = [kk, ru, en].flatMap((texts) =>
      Object.entries(texts).filter(([key, text]) => /^[a-z-]+\.done\.\w/.test(key) && endOf(text) !== '.'),
    );

    expect(open).toEqual([]);
  });

  it('that calls a page by its name calls it so in each language', () => {
    const names: Named[] = Object.entries(en).flatMap(([key, text]) =>
      [...text.matchAll(/“([A-Z][^”{]+)”/g)].map(([, name = '']) => ({
        key,
        name,
        pages: Object.keys(en).filter((page) => en[page] === name),
      })),
    );

    expect(names.filter(({ pages }) => pages.length > 0).length).toBeGreaterThan(8);
    expect(names.filter((name) => !isCalled(name, kk) || !isCalled(name, ru))).toEqual([]);
  });
});
