import { type CandidacyCommand, candidacyPlace } from '#functions/commands/candidacies.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { inquiryLetter, inquiryReminder } from '#functions/commands/inquiry-messages.ts';
import { inquiryDocument, inquiryText } from '#functions/commands/inquiry-texts.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { atWork, mayJudge, type OpenWorkplace, stands } from '#functions/commands/workplace.ts';
import type { Application } from '#shared/domain/application.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { InquiryId } from '#shared/domain/ids.ts';
import {
  inquiryClock,
  inquiryDays,
  inquiryIn,
  makeInquiry,
  withdrawInquiry,
} from '#shared/domain/inquiry.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>;
type Answer = Promise<Result<Versioned<Candidacy>, Refusal>>;
type Attempt = Promise<Result<Versioned<Candidacy>, Refusal | LostRace>>;

export type Question = { question: string; requirement?: string | undefined; workingDays: number };

/**
 * The secretary, or a member who judges, asks an applicant for a document or a text. The applicant gets a letter and a clock in
 * working days; what was judged before is set aside until the answer is there.
 */
export const askApplicant = async (deps: Deps, command: CandidacyCommand & Question): Answer => {
  const text = questionOf(command);
  if (!text.ok) return text;
  return await decideAgain(async (): Attempt => {
    const found = await inquiryPlace(deps, command);
    if (!found.ok) return found;
    const { place, candidacy, application } = found.value;
    const now = deps.clock.now();
    const { dueAt, remindAt } = inquiryClock(now, command.workingDays, place.file);
    const id = InquiryId.parse(deps.chance.id());
    const document = inquiryDocument(
      deps,
      { applicationId: candidacy.id, version: candidacy.version },
      text.value,
    );
    const { requirement } = command;
    const asking = { id, by: place.by.id, question: document.ref, dueAt, requirement };
    const decision = makeInquiry(candidacy.state, asking, place.file, now);
    if (!decision.ok) return decision;
    const { change, after } = changed(candidacyAggregate, candidacy.id, candidacy, decision.value);
    const letter = inquiryLetter('inquiry-made', application, place.round.state, { id, dueAt, at: now });
    const stored = await store(deps, {
      by: place.by,
      changes: [change],
      requires: stands(place),
      documents: [document],
      outbox: [letter, inquiryReminder(application, id, remindAt)],
    });
    return stored.ok ? ok(after) : stored;
  });
};

/** Takes an open question back and tells the applicant so. Twice changes nothing. */
export const takeQuestionBack = (deps: Deps, command: CandidacyCommand & { inquiry: InquiryId }): Answer =>
  decideAgain(async (): Attempt => {
    const found = await inquiryPlace(deps, command);
    if (!found.ok) return found;
    const { place, candidacy, application } = found.value;
    const now = deps.clock.now();
    const decision = withdrawInquiry(candidacy.state, command.inquiry, now);
    if (!decision.ok) return decision;
    const inquiry = inquiryIn(candidacy.state, command.inquiry);
    if (decision.value.length === 0 || !inquiry) return ok(candidacy);
    const { change, after } = changed(candidacyAggregate, candidacy.id, candidacy, decision.value);
    const { id, dueAt } = inquiry;
    const stored = await store(deps, {
      by: place.by,
      changes: [change],
      requires: stands(place),
      outbox: [inquiryLetter('inquiry-withdrawn', application, place.round.state, { id, dueAt, at: now })],
    });
    return stored.ok ? ok(after) : stored;
  });

type InquiryPlace = { place: OpenWorkplace; candidacy: Versioned<Candidacy>; application: Application };

const inquiryPlace = async (
  deps: Deps,
  command: CandidacyCommand,
): Promise<Result<InquiryPlace, Refusal>> => {
  const found = await candidacyPlace(deps, command, 'inquiry.make');
  if (!found.ok) return found;
  const place = atWork(found.value.place);
  if (!place.ok) return place;
  const { by } = place.value;
  if (by.role !== 'secretary' && !mayJudge(place.value)) return refuse({ kind: 'not-allowed' });
  const { candidacy } = found.value;
  const application = await deps.records.find(applicationAggregate, candidacy.id);
  if (!application) throw new Error(`Candidacy ${candidacy.id} is of no application.`);
  return ok({ place: place.value, candidacy, application: application.state });
};

const questionOf = ({ question, workingDays }: Question): Result<string, Refusal> => {
  const { least, most } = inquiryDays;
  if (!Number.isInteger(workingDays) || workingDays < least || workingDays > most) {
    const facts = { least, most };
    return refuse({
      kind: 'invalid',
      faults: [{ place: 'workingDays', message: 'inquiry.fault.days', facts }],
    });
  }
  const text = inquiryText('question', question);
  if (!text.ok || text.value !== '') return text;
  return refuse({ kind: 'invalid', faults: [{ place: 'question', message: 'inquiry.fault.question' }] });
};
