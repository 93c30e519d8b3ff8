import { removeLeftFiles } from '#functions/commands/application-amendment.ts';
import {
  type ApplicationCommand,
  type Opened,
  ownApplication,
  roundOf,
  typedOf,
} from '#functions/commands/application-reading.ts';
import { ownerOf } from '#functions/commands/application-sections.ts';
import { actorOf, type CommandDeps } from '#functions/commands/deps.ts';
import { referencesOf } from '#functions/commands/references.ts';
import { findSameIin, firstWithIin, iinSecretOf, lettersAboutIin } from '#functions/commands/same-iin.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import type { Application, ApplicationIn, Receipt } from '#shared/domain/application.ts';
import { submissionsOf, workingCopy } from '#shared/domain/application-amendment.ts';
import { editable } from '#shared/domain/application-decisions.ts';
import { giveUp } from '#shared/domain/application-documents.ts';
import type { Typed } from '#shared/domain/application-form.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { readyToSubmit, receiptDigest, receiptOf, submit } from '#shared/domain/application-submission.ts';
import { writeDocument } from '#shared/domain/document.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { DocumentId, Sha256 } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import { type References, refereesMissing } from '#shared/domain/reference.ts';
import type { Plan } from '#shared/domain/round.ts';
import { noteSameIin } from '#shared/domain/same-iin.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import type { Commit } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'files' | 'clock' | 'chance' | 'nudge'>;

export type Submitted = { application: ApplicationIn<'submitted'>; receipt: Receipt };

/**
 * Submits a draft, or anew what was opened again, and sends the receipt. A second time answers the same receipt, also after
 * the deadline; `after` says how many submissions the page knew, so that a late repetition does not submit changes that were
 * begun since. The
 * round must still be the one that was read when this is stored, so that no submission slips in behind the close.
 * Files on their way hold it up, except those named in `without`: their announcement is removed in the same commit.
 */
export const submitApplication = (deps: Deps, command: Submission): Promise<Result<Submitted, Refusal>> =>
  decideAgain(async (lost) => {
    const found = await ownApplication(deps, command);
    if (!found.ok) return found;
    const { state } = found.value;
    const { after = submissionsOf(state) } = command;
    if (state.stage !== 'submitted' || (state.amendment && submissionsOf(state) <= after)) {
      return submitDraft(deps, { ...command, again: lost > 0 }, await readWhole(deps, found.value));
    }
    await removeLeftFiles(deps, state);
    return ok(withReceipt(state));
  });

type Submission = ApplicationCommand & { without?: readonly DocumentId[]; after?: number };

/** The receipt of a submitted (or since withdrawn) application, rebuilt from the record. */
export const readReceipt = async (
  deps: Pick<CommandDeps, 'records'>,
  command: ApplicationCommand,
): Promise<Result<{ receipt: Receipt; sha256: Sha256 }, Refusal>> => {
  const found = await ownApplication(deps, command);
  if (!found.ok) return found;
  const receipt = receiptOf(found.value.state);
  if (!receipt) return refuse({ kind: 'not-found', what: 'document' });
  return ok({ receipt, sha256: proved(found.value.state, receipt) });
};

const submitDraft = async (
  deps: Deps,
  { by, without = [], again }: Submission & { again: boolean },
  { found, round, file, typed, references, secret }: Whole,
): Promise<Result<Submitted, Refusal | LostRace>> => {
  const now = deps.clock.now();
  const whole = editable(found.state, round.state, now);
  if (!whole.ok) return whole;
  const draft = giveUp(whole.value, without, now);
  if (!draft.ok) return draft;
  const { lean, left } = draft.value;
  const missing = refereesMissing(references?.state.referees.length ?? 0, file);
  const ready = withFaults(readyToSubmit(lean, file, typed, now), missing);
  if (!ready.ok) return ready;

  const place = { owner: ownerOf(lean), kind: 'form', version: lean.formVersions + 1 } as const;
  const document = writeDocument(place, ready.value, deps.chance.token(16));
  const { consentVersion } = ready.value;
  const submission = submissionsOf(found.state) + 1;
  const submitted = submit(lean, { form: document.ref, consentVersion, submission }, now);
  const sought = { roundId: lean.roundId, id: lean.id, iin: ready.value.iin, secret };
  const looks = again || submission > 1;
  const alike = looks ? await findSameIin(deps, sought) : firstWithIin(sought);
  const noted = noteSameIin(lean.sameIin, alike.others.length, now);
  const events = [...left, ...submitted, ...noted];
  const { change, after } = changed(applicationAggregate, found.id, found, events);
  if (after.state.stage !== 'submitted') throw new Error('A submission did not submit.');
  const news = noted.length > 0 && alike.others.length > 0;
  const letters = news ? lettersAboutIin(after.state, alike.others, round.state.plan, now) : [];
  const asking = file.references ? refereesAsked(after.state, references) : nobodyAsked;
  const stored = await store(deps, {
    by: actorOf(by),
    changes: [change],
    requires: [{ aggregate: 'round', id: round.id, version: round.version }, ...asking.requires],
    documents: [document],
    claims: alike.claims,
    outbox: [receiptLetter(after.state, round.state.plan), ...asking.outbox, ...letters],
  });
  if (!stored.ok) return stored;
  await removeLeftFiles(deps, after.state);
  return ok(withReceipt(after.state));
};

