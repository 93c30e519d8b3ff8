import * as z from 'zod';
import { OfferStatus } from '#shared/domain/candidacy.ts';
import { InquiryId, VacancyCode } from '#shared/domain/ids.ts';
import { RegionCode } from '#shared/domain/region.ts';
import { GatedStage } from '#shared/domain/stage.ts';
import { Standing } from '#shared/domain/standing.ts';
import { Instant } from '#shared/domain/time.ts';

const inquirySteps = ['inquiry-open', 'inquiry-answered', 'inquiry-withdrawn', 'inquiry-lapsed'] as const;

const offerDeeds = OfferStatus.options.map((status) => `offer-${status}` as const);

const referenceSteps = [
  'reference-ask',
  'reference-asked',
  'reference-awaited',
  'reference-given',
  'reference-declined',
  'reference-replace',
  'reference-missed',
] as const;

const secondChanceSteps = [
  'remedy-offer-next',
  'remedy-extra-place',
  'remedy-next-intake',
  'promised-first',
  'answer-ahead',
  'offer-accepted-ahead',
  'exchange-open',
  'exchange-joined',
  'exchange-choose',
  'exchange-change',
  'exchange-awaited',
  'exchange-ran',
  'elsewhere-open',
  'elsewhere-joined',
  'elsewhere-choose',
  'elsewhere-change',
  'elsewhere-awaited',
  'elsewhere-handed',
  'elsewhere-not-handed',
  'elsewhere-answer',
  'elsewhere-post',
  'elsewhere-none',
  'elsewhere-accepted',
  'elsewhere-ended',
  'elsewhere-gone',
] as const;

/** One step of an application as its owner is told of it. `at`: when it was, or by when it will be. */
export const TimelineStep = z.object({
  what: z.enum([
    'started',
    'call-closes',
    'submitted',
    'amended',
    'amendment-open',
    'document-infected',
    'document-unreadable',
    ...inquirySteps,
    'stage',
    'told',
    'interview-open',
    'interview',
    'interview-missed',
    'interview-called-off',
    'interview-owed',
    'results-expected',
    'results-corrected',
    'offers-by-edition',
    'claims-close',
    'claim-filed',
    'claim-awaited',
    'claim-withdrawn',
    'claim-reopened',
    'claim-rejected',
    'claim-upheld',
    'offer-made',
    ...offerDeeds,
    'offer-conditional',
    'offer-condition-lapsed',
    'answer-held',
    'offer-lapse-held',
    'place-released',
    'placement-due',
    'placement-complete',
    ...referenceSteps,
    ...secondChanceSteps,
    'withdrawn',
    'round-cancelled',
    'round-closed',
  ]),
  done: z.boolean(),
  at: Instant.optional(),
  stage: GatedStage.optional(),
  outcome: Standing.shape.outcome.optional(),
  vacancy: VacancyCode.optional(),
  /** The number of final results that were corrected; `outcome` where it became another by them. */
  edition: z.int().optional(),
  inquiry: InquiryId.optional(),
  /** Which of the references that the round asks for, 1 for the first. */
  reference: z.int().optional(),
  /** Who is asked for it, as the applicant typed the name. */
  referee: z.string().optional(),
  /** The region of a list of posts, and the list's number in the round. */
  region: RegionCode.optional(),
  list: z.int().optional(),
});
export type TimelineStep = z.infer<typeof TimelineStep>;
