import * as z from 'zod';
import { BeaconValue } from '#shared/domain/beacon.ts';
import { SeatKind } from '#shared/domain/committee.ts';
import { GateOutcome, Recusal, VoteChoice } from '#shared/domain/gate.ts';
import { ApplicationNumber, PersonId, RoundId, Sha256, VacancyCode } from '#shared/domain/ids.ts';
import { LineGroup } from '#shared/domain/line-group.ts';
import { Source } from '#shared/domain/provenance.ts';
import { RegionCode } from '#shared/domain/region.ts';
import { DrawnChance, Publication } from '#shared/domain/round.ts';
import { RatedScores, SeverityAdjustment } from '#shared/domain/severity-rule.ts';
import { GatedStage } from '#shared/domain/stage.ts';
import { Texts } from '#shared/domain/texts.ts';
import { Instant } from '#shared/domain/time.ts';
import { Agreement, InterviewAgreement } from './agreement.ts';
import { MinutesClaim } from './minutes-claims.ts';
import { MinutesCorrection } from './minutes-corrections.ts';
import { MinutesCrossed } from './minutes-crossed.ts';
import { MinutesDiscussion } from './minutes-discussions.ts';
import { LettingStep } from './minutes-letting.ts';
import { MinutesMarks, MinutesUndoneMarks } from './minutes-marks.ts';
import { Chaired, Meeting } from './minutes-meeting.ts';
import { MinutesPoll } from './minutes-polls.ts';
import { CountedCards, FurtherTurns } from './minutes-ratings.ts';
import { HeededRelease } from './minutes-releases.ts';
import { GivenRemedy, PromisedPlace } from './minutes-remedies.ts';
import { MinutesReport } from './minutes-reports.ts';
import { MinutesOffer, Offering } from './offering.ts';

const count = z.int().min(0);
/** Typed by a person. */
const reason = z.string().trim().min(1);

/** After practice, where the round asked for it: when. How it came out stays with the rater. */
const certified = z.array(z.strictObject({ at: Instant })).min(1);

const Seat = z.strictObject({
  personId: PersonId,
  /**
   * Looked up when the minutes are made and kept with them: a later change of name does not change what was signed. Absent where
   * none was given; the paper then says so.
   */
  name: z.string().trim().min(1).optional(),
  /** The secretary has no vote. */
  seat: SeatKind,
  /** The members for whom a substitute sat, in the order in which it was called. */
  stoodInFor: z.array(PersonId),
  /** Numbers of the panels on which the person held interviews, as they were composed last. */
  panels: z.array(z.int().min(1)).min(1).optional(),
  /** Whether the person could vote when the round ended: those sign. */
  votesAtEnd: z.boolean(),
  leftAt: Instant.optional(),
  certified: certified.optional(),
});
export type MinutesSeat = z.infer<typeof Seat>;

/** A rater of another region, who sat on no seat. */
const GuestRater = z.strictObject({
  personId: PersonId,
  name: z.string().trim().min(1).optional(),
  region: RegionCode,
  from: Instant,
  to: Instant,
  /** Applications that they were asked to score, and of those how many they did. */
  asked: count,
  scored: count,
  certified: certified.optional(),
});
export type MinutesGuest = z.infer<typeof GuestRater>;

const Vote = z.strictObject({
  personId: PersonId,
  choice: VoteChoice,
  /** Given on a signed sheet, which the secretary entered. */
  onPaper: z.boolean(),
  /** By somebody who had no vote any more when the gate was decided; absent where it counted. */
  uncounted: z.literal(true).optional(),
  reason: reason.optional(),
});

/** What a gate does with an application. */
const Standing = z.enum(['goes-on', 'reserve', 'does-not-go-on']);

const Departure = z.strictObject({
  number: ApplicationNumber,
  /** `unclear`: the program proposed nothing, because a rule was not shown to be met. */
  proposed: z.enum([...Standing.options, 'unclear']),
  decided: Standing,
  /** Absent once it was erased. */
  reason: reason.optional(),
});

