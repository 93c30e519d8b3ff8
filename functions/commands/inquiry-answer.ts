import {
  type ApplicationCommand,
  type Opened,
  openApplication,
} from '#functions/commands/application-reading.ts';
import { actorOf, type CommandDeps } from '#functions/commands/deps.ts';
import { inquiryLetter } from '#functions/commands/inquiry-messages.ts';
import { inquiryDocument, inquiryText, inquiryTextOf } from '#functions/commands/inquiry-texts.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import type { Candidacy, Inquiry } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { InquiryId } from '#shared/domain/ids.ts';
import { answerable, answerInquiry, inquiryIn, standingOf } from '#shared/domain/inquiry.ts';
import { permit } from '#shared/domain/permission.ts';
import type { RequiredDocument, RoundFile } from '#shared/domain/round-file.ts';
import type { InquiryStanding, Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>;
type Attempt = Promise<Result<Inquiry, Refusal | LostRace>>;

export type InquiryCommand = ApplicationCommand & { inquiry: InquiryId };

/** A question as the applicant sees it: who asked is the committee, and nobody by name. */
export type OwnInquiry = {
  inquiry: Inquiry;
  standing: InquiryStanding;
  question: string;
  /** What was sent, or what is typed so far. */
  text: string;
  /** What a file must be, where one is asked for. */
  requirement: RequiredDocument | undefined;
};

/** Everything that the committee asked about an own application, in the order of asking. */
export const ownInquiries = async (
  deps: Pick<Deps, 'records' | 'clock'>,
  command: ApplicationCommand,
): Promise<Result<{ opened: Opened; inquiries: OwnInquiry[] }, Refusal>> => {
  const opened = await openApplication(deps, command);
  if (!opened.ok) return opened;
  const candidacy = await deps.records.find(candidacyAggregate, command.applicationId);
  const now = deps.clock.now();
  const inquiries = await Promise.all(
    (candidacy?.state.inquiries ?? []).map(async (inquiry) => ({
      inquiry,
      standing: standingOf(inquiry, now),
      question: await inquiryTextOf(deps.records, inquiry.question),
      text: await inquiryTextOf(deps.records, inquiry.answer ?? inquiry.draft),
      requirement: requirementOf(inquiry, opened.value.file),
    })),
  );
  return ok({ opened: opened.value, inquiries });
};

/** The document of the round file that a question asks for. */
export const requirementOf = (
  { requirement }: Pick<Inquiry, 'requirement'>,
  { documents }: Pick<RoundFile, 'documents'>,
): RequiredDocument | undefined => documents.find(({ code }) => code === requirement);

/**
 * Keeps what is typed so far. `basedOn` is the version that the page showed, 0 for none: another tab's text in between answers
 * `changed-meanwhile` with what is stored. The same text again changes nothing.
 */
export const saveAnswer = async (
  deps: Deps,
  command: InquiryCommand & { text: string; basedOn: number },
): Promise<Result<Inquiry, Refusal>> => {
  const text = inquiryText('text', command.text);
  if (!text.ok) return text;
  return await decideAgain(async (): Attempt => {
    const place = await answerPlace(deps, command);
    if (!place.ok) return place;
    const { inquiry, candidacy } = place.value;
    const stored = await inquiryTextOf(deps.records, inquiry.draft);
    if (stored === text.value) return ok(inquiry);
    const current = unchangedSince(inquiry, stored, command.basedOn);
    if (!current.ok) return current;
    const { applicationId } = command;
    const document = inquiryDocument(deps, { applicationId, version: candidacy.version }, text.value);
    const event = {
      type: 'inquiry-saved',
      at: deps.clock.now(),
      inquiry: inquiry.id,
      draft: document.ref,
    } as const;
    const { change, after } = changed(candidacyAggregate, candidacy.id, candidacy, [event]);
    const written = await store(deps, { by: actorOf(command.by), changes: [change], documents: [document] });
    return written.ok ? ok(inquiryIn(after.state, inquiry.id) ?? inquiry) : written;
  });
};

const unchangedSince = ({ draft }: Inquiry, text: string, basedOn: number): Result<void, Refusal> => {
  const version = draft?.version ?? 0;
  if (version === basedOn) return ok(undefined);
  return refuse({ kind: 'changed-meanwhile', stored: { section: 'answer', version, fields: { text } } });
};

/**
 * Sends the answer: a text, files that have arrived, or both, and confirms it by letter. The same answer again changes nothing;
 * another one is `inquiry-ended`, and so is one after its clock. With `basedOn`, a text that another tab kept meanwhile is not
 * left out unseen: `changed-meanwhile`.
 */
export const sendAnswer = async (
  deps: Deps,
  command: InquiryCommand & { text: string; basedOn?: number | undefined },
): Promise<Result<Inquiry, Refusal>> => {
  const text = inquiryText('text', command.text);
  if (!text.ok) return text;
  return await decideAgain(async (): Attempt => {
    const place = await answerPlace(deps, command);
    if (!place.ok) return (await sentBefore(deps, command, text.value)) ?? place;
    const { inquiry, candidacy, opened } = place.value;
    const kept = await inquiryTextOf(deps.records, inquiry.draft);
    if (command.basedOn !== undefined && kept !== text.value) {
      const current = unchangedSince(inquiry, kept, command.basedOn);
      if (!current.ok) return current;
    }
    const now = deps.clock.now();
    const { applicationId } = command;
    const document = text.value
      ? inquiryDocument(deps, { applicationId, version: candidacy.version }, text.value)
      : undefined;
    const decision = answerInquiry(inquiry, document?.ref, now);
    if (!decision.ok) return decision;
    const { change, after } = changed(candidacyAggregate, candidacy.id, candidacy, decision.value);
    const { round, found } = opened;
    const letter = inquiryLetter('inquiry-answered', found.state, round.state, { ...inquiry, at: now });
    const stored = await store(deps, {
      by: actorOf(command.by),
      changes: [change],
      requires: [{ aggregate: 'round', id: round.id, version: round.version }],
      documents: document ? [document] : [],
      outbox: [letter],
    });
    return stored.ok ? ok(inquiryIn(after.state, inquiry.id) ?? inquiry) : stored;
  });
};

export type AnswerPlace = { opened: Opened; candidacy: Versioned<Candidacy>; inquiry: Inquiry };

/** An own question that can still be answered, or why not. */
export const answerPlace = async (
  deps: Pick<Deps, 'records' | 'clock'>,
  command: InquiryCommand,
): Promise<Result<AnswerPlace, Refusal>> => {
  const opened = await openApplication(deps, command);
  if (!opened.ok) return opened;
  const candidacy = await deps.records.find(candidacyAggregate, command.applicationId);
  if (!candidacy) return refuse({ kind: 'not-found', what: 'inquiry' });
  const inquiry = answerable(candidacy.state, command.inquiry, deps.clock.now());
  if (!inquiry.ok) return inquiry;
  const permitted = permit('inquiry.answer', 'applicant', opened.value.round.state.stage);
  return permitted.ok ? ok({ opened: opened.value, candidacy, inquiry: inquiry.value }) : permitted;
};

/** The same answer, sent before: pressing twice, or again after a lost answer, is no second one. */
const sentBefore = async (
  { records }: Deps,
  command: InquiryCommand,
  text: string,
): Promise<Result<Inquiry, Refusal> | undefined> => {
  const own = await openApplication({ records }, command);
  const candidacy = own.ok ? await records.find(candidacyAggregate, command.applicationId) : undefined;
  const inquiry = candidacy && inquiryIn(candidacy.state, command.inquiry);
  if (inquiry?.status !== 'answered') return undefined;
  return (await inquiryTextOf(records, inquiry.answer)) === text ? ok(inquiry) : undefined;
};
