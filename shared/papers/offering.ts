import * as z from 'zod';
import { Mechanism } from '#shared/allocation/instance.ts';
import { Subject } from '#shared/domain/codes.ts';
import { ApplicationNumber, VacancyCode } from '#shared/domain/ids.ts';
import { KeptCounting } from '#shared/domain/post-rule.ts';
import { RuleCode } from '#shared/domain/provenance.ts';
import { Texts } from '#shared/domain/texts.ts';
import { Instant } from '#shared/domain/time.ts';

/** One offer that was made. */
export const MinutesOffer = z.strictObject({
  vacancy: VacancyCode,
  school: z.strictObject({ kk: z.string(), ru: z.string() }),
  subject: Subject,
  number: ApplicationNumber,
  /** `open`: nobody has answered yet. `closed`: the person took another post or withdrew, also after accepting. */
  answer: z.enum(['accepted', 'declined', 'lapsed', 'closed', 'open']),
  answeredAt: Instant.optional(),
  /** The code of the quota that kept the post, where by rank alone it would have been another's. */
  reserve: RuleCode.optional(),
});
export type MinutesOffer = z.infer<typeof MinutesOffer>;

const count = z.int().min(0);

/** By what rule of the round file posts were given out, and how far each quota was used. */
export const Offering = z.strictObject({
  /** Absent where the round file names none: people chose one after the other by rank. */
  mechanism: Mechanism.optional(),
  /** No more posts than that, whatever the register has. */
  total: z.int().min(1),
  /** So many went by rank alone before kept ones counted. */
  openFirst: z.int().min(1).optional(),
  /** Corrected final results by which offers went from then on, in their order; absent where there were none. */
  editions: z
    .array(z.strictObject({ number: z.int().min(2), at: Instant, correction: z.int().min(1) }))
    .min(1)
    .optional(),
  /** How kept posts were counted; absent where it was no matter, and in minutes of before it was said. */
  counting: KeptCounting.optional(),
  quotas: z.array(
    z.strictObject({
      code: RuleCode,
      title: Texts,
      /** `at-least`: of an older file, which kept nothing by it. */
      kind: z.enum(['at-most', 'keeps', 'at-least']),
      posts: count,
      /** Of those that keep posts, and of no others: which came first. */
      precedence: z.int().min(1).optional(),
      /** People with a post that it counts, and offers that were made through it: by rank alone the post would have been another's. */
      filled: count,
      through: count,
    }),
  ),
});
export type Offering = z.infer<typeof Offering>;
