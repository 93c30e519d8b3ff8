import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { saveSection, viewApplication } from '#functions/commands/applications.ts';
import { SectionId, Typed } from '#shared/domain/application-form.ts';
import { checkForm } from '#shared/domain/application-form-check.ts';
import { type Field, fields } from '#shared/domain/application-form-fields.ts';
import { typedWell } from '#test/builders/application.ts';
import { asPosted } from '#test/builders/posted-form.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { aCallIn, aigul, aStartIn, aWorld, granted } from '#test/builders/scenes.ts';
import { aSite, begin } from '../site.ts';

/** What people, programs and spreadsheets put into a box: scripts and signs of every kind, half characters, markup, formulas. */
const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(
    '',
    '=cmd|" /C calc"!A0',
    '@SUM(1+1)',
    '\u202Eملعم\u202C',
    'שלום',
    '👩🏽\u200D🏫🇰🇿',
    'Ӛі\u0301',
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

const typedInto = (section: SectionId): fc.Arbitrary<Typed> =>
  fc
    .record(Object.fromEntries(asked(section).map((field) => [field.name, answerOf(field)])), {
      requiredKeys: [],
    })
    .map((typed) => Typed.parse(typed));

const sectionAndTyped = fc
  .constantFrom(...SectionId.options)
  .chain((section) => fc.record({ section: fc.constant(section), typed: typedInto(section) }));

describe('whatever is typed', () => {
  it('is stored as it is, or clearly refused with nothing changed', async () => {
    const world = aWorld();
    const applicationId = (await aStartIn(world, await aCallIn(world))).state.id;
    const mine = { by: aigul, applicationId };
    const stored = async (section: SectionId) =>
      granted(await viewApplication(world, mine)).sections[section];

    await fc.assert(
      fc.asyncProperty(sectionAndTyped, async ({ section, typed }) => {
        const before = await stored(section);

        const answer = await saveSection(world, { ...mine, section, basedOn: before.version, typed });

        const after = await stored(section);
        if (answer.ok) {
          expect(after.typed).toEqual({ ...before.typed, ...typed });
        } else {
          const { error } = answer;
          const places = error.kind === 'invalid' ? error.faults.map(({ place }) => place) : [];
          expect(places.length).toBeGreaterThan(0);
          expect(Object.keys(typed)).toEqual(expect.arrayContaining(places));
          expect(after).toEqual(before);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('is read as a form or answered with faults at its fields, never more', () => {
    const file = aRoundFile();
    const names = new Set<string>(fields.map(({ name }) => name));

    fc.assert(
      fc.property(sectionAndTyped, ({ typed }) => {
        const checked = checkForm({ ...typedWell, ...typed }, file);

        expect(checked.ok ? [] : checked.error.filter(({ place }) => !names.has(place))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('comes back on the pages as text, never as a part of the page', async () => {
    const site = aSite();
    const applicant = site.applicant();
    const address = await begin(applicant, await site.openCall());
    const sections = fc.constantFrom(
      'identity',
      'contacts',
      'work',
      'achievements',
      'motivation',
      'adjustments',
    );

    await fc.assert(
      fc.asyncProperty(
        sections.chain((name) => {
          const section = SectionId.parse(name);
          return fc.record({ section: fc.constant(section), typed: typedInto(section) });
        }),
        async ({ section, typed }) => {
          const path = `${address}/sections/${section}`;
          const [, basedOn = ''] =
            /name="basedOn" value="(\d+)"/.exec((await applicant.get(path)).text) ?? [];
          const answer = await applicant.post(path, {
            ...asPosted(typed),
            basedOn,
            revealed: 'yes',
            next: 'go-on',
          });

          const pages = [answer, await applicant.get(path), await applicant.get(`${address}/check`)];
          expect([303, 422]).toContain(answer.status);
          for (const { text } of pages) {
            expect(text).not.toMatch(/<evil-13/);
            expect(text).not.toContain('onevil="x"');
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});
