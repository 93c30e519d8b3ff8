import type { Screened } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { ApplicationId, type PersonId, type RoundId } from '#shared/domain/ids.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import type { Instant } from '#shared/domain/time.ts';
import { dayAt } from '#shared/domain/zone.ts';
import type { Claim, RecordReads } from '#shared/ports/records.ts';

/** Names the application whose post was released for an entry to a later intake; a later one takes its place. */
const promiseTo = (personId: PersonId): string => `promised-entry#${personId}`;

/** Keeps the promise with the transaction that releases the post. */
export const promiseEntry = async (
  { claimed }: Pick<RecordReads, 'claimed'>,
  personId: PersonId,
  applicationId: ApplicationId,
): Promise<{ claims: Claim[]; releases: Claim[] }> => {
  const key = promiseTo(personId);
  const standing = await claimed(key);
  const releases = standing === undefined ? [] : [{ key, value: standing }];
  return { claims: [{ key, value: applicationId }], releases };
};

/** What an earlier intake promised somebody whose application to a call that closed at this moment is screened; undefined where it promised nothing, or for no later than that. */
export const promisedTo = async (
  records: Pick<RecordReads, 'claimed' | 'find'>,
  personId: PersonId,
  { roundId, closesAt, zone }: { roundId: RoundId; closesAt: Instant; zone: string },
): Promise<Screened['promised']> => {
  const id = ApplicationId.safeParse(await records.claimed(promiseTo(personId))).data;
  const candidacy = id && (await records.find(candidacyAggregate, id))?.state;
  if (!candidacy?.deferred || candidacy.withdrawnAt || candidacy.roundId === roundId) return undefined;
  if (dayAt(zone, closesAt) > candidacy.deferred.entryUntil) return undefined;
  const round = await records.find(roundAggregate, candidacy.roundId);
  return round && { intake: round.state.plan.intake };
};
