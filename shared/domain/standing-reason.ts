import * as z from 'zod';

/**
 * Why an application stands where it does, beside the rules of the round file, which stand under codes of their own. Each has a
 * text for the committee and one for the applicant.
 */
export const ReasonCode = z.enum([
  'missing-document',
  'same-iin',
  'judged',
  'below-minimum',
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

/** Reasons that say which one it is of the round file: a required document, an item of the checklist. */
export type NamedCode = Extract<ReasonCode, 'missing-document' | 'outstanding'>;

/** A reason as a standing holds it. */
export type StandingReason = Exclude<ReasonCode, NamedCode> | `${NamedCode}:${string}`;

/** What a standing's reason is; undefined where it is a rule of the round file. Older lists name no document. */
export const readReason = (reason: string): { code: ReasonCode; of?: string } | undefined => {
  const [head, of] = reason.split(':');
  const code = ReasonCode.safeParse(head);
  return code.success ? { code: code.data, ...(of !== undefined && { of }) } : undefined;
};
