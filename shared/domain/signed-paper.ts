import type { RequiredDocument, RoundFile } from '#shared/domain/round-file.ts';

/**
 * What an application that was entered at the desk needs besides what the call asks: the paper with the applicant's own hand
 * under it. Nobody else could agree for them, and whoever typed it must be able to show what was asked to be typed.
 */
export const signedPaper: RequiredDocument = {
  code: 'signed-paper',
  title: {
    kk: 'Қол қойылған қағаз өтініш пен келісім',
    ru: 'Подписанное бумажное заявление и согласие',
    en: 'Signed paper application and consent',
  },
  mediaTypes: ['application/pdf', 'image/jpeg', 'image/png'],
  maxBytes: 20_971_520,
  maxFiles: 10,
  required: true,
  source: 'Law of the Republic of Kazakhstan No. 94-V, art. 8: consent in writing',
  confidence: 'high',
  verifiedOn: '2026-11-22',
};

/** A round file that asks for the signed paper too. The file itself, and its SHA-256, stay what was announced. */
export const withSignedPaper = (file: RoundFile): RoundFile => ({
  ...file,
  documents: [signedPaper, ...file.documents],
});
