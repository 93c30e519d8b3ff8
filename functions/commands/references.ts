import * as z from 'zod';
import {
  type ApplicationCommand,
  openApplication,
  roundOf,
} from '#functions/commands/application-reading.ts';
import { actorOf, type CommandDeps } from '#functions/commands/deps.ts';
import { searchRow } from '#functions/commands/disclosures.ts';
import {
  type Contact,
  contactBehind,
  contactOf,
  sameContact,
  samePerson,
} from '#functions/commands/reference-contact.ts';
import { letterToReferee, reminderToReferee } from '#functions/commands/reference-messages.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import type { Application } from '#shared/domain/application.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { comparesReferees } from '#shared/domain/conflict-rule.ts';
import { writeDocument } from '#shared/domain/document.ts';
import type { Actor, Versioned } from '#shared/domain/event.ts';
import { type ApplicationId, RefereeId } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import {
  askReferee as decideAsking,
  nameReferee as decideNaming,
  type Referee,
  type References,
  refereeIn,
  referencesAggregate,
  referencesWanted,
} from '#shared/domain/reference.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Records } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>;
type Attempt = Promise<Result<Versioned<References>, Refusal | LostRace>>;
type Answer = Promise<Result<Versioned<References>, Refusal>>;

/** What a referee answers. */
export const ReferenceAnswer = z.object({
  known: z.string(),
  recommends: z.enum(['', 'yes', 'reservations', 'no']),
  text: z.string(),
});
export type ReferenceAnswer = z.infer<typeof ReferenceAnswer>;

/**
 * Names a referee for one of the references that the round asks for, instead of whoever stood there: their links are void. Under the
 * same address they keep what they were asked; the same details again change nothing. `basedOn` is the version of the details that the page
 * showed, 0 for nobody: others that another tab saved meanwhile answer `changed-meanwhile` with them.
 */
export const nameReferee = async (
  deps: Deps,
  command: ApplicationCommand & { slot: number; contact: Contact; basedOn?: number | undefined },
): Answer => {
  const contact = contactOf(command.contact);
  if (!contact.ok) return contact;
  return await decideAgain(async (): Attempt => {
    const place = await referencePlace(deps, command);
    if (!place.ok) return place;
    const { application, wanted, references } = place.value;
    const before = references?.state.referees.find(({ slot }) => slot === command.slot);
    const stored = await contactBehind(deps.records, before);
    if (references && stored && sameContact(stored, contact.value)) return ok(references);
    const { id: applicationId, roundId } = application;
    const version = (references?.version ?? 0) + 1;
    const at = { owner: `application#${applicationId}`, kind: 'reference', version } as const;
    const document = writeDocument(at, contact.value, deps.chance.token(16));
    const naming = {
      id: RefereeId.parse(deps.chance.id()),
      slot: command.slot,
      contact: document.ref,
      samePerson: stored !== undefined && samePerson(stored, contact.value),
    };
    const decision = decideNaming(
      references?.state,
      { ...naming, applicationId, roundId },
      wanted,
      deps.clock.now(),
    );
    if (!decision.ok) return decision;
    const current = unchangedSince(before, stored, command.basedOn);
    if (!current.ok) return current;
    const { change, after } = changed(referencesAggregate, applicationId, references, decision.value);
    const outbox = comparedAnew(place.value, after, deps.clock.now());
    const commit = { changes: [change], documents: [document], outbox };
    const written = await store(deps, { by: actorOf(command.by), ...commit });
    return written.ok ? ok(after) : written;
  });
};

/** From the end of the call on whom somebody names is looked for on the committee at once; before, all are when it has ended. */
const comparedAnew = (
  { round, file }: Place,
  { id, version }: Versioned<References>,
  at: Instant,
): OutboxMessage[] => {
  const isLater = round.stage !== 'call' || at >= round.closesAt;
  const cause = `referees#${id}#${version}`;
  return isLater && comparesReferees(file) ? [searchRow({ roundId: round.id, cause, at })] : [];
};

const unchangedSince = (
  referee: Referee | undefined,
  stored: Contact | undefined,
  basedOn: number | undefined,
): Result<void, Refusal> => {
  const version = referee?.contact.version ?? 0;
  if (basedOn === undefined || basedOn === version) return ok(undefined);
  return refuse({ kind: 'changed-meanwhile', stored: { section: 'referee', version, fields: stored ?? {} } });
};

/** Asks one referee by letter, also before submitting, and once more where no answer came. Pressing twice writes one letter. */
export const askReferee = (deps: Deps, command: ApplicationCommand & { referee: RefereeId }): Answer =>
  decideAgain(async (): Attempt => {
    const place = await referencePlace(deps, command);
    if (!place.ok) return place;
    const { references } = place.value;
    const referee = refereeIn(references?.state, command.referee);
    if (!references || !referee) return refuse({ kind: 'not-found', what: 'reference' });
    return await ask(deps, { ...place.value, references }, referee, actorOf(command.by));
  });

