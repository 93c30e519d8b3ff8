import type { CommandDeps } from '#functions/commands/deps.ts';
import { everyOf } from '#functions/commands/every.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { applicationAggregate, ownedBy } from '#shared/domain/application-record.ts';
import type { ApplicationId, PersonId, RoundId } from '#shared/domain/ids.ts';
import { lettersReturned, personAggregate, type Returned, returnLetter } from '#shared/domain/person.ts';
import type { MailAddress } from '#shared/domain/sign-in.ts';
import type { Refusal } from '#shared/errors.ts';
import type { People } from '#shared/ports/sign-in.ts';
import { ok, type Result } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'> & {
  profiles: Pick<People['profiles'], 'findByMail'>;
};

/**
 * Notes that a letter came back from a mailbox, on the record of whoever has it now: a mailbox that was left meanwhile is
 * nobody's any more. Repeatable.
 * @returns whether anybody has it
 * @throws when it could not be stored: the news comes again
 */
export const noteReturned = async (
  deps: Deps,
  { mail, letter }: { mail: MailAddress; letter: string },
): Promise<boolean> => {
  const profile = await deps.profiles.findByMail(mail);
  if (!profile) return false;
  const noted = await decideAgain(async (): Promise<Result<void, Refusal | LostRace>> => {
    const person = await deps.records.find(personAggregate, profile.personId);
    if (!person) throw new Error(`Person ${profile.personId} has a profile, but no record.`);
    const events = returnLetter(person.state, letter, deps.clock.now());
    if (events.length === 0) return ok(undefined);
    const { change } = changed(personAggregate, person.id, person, events);
    return await store(deps, { by: { kind: 'system', name: 'outbox' }, changes: [change] });
  });
  if (!noted.ok) throw new Error(`That a letter to ${profile.personId} came back could not be noted.`);
  return true;
};

/** The last letter that came back, for its reader; undefined once another mailbox was proved, or a code got through to this one. */
export const returnedTo = async (
  { records }: Pick<CommandDeps, 'records'>,
  personId: PersonId,
): Promise<Returned | undefined> => (await records.find(personAggregate, personId))?.state.returned;

/** Applications of a round whose owners letters do not reach. */
export const unreachedIn = async (
  { records }: Pick<CommandDeps, 'records'>,
  roundId: RoundId,
): Promise<ReadonlySet<ApplicationId>> => {
  const people = await everyOf(records, personAggregate, lettersReturned);
  const theirs = await Promise.all(
    people.map(({ state }) =>
      records.list(applicationAggregate, 'owner', ownedBy(state.id), { newestFirst: true }),
    ),
  );
  const inRound = theirs.flatMap(({ items }) => items).filter(({ state }) => state.roundId === roundId);
  return new Set(inRound.map(({ state }) => state.id));
};
