import { type CandidacyCommand, candidacyPlace } from '#functions/commands/candidacies.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { inquiryTextOf } from '#functions/commands/inquiry-texts.ts';
import { reasonText } from '#functions/commands/reasons.ts';
import { type GivenReference, givenReferences } from '#functions/commands/references.ts';
import { unreachedIn } from '#functions/commands/returned-letters.ts';
import { leftAmong } from '#functions/commands/same-iin.ts';
import { scannedIn } from '#functions/commands/scanned.ts';
import { unscreened } from '#functions/commands/screening-preparation.ts';
import { candidaciesIn, readForm } from '#functions/commands/selection.ts';
import { type CommitteeCommand, type Person, workplace } from '#functions/commands/workplace.ts';
import { receivedIn } from '#shared/domain/application.ts';
import { endsProcessing } from '#shared/domain/application-decisions.ts';
import type { ScanSays } from '#shared/domain/application-documents.ts';
import { CommitteeForm } from '#shared/domain/application-form.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import type { BlindFacts, Candidacy, Inquiry, Verdict } from '#shared/domain/candidacy.ts';
import { inConflict } from '#shared/domain/committee.ts';
import type { ApplicationId, ApplicationNumber } from '#shared/domain/ids.ts';
import { standingOf } from '#shared/domain/inquiry.ts';
import { lacking } from '#shared/domain/lacking.ts';
import type { Role } from '#shared/domain/role.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Screened } from '#shared/domain/screened.ts';
import { verdictOf } from '#shared/domain/screening.ts';
import type { Stage } from '#shared/domain/stage.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { InquiryStanding, Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Reads = Pick<CommandDeps, 'records' | 'clock'>;

/**
 * What the committee sees of an application while it does not know the person. Each field is copied by name: what a
 * candidacy gains later stays inside until somebody adds it here.
 */
export type CandidateView = {
  applicationId: ApplicationId;
  number: ApplicationNumber;
  facts: BlindFacts;
  /** As it stands now: without what was mended since screening began. `waiting` are documents that the scanner has not looked at. */
  screened: Omit<Screened, 'waiting'> & { waiting: string[] };
  /** A person's, else the program's proposal to admit; undefined while somebody must judge. */
  verdict: Verdict | undefined;
  judged:
    | {
        verdict: Verdict;
        mine: boolean;
        at: Instant;
        /** Waits for another member; or when one confirmed it. */
        second: 'awaited' | Instant | undefined;
        /** To be judged again: what the scanner has said since of a file that nobody could open then. */
        again: ScanSays | undefined;
      }
    | undefined;
  withdrawn: boolean;
  /** Questions to the applicant, without what was typed. */
  inquiries: AskedOf[];
};

type AskedOf = Pick<Inquiry, 'id' | 'askedAt' | 'dueAt' | 'requirement' | 'endedAt'> & {
  standing: InquiryStanding;
};

/** @param left numbers of applications that take no part any more */
export const candidateView = (
  candidacy: Candidacy,
  { by, now, left }: { by: Person; now: Instant; left: ReadonlySet<ApplicationNumber> },
): CandidateView => {
  const { applicationId, number, judgement, withdrawnAt } = candidacy;
  const { education, category, experienceYears, subjects, languages, choices } = candidacy.facts;
  const { path, studyForm, honours, testSubject, testPedagogy, achievements } = candidacy.facts;
  const { rules, promised, proposal } = candidacy.screened;
  return {
    applicationId,
    number,
    facts: {
      ...(education && { education }),
      ...(category && { category }),
      ...(experienceYears !== undefined && { experienceYears }),
      ...(path && { path }),
      ...(studyForm && { studyForm }),
      ...(honours && { honours }),
      ...(testSubject !== undefined && { testSubject }),
      ...(testPedagogy !== undefined && { testPedagogy }),
      ...(achievements && { achievements }),
      subjects,
      languages,
      choices,
    },
    screened: { rules, ...lacking(candidacy, left), ...(promised && { promised }), proposal },
    verdict: verdictOf(candidacy),
    judged: judgement && judgedView(judgement, by),
    withdrawn: withdrawnAt !== undefined,
    inquiries: (candidacy.inquiries ?? []).map((inquiry) => {
      const { id, askedAt, dueAt, requirement, endedAt } = inquiry;
      return { id, askedAt, dueAt, requirement, endedAt, standing: standingOf(inquiry, now) };
    }),
  };
};

