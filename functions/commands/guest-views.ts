import type { CommandDeps } from '#functions/commands/deps.ts';
import { contactOfGuest, type GuestContact } from '#functions/commands/guest-contact.ts';
import { roundFileOf } from '#functions/commands/pinned.ts';
import { everyRound } from '#functions/commands/rounds.ts';
import { candidaciesIn } from '#functions/commands/selection.ts';
import type { SignInDeps } from '#functions/commands/sign-in-deps.ts';
import { namesOf } from '#functions/commands/staff-names.ts';
import { workOwed } from '#functions/commands/work-owed.ts';
import { type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import { type Committee, committeeAggregate } from '#shared/domain/committee.ts';
import { type Guest, guestOf, isOpen } from '#shared/domain/guest.ts';
import type { ApplicationNumber, PersonId } from '#shared/domain/ids.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { scoreBy } from '#shared/domain/scoring.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';

/** A guest as the secretary sees them. */
export type GuestView = {
  guest: Guest;
  /** As they call themselves once they came, before that as they were invited. */
  name: string | undefined;
  contact: GuestContact | undefined;
  standing: 'invited' | 'scores' | 'over' | 'ended';
  /** Applications that they were given, and of those how many they scored. */
  asked: readonly ApplicationNumber[];
  given: number;
};

/** Everyone who was invited to a round as a guest, newest first. */
export const guestsView = async (
  deps: Pick<SignInDeps, 'people'> & Pick<CommandDeps, 'records' | 'clock'>,
  command: CommitteeCommand,
): Promise<Result<{ place: Workplace; guests: GuestView[] }, Refusal>> => {
  const place = await workplace(deps, command, 'guest.keep');
  if (!place.ok) return place;
  const { guests = [] } = place.value.committee?.state ?? {};
  const candidacies = guests.length > 0 ? await candidaciesIn(deps.records, command.roundId) : [];
  const names = await namesOf(
    deps,
    guests.flatMap(({ joined }) => (joined ? [joined.personId] : [])),
  );
  const now = deps.clock.now();
  const views = guests.toReversed().map(async (guest): Promise<GuestView> => {
    const contact = await contactOfGuest(deps.records, guest.contact);
    const personId = guest.joined?.personId;
    const own = candidacies.filter(({ state }) => personId && state.raters.includes(personId));
    return {
      guest,
      contact,
      name: personId ? (names.get(personId) ?? contact?.name) : contact?.name,
      standing: standingOf(guest, isOpen(guest, now)),
      asked: own.map(({ state }) => state.number),
      given: own.filter(({ state }) => personId && scoreBy(state, personId)).length,
    };
  });
  return ok({ place: place.value, guests: await Promise.all(views) });
};

const standingOf = ({ joined, endedAt }: Guest, open: boolean): GuestView['standing'] => {
  if (endedAt) return 'ended';
  if (!open) return 'over';
  return joined ? 'scores' : 'invited';
};

type OwnGuestRound = { round: Round; file: RoundFile; guest: Guest; committee: Committee };

/** The rounds in which a person is a guest now, newest first. */
export const myGuestRounds = async (
  deps: Pick<CommandDeps, 'records' | 'region' | 'clock'>,
  personId: PersonId,
): Promise<OwnGuestRound[]> => {
  const mine: OwnGuestRound[] = [];
  const now = deps.clock.now();
  for (const { id, state: round } of await everyRound(deps)) {
    const committee = (await deps.records.find(committeeAggregate, id))?.state;
    const guest = guestOf(committee, personId, now);
    if (committee && guest) {
      mine.push({ round, file: await roundFileOf(deps.records, round.plan), guest, committee });
    }
  }
  return mine;
};

/** The same with how many scores they owe in each. */
export const ownGuestWork = async (
  deps: Pick<CommandDeps, 'records' | 'region' | 'clock'>,
  personId: PersonId,
): Promise<(OwnGuestRound & { owed: number })[]> => {
  const own: (OwnGuestRound & { owed: number })[] = [];
  for (const mine of await myGuestRounds(deps, personId)) {
    const owed = mine.round.stage === 'scoring' ? await workOwed(deps, mine) : undefined;
    own.push({ ...mine, owed: owed?.get(personId)?.length ?? 0 });
  }
  return own;
};
