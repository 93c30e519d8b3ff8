import * as z from 'zod';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import type { Committee, CommitteeEvent } from '#shared/domain/committee.ts';
import { ApplicationId, PersonId } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/*
 * What applicants write of people on the committee and near it, so that those do not judge them. It is a text: whom it names, and who of
 * them sits, only a person can tell. The secretary pins a conflict for each who sits, and then says that the text is looked through.
 */

const looked = { applicationId: ApplicationId, by: PersonId, at: Instant };

/** That the secretary has looked such a text through. */
export const LookedThrough = z.object(looked);
export type LookedThrough = z.infer<typeof LookedThrough>;

/** An event of a committee. */
export const TiesEvent = z.object({ type: z.literal('ties-looked-through'), ...looked });
type TiesEvent = z.infer<typeof TiesEvent>;

export const evolveTies = (
  before: readonly LookedThrough[],
  { applicationId, by, at }: TiesEvent,
): LookedThrough[] => [
  ...before.filter((one) => one.applicationId !== applicationId),
  { applicationId, by, at },
];

type Told = Pick<Candidacy, 'applicationId' | 'facts' | 'withdrawnAt'>;
type Beside = Pick<Committee, 'seats' | 'guests' | 'looked'>;

export const lookedThrough = (
  { looked: all = [] }: Pick<Committee, 'looked'>,
  id: ApplicationId,
): LookedThrough | undefined => all.find(({ applicationId }) => applicationId === id);

/** Whether somebody is still to look what an applicant wrote through; who comes to the committee after that may be named in it as well. */
export const hasOpenTies = (committee: Beside, { applicationId, facts, withdrawnAt }: Told): boolean => {
  if (!facts.tiesTold || withdrawnAt) return false;
  const last = lookedThrough(committee, applicationId);
  return !last || joinedSince(committee, last.at);
};

const joinedSince = ({ seats, guests = [] }: Beside, at: Instant): boolean =>
  seats.some(({ appointedAt, leftAt }) => leftAt === undefined && appointedAt > at) ||
  guests.some(({ joined, endedAt }) => endedAt === undefined && joined !== undefined && joined.at > at);

/** Looked through by the secretary; once more, with nobody new on the committee, changes nothing. `not-found` where nothing was written. */
export const lookThrough = (
  committee: Beside,
  candidacy: Told,
  by: PersonId,
  now: Instant,
): Result<CommitteeEvent[], Refusal> => {
  if (!candidacy.facts.tiesTold) return refuse({ kind: 'not-found', what: 'document' });
  const { applicationId } = candidacy;
  return ok(
    hasOpenTies(committee, candidacy) ? [{ type: 'ties-looked-through', at: now, applicationId, by }] : [],
  );
};
