import type { CommandDeps } from '#functions/commands/deps.ts';
import { asCommittee, partInRound } from '#functions/commands/part-in-round.ts';
import { changed } from '#functions/commands/storing.ts';
import { committeeAggregate, seatOf } from '#shared/domain/committee.ts';
import { joinAsGuest } from '#shared/domain/guest.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Grant } from '#shared/domain/staff.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Commit } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Beside = Pick<Commit, 'changes'> & { claims: NonNullable<Commit['claims']> };

/**
 * What a link to the role of a guest changes besides the role: the committee of its round has a guest from then on. Refused to who sits on
 * that committee, and as `takes-part` to who applies in the round: nobody judges where they apply.
 */
export const guestJoining = async (
  { records }: Pick<CommandDeps, 'records'>,
  { grant, personId }: { grant: Grant | undefined; personId: PersonId },
  now: Instant,
): Promise<Result<Beside, Refusal>> => {
  const guest = grant?.kind === 'role' ? grant.guest : undefined;
  if (!guest) return ok({ changes: [], claims: [] });
  const { roundId, number } = guest;
  const committee = await records.find(committeeAggregate, roundId);
  if (!committee) return refuse({ kind: 'invitation-expired' });
  const seat = seatOf(committee.state, personId);
  if (seat) return refuse({ kind: 'seat-taken', seat: seat.seat });
  const part = { key: partInRound(roundId, personId), value: asCommittee };
  const standing = await records.claimed(part.key);
  if (standing !== undefined && standing !== asCommittee) return refuse({ kind: 'takes-part' });
  const events = joinAsGuest(committee.state, { guest: number, personId }, now);
  if (!events.ok) return events;
  return ok({
    changes:
      events.value.length > 0 ? [changed(committeeAggregate, roundId, committee, events.value).change] : [],
    claims: standing === undefined ? [part] : [],
  });
};