const judgedView = (
  { verdict, by: judge, at, awaits, confirmed, outdated }: NonNullable<Candidacy['judgement']>,
  reader: Person,
): NonNullable<CandidateView['judged']> => ({
  verdict,
  mine: judge === reader.id,
  at,
  second: awaits ? 'awaited' : confirmed?.at,
  again: outdated?.says,
});

export type ScreeningView = {
  /** As what the reader acts on this round. */
  role: Role;
  round: Round;
  file: RoundFile;
  candidates: CandidateView[];
  /** Applications that the reader's conflicts of interest keep out of the list. */
  outOfReach: number;
  /** Submitted applications that no candidacy was opened for yet; told to the secretary, who can fetch them. */
  unopened: number;
  /** Whose letters come back; told to the secretary. */
  unreached: ReadonlySet<ApplicationId>;
};

/** Every application of the screening, without those that the reader has a conflict with. */
export const screeningView = async (
  { records, clock }: Reads,
  command: CommitteeCommand,
): Promise<Result<ScreeningView, Refusal>> => {
  const found = await workplace({ records, clock }, command, 'candidacy.read');
  if (!found.ok) return found;
  const { by, round, file, committee } = found.value;
  const all = await candidaciesIn(records, command.roundId);
  const reachable = all.filter(({ state }) => !inConflict(committee?.state, by.id, state.applicationId));
  const left = await leftAmong(
    records,
    reachable.flatMap(({ state }) => state.screened.sameIin),
  );
  const asks = by.role === 'secretary' && round.state.stage === 'screening';
  const shown = reachable.map(({ state }) => state);
  // What was decided stays as it was.
  const known = round.state.stage === 'screening' ? await scannedIn(records, file, shown) : shown;
  return ok({
    role: by.role,
    round: round.state,
    file,
    candidates: known.map((state) => candidateView(state, { by, now: clock.now(), left })),
    outOfReach: all.length - reachable.length,
    unopened: asks ? await unscreened(records, command.roundId) : 0,
    unreached: by.role === 'secretary' ? await unreachedIn({ records }, command.roundId) : new Set(),
  });
};

export type CandidatePlace = {
  /** As what the reader acts on this round. */
  role: Role;
  round: Round;
  file: RoundFile;
  candidate: CandidateView;
  /** The typed reason of the judgement, for those who sit on the committee. */
  reason: string | undefined;
  /** Whether the reader may open what the applicant typed in this stage. */
  answersOpen: boolean;
};

/** One application as the committee sees it, and auditors too. */
export const candidatePlace = async (
  { records, clock }: Reads,
  command: CandidacyCommand,
): Promise<Result<CandidatePlace, Refusal>> => {
  const found = await candidacyPlace({ records, clock }, command, 'candidacy.read');
  if (!found.ok) return found;
  const { place, candidacy } = found.value;
  const { by } = place;
  const round = place.round.state;
  const open = answersOpen(round.stage, by.role, place.file);
  const left = await leftAmong(records, candidacy.state.screened.sameIin);
  const [known] = round.stage === 'screening' ? await scannedIn(records, place.file, [candidacy.state]) : [];
  // Later, in a blind stage, whoever wrote it may have known more than who scores now.
  const reasonShown = by.role !== 'auditor' && (open || round.stage === 'screening');
  return ok({
    role: by.role,
    round,
    file: place.file,
    candidate: candidateView(known ?? candidacy.state, { by, now: clock.now(), left }),
    reason: reasonShown ? await reasonText(records, candidacy.state.judgement?.reason) : undefined,
    answersOpen: open,
  });
};

