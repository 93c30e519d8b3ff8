import * as z from 'zod';
import { ApplicationId } from '#shared/domain/ids.ts';
import { Locale } from '#shared/i18n/locale.ts';
import { ReceiptData } from './receipt.ts';

/** The data of every kind of paper that is drawn when its owner asks for it, and is kept nowhere. */
const OnDemandData = z.discriminatedUnion('kind', [ReceiptData]);

/** What the function `Papers` is asked for: one paper, in one language. */
export const OnDemandOrder = z.object({ applicationId: ApplicationId, locale: Locale, data: OnDemandData });
export type OnDemandOrder = z.infer<typeof OnDemandOrder>;

/** The function as it is called by pages, which wait for the file. Equal orders answer equal bytes. */
export const drawOnDemand = {
  name: 'Papers',
  input: OnDemandOrder,
  output: z.object({ pdf: z.base64() }),
} as const;
