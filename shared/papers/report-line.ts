import * as z from 'zod';
import type { Minutes } from './minutes.ts';

const count = z.int().min(0);

/** What a round comes to in numbers. Nothing here tells of one person more than the results by number do. */
export const ReportCounts = z.object({
  /** Announced in the register. */
  posts: count,
  /** Screened, also those that were withdrawn later. */
  applications: count,
  /** How many of them ended so. */
  withdrawn: count,
  notEligible: count,
  notShortlisted: count,
  /** Booked no interview or did not come. */
  notInterviewed: count,
  belowMinimum: count,
  /** By the committee, otherwise than their points proposed. */
  keptOut: count,
  /** With a result that admits an offer, and without one. */
  noOffer: count,
  offers: count,
  declined: count,
  lapsed: count,
  /** Posts for which somebody accepted. */
  filled: count,
  /** Posts that the round could have filled and did not. */
  unfilled: count,
  /** Announced beyond the number and quotas of the round file, so that they could not be offered. */
  beyondLimit: count,
  /** Of those filled: everything required of the onboarding is done. */
  onboarded: count,
  /** Without a post: handed over to other regions, once for each region. */
  handedOver: count,
  /** To so many of them a post was proposed there, as far as it was heard when the round closed. */
  proposedElsewhere: count,
  /** Of those not filled: proposed to people of other regions, as it was decided when the round closed; absent where posts were listed for them and nothing was decided by then. */
  givenElsewhere: count.optional(),
});
export type ReportCounts = z.infer<typeof ReportCounts>;

export const reportColumns = ReportCounts.keyof().options;

/** What the report counts of minutes, and nothing else of them: those of earlier half-years are read whatever later ones hold. */
export const CountedMinutes = z.object({
  applications: z.array(z.object({ outcome: z.string() })),
  offers: z.array(z.object({ answer: z.string() })),
  placements: z.array(z.object({ completedAt: z.string().optional() })),
  /** Absent where nothing crossed, and from minutes before that was told. */
  elsewhere: z
    .object({
      handed: z.array(z.object({ people: count, posts: count.optional() })),
      own: z.object({ proposed: count.optional() }).optional(),
    })
    .optional(),
  posts: z.object({
    total: count,
    /** Absent from the first minutes, which did not tell the round's limit: all posts of the register. */
    offerable: count.optional(),
    filled: count,
  }),
});
export type CountedMinutes = z.infer<typeof CountedMinutes>;

/** A round's line of the half-yearly report, from the very data that its minutes were drawn from. */
export const reportLine = (minutes: CountedMinutes): ReportCounts => {
  const { applications, offers, placements, posts, elsewhere } = minutes;
  const { total, filled, offerable = total } = posts;
  const ended = (outcome: Minutes['applications'][number]['outcome']): number =>
    applications.filter((one) => one.outcome === outcome).length;
  const answered = (answer: Minutes['offers'][number]['answer']): number =>
    offers.filter((one) => one.answer === answer).length;
  const handed = elsewhere?.handed ?? [];
  return {
    posts: total,
    applications: applications.length,
    withdrawn: ended('withdrawn'),
    notEligible: ended('not-eligible'),
    notShortlisted: ended('not-shortlisted'),
    notInterviewed: ended('not-interviewed'),
    belowMinimum: ended('below-minimum') + ended('below-part'),
    keptOut: ended('departed'),
    noOffer: ended('no-offer') + ended('reserve'),
    offers: offers.length,
    declined: answered('declined'),
    lapsed: answered('lapsed'),
    filled,
    unfilled: offerable - filled,
    beyondLimit: total - offerable,
    onboarded: placements.filter(({ completedAt }) => completedAt !== undefined).length,
    handedOver: handed.reduce((sum, { people }) => sum + people, 0),
    proposedElsewhere: handed.reduce((sum, { posts: proposed = 0 }) => sum + proposed, 0),
    ...(!isUndecided(elsewhere?.own) && { givenElsewhere: elsewhere?.own?.proposed ?? 0 }),
  };
};

const isUndecided = (own: NonNullable<CountedMinutes['elsewhere']>['own']): boolean =>
  own !== undefined && own.proposed === undefined;

/** All lines together; zeros for none. What one line does not know is in no sum of it. */
export const reportSum = (lines: readonly ReportCounts[]): ReportCounts =>
  ReportCounts.parse(
    Object.fromEntries(
      reportColumns
        .filter((column) => lines.every((line) => line[column] !== undefined))
        .map((column) => [column, lines.reduce((sum, line) => sum + (line[column] ?? 0), 0)]),
    ),
  );
