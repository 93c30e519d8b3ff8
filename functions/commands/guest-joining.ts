import type { CommandDeps } from '#functions/commands/deps.ts';
import { asCommittee, partInRound } from '#functions/commands/part-in-round.ts';
import { roundFileOf } from '#functions/commands/pinned.ts';
import { changed } from '#functions/commands/storing.ts';
import { unblindedOf } from '#functions/commands/unblinded.ts';
import { type Committee, committeeAggregate, seatOf } from '#shared/domain/committee.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { joinAsGuest } from '#shared/domain/guest.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import type { Grant } from '#shared/domain/staff.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Commit, Records } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Beside = Pick<Commit, 'changes'> & {
  claims: NonNullable<Commit['claims']>;
  requires: NonNullable<Commit['requires']>;
};

/**
 * What a link to the role of a guest changes besides the role: the committee of its round has a guest from then on. Refused to who sits on
 * that committee or has seen too much of the round to rate in it, and as `takes-part` to who applies in the round: nobody judges where they apply.
 */
export const guestJoining = async (
  { records }: Pick<CommandDeps, 'records'>,
  { grant, personId }: { grant: Grant | undefined; personId: PersonId },
  now: Instant,
): Promise<Result<Beside, Refusal>> => {
  const guest = grant?.kind === 'role' ? grant.guest : undefined;
  if (!guest) return ok({ changes: [], claims: [], requires: [] });
  const { roundId, number } = guest;
  const committee = await records.find(committeeAggregate, roundId);
  if (!committee) return refuse({ kind: 'invitation-expired' });
  const fit = await fitForGuest(records, committee, personId);
  if (!fit.ok) return fit;
  const part = { key: partInRound(roundId, personId), value: asCommittee };
  const standing = await records.claimed(part.key);
  if (standing !== undefined && standing !== asCommittee) return refuse({ kind: 'takes-part' });
  const events = joinAsGuest(committee.state, { guest: number, personId }, now);
  if (!events.ok) return events;
  return ok({
    changes:
      events.value.length > 0 ? [changed(committeeAggregate, roundId, committee, events.value).change] : [],
    claims: standing === undefined ? [part] : [],
    requires: fit.value,
  });
};

/** What must still hold for somebody to join. */
const fitForGuest = async (
  records: Pick<Records, 'find' | 'blob'>,
  { id, state: committee }: Versioned<Committee>,
  personId: PersonId,
): Promise<Result<NonNullable<Commit['requires']>, Refusal>> => {
  const seat = seatOf(committee, personId);
  if (seat) return refuse({ kind: 'seat-taken', seat: seat.seat });
  const round = await records.find(roundAggregate, id);
  if (!round) return refuse({ kind: 'invitation-expired' });
  const file = await roundFileOf(records, round.state.plan);
  const seen = await unblindedOf({ records }, { round: round.state, file, committee });
  return seen.people.has(personId) ? refuse({ kind: 'unblinded' }) : ok(seen.requires);
};
