import { sha256Of } from '#shared/domain/hash.ts';
import { ReceiptData } from '#shared/papers/receipt.ts';
import { at } from '#test/builders/worlds.ts';

const file = (name: string, requirement: string) => ({
  id: name.padEnd(20, '0'),
  requirement,
  sha256: sha256Of(name),
  bytes: 48_213,
});

/** What a receipt on paper is drawn from: two documents and a choice, in Almaty. */
export const someReceipt = (change: Partial<ReceiptData> = {}): ReceiptData =>
  ReceiptData.parse({
    kind: 'receipt',
    region: 'KZ-19',
    intake: '2022-3',
    title: { kk: 'Үшінші лек', ru: 'Третий набор', en: 'Third intake' },
    zone: 'Asia/Almaty',
    receipt: {
      schemaVersion: 1,
      number: 'KZ19-7Q4M-0C2X',
      roundId: '7'.repeat(20),
      submittedAt: at('2022-09-28T09:30'),
      form: sha256Of('form'),
      files: [file('F1', 'diploma'), file('F2', 'employment')],
      choices: ['MAT-001'],
    },
    consentVersion: '2022-08',
    requirements: [
      { code: 'diploma', title: { kk: 'Диплом', ru: 'Диплом', en: 'Diploma' } },
      { code: 'employment', title: { kk: 'Еңбек өтілі', ru: 'Трудовой стаж', en: 'Employment' } },
    ],
    vacancies: [
      {
        code: 'MAT-001',
        subject: 'mathematics',
        school: { kk: '№ 1 мектеп', ru: 'Школа № 1' },
        district: 'Қарасай ауданы',
      },
    ],
    ...change,
  });
