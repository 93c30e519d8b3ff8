import type { Locale } from '#shared/i18n/locale.ts';

type Letter = { subject: string; text: string; locale: Locale; origin: string };

/**
 * The words of a letter once more, for readers of mail that show HTML: paragraphs, and links to pages of `origin` and nowhere else. Everything in it is
 * escaped; it loads nothing and knows nothing of who opens it.
 */
export const letterHtml = ({ subject, text, locale, origin }: Letter): string => {
  const paragraphs = text.trim().split(/\n{2,}/);
  return [
    '<!doctype html>',
    `<html lang="${locale}">`,
    `<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(subject)}</title></head>`,
    `<body style="${look}">`,
    ...paragraphs.map((paragraph) => `<p>${linked(paragraph, origin).replaceAll('\n', '<br>\n')}</p>`),
    '</body>',
    '</html>\n',
  ].join('\n');
};

/** Large enough for a phone, dark on light: readers of mail keep no style sheet. */
const look =
  'margin:0 auto;padding:16px;max-width:36em;font:16px/1.5 sans-serif;color:#0b0c0c;background-color:#ffffff';

/** Addresses of our own pages as links, without the sign that ends their sentence; another address that somebody typed never becomes one. */
const linked = (text: string, origin: string): string =>
  text
    .split(/(\s+)/)
    .map((word) => {
      if (!word.startsWith(`${origin}/`)) return escaped(word);
      const address = word.replace(/[.,;:!?)]+$/, '');
      return `<a href="${escaped(address)}">${escaped(address)}</a>${escaped(word.slice(address.length))}`;
    })
    .join('');

const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