const Gate = z.strictObject({
  stage: GatedStage,
  /** 2 and more when the round came back to the stage after an undone decision. */
  attempt: z.int().min(1),
  openedAt: Instant,
  decidedAt: Instant.optional(),
  outcome: GateOutcome.optional(),
  meetings: z.array(Meeting),
  /** Absent where none was led through the list. */
  discussions: z.array(MinutesDiscussion).min(1).optional(),
  /** What the committee ranked by ballot; absent where it ranked nothing. */
  polls: z.array(MinutesPoll).min(1).optional(),
  /** Votes that the quorum asks for, and how many could vote. */
  needed: count,
  voters: count,
  votes: z.array(Vote),
  /** Applications for which votes of these members did not count; absent where every vote counted for all. */
  recusals: z.array(Recusal).min(1).optional(),
  /** Who was elected to chair because the chair was away. */
  chaired: Chaired.optional(),
  /** Where the committee decided otherwise than the program had proposed. */
  departures: z.array(Departure),
  /** Judgements that a second member confirmed, where the round file asks for that. */
  confirmed: count.optional(),
  further: FurtherTurns.optional(),
  /** Cards that were changed when their givers could read colleagues' cards. */
  afterCards: CountedCards.optional(),
  /** How raters were drawn: the file of it, applications that everybody was to score, the bound on probabilities, and ratings that moved before they were begun. */
  drawing: z
    .strictObject({
      at: Instant,
      sha256: Sha256,
      anchors: count.optional(),
      chance: DrawnChance.optional(),
      moved: count.optional(),
    })
    .optional(),
  /** Applications that raters handed back, with a reason that the secretary read; others took over. */
  handedBack: z.int().min(1).optional(),
  /** Equals between whom a lot decided, in its order; anyone who holds the seed can draw again. */
  lots: z
    .strictObject({ seed: Sha256, decided: z.array(z.array(ApplicationNumber).min(2)).min(1) })
    .optional(),
  /** Which scores made totals and ranks, where the round file asks for adjusted ones, and the checks that said it. */
  adjustment: SeverityAdjustment.optional(),
  /** Whom the ratings could not tell apart from the line, where the list that was voted on says it. */
  line: LineGroup.extend({ near: z.array(ApplicationNumber) }).optional(),
  /** The advance from this gate was taken back before the next stage had effects. */
  undone: z.strictObject({ at: Instant, reason: reason.optional() }).optional(),
});
export type MinutesGate = z.infer<typeof Gate>;

/** What became of an application by the end of the round. */
const Outcome = z.enum([
  'placed',
  'accepted',
  'declined',
  'lapsed',
  'reserve',
  'no-offer',
  'below-minimum',
  /** The total passes, and a part that has a pass mark of its own does not. */
  'below-part',
  'departed',
  'not-interviewed',
  'not-shortlisted',
  'not-eligible',
  'withdrawn',
  'deferred',
  'elsewhere',
]);

const Application = z.strictObject({
  number: ApplicationNumber,
  /** Points by the rubric, of the interview, and together; absent where the application did not get so far. */
  scoring: z.number().optional(),
  /** What raters came to as they gave it and adjusted, where the round file asks for that. */
  rated: RatedScores.optional(),
  interview: z.number().optional(),
  total: z.number().optional(),
  rank: z.int().min(1).optional(),
  outcome: Outcome,
});
export type MinutesApplication = z.infer<typeof Application>;

/** A conflict of interest that keeps or kept a member away. On what it rests is not said: it could name the applicant. */
const Conflict = z.strictObject({
  number: ApplicationNumber,
  personId: PersonId,
  because: z.enum(['declared', 'found', 'pinned']),
  since: Instant,
  /** What the secretary said of it, where anything. */
  ruling: z
    .strictObject({ ruling: z.enum(['pinned', 'cleared']), at: Instant, reason: reason.optional() })
    .optional(),
});
export type MinutesConflict = z.infer<typeof Conflict>;

/** What lots were drawn from, where the round file names a public beacon. */
const Draw = z.union([
  z.strictObject({ value: BeaconValue, randomness: Sha256, outAt: Instant }),
  z.strictObject({ waivedAt: Instant, reason: reason.optional() }),
]);

