import * as z from 'zod';
import { provenance, RuleCode } from '#shared/domain/provenance.ts';
import { Texts } from '#shared/domain/texts.ts';

/** Fulfilled by the end of so many working days after the acceptance, or the post goes to the next person. */
const OfferCondition = z.strictObject({
  code: RuleCode,
  title: Texts,
  workingDays: z.int().min(1).max(250),
  ...provenance,
});

/** How long an offer may be answered, on what it may be accepted, and whether somebody may begin later. */
export const AnswerRule = z.strictObject({
  workingDays: z.int().min(1).max(60),
  /** On what an offer may be accepted before it is fulfilled, such as a diploma that is not issued yet; nothing where it is absent. */
  conditions: z.array(OfferCondition).min(1).max(10).optional(),
  /** Who has a post may ask to begin later, at the latest on this day. Nobody may where it is absent. */
  deferral: z
    .strictObject({
      until: z.iso.date(),
      /** The post may go to the next person, with the own consent; it is held where this is absent. */
      release: z
        .strictObject({
          /** Never held: who begins later always enters a later intake. Otherwise whoever decides may do either. */
          always: z.boolean(),
          /** The promised entry holds for intakes whose call closes by the end of this day. */
          entryUntil: z.iso.date(),
        })
        .optional(),
      ...provenance,
    })
    .optional(),
  ...provenance,
});
