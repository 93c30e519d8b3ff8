import type { SubmittedFile } from '#shared/domain/application.ts';
import { receiptDigest } from '#shared/domain/application-submission.ts';
import { regionName } from '#shared/domain/region.ts';
import type { Translator } from '#shared/i18n/index.ts';
import type { Paper, PaperFact } from './paper.ts';
import type { ReceiptData } from './receipt.ts';
import { type PaperTranslator, withPaperTexts } from './words.ts';

/** A receipt as a paper in the language of the translator. Its foot names the SHA-256 that its page and its letter name. */
export const receiptPaper = (data: ReceiptData, translator: Translator): Paper => {
  const t = withPaperTexts(translator);
  const { receipt, zone, title, intake } = data;
  const region = regionName(data.region)[t.locale];
  const sha256 = receiptDigest(receipt);
  return {
    locale: t.locale,
    issuer: t('papers.issuer', { region }),
    title: t('papers.receipt.title'),
    subject: t('papers.minutes.subject', { intake, title: title[t.locale] }),
    date: t.day(receipt.submittedAt, zone),
    place: region,
    facts: [
      { name: t('apply.numberName'), value: receipt.number, strong: true },
      { name: t('apply.receipt.at'), value: t.moment(receipt.submittedAt, zone) },
      { name: t('papers.receipt.zone'), value: zone },
      { name: t('apply.receipt.whole'), value: sha256 },
      { name: t('apply.receipt.form'), value: receipt.form },
      { name: t('papers.receipt.consent'), value: data.consentVersion ?? t('papers.none') },
    ],
    remarks: data.withdrawnAt
      ? [t('papers.receipt.withdrawn', { at: t.moment(data.withdrawnAt, zone) })]
      : [],
    sections: [
      {
        heading: t('apply.documents'),
        blocks:
          receipt.files.length === 0
            ? [{ kind: 'text', text: t('papers.receipt.noFiles') }]
            : [{ kind: 'facts', facts: receipt.files.map((file) => fileFact(file, data, t)) }],
      },
      {
        heading: t('apply.task.choices'),
        blocks:
          receipt.choices.length === 0
            ? [{ kind: 'text', text: t('common.nothing') }]
            : [
                {
                  kind: 'facts',
                  facts: receipt.choices.map((code, index) => choiceFact(code, index, data, t)),
                },
              ],
      },
      { heading: t('papers.receipt.meaning'), blocks: [{ kind: 'text', text: t('papers.receipt.text') }] },
    ],
    signatures: {
      heading: t('papers.signatures'),
      hint: t('papers.signature'),
      lines: data.assisted
        ? [
            { role: t('papers.receipt.desk'), name: '' },
            { role: t('papers.receipt.applicant'), name: '' },
          ]
        : [],
    },
    pageOf: t('papers.pageOf', { page: '{page}', pages: '{pages}' }),
    digest: { label: t('apply.receipt.whole'), sha256 },
    madeAt: data.withdrawnAt ?? receipt.submittedAt,
  };
};

const fileFact = (
  { requirement, bytes, sha256 }: SubmittedFile,
  { requirements }: ReceiptData,
  t: PaperTranslator,
): PaperFact => ({
  name: requirements.find(({ code }) => code === requirement)?.title[t.locale] ?? requirement,
  value: `${sha256}\n${t('papers.receipt.bytes', { bytes: t.number(bytes) })}`,
});

/** Schools have Kazakh and Russian names; a reader of English gets the Kazakh one. */
const choiceFact = (
  code: string,
  index: number,
  { vacancies }: ReceiptData,
  t: PaperTranslator,
): PaperFact => {
  const vacancy = vacancies.find((one) => one.code === code);
  const words = vacancy && [
    t(`application-form.subjects.${vacancy.subject}`),
    vacancy.school[t.locale === 'ru' ? 'ru' : 'kk'],
    vacancy.district,
  ];
  return { name: `${index + 1}. ${code}`, value: words?.join(', ') ?? t('papers.none') };
};