/** In a blind stage nobody who judges gets a name or a free text; the secretary, who does not judge, checks the papers. */
const answersOpen = (stage: Stage, role: Role, { blind }: RoundFile): boolean => {
  if (role === 'auditor' || stage === 'closed' || stage === 'cancelled') return false;
  return role === 'secretary' || !blind.stages.some((one) => one === stage);
};

export type AnswersView = {
  form: CommitteeForm;
  number: ApplicationNumber;
  file: RoundFile;
  /** What arrived; each is opened by an address of its own. */
  documents: ReturnType<typeof receivedIn>;
  inquiries: AnsweredInquiry[];
  references: GivenReference[];
};

/** A question with its answer; both are empty where they were erased, the answer also while none was sent. */
type AnsweredInquiry = {
  asked: AskedOf;
  question: string;
  answer: string;
  documents: ReturnType<typeof receivedIn>;
};

/**
 * What an applicant typed, for a committee that may know it in this stage. The reading is logged before it is answered
 * (law 94-V, art. 22). Refused in a blind stage to everyone who judges.
 */
export const readAnswers = async (
  { records, readLog, clock }: Pick<CommandDeps, 'records' | 'readLog' | 'clock'>,
  command: CandidacyCommand,
): Promise<Result<AnswersView, Refusal>> => {
  const found = await answersPlace({ records, clock }, command);
  if (!found.ok) return found;
  const { by, file, candidacy } = found.value;
  const { number } = candidacy;
  const { applicationId } = command;
  const application = await records.find(applicationAggregate, applicationId);
  const ref = application && application.state.stage !== 'draft' ? application.state.form : undefined;
  if (!application || !ref) return refuse({ kind: 'not-found', what: 'document' });
  await readLog.add({ reader: by, owner: `application#${applicationId}`, what: 'form', at: clock.now() });
  const form = await readForm(records, ref);
  if (!form) return refuse({ kind: 'not-found', what: 'document' });
  const inquiries = await answered(records, candidacy, clock.now());
  const { state } = application;
  const answers = CommitteeForm.parse(form);
  const references = await givenReferences(records, applicationId);
  return ok({ form: answers, number, file, documents: receivedIn(state), inquiries, references });
};

/** What an applicant has typed and not sent yet is theirs. */
const answered = async (
  records: CommandDeps['records'],
  candidacy: Candidacy,
  now: Instant,
): Promise<AnsweredInquiry[]> =>
  await Promise.all(
    (candidacy.inquiries ?? []).map(async (inquiry) => {
      const { id, askedAt, dueAt, requirement, endedAt, question, answer, status } = inquiry;
      return {
        asked: { id, askedAt, dueAt, requirement, endedAt, standing: standingOf(inquiry, now) },
        question: await inquiryTextOf(records, question),
        answer: await inquiryTextOf(records, answer),
        documents: status === 'answered' ? receivedIn(inquiry) : [],
      };
    }),
  );

/** Somebody who may read, in this stage, what the applicant typed and sent. */
export const answersPlace = async (
  { records, clock }: Reads,
  command: CandidacyCommand,
): Promise<Result<{ by: Person; file: RoundFile; candidacy: Candidacy }, Refusal>> => {
  const found = await candidacyPlace({ records, clock }, command, 'answers.read');
  if (!found.ok) return found;
  const { by, round, file } = found.value.place;
  if (!answersOpen(round.state.stage, by.role, file)) return refuse({ kind: 'not-allowed' });
  const application = await records.find(applicationAggregate, command.applicationId);
  // Whoever withdrew the consent is not processed any further, and reading is processing.
  if (application && endsProcessing(application.state))
    return refuse({ kind: 'not-found', what: 'document' });
  return ok({ by, file, candidacy: found.value.candidacy.state });
};
