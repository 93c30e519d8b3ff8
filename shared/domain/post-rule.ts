import * as z from 'zod';
import { Mechanism } from '#shared/allocation/instance.ts';
import { InstructionLanguage, Subject } from '#shared/domain/codes.ts';
import { provenance, RuleCode } from '#shared/domain/provenance.ts';
import { Texts } from '#shared/domain/texts.ts';

/**
 * How kept posts are counted: each quota for itself, whoever wants what. Where it is not named (older files) quotas that are about the same
 * vacancies, of those that somebody waits for, count as one, with the larger number and the first precedence.
 */
export const Counting = z.literal('each-quota');
export type Counting = z.infer<typeof Counting>;

/** The same as it is said: `as-one` is the older way, by which no file names it. */
export const KeptCounting = z.enum([Counting.value, 'as-one']);
export type KeptCounting = z.infer<typeof KeptCounting>;

const Quota = z.strictObject({
  code: RuleCode,
  title: Texts,
  /** Which of several quotas that keep posts comes first, from 1; a limit has no order. */
  precedence: z.int().min(1).max(100),
  /**
   * `at-most` is a limit. `at-least` keeps posts where a limit is reached: so many of these vacancies come before others, and what
   * nobody wants of them goes to everybody (a soft reserve). It needs deferred acceptance (`round-file-posts.ts`).
   */
  kind: z.enum(['at-least', 'at-most']),
  posts: z.int().min(1).max(10_000),
  /** Whom the quota counts: vacancies of these subjects or languages. */
  of: z.strictObject({
    subjects: z.array(Subject).min(1).optional(),
    languages: z.array(InstructionLanguage).min(1).optional(),
  }),
  ...provenance,
});

/** No more offers are open or accepted than `total`, whatever the register has. */
export const PostRule = z.strictObject({
  total: z.int().min(1).max(20_000),
  quotas: z.array(Quota).max(30),
  /** Offers beyond the posts that there are, expecting that some decline: never, so that anything but 0 is refused in words (`round-file-posts.ts`). */
  overbooking: z.int().optional(),
  /** By which mechanism posts are given out; where it is absent people choose one after the other by rank, and no post is kept. */
  allocation: z
    .strictObject({
      mechanism: Mechanism,
      /**
       * So many posts go by rank alone before kept ones count, which then come over and above; absent is that kept ones count first,
       * as a minimum. With deferred acceptance (`round-file-posts.ts`).
       */
      openFirst: z.int().min(1).max(20_000).optional(),
      /** Must be named where two quotas keep posts of the same vacancies (`round-file-posts.ts`). */
      counting: Counting.optional(),
      ...provenance,
    })
    .optional(),
  ...provenance,
});
