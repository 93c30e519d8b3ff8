import * as z from 'zod';
import type { Applicant, CommandDeps } from '#functions/commands/deps.ts';
import { roundFileOf } from '#functions/commands/pinned.ts';
import type { LostRace } from '#functions/commands/storing.ts';
import type { Application, ApplicationIn } from '#shared/domain/application.ts';
import { editable } from '#shared/domain/application-decisions.ts';
import { SectionId, Typed } from '#shared/domain/application-form.ts';
import { answersIn } from '#shared/domain/application-form-check.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import type { DocumentRef } from '#shared/domain/document.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { ApplicationId } from '#shared/domain/ids.ts';
import { type Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { withSignedPaper } from '#shared/domain/signed-paper.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Records } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** An application with the round that it belongs to and that round's file. */
export type Opened = { found: Versioned<Application>; round: Versioned<Round>; file: RoundFile };

export type ApplicationCommand = { by: Applicant; applicationId: ApplicationId };

/** Someone else's application is answered as if there were none. */
export const ownApplication = async (
  { records }: Pick<CommandDeps, 'records'>,
  { by, applicationId }: ApplicationCommand,
): Promise<Result<Versioned<Application>, Refusal>> => {
  const found = await records.find(applicationAggregate, applicationId);
  return found?.state.personId === by.personId
    ? ok(found)
    : refuse({ kind: 'not-found', what: 'application' });
};

export const openApplication = async (
  deps: Pick<CommandDeps, 'records'>,
  command: ApplicationCommand,
): Promise<Result<Opened, Refusal>> => {
  const found = await ownApplication(deps, command);
  return found.ok ? ok({ found: found.value, ...(await roundOf(deps, found.value.state)) }) : found;
};

/** The round of an application, which an application cannot be without; its file asks for a signed paper besides, where that belongs. */
export const roundOf = async (
  { records }: Pick<CommandDeps, 'records'>,
  application: Application,
): Promise<{ round: Versioned<Round>; file: RoundFile }> => {
  const { roundId, id } = application;
  const round = await records.find(roundAggregate, roundId);
  if (!round) throw new Error(`Application ${id} belongs to round ${roundId}, which does not exist.`);
  const file = await roundFileOf(records, round.state.plan);
  return { round, file: application.assisted ? withSignedPaper(file) : file };
};

/** An own draft that may still be changed, or why not. */
export const openDraft = async (
  deps: Pick<CommandDeps, 'records'>,
  command: ApplicationCommand,
  now: Instant,
): Promise<Result<Opened & { draft: ApplicationIn<'draft'> }, Refusal | LostRace>> => {
  const opened = await openApplication(deps, command);
  if (!opened.ok) return opened;
  const draft = editable(opened.value.found.state, opened.value.round.state, now);
  return draft.ok ? ok({ ...opened.value, draft: draft.value }) : draft;
};

/** What was typed into a section; a section's document holds nothing else. Nothing once it is erased. */
export const typedIn = async (records: Records, ref: DocumentRef | undefined): Promise<Typed> =>
  ref ? (SectionDocument.optional().parse(await records.document(ref))?.typed ?? {}) : {};

export type SectionDocument = { section: SectionId; typed: Typed };
const SectionDocument = z.object({ typed: Typed });

/** What was answered to the equality questions: for the person alone, whoever else may read the form (ANCHORS F4). */
export const equalityAnswers = (records: Records, { sections }: Application): Promise<Typed> =>
  typedIn(records, sections.equality);

/** What each section's document holds; sections that were never saved are left out, and the equality questions always. */
export const savedSections = async (
  records: Records,
  application: Application,
): Promise<Partial<Record<SectionId, Typed>>> => {
  const begun = SectionId.options.filter(
    (section) => section !== 'equality' && application.sections[section],
  );
  const read = await Promise.all(
    begun.map(async (section) => [section, await typedIn(records, application.sections[section])] as const),
  );
  return Object.fromEntries(read);
};

/** Everything typed into a draft so far, over all its sections. */
export const typedOf = async (records: Records, application: Application): Promise<Typed> =>
  answersIn(await savedSections(records, application));
