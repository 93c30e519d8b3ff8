import * as z from 'zod';

/** Why an offer was declined, when the applicant says so. */
export const DeclineReason = z.enum(['other-work', 'distance', 'housing', 'terms', 'family', 'not-said']);
export type DeclineReason = z.infer<typeof DeclineReason>;
