import { expect, it } from 'vitest';
import { catalogues } from '#shared/i18n/catalogues.ts';
import letters from '#shared/i18n/en/letters.json' with { type: 'json' };
import papers from '#shared/i18n/en/papers.json' with { type: 'json' };
import { filesOf, textOf } from './files.ts';

const source = ['shared/', 'functions/', 'infra/', 'workflows/']
  .flatMap((folder) => filesOf(folder))
  .filter((path) => /\.tsx?$/.test(path))
  .map(textOf)
  .join('\n');

/** Names, keys and codes as they stand in the source; keys come as data too, such as `?done=offer.done.accepted`. */
const words = new Set(
  (source.match(/[\w.-]+/g) ?? []).flatMap((word) => [word, word.replaceAll(/^\.+|\.+$/g, '')]),
);

/** Keys with holes: `conflicts.ruling.${verdict}.hint`. */
const templates = [...new Set(source.match(/\b[a-z-]+\.[\w.-]*(?:\$\{[^{}`]*\}[\w.-]*)+/g))].map(
  (template) => {
    const fixed = template.split(/\$\{[^{}`]*\}/).map((part) => part.replaceAll('.', String.raw`\.`));
    return new RegExp(`^${fixed.join('(.+)')}$`);
  },
);

/** A hole is filled by a code of the source, or by one that is put together from such: `offer-${status}`. */
const fills = (part: string): boolean =>
  words.has(part) || part.split('-').every((piece) => words.has(piece) || words.has(`${piece}-`));

const isAsked = (key: string): boolean =>
  words.has(key) || templates.some((template) => template.exec(key)?.slice(1).every(fills) === true);

/** A letter is asked for by its name, for its subject and its body. */
const keys = [
  ...Object.keys({ ...catalogues.en, ...papers }),
  ...Object.keys(letters).map((key) => key.replace(/\.(subject|body)$/, '')),
];

it('somebody asks for every text', () => {
  expect(keys.filter((key) => !isAsked(key))).toEqual([]);
});

it.for([
  ['problems.kept.value', 'no template ends like it'],
  ['offer.done.xyzzy', 'no redirect names it'],
  ['conflicts.strength.xyzzy', 'nothing fills the hole with it'],
  ['xyzzy', 'no letter has its name'],
] as const)('%s would be found, since %s', ([key]) => {
  expect(isAsked(key)).toBe(false);
});
