import * as z from 'zod';
import { ApplicationId, PersonId, RoundId } from '#shared/domain/ids.ts';
import { PersonalData } from '#shared/domain/personal-data.ts';
import { Locale } from '#shared/i18n/locale.ts';
import { EvaluationSheets } from './evaluation-sheets.ts';
import { ReceiptData } from './receipt.ts';

export const ReceiptOrder = z.object({ applicationId: ApplicationId, locale: Locale, data: ReceiptData });

/** What is held about a person, for that person. */
export const PersonalDataOrder = z.object({
  personId: PersonId,
  locale: Locale,
  data: z.object({ kind: z.literal('personal-data'), held: PersonalData }),
});

/** Evaluation sheets of a round, some of them or one. */
const EvaluationSheetsOrder = z.object({ roundId: RoundId, locale: Locale, data: EvaluationSheets });

/** What the function `Papers` is asked for: one file, in one language, which is kept nowhere. */
export const OnDemandOrder = z.union([ReceiptOrder, PersonalDataOrder, EvaluationSheetsOrder]);
export type OnDemandOrder = z.infer<typeof OnDemandOrder>;

/** The function as it is called by pages, which wait for the file. Equal orders answer equal bytes. */
export const drawOnDemand = {
  name: 'Papers',
  input: OnDemandOrder,
  output: z.object({ pdf: z.base64() }),
} as const;
