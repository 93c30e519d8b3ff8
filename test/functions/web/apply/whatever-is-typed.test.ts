import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { saveSection, viewApplication } from '#functions/commands/applications.ts';
import { SectionId } from '#shared/domain/application-form.ts';
import { checkForm } from '#shared/domain/application-form-check.ts';
import { fields } from '#shared/domain/application-form-fields.ts';
import { markupIn, sectionAndTyped, typedInto } from '#test/builders/anything-typed.ts';
import { typedWell } from '#test/builders/application.ts';
import { asPosted } from '#test/builders/posted-form.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { aCallIn, aigul, aStartIn, aWorld, granted } from '#test/builders/scenes.ts';
import { aSelectionSite } from '../selection-site.ts';

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

  it('comes back as text, never as a part of a page, and from the own data as it is stored', async () => {
    const world = aWorld();
    const applicationId = (await aStartIn(world, await aCallIn(world))).state.id;
    const { get, post } = await aSelectionSite(world).applicant(aigul);
    const textOf = async (path: string) => (await get(path)).text;
    const own = `/ru/applications/${applicationId}`;

    for (const section of SectionId.options) {
      const path = `${own}/sections/${section}`;
      await fc.assert(
        fc.asyncProperty(typedInto(section), async (typed) => {
          const [, basedOn = ''] = /name="basedOn" value="(\d+)"/.exec(await textOf(path)) ?? [];
          const form = { ...asPosted(typed), basedOn, revealed: 'yes', next: 'go-on' };
          const { status, text } = await post(path, form);

          const pages = await Promise.all([path, `${own}/check`, '/ru/account/data'].map(textOf));
          expect([303, 422]).toContain(status);
          expect([text, ...pages].flatMap(markupIn)).toEqual([]);
          const { sections } = granted(await viewApplication(world, { by: aigul, applicationId }));
          const held = Held.parse(JSON.parse(await textOf('/ru/account/data/export.json')));
          const { answers = {}, equality = {} } = held.applications[0] ?? {};
          expect({ ...answers, ...equality }).toMatchObject(sections[section].typed);
        }),
        { numRuns: 5 },
      );
    }
  });
});

const Held = z.object({
  applications: z.array(
    z.object({ answers: z.looseObject({}).optional(), equality: z.looseObject({}).optional() }),
  ),
});
