import { roundOf } from '#functions/commands/application-reading.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { applicantName, type Contact, contactBehind } from '#functions/commands/reference-contact.ts';
import { linkClaim } from '#functions/commands/reference-letters.ts';
import { ReferenceAnswer, referencesOf } from '#functions/commands/references.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import type { Application } from '#shared/domain/application.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { writeDocument } from '#shared/domain/document.ts';
import type { Actor, Versioned } from '#shared/domain/event.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { ApplicationId, type RefereeId } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import {
  type Referee,
  type ReferenceEvent,
  type References,
  refereeBehind,
  referencesAggregate,
  referencesWanted,
} from '#shared/domain/reference.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import type { Records } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>;

/** Characters of a reference. */
export const maxReference = 6000;

/** What a referee sees: who asks, in which round, and what they have written so far. */
export type ReferenceForm = {
  referee: RefereeId;
  applicant: string;
  contact: Contact | undefined;
  file: RoundFile;
  answer: ReferenceAnswer;
  /** Of what is written so far; what the next text must be based on, 0 for none. */
  version: number;
};

/** The form behind the token of a letter. A token that nobody was sent, and one that is over, are answered alike. */
export const readReference = async (
  deps: Pick<Deps, 'records'>,
  token: string,
): Promise<Result<ReferenceForm, Refusal>> => {
  const place = await placeBehind(deps, token);
  if (!place.ok) return place;
  const { referee, applicant, file } = place.value;
  const contact = await contactBehind(deps.records, referee);
  return ok({
    referee: referee.id,
    applicant,
    contact,
    file,
    answer: (await draftOf(deps.records, referee)) ?? { known: '', recommends: '', text: '' },
    version: referee.draft?.version ?? 0,
  });
};

/** `basedOn`: the version that the page showed; a form from before pages said so has none, and of those the newest text stands. */
type ReferenceCommand = { token: string; answer: ReferenceAnswer; basedOn?: number | undefined };

/** Keeps what is written so far. A text that another tab kept meanwhile answers `changed-meanwhile` with it; the same again changes nothing. */
export const saveReference = (deps: Deps, command: ReferenceCommand): Promise<Result<void, Refusal>> =>
  write(deps, command, (referee, draft) => ({ type: 'reference-saved', ...referee, draft }));

/** Gives the reference; after that the link opens nothing. A text that another tab kept meanwhile is not left out unseen. */
export const giveReference = async (
  deps: Deps,
  command: ReferenceCommand,
): Promise<Result<void, Refusal>> => {
  const { answer } = command;
  const faults = [
    ...(answer.known.trim() === '' ? [{ place: 'known', message: 'reference.fault.known' }] : []),
    ...(answer.recommends === '' ? [{ place: 'recommends', message: 'reference.fault.recommends' }] : []),
    ...(answer.text.trim() === '' ? [{ place: 'text', message: 'reference.fault.text' }] : []),
  ];
  if (faults.length > 0) return refuse({ kind: 'invalid', faults });
  return await write(deps, command, (referee, given) => ({
    type: 'reference-given',
    ...referee,
    answer: given,
  }));
};

/** Declines, without having to say why. */
export const declineReference = (deps: Deps, token: string): Promise<Result<void, Refusal>> =>
  decideAgain(async (): Promise<Result<void, Refusal | LostRace>> => {
    const place = await placeBehind(deps, token);
    if (!place.ok) return place;
    const event = {
      type: 'reference-declined',
      at: deps.clock.now(),
      referee: place.value.referee.id,
    } as const;
    return await keep(deps, place.value, event);
  });

type Place = {
  references: Versioned<References>;
  referee: Referee;
  application: Application;
  applicant: string;
  file: RoundFile;
};