/** The same, told of more that is missing. */
const withFaults = <T>(ready: Result<T, Refusal>, more: readonly Fault[]): Result<T, Refusal> => {
  if (more.length === 0) return ready;
  if (ready.ok) return refuse({ kind: 'incomplete', missing: more });
  const { error } = ready;
  if (error.kind !== 'incomplete') return ready;
  return refuse({ kind: 'incomplete', missing: [...error.missing, ...more] });
};

type Whole = Opened & { typed: Typed; references: Versioned<References> | undefined; secret: string };

/** Everything that is typed into one, the references and the round: asked for in one moment, they are read in one call. */
const readWhole = async (deps: Deps, found: Versioned<Application>): Promise<Whole> => {
  const { state } = found;
  const [opened, typed, references, secret] = await Promise.all([
    roundOf(deps, state),
    typedOf(deps.records, workingCopy(state) ?? state),
    referencesOf(deps.records, state.id),
    iinSecretOf(deps, state.roundId),
  ]);
  return { found, ...opened, typed, references, secret };
};

type Asking = { outbox: OutboxMessage[]; requires: NonNullable<Commit['requires']> };
const nobodyAsked: Asking = { outbox: [], requires: [] };

/**
 * Whoever was named and not asked yet is asked once the application is in. Where nobody waits, that must still be so when this
 * is stored: somebody who is named in the same moment is not forgotten.
 */
const refereesAsked = (
  application: ApplicationIn<'submitted'>,
  references: Versioned<References> | undefined,
): Asking => {
  const { id: applicationId, submittedAt: at } = application;
  const waits = references?.state.referees.some(({ status }) => status === 'named') ?? false;
  if (!waits) {
    const version = references?.version ?? 0;
    return { outbox: [], requires: [{ aggregate: 'references', id: applicationId, version }] };
  }
  const id = `ask-referees#${applicationId}#${submissionsOf(application)}`;
  return { outbox: [{ id, at, body: { kind: 'ask-referees', applicationId } }], requires: [] };
};

const withReceipt = (application: ApplicationIn<'submitted'>): Submitted => {
  const receipt = receiptOf(application);
  if (!receipt) throw new Error(`Application ${application.id} was submitted without a receipt.`);
  proved(application, receipt);
  return { application, receipt };
};

/** A receipt that no longer has the SHA-256 that its event named must not be handed out. */
const proved = (application: Application, receipt: Receipt): Sha256 => {
  const sha256 = receiptDigest(receipt);
  if (application.stage === 'draft' || application.receipt !== sha256) {
    throw new Error(`The receipt of application ${application.id} does not match its record.`);
  }
  return sha256;
};

const receiptLetter = (application: ApplicationIn<'submitted'>, plan: Plan): OutboxMessage => {
  const { id, number, roundId, personId, submittedAt, receipt } = application;
  const { intake, timeZone: zone } = plan;
  const submission = submissionsOf(application);
  const facts = { applicationId: id, number, roundId, intake, zone, submittedAt, receipt };
  if (submission === 1) {
    const body = { kind: 'letter', template: 'application-submitted', personId, facts } as const;
    return { id: `application-submitted#${id}`, at: submittedAt, body };
  }
  const body = { kind: 'letter', template: 'application-amended', personId, facts } as const;
  return { id: `application-submitted#${id}#${submission}`, at: submittedAt, body };
};