const Placement = z.strictObject({
  number: ApplicationNumber,
  vacancy: VacancyCode,
  /** When the onboarding was completed. */
  completedAt: Instant.optional(),
});

/**
 * Everything that the minutes of a round say, without a language. Applicants appear by number only. Reasons are what
 * people typed, in whatever language.
 */
export const Minutes = z.strictObject({
  kind: z.literal('minutes'),
  /** Kept data stay as they were signed: a later shape has a later version, and readers of older ones know both. */
  schemaVersion: z.literal(1),
  region: RegionCode,
  roundId: RoundId,
  intake: z.string().min(1),
  title: Texts,
  /** Number of the minutes within the round, 1 for the first. */
  number: z.int().min(1),
  madeAt: Instant,
  /** Moments are told as the clocks of this zone show them. */
  zone: z.string().min(1),
  roundFile: Sha256,
  register: Sha256,
  /** Files of marks from another organisation that count in the results; absent where the round has no such criterion. */
  marks: z.array(MinutesMarks).min(1).optional(),
  /** Those that had been confirmed and were taken back; absent where none were. */
  undoneMarks: z.array(MinutesUndoneMarks).min(1).optional(),
  /** Absent where lots come from the receipts by the round file. */
  draw: Draw.optional(),
  /** Bundles of results that were published by then; absent in minutes before there were any. */
  published: z
    .array(z.strictObject(Publication.omit({ decision: true, receiptParts: true }).shape))
    .optional(),
  seats: z.array(Seat).min(1),
  /** Absent where nobody came from elsewhere. */
  guests: z.array(GuestRater).min(1).optional(),
  /** Absent in minutes before there were any. */
  conflicts: z.array(Conflict).optional(),
  gates: z.array(Gate),
  /** Absent where nobody scored, and in minutes before it was said. */
  agreement: Agreement.optional(),
  /** By station, in their order. Absent where no scorecard counted, and in minutes before it was said. */
  interviewAgreement: z.array(InterviewAgreement).min(1).optional(),
  applications: z.array(Application),
  offers: z.array(MinutesOffer),
  /** Absent in minutes before it was said. */
  offering: Offering.optional(),
  posts: z.strictObject({
    /** In the register. */
    total: count,
    /** Of those: as many as the round file's number and quotas let the round fill. */
    offerable: count,
    filled: count,
    /** The register by district, or another division that is worth a row each. */
    groups: z.array(z.strictObject({ name: z.string().min(1), total: count, filled: count })),
  }),
  /** What was given to people who were wronged, in the order in which it was; then whom earlier intakes put first. Absent where nobody was. */
  remedies: z.array(GivenRemedy).min(1).optional(),
  promised: z.array(PromisedPlace).min(1).optional(),
  /** The second chance for who had no post; absent where nobody was asked. */
  exchange: z
    .strictObject({
      openedAt: Instant,
      asked: count,
      participants: count,
      ranAt: Instant.optional(),
      offers: count,
    })
    .optional(),
  /** Absent where nothing crossed. */
  elsewhere: MinutesCrossed.optional(),
  claims: z.array(MinutesClaim),
  /** Of results, without a claim; absent where nobody asked for one, and in minutes before it was said. */
  corrections: z.array(MinutesCorrection).min(1).optional(),
  /** What raters said of their own stored scores; absent where nobody did, and in minutes before it was said. */
  reports: z.array(MinutesReport).min(1).optional(),
  /** What went out although something looked wrong in it; absent where nothing did, and in minutes before it was said. */
  releases: z.array(HeededRelease).min(1).optional(),
  /** Every release and stop of offers where they went out in parts; absent where they did not, and in minutes before it was said. */
  letting: z.array(LettingStep).min(1).optional(),
  placements: z.array(Placement),
  /** Rules that nobody could verify: the minutes call them samples. */
  unverified: z.array(z.strictObject({ rule: Texts, source: Source })),
});
export type Minutes = z.infer<typeof Minutes>;