const placeBehind = async (
  { records }: Pick<Deps, 'records'>,
  token: string,
): Promise<Result<Place, Refusal>> => {
  const ended = refuse({ kind: 'reference-ended' } as const);
  const link = sha256Of(token);
  const id = ApplicationId.safeParse(await records.claimed(linkClaim(link)));
  const references = id.success ? await referencesOf(records, id.data) : undefined;
  const application =
    references && (await records.find(applicationAggregate, references.state.applicationId));
  if (!references || !application) return ended;
  const referee = refereeBehind(references.state, link);
  if (!referee.ok) return referee;
  const { round, file } = await roundOf({ records }, application.state);
  if (!referencesWanted(application.state, round.state, file).ok) return ended;
  const applicant = await applicantName(records, application.state);
  return ok({ references, referee: referee.value, application: application.state, applicant, file });
};

type Written = Extract<ReferenceEvent, { type: 'reference-saved' | 'reference-given' }>;
type About = Pick<Written, 'at' | 'referee'>;

const write = async (
  deps: Deps,
  { token, answer, basedOn }: ReferenceCommand,
  eventOf: (about: About, ref: Referee['contact']) => Written,
): Promise<Result<void, Refusal>> => {
  const long: Fault = { place: 'text', message: 'reference.fault.long', facts: { maximum: maxReference } };
  if (answer.text.length > maxReference || answer.known.length > maxReference) {
    return refuse({ kind: 'invalid', faults: [long] });
  }
  return await decideAgain(async (): Promise<Result<void, Refusal | LostRace>> => {
    const place = await placeBehind(deps, token);
    if (!place.ok) return place;
    const { references, referee } = place.value;
    const kept = await draftOf(deps.records, referee);
    const same = kept !== undefined && sameAnswer(kept, answer);
    const current = same ? ok(undefined) : unchangedSince(referee, kept, basedOn);
    if (!current.ok) return current;
    const owner = `application#${references.id}`;
    const at = { owner, kind: 'reference', version: references.version + 1 } as const;
    const document = writeDocument(at, answer, deps.chance.token(16));
    const event = eventOf({ at: deps.clock.now(), referee: referee.id }, document.ref);
    if (same && event.type === 'reference-saved') return ok(undefined);
    return await keep(deps, place.value, event, document);
  });
};

const draftOf = async (
  records: Pick<Records, 'document'>,
  { draft }: Referee,
): Promise<ReferenceAnswer | undefined> =>
  draft && ReferenceAnswer.safeParse(await records.document(draft)).data;

const sameAnswer = (a: ReferenceAnswer, b: ReferenceAnswer): boolean =>
  ReferenceAnswer.keyof().options.every((name) => a[name] === b[name]);

const unchangedSince = (
  { draft }: Referee,
  fields: ReferenceAnswer | undefined,
  basedOn: number | undefined,
): Result<void, Refusal> => {
  const version = draft?.version ?? 0;
  if (basedOn === undefined || basedOn === version) return ok(undefined);
  return refuse({
    kind: 'changed-meanwhile',
    stored: { section: 'reference', version, fields: fields ?? {} },
  });
};

const keep = (
  deps: Deps,
  place: Place,
  event: Written | Declined,
  document?: ReturnType<typeof writeDocument>,
): Promise<Result<void, LostRace>> => {
  const { references } = place;
  const { change } = changed(referencesAggregate, references.id, references, [event]);
  const outbox = event.type === 'reference-saved' ? [] : [letterToApplicant(place, event)];
  return store(deps, { by: referees, changes: [change], documents: document ? [document] : [], outbox });
};

type Declined = Extract<ReferenceEvent, { type: 'reference-declined' }>;

/** Who asked is told that an answer came, or that somebody else must be named; what was written is not in it. */
const letterToApplicant = (
  { application: { personId, number, roundId }, referee, file }: Place,
  { type, at }: Written | Declined,
): OutboxMessage => {
  const template = type === 'reference-declined' ? 'referee-declined' : 'referee-answered';
  const facts = { roundId, intake: file.intake, zone: file.timeZone, number, reference: referee.slot };
  return {
    id: `${template}#${referee.id}`,
    at,
    body: { kind: 'letter', template, personId, facts },
  };
};

/** They have no account: who it was, the event says by the id under which the applicant named them. */
const referees: Actor = { kind: 'system', name: 'referee' };
