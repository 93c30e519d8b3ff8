import { roundOf } from '#functions/commands/application-reading.ts';
import { actorOf, type CommandDeps } from '#functions/commands/deps.ts';
import { answerPlace, type InquiryCommand, requirementOf } from '#functions/commands/inquiry-answer.ts';
import { type JudgedBefore, judgedBefore, nothingJudged } from '#functions/commands/judged-before.ts';
import { lettersAboutScan } from '#functions/commands/scan-letters.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { type FormCommand, noForm, uploadForm } from '#functions/commands/upload-form.ts';
import type { AnswerFileEvent, UploadedDocument } from '#shared/domain/application.ts';
import {
  announce,
  type Found,
  receive,
  remove,
  type ScanSays,
  uploadSeconds,
} from '#shared/domain/application-documents.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import type { Candidacy, Inquiry } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { Actor, Versioned } from '#shared/domain/event.ts';
import { type ApplicationId, DocumentId } from '#shared/domain/ids.ts';
import { clearedAnswer } from '#shared/domain/inquiry.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import type { RequiredDocument, RoundFile } from '#shared/domain/round-file.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Upload } from '#shared/ports/files.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'files' | 'clock' | 'nudge'>;

/** Notes that a file of an answer is coming and answers the form that a browser posts it with, as for any document. */
export const announceAnswerFile = async (
  deps: Deps & Pick<CommandDeps, 'chance'>,
  command: InquiryCommand & { redirect?: string },
): Promise<Result<{ documentId: DocumentId; upload: Upload; seconds: number }, Refusal>> => {
  const documentId = DocumentId.parse(deps.chance.id());
  const announced = await decideAgain(async (): Promise<Result<number, Refusal | LostRace>> => {
    const place = await answerPlace(deps, command);
    if (!place.ok) return place;
    const { inquiry, opened } = place.value;
    const requirement = requirementOf(inquiry, opened.file);
    if (!requirement) return refuse({ kind: 'unknown-requirement', requirement: inquiry.requirement ?? '' });
    const decision = announce(inquiry, requirement, documentId, deps.clock.now());
    if (!decision.ok) return decision;
    const stored = await keep(deps, place.value, decision.value, { by: actorOf(command.by) });
    return stored.ok ? ok(requirement.maxBytes) : stored;
  });
  if (!announced.ok) return announced;
  const { applicationId: owner, redirect } = command;
  const upload = await uploadForm(deps, { owner, documentId, maxBytes: announced.value, redirect });
  return ok({ documentId, upload, seconds: uploadSeconds });
};

/** Another form for a file of an answer that was announced and has not arrived. */
export const answerForm = async (
  deps: Pick<Deps, 'records' | 'files' | 'clock'>,
  command: InquiryCommand & FormCommand,
): Promise<Result<{ requirement: RequiredDocument; upload: Upload; file: RoundFile }, Refusal>> => {
  const place = await answerPlace(deps, command);
  if (!place.ok) return place;
  const { inquiry, opened } = place.value;
  const requirement = requirementOf(inquiry, opened.file);
  const coming = inquiry.documents.find(({ id }) => id === command.documentId);
  if (coming?.status !== 'announced' || !requirement) return noForm;
  const { maxBytes } = requirement;
  const upload = await uploadForm(deps, { owner: command.applicationId, ...command, maxBytes });
  return ok({ requirement, upload, file: opened.file });
};

/** Takes a file out of an answer that is not sent yet; whoever calls takes the stored file away. */
export const dropAnswerFile = (
  deps: Deps,
  command: InquiryCommand & { documentId: DocumentId },
): Promise<Result<void, Refusal>> =>
  decideAgain(async (): Promise<Result<void, Refusal | LostRace>> => {
    const place = await answerPlace(deps, command);
    if (!place.ok) return place;
    const decision = remove(place.value.inquiry, command.documentId, deps.clock.now());
    return decision.ok
      ? await keep(deps, place.value, decision.value, { by: actorOf(command.by) })
      : decision;
  });

type Place = { applicationId: ApplicationId; documentId: DocumentId };

/** A file of an answer, and the question that it answers. */
export const answerFileOf = async (
  { records }: Pick<Deps, 'records'>,
  { applicationId, documentId }: Place,
): Promise<{ candidacy: Versioned<Candidacy>; inquiry: Inquiry; document: UploadedDocument } | undefined> => {
  const candidacy = await records.find(candidacyAggregate, applicationId);
  for (const inquiry of candidacy?.state.inquiries ?? []) {
    const document = inquiry.documents.find(({ id }) => id === documentId);
    if (candidacy && document) return { candidacy, inquiry, document };
  }
  return undefined;
};

/** Records a file of an answer that arrived, as `receiveDocument` does for an application. What was sent stays as it is. */
export const recordAnswerFile = async (
  deps: Deps,
  place: Place,
  inspected: (Found & { held: boolean }) | undefined,
): Promise<Result<UploadedDocument, Refusal | LostRace>> => {
  const found = await answerFileOf(deps, place);
  const application = found && (await deps.records.find(applicationAggregate, place.applicationId));
  if (!found || !application) return refuse({ kind: 'not-found', what: 'document' });
  const { document, inquiry } = found;
  if (!inspected) {
    return document.status === 'announced'
      ? refuse({ kind: 'document-not-arrived', requirements: [document.requirement] })
      : ok(document);
  }
  if (inquiry.status !== 'open') return ok(document);
  const { file } = await roundOf(deps, application.state);
  const requirement = requirementOf(document, file);
  if (!requirement) return refuse({ kind: 'unknown-requirement', requirement: document.requirement });
  const events = receive(document, requirement, inspected, deps.clock.now());
  if (events.length === 0) return ok(document);
  const stored = await keep(deps, found, events, { by: storage });
  if (!stored.ok) return stored;
  return ok((await answerFileOf(deps, place))?.document ?? document);
};

/** Notes what the scanner said of a file of an answer, as `checkDocument` does for an application. */
export const noteAnswerScan = async (
  deps: Deps,
  place: Place,
  says: ScanSays,
): Promise<Result<void, LostRace>> => {
  const found = await answerFileOf(deps, place);
  const at = deps.clock.now();
  const events = found ? clearedAnswer(found.inquiry, place.documentId, says, at) : [];
  if (!found || events.length === 0) return ok(undefined);
  const application = await deps.records.find(applicationAggregate, place.applicationId);
  const { documentId } = place;
  const again = await judgedBefore(deps, found.candidacy.state, { documentId, says, at });
  const outdated = again.events.length > 0;
  const letters = application
    ? await lettersAboutScan(deps, application.state, { documentId, events, at, outdated })
    : [];
  return await keep(deps, found, events, { by: storage, outbox: letters, again });
};

const storage: Actor = { kind: 'system', name: 'documents' };

const keep = (
  deps: Deps,
  { candidacy, inquiry }: { candidacy: Versioned<Candidacy>; inquiry: Inquiry },
  files: readonly AnswerFileEvent[],
  { again = nothingJudged, ...commit }: { by: Actor; outbox?: OutboxMessage[]; again?: JudgedBefore },
): Promise<Result<void, LostRace>> => {
  const events = files.map(
    (file) => ({ type: 'inquiry-file', at: file.at, inquiry: inquiry.id, file }) as const,
  );
  const { change } = changed(candidacyAggregate, candidacy.id, candidacy, [...events, ...again.events]);
  return store(deps, { ...commit, changes: [change], requires: again.requires });
};
