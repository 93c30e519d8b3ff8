import * as z from 'zod';
import type { Application } from '#shared/domain/application.ts';
import { addSeconds, Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';

/** To how many people somebody saw that a letter to everyone in a round goes, and when they were counted. */
export const Shown = z.strictObject({ recipients: z.int().min(0), at: Instant });
export type Shown = z.infer<typeof Shown>;

/** How long a count is good for. */
const goodForSeconds = 3600;

/** Whether a letter to everyone in a round goes to an application at a moment: begun by then, and neither withdrawn nor erased. */
export const isInRound = (application: Application, at: Instant): boolean => {
  if (application.startedAt > at || (application.erasedAt && application.erasedAt <= at)) return false;
  return application.stage !== 'withdrawn' || application.withdrawnAt > at;
};

/**
 * Refused as `recipients-differ` where another number was shown than there was at that moment, or where that is too long ago (ANCHORS F17). Whoever has
 * begun since gets the letter as well: in the last minutes of a call, which is when it is extended, somebody begins every second.
 */
export const refusedCount = (
  applications: readonly Application[],
  { recipients: confirmed, at }: Shown,
  now: Instant,
): Refusal | undefined => {
  const isGood = at <= now && now < addSeconds(at, goodForSeconds);
  const recipients = applications.filter((one) => isInRound(one, isGood ? at : now)).length;
  return isGood && recipients === confirmed
    ? undefined
    : { kind: 'recipients-differ', recipients, confirmed };
};
