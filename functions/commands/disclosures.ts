import type { CommandDeps } from '#functions/commands/deps.ts';
import { myGuestRounds } from '#functions/commands/guest-views.ts';
import { myCommittees } from '#functions/commands/my-committees.ts';
import { roundFileOf } from '#functions/commands/pinned.ts';
import type { SignInDeps } from '#functions/commands/sign-in-deps.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { committeeAggregate } from '#shared/domain/committee.ts';
import { type DisclosureField, type KeptDisclosure, readDisclosure } from '#shared/domain/disclosure.ts';
import type { PersonId, RoundId } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import { type PersonEvent, personAggregate } from '#shared/domain/person.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge' | 'region'> & Pick<SignInDeps, 'people'>;

/** A round that compares, on whose committee the person sits or is a guest: whether that was done. */
type ComparingRound = { roundId: RoundId; intake: string; compared: boolean };

export type OwnDisclosure = { told: KeptDisclosure | undefined; rounds: ComparingRound[] };

/** What somebody told of themselves, for that person alone, and which of their rounds compare it. */
export const ownDisclosure = async (deps: Deps, personId: PersonId): Promise<OwnDisclosure> => {
  const [profile, rounds] = await Promise.all([
    deps.people.profiles.find(personId),
    comparingRounds(deps, personId),
  ]);
  return { told: profile?.disclosure, rounds };
};

const comparingRounds = async (deps: Deps, personId: PersonId): Promise<ComparingRound[]> => {
  const rounds: ComparingRound[] = [];
  const seated = await myCommittees(deps, personId);
  const visited = await myGuestRounds(deps, personId);
  for (const state of [...seated.map(({ round }) => round.state), ...visited.map(({ round }) => round)]) {
    if (state.stage === 'closed' || state.stage === 'cancelled') continue;
    const { conflicts } = await roundFileOf(deps.records, state.plan);
    if (!conflicts) continue;
    const committee = await deps.records.find(committeeAggregate, state.id);
    const compared = committee?.state.compared?.includes(personId) ?? false;
    rounds.push({ roundId: state.id, intake: state.plan.intake, compared });
  }
  return rounds;
};

/**
 * Keeps what somebody tells of themselves, in place of what they told before, and has it compared in every round on whose
 * committee they sit or where they score as a guest. That it was told is an event; what it says is not. What was found from it before stays until the
 * secretary clears it.
 */
export const tellDisclosure = async (
  deps: Deps,
  by: Person,
  typed: Readonly<Record<DisclosureField, string>>,
): Promise<Result<void, Refusal>> => {
  const read = readDisclosure(typed);
  if (!read.ok) return read;
  const toldAt = deps.clock.now();
  // First of all: the rows that are written next compare what is kept by then.
  await deps.people.profiles.change(by.id, { disclosure: { ...read.value, toldAt } });
  const rounds = await comparingRounds(deps, by.id);
  return await note(deps, by, { type: 'disclosure-told', rounds: rounds.map(({ roundId }) => roundId) });
};

/** Forgets what somebody told of themselves; conflicts that were found from it stay. */
export const removeDisclosure = async (deps: Deps, by: Person): Promise<Result<void, Refusal>> => {
  const profile = await deps.people.profiles.find(by.id);
  if (!profile?.disclosure) return ok(undefined);
  await deps.people.profiles.change(by.id, { disclosure: undefined });
  return await note(deps, by, { type: 'disclosure-removed', rounds: [] });
};

type Noted = { type: Extract<PersonEvent['type'], `disclosure-${string}`>; rounds: readonly RoundId[] };

const note = (deps: Deps, by: Person, { type, rounds }: Noted): Promise<Result<void, Refusal>> =>
  decideAgain(async (): Promise<Result<void, Refusal | LostRace>> => {
    const person = await deps.records.find(personAggregate, by.id);
    if (!person) return refuse({ kind: 'not-found', what: 'person' });
    const at = deps.clock.now();
    const { change, after } = changed(personAggregate, by.id, person, [{ type, at }]);
    const outbox = rounds.map((roundId) => searchRow({ roundId, cause: `${by.id}#${after.version}`, at }));
    return await store(deps, { by, changes: [change], outbox });
  });

/** The row that has the conflicts of a round looked for, once for its cause. */
export const searchRow = ({
  roundId,
  cause,
  at,
}: {
  roundId: RoundId;
  cause: string;
  at: Instant;
}): OutboxMessage => ({
  id: `conflicts#${roundId}#${cause}`,
  at,
  body: { kind: 'find-conflicts', roundId },
});
