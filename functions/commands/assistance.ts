import { type Applicant, type CommandDeps } from '#functions/commands/deps.ts';
import { everyOf } from '#functions/commands/every.ts';
import { changeOf, type SignInDeps } from '#functions/commands/sign-in-deps.ts';
import { changed, decideAgain, store } from '#functions/commands/storing.ts';
import type { Application } from '#shared/domain/application.ts';
import { applicationAggregate, ownedBy } from '#shared/domain/application-record.ts';
import { assistedPeople, type HandOverWay, readContact } from '#shared/domain/assistance.ts';
import type { Actor } from '#shared/domain/event.ts';
import type { ApplicationId, PersonId } from '#shared/domain/ids.ts';
import { handOver, type Person, personAggregate, registerAssisted } from '#shared/domain/person.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Profile } from '#shared/ports/sign-in.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'readLog' | 'clock'> & Pick<SignInDeps, 'people'>;
export type DeskWorker = Extract<Actor, { kind: 'person' }>;
/** Somebody at the desk, and the person without a mailbox whom it is about. */
type DeskCommand = { by: DeskWorker; personId: PersonId };

/** Somebody for whom the desk acts. */
export type Assisted = { person: Person; profile: Profile | undefined; applications: Application[] };

/**
 * Enters somebody without a mailbox. `personId` was drawn with the form, so that a button that is pressed twice enters one
 * person. Profile first, record second: a crash between them is healed by pressing again.
 */
export const enterPerson = async (
  deps: Deps,
  { by, personId, typed }: DeskCommand & { typed: Parameters<typeof readContact>[0] },
): Promise<Result<void, Refusal>> => {
  const contact = readContact(typed);
  if (!contact.ok) return refuse({ kind: 'invalid', faults: contact.error });
  const known = await deps.records.find(personAggregate, personId);
  if (known) return known.state.assisted ? ok(undefined) : refuse(nobody);
  const now = deps.clock.now();
  const profile = await deps.people.profiles.register({
    personId,
    ...contact.value,
    localeChosen: true,
    registeredAt: now,
  });
  if (profile.mail !== undefined) return refuse(nobody);
  const changes = [changeOf(personAggregate, personId, undefined, registerAssisted(personId, now))];
  // Whoever lost the race pressed the same button: the person is there.
  await deps.records.commit({ by, changes });
  return ok(undefined);
};

/** Corrects the name, how the person is reached, and in which language letters are written. What was typed is no event, that it was is. */
export const changeContact = async (
  deps: Deps & Pick<CommandDeps, 'nudge'>,
  { by, personId, typed }: DeskCommand & { typed: Parameters<typeof readContact>[0] },
): Promise<Result<void, Refusal>> => {
  const contact = readContact(typed);
  if (!contact.ok) return refuse({ kind: 'invalid', faults: contact.error });
  const noted = await decideAgain(async () => {
    const found = await deps.records.find(personAggregate, personId);
    if (!found?.state.assisted) return refuse(nobody);
    const event = { type: 'contact-changed', at: deps.clock.now() } as const;
    const { change } = changed(personAggregate, personId, found, [event]);
    return await store(deps, { by, changes: [change] });
  });
  const absent = { phone: '', address: '' };
  if (noted.ok)
    await deps.people.profiles.change(personId, { ...absent, ...contact.value, localeChosen: true });
  return noted;
};

/** Everybody for whom the desk acts, newest first, by name. That the names were read is logged once (law 94-V, art. 22). */
export const peopleAtDesk = async (deps: Deps, by: DeskWorker): Promise<Assisted[]> => {
  const people = await everyOf(deps.records, personAggregate, assistedPeople);
  await deps.readLog.add({ reader: by, owner: 'desk', what: 'name', at: deps.clock.now() });
  const found = await Promise.all(people.map(({ state }) => withApplications(deps, state)));
  return found.toReversed();
};

/** One of them; whoever has a mailbox is not found, also after having been entered here. */
export const personAtDesk = async (
  deps: Deps,
  { by, personId }: DeskCommand,
): Promise<Result<Assisted, Refusal>> => {
  const found = await assistedRecord(deps, personId);
  if (!found) return refuse(nobody);
  await deps.readLog.add({ reader: by, owner: `person#${personId}`, what: 'name', at: deps.clock.now() });
  return ok(await withApplications(deps, found));
};

/** Somebody at the desk reads or prints everything that is held about the person: logged before it is shown. */
export const noteDataReading = (
  { readLog, clock }: Pick<Deps, 'readLog' | 'clock'>,
  by: DeskWorker,
  personId: PersonId,
): Promise<void> => readLog.add({ reader: by, owner: `person#${personId}`, what: 'data', at: clock.now() });

/** Notes that a letter was handed over, as a decision of whoever did it. Noting it again changes nothing. */
export const handLetterOver = (
  deps: Pick<CommandDeps, 'records' | 'clock' | 'nudge'>,
  { by, personId, letter, way }: DeskCommand & { letter: string; way: HandOverWay },
): Promise<Result<void, Refusal>> =>
  decideAgain(async () => {
    const found = await deps.records.find(personAggregate, personId);
    if (!found?.state.assisted) return refuse(nobody);
    const decision = handOver(found.state, { letter, way }, deps.clock.now());
    if (!decision.ok) return decision;
    if (decision.value.length === 0) return ok(undefined);
    const { change } = changed(personAggregate, personId, found, decision.value);
    return await store(deps, { by, changes: [change] });
  });

/**
 * For whom somebody at the desk acts on an application: its owner, as long as that is a person without a mailbox. Undefined for
 * every other application, which is then as strange to the desk as to anybody.
 */
export const assistedOwner = async (
  deps: Pick<Deps, 'records' | 'readLog' | 'clock'>,
  { by, applicationId }: { by: DeskWorker; applicationId: ApplicationId },
): Promise<Applicant | undefined> => {
  const application = await deps.records.find(applicationAggregate, applicationId);
  const owner = application && (await assistedRecord(deps, application.state.personId));
  if (!owner) return undefined;
  const read = { owner: `application#${applicationId}`, what: 'form' } as const;
  await deps.readLog.add({ reader: by, ...read, at: deps.clock.now() });
  return { personId: owner.id, assistant: by.id };
};

const nobody: Refusal = { kind: 'not-found', what: 'person' };

const assistedRecord = async (
  { records }: Pick<Deps, 'records'>,
  personId: PersonId,
): Promise<Person | undefined> => {
  const found = await records.find(personAggregate, personId);
  return found?.state.assisted ? found.state : undefined;
};

const withApplications = async ({ records, people }: Deps, person: Person): Promise<Assisted> => {
  const [profile, page] = await Promise.all([
    people.profiles.find(person.id),
    records.list(applicationAggregate, 'owner', ownedBy(person.id), { newestFirst: true }),
  ]);
  return { person, profile, applications: page.items.map(({ state }) => state) };
};
