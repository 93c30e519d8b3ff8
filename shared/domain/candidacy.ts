import * as z from 'zod';
import { AnswerFileEvent, SubmittedFile, UploadedDocument } from '#shared/domain/application.ts';
import { RedactableText } from '#shared/domain/application-form.ts';
import { bookingEvents, CalledOff, Replaced } from '#shared/domain/booking.ts';
import { CardDraft } from '#shared/domain/card-draft.ts';
import {
  AchievementKind,
  ApplicantPath,
  Category,
  Education,
  StudyForm,
  Subject,
  TeachingLanguage,
  YesNo,
} from '#shared/domain/codes.ts';
import { CorrectedPoints } from '#shared/domain/corrected-points.ts';
import { DeclineReason } from '#shared/domain/decline-reason.ts';
import { DocumentRef } from '#shared/domain/document.ts';
import { ElsewhereChoices, elsewhereChoiceEvents } from '#shared/domain/elsewhere-choices.ts';
import { SecondChoices, secondChoiceEvents } from '#shared/domain/exchange.ts';
import { FurtherAsked, FurtherRatingAsked } from '#shared/domain/further-turns.ts';
import {
  ApplicationId,
  ApplicationNumber,
  ClaimId,
  InquiryId,
  OfferId,
  PersonId,
  PlacementId,
  RoundId,
  SlotId,
  VacancyCode,
} from '#shared/domain/ids.ts';
import { InterviewNote } from '#shared/domain/interview-note.ts';
import { InterviewReminders, interviewReminded } from '#shared/domain/interview-reminding.ts';
import { wishEvents, wished } from '#shared/domain/interview-wishes.ts';
import { AnswerAhead, HeldEnd, offerEvents } from '#shared/domain/offer-events.ts';
import { PromisedFirst } from '#shared/domain/promised-first.ts';
import { JudgementOutdated, LaterLook, Screened, ScreenedFileSettled } from '#shared/domain/screened.ts';
import { Instant } from '#shared/domain/time.ts';
import { Turn } from '#shared/domain/turn.ts';

/**
 * What the committee may know of an application while it does not know the person: answers that are codes and numbers.
 * It is copied once, when screening begins, so a blind page cannot show more than is here (DESIGN 3.2).
 */
export const BlindFacts = z.object({
  education: Education.optional(),
  category: Category.optional(),
  experienceYears: z.int().optional(),
  path: ApplicantPath.optional(),
  studyForm: StudyForm.optional(),
  honours: YesNo.optional(),
  /** Percent, of the knowledge test. */
  testSubject: z.int().optional(),
  testPedagogy: z.int().optional(),
  /** Kinds alone: a prize and its year can name a person. */
  achievements: z.array(AchievementKind).optional(),
  /** Which free texts were answered, not what they say. Older records do not know. */
  texts: z.array(RedactableText).optional(),
  /** Whether the applicant named somebody on the committee or near it; whom, the secretary alone reads. */
  tiesTold: z.literal(true).optional(),
  subjects: z.array(Subject),
  languages: z.array(TeachingLanguage),
  /** Best first. */
  choices: z.array(VacancyCode),
});
export type BlindFacts = z.infer<typeof BlindFacts>;

export const Verdict = z.enum(['admitted', 'refused']);
export type Verdict = z.infer<typeof Verdict>;

/** Where the round file asks for a second person, a judgement is a proposal until another member has confirmed it. */
const Judgement = z.object({
  verdict: Verdict,
  by: PersonId,
  reason: DocumentRef.optional(),
  at: Instant,
  awaits: z.literal('second').optional(),
  confirmed: z.object({ by: PersonId, at: Instant }).optional(),
  outdated: LaterLook.optional(),
});

/** A request for more information during screening: a question to the applicant, who answers with a text, files or both. What is typed lies in the persons table; the clock is compared when somebody answers. */
export const Inquiry = z.object({
  id: InquiryId,
  by: PersonId,
  askedAt: Instant,
  /** Too late from this moment on. */
  dueAt: Instant,
  question: DocumentRef,
  /** The document of the round file that is asked for; absent where a text answers. */
  requirement: z.string().optional(),
  documents: z.array(UploadedDocument),
  /** What is typed so far. */
  draft: DocumentRef.optional(),
  status: z.enum(['open', 'answered', 'withdrawn']),
  endedAt: Instant.optional(),
  answer: DocumentRef.optional(),
});
export type Inquiry = z.infer<typeof Inquiry>;

