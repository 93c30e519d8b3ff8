import * as z from 'zod';
import { AnswerRule } from '#shared/domain/answer-rule.ts';
import { QuestionCode, RedactableText } from '#shared/domain/application-form.ts';
import { BeaconRule } from '#shared/domain/beacon.ts';
import { CardRule } from '#shared/domain/card-rule.ts';
import { AbsentChairRule } from '#shared/domain/chair-absence.ts';
import { ClaimRule } from '#shared/domain/claim-rule.ts';
import { ConflictRule } from '#shared/domain/conflict-rule.ts';
import { ConsentTerms } from '#shared/domain/consent.ts';
import { RubricCriterion } from '#shared/domain/criterion.ts';
import { Eligibility } from '#shared/domain/eligibility-rule.ts';
import { ElsewhereRule } from '#shared/domain/elsewhere-rule.ts';
import { ExchangeRule } from '#shared/domain/exchange-rule.ts';
import { IncentiveRule } from '#shared/domain/incentive-rule.ts';
import { InterviewRule } from '#shared/domain/interview-rule.ts';
import { MediaType } from '#shared/domain/media-type.ts';
import { Minimum } from '#shared/domain/minimum.ts';
import { PostRule } from '#shared/domain/post-rule.ts';
import { PracticeRule } from '#shared/domain/practice-rule.ts';
import { RuleCode as Code, provenance } from '#shared/domain/provenance.ts';
import { RaterRule } from '#shared/domain/rater-rule.ts';
import { RecusalRule } from '#shared/domain/recusal-rule.ts';
import { RegionCode } from '#shared/domain/region.ts';
import { RetentionGroup, RetentionRule } from '#shared/domain/retention.ts';
import { Texts } from '#shared/domain/texts.ts';
import { WordLimits } from '#shared/domain/word-limits.ts';
import { timeZones } from '#shared/domain/zone-data.ts';

/** With an offset, so that the file can be read without knowing the zone; in the century of the intake labels. */
const Moment = z.iso.datetime({ offset: true }).regex(/^20\d{2}-/);

/** A stage lasts so many working days, or ends at a moment. */
const StagePlan = z.union([
  z.strictObject({ workingDays: z.int().min(1).max(250), ...provenance }),
  z.strictObject({ endsAt: Moment, ...provenance }),
]);

/** Asked only of those who gave one of these answers to an earlier question, one that offers a choice. */
const Condition = z.strictObject({ question: QuestionCode, is: z.array(z.string().max(40)).min(1).max(40) });
export type Condition = z.infer<typeof Condition>;

export const RequiredDocument = z.strictObject({
  code: Code,
  title: Texts,
  mediaTypes: z.array(MediaType).min(1),
  maxBytes: z.int().min(1024).max(52_428_800),
  maxFiles: z.int().min(1).max(10),
  /** Of those whom it is asked. */
  required: z.boolean(),
  when: Condition.optional(),
  ...provenance,
});
export type RequiredDocument = z.infer<typeof RequiredDocument>;

/** Who must have done what by when after an offer was accepted. */
const ChecklistItem = z.strictObject({
  code: Code,
  title: Texts,
  owner: z.enum(['applicant', 'school', 'administrator']),
  dueWorkingDays: z.int().min(0).max(250),
  /** A placement is complete once every required item is done. */
  required: z.boolean(),
  ...provenance,
});
type ChecklistItem = z.infer<typeof ChecklistItem>;

const Question = z.strictObject({
  code: QuestionCode,
  /** Of those whom it is asked. */
  required: z.boolean(),
  when: Condition.optional(),
  /** How much a text of several lines may say; that of `motivation` stands under its own name. */
  words: WordLimits.optional(),
  ...provenance,
});

