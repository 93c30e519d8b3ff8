import * as fc from 'fast-check';
import { SectionId, Typed } from '#shared/domain/application-form.ts';
import { type Field, fields } from '#shared/domain/application-form-fields.ts';

/** What people, programs and spreadsheets put into a box: scripts and signs of every kind, half characters, markup, formulas. */
export const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(
    '',
    '=cmd|" /C calc"!A0',
    '@SUM(1+1)',
    '\u202Eملعم\u202C',
    'שלום',
    '👩🏽\u200D🏫🇰🇿',
    'Ӛі\u0301',
    'a\u0000b\u0007\u001B[31m',
    '\uD83D',
    'x\uDC00y',
    '"><evil-13 onevil="x">',
    '</textarea></span></dd><evil-13>',
    "'><evil-13>",
    '&lt;evil-13&gt;',
    '\r\n\t ',
    'а'.repeat(301),
    '9'.repeat(400),
  ),
);

/** What of a page would be markup that somebody typed; each is found in none. */
export const markupIn = (text: string): string[] =>
  ['<evil-13', 'onevil="x"'].filter((markup) => text.includes(markup));

const answerOf = (field: Field): fc.Arbitrary<Typed[keyof Typed]> => {
  if (field.control === 'entries') {
    const entry = fc.record({
      kind: fc.oneof(fc.constantFrom(...field.options), anything),
      year: anything,
      text: anything,
    });
    return fc.array(entry, { maxLength: 12 });
  }
  if (!('options' in field)) return anything;
  const option = fc.oneof(fc.constantFrom(...field.options), anything);
  return field.control === 'some-of' ? fc.array(option, { maxLength: 42 }) : option;
};

const asked = (section: SectionId) => fields.filter((field) => field.section === section);

/** Some answers to the questions of a section. */
export const typedInto = (section: SectionId): fc.Arbitrary<Typed> =>
  fc
    .record(Object.fromEntries(asked(section).map((field) => [field.name, answerOf(field)])), {
      requiredKeys: [],
    })
    .map((typed) => Typed.parse(typed));

/** Some answers to some questions of any section. */
export const sectionAndTyped = fc
  .constantFrom(...SectionId.options)
  .chain((section) => fc.record({ section: fc.constant(section), typed: typedInto(section) }));
