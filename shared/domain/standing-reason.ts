import * as z from 'zod';
import { type Minimum, missedIn, type Parts } from '#shared/domain/minimum.ts';

/**
 * Why an application stands where it does, beside the rules of the round file, which stand under codes of their own. Each has a
 * text for the committee and one for the applicant.
 */
export const ReasonCode = z.enum([
  'missing-document',
  'same-iin',
  'judged',
  'below-minimum',
  'below-part',
  'beyond-limit',
  'departure',
  'interview-not-booked',
  'missed-interview',
  'not-interviewed',
  'withdrawn',
  'deferred',
  'elsewhere',
  'declined',
  'lapsed',
  'no-post',
  'outstanding',
]);
export type ReasonCode = z.infer<typeof ReasonCode>;

/** Reasons that say which one it is of the round file: a required document, a part whose minimum was missed, an item of the checklist. */
export type NamedCode = Extract<ReasonCode, 'missing-document' | 'below-part' | 'outstanding'>;

/** A reason as a standing holds it. */
export type StandingReason = Exclude<ReasonCode, NamedCode> | `${NamedCode}:${string}`;

/** What a standing's reason is; undefined where it is a rule of the round file. Older lists name no document. */
export const readReason = (reason: string): { code: ReasonCode; of?: string } | undefined => {
  const [head, of] = reason.split(':');
  const code = ReasonCode.safeParse(head);
  return code.success ? { code: code.data, ...(of !== undefined && { of }) } : undefined;
};

/**
 * Why points do not let somebody go on: the total, and each part that misses its minimum; none where they do.
 * @param least percent that the total must reach
 */
export const pointReasons = (
  { total, ...parts }: Parts & { total: number },
  least: number,
  minimums: readonly Pick<Minimum, 'code' | 'atLeast'>[] | undefined,
): StandingReason[] => [
  ...(total < least ? (['below-minimum'] as const) : []),
  ...missedIn(parts, minimums).map(({ code }) => `below-part:${code}` as const),
];

/** Whether the points of somebody are too few wherever others stand: no place of the list is theirs. */
export const isBelow = (reasons: readonly string[]): boolean =>
  reasons.some((reason) => reason === 'below-minimum' || readReason(reason)?.code === 'below-part');