/** Asks everyone who was named and not asked yet, as a submission does. Whoever cannot be asked now is asked by hand. */
export const askReferees = async (
  deps: Deps,
  { applicationId }: { applicationId: ApplicationId },
): Promise<void> => {
  const named = (await referencesOf(deps.records, applicationId))?.state.referees ?? [];
  for (const { id, status } of named) {
    if (status !== 'named') continue;
    await decideAgain(async (): Attempt => {
      const application = await deps.records.find(applicationAggregate, applicationId);
      const place = application && (await placeOf(deps, application.state));
      if (!place?.ok) return place ?? refuse({ kind: 'not-found', what: 'reference' });
      const { references } = place.value;
      const referee = refereeIn(references?.state, id);
      if (!references || !referee) return refuse({ kind: 'not-found', what: 'reference' });
      return await ask(deps, { ...place.value, references }, referee, { kind: 'system', name: 'outbox' });
    });
  }
};

type Place = {
  round: Round;
  application: Application;
  file: RoundFile;
  wanted: NonNullable<RoundFile['references']>;
  references: Versioned<References> | undefined;
};

const ask = async (
  deps: Deps,
  { application, file, wanted, references }: Place & { references: Versioned<References> },
  referee: Referee,
  by: Actor,
): Attempt => {
  const now = deps.clock.now();
  const decision = decideAsking(references.state, referee, wanted, now);
  if (!decision.ok) return decision;
  if (decision.value.length === 0) return ok(references);
  const { change, after } = changed(referencesAggregate, references.id, references, decision.value);
  const cause = { applicationId: application.id, referee: referee.id, version: after.version };
  const outbox: OutboxMessage[] = [letterToReferee(cause, now), reminderToReferee(cause, file, wanted, now)];
  const stored = await store(deps, { by, changes: [change], outbox });
  return stored.ok ? ok(after) : stored;
};

/** An own application whose round asks for references now. */
const referencePlace = async (
  deps: Pick<Deps, 'records'>,
  command: ApplicationCommand,
): Promise<Result<Place, Refusal>> => {
  const opened = await openApplication(deps, command);
  return opened.ok ? await placeOf(deps, opened.value.found.state) : opened;
};

const placeOf = async (
  { records }: Pick<Deps, 'records'>,
  application: Application,
): Promise<Result<Place, Refusal>> => {
  const { round, file } = await roundOf({ records }, application);
  const wanted = referencesWanted(application, round.state, file);
  if (!wanted.ok) return wanted;
  return ok({
    round: round.state,
    application,
    file,
    wanted: wanted.value,
    references: await referencesOf(records, application.id),
  });
};

export const referencesOf = (
  records: Pick<Records, 'find'>,
  id: ApplicationId,
): Promise<Versioned<References> | undefined> => records.find(referencesAggregate, id);

/** How many people an application names for references; nothing is read where the round asks for none. */
export const namedReferees = async (
  records: Pick<Records, 'find'>,
  { id }: Pick<Application, 'id'>,
  file: RoundFile,
): Promise<number> => (file.references ? ((await referencesOf(records, id))?.state.referees.length ?? 0) : 0);

/** A reference as those read it who may know the applicant. */
export type GivenReference = {
  contact: Contact | undefined;
  status: Referee['status'];
  answer: ReferenceAnswer | undefined;
};

export const givenReferences = async (
  records: Pick<Records, 'find' | 'document'>,
  id: ApplicationId,
): Promise<GivenReference[]> =>
  await Promise.all(
    ((await referencesOf(records, id))?.state.referees ?? []).map(async (referee) => ({
      contact: await contactBehind(records, referee),
      status: referee.status,
      answer: referee.answer && ReferenceAnswer.safeParse(await records.document(referee.answer)).data,
    })),
  );

/** The references of an own application, one entry for each that the round asks for. */
export type OwnReference = {
  slot: number;
  referee: Referee | undefined;
  contact: Contact | undefined;
  /** Undefined where the round file keeps it from the applicant. */
  answer: ReferenceAnswer | undefined;
};

export const ownReferences = async (
  { records }: Pick<Deps, 'records'>,
  command: ApplicationCommand,
): Promise<
  Result<{ application: Application; file: RoundFile; open: boolean; slots: OwnReference[] }, Refusal>
> => {
  const opened = await openApplication({ records }, command);
  if (!opened.ok) return opened;
  const { found, file, round } = opened.value;
  if (!file.references) return refuse({ kind: 'not-found', what: 'reference' });
  const { count, confidential } = file.references;
  const references = (await referencesOf(records, found.state.id))?.state;
  const slots = await Promise.all(
    Array.from({ length: count }, async (_, index): Promise<OwnReference> => {
      const referee = references?.referees.find(({ slot }) => slot === index + 1);
      const ref = confidential ? undefined : referee?.answer;
      const answer = ref && ReferenceAnswer.safeParse(await records.document(ref)).data;
      return { slot: index + 1, referee, contact: await contactBehind(records, referee), answer };
    }),
  );
  const open = referencesWanted(found.state, round.state, file).ok;
  return ok({ application: found.state, file, open, slots });
};
