import * as z from 'zod';
import { Receipt } from '#shared/domain/application.ts';
import { Subject } from '#shared/domain/codes.ts';
import { VacancyCode } from '#shared/domain/ids.ts';
import { RegionCode } from '#shared/domain/region.ts';
import { Texts } from '#shared/domain/texts.ts';
import { Instant } from '#shared/domain/time.ts';

/** What a printed receipt says: the receipt itself, and in words what it names by code. Nothing that somebody typed. */
export const ReceiptData = z.object({
  kind: z.literal('receipt'),
  region: RegionCode,
  intake: z.string(),
  title: Texts,
  /** Of the round, in which the moment of the submission is told. */
  zone: z.string(),
  receipt: Receipt,
  /** Of the text that was agreed to; older records of withdrawn applications lack it. */
  consentVersion: z.string().optional(),
  requirements: z.array(z.object({ code: z.string(), title: Texts })),
  vacancies: z.array(
    z.object({
      code: VacancyCode,
      subject: Subject,
      school: z.object({ kk: z.string(), ru: z.string() }),
      district: z.string(),
    }),
  ),
  withdrawnAt: Instant.optional(),
  /** Entered at the desk: it is handed over there, and both sign for that. */
  assisted: z.literal(true).optional(),
});
export type ReceiptData = z.infer<typeof ReceiptData>;
