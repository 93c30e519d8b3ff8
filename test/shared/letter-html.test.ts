import * as fc from 'fast-check';
import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { letterHtml } from '#shared/letter-html.ts';
import { renderLetter } from '#shared/letters.ts';

const origin = 'https://irikteu.example';

const htmlOf = (text: string, subject = 'Subject') => letterHtml({ subject, text, locale: 'kk', origin });

/** What people type into names, schools and reasons, with everything that could become markup or an address. */
const typed = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '<',
      '>',
      '&',
      '"',
      "'",
      '\n',
      ' ',
      '<script>',
      '<img src=x onerror=y>',
      '&lt;',
      'https://evil.example/',
      `${origin}.evil.example/`,
      '\u202e',
      '😀',
      '=1+1',
    ),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 4 }),
  ),
  maxLength: 40,
});

/** A reader of mail collapses white space, and so do we to compare. */
const plain = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim();

describe('the HTML of a letter', () => {
  it('says what was typed and nothing else: no markup, no address and no style follows from it', () => {
    fc.assert(
      fc.property(typed, typed, (subject, text) => {
        const root = parse(htmlOf(text, subject));

        const tags = new Set(root.querySelectorAll('*').map(({ rawTagName }) => rawTagName.toLowerCase()));
        expect([...tags].filter((tag) => !known.has(tag))).toEqual([]);
        expect(
          root.querySelectorAll('a').filter((one) => !one.getAttribute('href')?.startsWith(`${origin}/`)),
        ).toEqual([]);
        expect(plain(root.querySelector('body')?.textContent ?? '')).toBe(plain(text));
        expect(plain(root.querySelector('title')?.textContent ?? '')).toBe(plain(subject));
      }),
    );
  });

  it('has its links to our pages, without the sign that ends the sentence', () => {
    const links = parse(
      htmlOf(`Open ${origin}/kk/reference#a-token.\nOr https://evil.example/x`),
    ).querySelectorAll('a');

    expect(links.map((one) => [one.getAttribute('href'), one.textContent])).toEqual([
      [`${origin}/kk/reference#a-token`, `${origin}/kk/reference#a-token`],
    ]);
  });

  it('names its language, loads nothing, and holds the words of the plain text', () => {
    const facts = { roundId: 'R00000000000000000R1', intake: '2022-3', zone: 'Asia/Almaty' };
    for (const locale of ['kk', 'ru', 'en'] as const) {
      const { text, html } = renderLetter({ template: 'round-cancelled', facts }, locale, {
        origin,
        region: 'KZ-19',
      });
      const root = parse(html);

      expect(root.querySelector('html')?.getAttribute('lang')).toBe(locale);
      expect(html).not.toMatch(/src=|url\(|<link|<script|@import/i);
      expect(plain(root.querySelector('body')?.textContent ?? '')).toBe(plain(text));
    }
  });
});

const known = new Set(['html', 'head', 'meta', 'title', 'body', 'p', 'br', 'a']);
