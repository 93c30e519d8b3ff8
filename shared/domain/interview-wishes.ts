import * as z from 'zod';
import { AccessNeed } from '#shared/domain/access-need.ts';
import { InterviewLanguage } from '#shared/domain/codes.ts';
import { DocumentRef } from '#shared/domain/document.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import { Sha256 } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';
import { hourAt } from '#shared/domain/zone.ts';

export const DayPart = z.enum(['morning', 'afternoon']);
export type DayPart = z.infer<typeof DayPart>;

/** Of what is needed besides, as long as an answer of the form. */
export const maxOther = 5000;

/**
 * What an applicant asks of the interview. Language and access must be kept; the time of the day and the days are wishes.
 * A typed document, since access may tell of health.
 */
export const InterviewWishes = z.strictObject({
  /** Any, where it is not said. */
  language: InterviewLanguage.optional(),
  stepFree: z.boolean(),
  /** What else must be kept. Where this and `other` are absent, as in older records, the form says it. */
  needs: z
    .array(AccessNeed.exclude(['step-free']))
    .max(AccessNeed.options.length)
    .optional(),
  /** What is needed besides, in words. */
  other: z.string().max(maxOther).optional(),
  part: DayPart.optional(),
  /** Days that suit best, as YYYY-MM-DD. */
  days: z.array(z.iso.date()).max(60),
});
export type InterviewWishes = z.infer<typeof InterviewWishes>;

/** What must be kept. */
export type Needs = Pick<InterviewWishes, 'language'> & { access: readonly AccessNeed[] };

export const needsOf = ({ language, ...wishes }: Asked): Needs => ({ language, access: accessOf(wishes) });

type Asked = Pick<InterviewWishes, 'language' | 'stepFree' | 'needs' | 'other'>;

/** Everything that is needed, in the order of the list. */
export const accessOf = ({ stepFree, needs = [], other }: Omit<Asked, 'language'>): AccessNeed[] =>
  AccessNeed.options.filter((need) => {
    if (need === 'step-free') return stepFree;
    return needs.includes(need) || (need === 'other' && Boolean(other?.trim()));
  });

/** Whether the same must be kept: a day or an hour that suits better is no need. */
export const sameNeeds = (one: InterviewWishes, other: InterviewWishes): boolean => said(one) === said(other);

const said = (wishes: InterviewWishes): string => {
  const { language = '', access } = needsOf(wishes);
  return canonicalJson([language, access, wishes.other?.trim() ?? '']);
};

/** Whether a moment is before noon or after it, as clocks in the zone show it. */
export const dayPartAt = (zone: string, moment: Instant): DayPart =>
  hourAt(zone, moment) < 12 ? 'morning' : 'afternoon';

/** Of a candidacy. */
export const wished = {
  /** What the applicant asks of the interview. */
  wishes: DocumentRef.optional(),
  /** Digest of where the same needs were said before these wishes; absent where they say others, and in older records. */
  needsSaid: Sha256.optional(),
  /** What a person arranges of it was confirmed; `basis` is the digest of where it was said. Older records have none. */
  arranged: z.object({ at: Instant, basis: Sha256 }).optional(),
};

export const wishEvents = [
  z.object({
    type: z.literal('interview-wished'),
    at: Instant,
    wishes: DocumentRef,
    needsSaid: Sha256.optional(),
  }),
  z.object({ type: z.literal('interview-needs-arranged'), at: Instant, basis: Sha256 }),
  /** It turned out not to be. */
  z.object({ type: z.literal('interview-needs-unarranged'), at: Instant }),
] as const;
