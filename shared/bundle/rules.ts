import * as z from 'zod';

const Criterion = z.object({
  code: z.string(),
  weight: z.number(),
  /** Marked by another organisation; no rater is asked for it. */
  markedBy: z.literal('import').optional(),
  scale: z.array(z.object({ points: z.number() })).min(1),
});

/**
 * What results follow from, out of a round file of version 1. Read apart from the round file's own schema, which may grow: an old
 * bundle holds an old file.
 */
const RoundRules = z.object({
  schemaVersion: z.literal(1),
  call: z.object({ closesAt: z.string() }).optional(),
  posts: z.object({
    total: z.int(),
    quotas: z.array(z.object({ kind: z.string(), posts: z.int(), precedence: z.int().optional() })),
    /** Absent in files that are older. */
    allocation: z
      .object({ mechanism: z.string(), openFirst: z.int().optional(), counting: z.string().optional() })
      .optional(),
  }),
  rubric: z.object({ criteria: z.array(Criterion) }),
  raters: z
    .object({ severityAdjustment: z.object({ method: z.literal('row-column') }).optional() })
    .optional(),
  interviews: z.object({
    weight: z.number(),
    criteria: z.array(Criterion),
    stations: z.array(z.object({ code: z.string(), criteria: z.array(z.string()) })).optional(),
  }),
  answer: z
    .object({
      workingDays: z.int(),
      conditions: z.array(z.object({ workingDays: z.int() })).optional(),
    })
    .optional(),
  /** Absent `departures` in files that are older: none. */
  results: z.object({ minimumPoints: z.number(), departures: z.string().optional() }),
  /** Absent in files that are older, and in those that ask for none. */
  minimums: z.array(z.object({ code: z.string(), atLeast: z.number() })).optional(),
  ties: z.object({
    order: z.array(z.enum(['interview', 'essay', 'test', 'experience', 'category', 'drawn-lot'])),
    beacon: z
      .object({
        chain: z.enum(['quicknet', 'rehearsal']),
        hoursAfterCall: z.number(),
        withoutAfterHours: z.number().optional(),
      })
      .optional(),
  }),
});
export type RoundRules = z.infer<typeof RoundRules>;

/** What ratings of one part of a result are counted by. */
export type PartRules = Pick<RoundRules['interviews'], 'criteria' | 'stations'>;

/** @returns undefined when the text is no round file whose rules are known */
export const rulesIn = (text: string): RoundRules | undefined => {
  try {
    return RoundRules.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};
