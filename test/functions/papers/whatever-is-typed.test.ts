import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { drawAsked } from '#functions/papers/on-demand.ts';
import { renderWith } from '#functions/papers/render.ts';
import { PersonalData } from '#shared/domain/personal-data.ts';
import { PersonalDataOrder } from '#shared/papers/on-demand.ts';
import { anything, sectionAndTyped } from '#test/builders/anything-typed.ts';
import { at } from '#test/builders/worlds.ts';
import { deployedFonts } from './fonts.ts';
import { readPdf } from './pdf.ts';

const render = renderWith(await deployedFonts());

/** The copy of the own data holds all that somebody typed: answers, what they told the committee, whom they named. */
const heldWith = (answers: Record<string, unknown>, text: string): unknown => ({
  schemaVersion: 1,
  region: 'KZ-19',
  madeAt: at('2022-09-28T09:30'),
  account: {
    locale: 'kk',
    name: text,
    registeredAt: at('2022-09-20T04:00'),
    roles: [],
    sessions: [],
    passkeys: [],
  },
  applications: [
    {
      id: 'A'.repeat(20),
      number: 'KZ19-AAAA-BBBB',
      intake: '2022-3',
      title: { kk: 'Үшінші лек', ru: 'Третий набор', en: 'Third intake' },
      zone: 'Asia/Almaty',
      stage: 'draft',
      startedAt: at('2022-09-20T04:00'),
      answers,
      files: [],
      choices: [],
      steps: [],
      inquiries: [
        {
          askedAt: at('2022-10-05T04:00'),
          dueAt: at('2022-10-08T18:00'),
          standing: 'answered',
          question: text,
          answer: text,
          files: [],
        },
      ],
      references: [
        {
          name: text,
          position: text,
          mail: 'referee@example.kz',
          relation: text,
          locale: 'ru',
          status: 'named',
        },
      ],
      readings: [],
    },
  ],
  letters: [],
  requests: [],
});

it('whatever was typed is drawn on paper, with a box where the font has no letter', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(sectionAndTyped, { maxLength: 4 }), anything, async (sections, text) => {
      const answers = Object.assign({}, ...sections.map(({ typed }) => typed));
      const held = PersonalData.parse(heldWith(answers, text));
      const order = PersonalDataOrder.parse({
        personId: 'P'.repeat(20),
        locale: 'kk',
        data: { kind: 'personal-data', held },
      });

      const { pages } = readPdf(Buffer.from((await drawAsked(render, order)).pdf, 'base64'));

      expect(pages.join('')).toContain('KZ19-AAAA-BBBB');
    }),
    { numRuns: 6 },
  );
});
