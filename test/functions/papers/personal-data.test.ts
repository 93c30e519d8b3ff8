import { describe, expect, it } from 'vitest';
import { drawAsked } from '#functions/papers/on-demand.ts';
import { renderWith } from '#functions/papers/render.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { PersonalData } from '#shared/domain/personal-data.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { PersonalDataOrder } from '#shared/papers/on-demand.ts';
import { typedWell } from '#test/builders/application.ts';
import { at } from '#test/builders/worlds.ts';
import { deployedFonts } from './fonts.ts';
import { bare, readPdf } from './pdf.ts';

const render = renderWith(await deployedFonts());

const held = PersonalData.parse({
  schemaVersion: 1,
  region: 'KZ-19',
  madeAt: at('2022-09-28T09:30'),
  account: {
    mail: 'aigul@example.kz',
    locale: 'kk',
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
      stage: 'submitted',
      startedAt: at('2022-09-20T04:00'),
      submittedAt: at('2022-09-21T04:00'),
      answers: typedWell,
      equality: { equalityOrigin: 'village' },
      files: [{ requirement: 'diploma', status: 'received', bytes: 2048, sha256: sha256Of('a diploma') }],
      choices: ['MAT-001'],
      steps: [{ what: 'started', at: at('2022-09-20T04:00'), done: true }],
      inquiries: [
        {
          askedAt: at('2022-10-05T04:00'),
          dueAt: at('2022-10-08T18:00'),
          standing: 'answered',
          question: 'Which year?',
          answer: '1872',
          files: [],
        },
      ],
      references: [
        {
          name: 'A Referee',
          position: 'Headteacher',
          mail: 'referee@example.kz',
          relation: 'We worked together',
          locale: 'ru',
          status: 'given',
          answer: { known: 'Five years', recommends: 'yes', text: 'An able teacher.' },
        },
      ],
      readings: [{ at: at('2022-09-25T04:00'), role: 'secretary', what: 'form' }],
    },
  ],
  letters: [],
  requests: [],
});

describe('personal data on paper', () => {
  it.for(locales)('say what is held, in %s, in letters that the font has', async (locale) => {
    const order = PersonalDataOrder.parse({
      personId: 'P'.repeat(20),
      locale,
      data: { kind: 'personal-data', held },
    });
    const { pages, boxes } = readPdf(Buffer.from((await drawAsked(render, order)).pdf, 'base64'));
    const text = pages.join('');
    const t = translator(locale);

    expect(boxes).toBe(0);
    for (const words of [
      t('rights.text'),
      t('rights.title'),
      typedWell.fullName,
      typedWell.iin,
      'KZ19-AAAA-BBBB',
      sha256Of('a diploma'),
      t('application-form.equalityOrigin.village'),
      'Which year?',
      'referee@example.kz',
      t('reference.recommends.yes'),
      `${t('account.role.secretary')}: ${t('rights.what.form')}`,
    ]) {
      expect(text).toContain(bare(words));
    }
  });
});