/** One rater's points by criterion, and their weighted total in percent of the scale (0 to 100). */
export const Score = z.object({
  raterId: PersonId,
  points: z.record(z.string(), z.number()),
  total: z.number(),
  at: Instant,
  /** Of a scorecard, where interviews have several. */
  station: z.string().optional(),
  /** Counts what the rater has saved, drafts too; older records do not count, which means 1. */
  version: z.int().min(1).optional(),
  /** Criteria that the rater does not judge. */
  abstained: z.array(z.string()).optional(),
  /** It judges too little to count: it is kept, and one more rater is asked. */
  counts: z.literal(false).optional(),
  comments: z
    .object({
      /** For those who judge and decide. */
      committee: DocumentRef.optional(),
      /** For the applicant, with the explanation of the result. */
      applicant: DocumentRef.optional(),
    })
    .optional(),
});
export type Score = z.infer<typeof Score>;

export const OfferStatus = z.enum(['open', 'accepted', 'declined', 'lapsed', 'closed']);
export type OfferStatus = z.infer<typeof OfferStatus>;

/** `closed`: ended by the acceptance of another offer, by withdrawing (also after accepting) or with the round. */
export const Offer = z.object({
  id: OfferId,
  vacancy: VacancyCode,
  madeAt: Instant,
  madeTurn: Turn,
  expiresAt: Instant,
  status: OfferStatus,
  endedAt: Instant.optional(),
  endedTurn: Turn,
  placementId: PlacementId.optional(),
  reason: DeclineReason.optional(),
  remindedAt: Instant.optional(),
  /** When it was said that it is accepted at its deadline, by which it was (`answer-ahead.ts`). */
  ahead: Instant.optional(),
  /** Accepted on a condition of the file: it stays open, holds its seat until `expiresAt`, and is accepted once somebody confirms that. */
  condition: z.object({ code: z.string(), acceptedAt: Instant }).optional(),
  ...HeldEnd.shape,
  /** The quota of the round file that keeps posts, where by rank alone this one would have been another's. */
  reserve: z.string().optional(),
  /** Ended with the acceptance of a post in another region that turned out to be none: it may be offered anew. */
  returned: z.literal(true).optional(),
  /** Counts executions of the machine that waits for the answer. */
  attempt: z.int().min(1),
});
export type Offer = z.infer<typeof Offer>;

/**
 * An application under selection: everything that the committee and the machines know of it, and nothing that names the person. Its id is the application's. Scores and scorecards are events; membership of a committee is apart.
 */
export const Candidacy = z.object({
  applicationId: ApplicationId,
  roundId: RoundId,
  number: ApplicationNumber,
  facts: BlindFacts,
  screened: Screened,
  judgement: Judgement.optional(),
  /** In the order of asking; only the last can be open. Older records have none. */
  inquiries: z.array(Inquiry).optional(),
  raters: z.array(PersonId),
  /** Who handed the application back without a score, and is not asked again. Older records have none. */
  declined: z.array(PersonId).optional(),
  /** From whom it was moved before they began. */
  moved: z.array(z.object({ rater: PersonId, at: Instant })).optional(),
  further: z.array(FurtherAsked).optional(),
  /** The newest of each rater, also of those who have left. */
  scores: z.array(Score),
  /** Of scores, one for each rater; older records have none. */
  drafts: z.array(CardDraft).optional(),
  slotId: SlotId.optional(),
  missedInterview: z.boolean(),
  /** The committee could not keep the booking; until another one is made. */
  calledOff: CalledOff.optional(),
  /** What the booking took the place of: it comes back where the booking is given up. Older bookings have none. */
  replaced: Replaced.optional(),
  /** Letters before the interview; absent until the first. */
  interviewReminders: InterviewReminders.optional(),
  ...wished,
  /** The newest of each interviewer at each station. */
  scorecards: z.array(Score),
  scorecardDrafts: z.array(CardDraft).optional(),
  /** What members wrote down during the interview or the sample lesson, the newest of each. Older records have none. */
  notes: z.array(InterviewNote).optional(),
  corrected: CorrectedPoints,
  offers: z.array(Offer),
  ahead: AnswerAhead.optional(),
  /** Takes part in the exchange of the round (`exchange.ts`), and in that of other regions, each apart (`elsewhere-choices.ts`). */
  exchange: SecondChoices.optional(),
  elsewhere: z.array(ElsewhereChoices).optional(),
  /** The post was released: until the end of this day an entry to a later intake is promised. */
  deferred: z.object({ at: Instant, entryUntil: z.iso.date() }).optional(),
  promisedFirst: PromisedFirst.optional(),
  withdrawnAt: Instant.optional(),
});
export type Candidacy = z.infer<typeof Candidacy>;