/** Stages in which raters see neither names, texts nor files; of what is `shown` they see copies that the secretary released. */
const Blind = z.strictObject({
  stages: z.array(z.enum(['screening', 'scoring'])),
  shown: z
    .strictObject({
      texts: z.array(RedactableText),
      /** Codes of required documents. */
      documents: z.array(Code),
      /** What applicants typed when the committee asked them; nothing of it where this is absent. */
      answers: z.literal(true).optional(),
      /** What referees wrote; nothing of it where this is absent. */
      references: z.literal(true).optional(),
      /** Whether scoring waits until every copy is there, or begins with a warning. */
      missing: z.enum(['stop', 'warn']),
    })
    .optional(),
  ...provenance,
});

/**
 * Whether the committee may let somebody go on, or keep somebody out, otherwise than the points propose: by a motion with a reason, which is
 * voted on with the list. Absent is `none`: files that were published without it promised it to nobody.
 */
const Departures = z.enum(['none', 'with-reason']);

/** How a round is run, as one reviewed file. Its bytes are pinned by SHA-256 when the call opens (DESIGN 2). */
export const RoundFile = z.strictObject({
  schemaVersion: z.literal(1),
  region: RegionCode,
  /** The intake's label, unique in a region: year and number. */
  intake: z.string().regex(/^20\d{2}-[1-9]\d?$/),
  title: Texts,
  summary: Texts,
  timeZone: z.literal(timeZones),
  call: z.strictObject({
    opensAt: Moment.optional(),
    closesAt: Moment,
    /** The call is open at least so long; opening later than that before its end is refused. */
    minimumDays: z.int().min(1).max(120),
    /** For so long after its end, what was begun before may still be saved and submitted; 0 where it is not said. */
    graceMinutes: z.int().min(0).max(120).optional(),
    ...provenance,
  }),
  stages: z.strictObject({
    screening: StagePlan,
    scoring: StagePlan,
    interviews: StagePlan,
    preliminary: StagePlan,
    claims: StagePlan,
    offers: StagePlan,
    onboarding: StagePlan,
  }),
  calendar: z.strictObject({
    holidays: z.array(z.iso.date()).max(400),
    /** Days off that were moved: `off` is free, `worked` (when given) is worked instead. */
    transferred: z.array(z.strictObject({ off: z.iso.date(), worked: z.iso.date().optional() })).max(100),
    ...provenance,
  }),
  posts: PostRule,
  /** What the incentives of the vacancies are worth; without it, what is known of the programme (`programme-support.ts`). */
  incentives: z.array(IncentiveRule).max(30).optional(),
  eligibility: z.array(Eligibility).max(30),
  documents: z.array(RequiredDocument).max(30),
  questions: z.array(Question).min(1),
  motivation: z.strictObject({
    minWords: z.int().min(0).max(1000),
    maxWords: z.int().min(1).max(2000),
    ...provenance,
  }),
  rubric: z.strictObject({ criteria: z.array(RubricCriterion).min(1).max(40), ...provenance }),
  /** What a file of marks from outside must have beside one of its check columns (`shared/marks`); nothing more where it is absent. */
  marksFile: z.strictObject({ rowHash: z.literal('required'), ...provenance }).optional(),
  blind: Blind,
  raters: RaterRule,
  /** What the cards of raters and interviewers may say beside points; points alone where it is absent. */
  cards: CardRule.optional(),
  /** Synthetic applications to be scored before the real ones; absent where nobody practises. */
  practice: PracticeRule.optional(),
  /** Which judgements at screening count only once another member has confirmed them; none where it is absent. */
  screeningCheck: z.strictObject({ of: z.enum(['refusals', 'every']), ...provenance }).optional(),
  /** What is compared to find possible conflicts of interest; absent where only members declare them. */
  conflicts: ConflictRule.optional(),
  committee: z.strictObject({
    /** Voting members at least, the chair among them; their number is odd. */
    minimum: z.int().min(3).max(51),
    /** And at most, substitutes aside; as many as are appointed where it is not said. */
    maximum: z.int().min(3).max(51).optional(),
    /** The part of the voting members that must have voted, rounded up. */
    quorum: z.strictObject({ numerator: z.int().min(1).max(10), denominator: z.int().min(1).max(10) }),
    /** What follows for a vote from a conflict of interest; what `recusal-rule.ts` says where it is absent. */
    recusal: RecusalRule.optional(),
    /** Who chairs a gate while the chair is away; nobody where it is absent. */
    absentChair: AbsentChairRule.optional(),
    /** Whether the committee may rank applications by ballot beside a proposal, which decides nothing; it may where it is not said. */
    ballots: z.enum(['allowed', 'none']).optional(),
    ...provenance,
  }),
  /** Who is invited to an interview after scoring. */
  shortlist: z.strictObject({
    /** Percent of the scale. */
    minimumPoints: z.number().min(0).max(100),
    atMost: z.int().min(1).max(20_000).optional(),
    departures: Departures.optional(),
    ...provenance,
  }),
  interviews: InterviewRule,
  /** The least of single parts of a result, whatever the total is; none where it is absent. */
  minimums: z.array(Minimum).min(1).max(20).optional(),
  /** How long the committee has to decide a claim; no time is promised where it is absent. */
  claims: ClaimRule.optional(),
  /** Who may get an offer once the results are final. */
  results: z.strictObject({
    minimumPoints: z.number().min(0).max(100),
    departures: Departures.optional(),
    ...provenance,
  }),
  /** How long an offer may be answered. */
  answer: AnswerRule,
  /** A second chance for who has no post, at the posts that stay empty; there is none where it is absent. */
  exchange: ExchangeRule.optional(),
  /** Posts and people of other regions; nothing crosses where it is absent. */
  elsewhere: ElsewhereRule.optional(),
  checklist: z.strictObject({
    /** Owners are reminded so often while something is open. */
    remindEveryWorkingDays: z.int().min(1).max(60),
    items: z.array(ChecklistItem).min(1).max(30),
    ...provenance,
  }),
  ties: z.strictObject({
    order: z.array(z.enum(['interview', 'essay', 'test', 'experience', 'category', 'drawn-lot'])).min(1),
    /** A public value that draws wait for; absent where they come from the receipts alone. */
    beacon: BeaconRule.optional(),
    ...provenance,
  }),
  /** People whom applicants name and who are asked for a reference by letter; absent where nobody is. */
  references: z
    .strictObject({
      count: z.int().min(1).max(5),
      /** False: whoever names nobody may submit all the same. Absent: all of them must be named. */
      required: z.boolean().optional(),
      /** Applicants see that a reference was given, and not what it says. */
      confidential: z.boolean(),
      remindAfterWorkingDays: z.int().min(1).max(30),
      ...provenance,
    })
    .optional(),
  choices: z.strictObject({ limit: z.int().min(1).max(50), required: z.boolean(), ...provenance }),
  /** Said on the upload page: what happens to a file before staff may open it. */
  scanning: z.strictObject({ note: Texts }),
  /** How long what people typed and sent is kept once the round has ended; what no rule names is kept until somebody asks. */
  retention: z.array(RetentionRule).max(RetentionGroup.options.length).optional(),
  consent: z.strictObject({
    /** Raised with every change of the text; an application keeps the version that was agreed to. */
    version: z.string().regex(/^[0-9a-z.-]{1,20}$/),
    text: Texts,
    /** What the law wants named; older files said it in the text alone. */
    terms: ConsentTerms.optional(),
    ...provenance,
  }),
});
export type RoundFile = z.infer<typeof RoundFile>;

/** The schema that editors and other programs check a round file with (JSON Schema 2020-12). */
export const roundFileJsonSchema = (): Record<string, unknown> => ({
  ...z.toJSONSchema(RoundFile, { io: 'input' }),
  $id: '/schemas/round-file-1.json',
  title: 'Irikteu round file, version 1',
});