/** What happens while an interview is held, be it one that was owed. */
export const heldEvents = [
  z.object({ type: z.literal('interview-missed'), at: Instant }),
  /** They came after all: the absence was noted by mistake. */
  z.object({ type: z.literal('interview-attended'), at: Instant }),
  z.object({ type: z.literal('scorecard-drafted'), at: Instant, draft: CardDraft }),
  z.object({ type: z.literal('scorecard-given'), at: Instant, score: Score }),
  z.object({ type: z.literal('interview-noted'), at: Instant, note: InterviewNote }),
] as const;

const inquiryEvent = { at: Instant, inquiry: InquiryId };

export const CandidacyEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('candidacy-opened'),
    at: Instant,
    applicationId: ApplicationId,
    roundId: RoundId,
    number: ApplicationNumber,
    facts: BlindFacts,
    screened: Screened,
  }),
  ScreenedFileSettled,
  JudgementOutdated,
  z.object({
    type: z.literal('application-judged'),
    at: Instant,
    by: PersonId,
    verdict: Verdict,
    reason: DocumentRef.optional(),
    /** Counts once another member has confirmed it. */
    awaits: z.literal('second').optional(),
  }),
  z.object({ type: z.literal('judgement-confirmed'), at: Instant, by: PersonId }),
  /** What a member judged, or confirmed, whom a conflict of interest keeps away since: somebody else does. */
  z.object({ type: z.literal('judgement-set-aside'), at: Instant, by: PersonId }),
  /** A judgement before it is set aside: it was made without the answer. */
  z.object({
    type: z.literal('inquiry-made'),
    ...inquiryEvent,
    by: PersonId,
    dueAt: Instant,
    question: DocumentRef,
    requirement: z.string().optional(),
  }),
  z.object({ type: z.literal('inquiry-saved'), ...inquiryEvent, draft: DocumentRef }),
  z.object({ type: z.literal('inquiry-file'), ...inquiryEvent, file: AnswerFileEvent }),
  z.object({
    type: z.literal('inquiry-answered'),
    ...inquiryEvent,
    answer: DocumentRef.optional(),
    documents: z.array(SubmittedFile),
  }),
  z.object({ type: z.literal('inquiry-withdrawn'), ...inquiryEvent }),
  z.object({ type: z.literal('raters-assigned'), at: Instant, raters: z.array(PersonId) }),
  z.object({
    type: z.literal('rater-replaced'),
    at: Instant,
    rater: PersonId,
    by: PersonId.optional(),
    /** The rater could have scored it and had not begun: it was moved so that another application gets its raters. */
    moved: z.literal(true).optional(),
  }),
  /** Before they gave a score; who takes over is the next event. */
  z.object({ type: z.literal('rater-declined'), at: Instant, rater: PersonId, reason: DocumentRef }),
  z.object({ type: z.literal('score-drafted'), at: Instant, draft: CardDraft }),
  FurtherRatingAsked,
  z.object({ type: z.literal('score-given'), at: Instant, score: Score }),
  ...bookingEvents,
  interviewReminded,
  ...wishEvents,
  ...heldEvents,
  z.object({
    type: z.literal('points-corrected'),
    at: Instant,
    claim: ClaimId,
    corrected: CorrectedPoints,
  }),
  ...offerEvents,
  ...secondChoiceEvents,
  ...elsewhereChoiceEvents,
  z.object({ type: z.literal('candidacy-deferred'), at: Instant, turn: Turn, entryUntil: z.iso.date() }),
  z.object({ type: z.literal('candidacy-withdrawn'), at: Instant, turn: Turn }),
]);
export type CandidacyEvent = z.infer<typeof CandidacyEvent>;
