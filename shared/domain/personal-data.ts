import * as z from 'zod';
import { UploadFault } from '#shared/domain/application.ts';
import { Typed } from '#shared/domain/application-form.ts';
import { DataRequestKind, Outcome } from '#shared/domain/data-request.ts';
import { KeptDisclosure } from '#shared/domain/disclosure.ts';
import { ElsewhereChoices } from '#shared/domain/elsewhere-choices.ts';
import { SecondChoices } from '#shared/domain/exchange.ts';
import { ApplicationId, ApplicationNumber, DataRequestId, Sha256, VacancyCode } from '#shared/domain/ids.ts';
import { InterviewWishes } from '#shared/domain/interview-wishes.ts';
import { LetterTemplate } from '#shared/domain/letter-template.ts';
import { Confidence } from '#shared/domain/provenance.ts';
import { Referee } from '#shared/domain/reference.ts';
import { RegionCode } from '#shared/domain/region.ts';
import { HoldCause } from '#shared/domain/retention-hold.ts';
import { Role } from '#shared/domain/role.ts';
import { Texts } from '#shared/domain/texts.ts';
import { Instant } from '#shared/domain/time.ts';
import { TimelineStep } from '#shared/domain/timeline-step.ts';
import { Locale } from '#shared/i18n/locale.ts';

/** A reading by staff: as what they acted, not who they are. */
const Reading = z.object({ at: Instant, role: z.union([Role, z.literal('other')]), what: z.string() });

const HeldFile = z.object({
  requirement: z.string(),
  title: Texts.optional(),
  status: z.enum(['announced', 'received', 'refused']),
  bytes: z.int().optional(),
  sha256: Sha256.optional(),
});

/** A question of the committee and the answer: what was sent, or what is typed so far. */
const HeldInquiry = z.object({
  askedAt: Instant,
  dueAt: Instant,
  standing: z.enum(['open', 'answered', 'withdrawn', 'lapsed']),
  question: z.string(),
  answer: z.string(),
  files: z.array(HeldFile),
});

/** Whom the person named for a reference. What a referee wrote is there only where the round shows it to the applicant. */
const HeldReference = z.object({
  name: z.string(),
  position: z.string(),
  mail: z.string(),
  relation: z.string(),
  locale: Locale,
  status: Referee.shape.status,
  askedAt: Instant.optional(),
  endedAt: Instant.optional(),
  answer: z.object({ known: z.string(), recommends: z.string(), text: z.string() }).optional(),
});

const HeldApplication = z.object({
  id: ApplicationId,
  number: ApplicationNumber,
  intake: z.string(),
  title: Texts,
  /** Of the round, in which its moments are told. */
  zone: z.string(),
  stage: z.enum(['draft', 'submitted', 'withdrawn']),
  startedAt: Instant,
  submittedAt: Instant.optional(),
  withdrawnAt: Instant.optional(),
  erasedAt: Instant.optional(),
  /** The rule by which it is erased once its round has ended; `until` once that is so. */
  kept: z.object({ months: z.int(), confidence: Confidence, until: Instant.optional() }).optional(),
  /** What somebody on the staff keeps it for beyond that; `until` where they named a day. */
  holds: z.array(z.object({ because: HoldCause, until: Instant.optional() })).optional(),
  consentVersion: z.string().optional(),
  receipt: Sha256.optional(),
  /** Every field as it was typed, from what is in force or, before that, from the draft. */
  answers: Typed,
  /** What is being changed in a submission that was opened again. */
  amendment: Typed.optional(),
  /** Answers about equality. Whoever acts for the person at the desk does not get them. */
  equality: Typed.optional(),
  files: z.array(HeldFile),
  choices: z.array(VacancyCode),
  /** The consent to the second chance, and what was chosen in it. */
  exchange: SecondChoices.optional(),
  /** The same for posts of other regions, each list apart. */
  elsewhere: z.array(ElsewhereChoices).optional(),
  /** What happened, as far as the person was told. */
  steps: z.array(TimelineStep),
  inquiries: z.array(HeldInquiry).optional(),
  references: z.array(HeldReference).optional(),
  /** What the person asks of the interview. */
  wishes: InterviewWishes.optional(),
  /** Why the committee could not keep a booked interview, as the person was told. */
  calledOff: z.string().optional(),
  /** What those who judged say to the person, without who said it. */
  said: z.array(z.object({ part: z.enum(['scoring', 'interview']), text: z.string() })).optional(),
  /** What the person wrote in a claim about the results, and what the answer says. */
  claim: z.string().optional(),
  /** The documents that it points at, by their codes. */
  claimEvidence: z.array(z.string()).optional(),
  claimAnswer: z.string().optional(),
  /** What the claim was before, oldest first. */
  claimsBefore: z
    .array(
      z.object({
        claim: z.string().optional(),
        claimEvidence: z.array(z.string()).optional(),
        claimAnswer: z.string().optional(),
        /** Why the answer was taken back and the claim reopened. */
        claimReopened: z.string().optional(),
      }),
    )
    .optional(),
  readings: z.array(Reading),
});
export type HeldApplication = z.infer<typeof HeldApplication>;

/**
 * What the region holds about a person, for that person (law 94-V, art. 24): the document that `data.json` and the API give, and that
 * the PDF is drawn from. Of each text it has the newest version; which record goes in, and which does not and why, is listed in
 * `test/functions/commands/personal-records.ts`.
 */
export const PersonalData = z.object({
  schemaVersion: z.literal(1),
  region: RegionCode,
  madeAt: Instant,
  account: z.object({
    /** Absent where somebody has none, and the desk acts for them. */
    mail: z.string().optional(),
    formerMail: z.string().optional(),
    name: z.string().optional(),
    /** How somebody without a mailbox is reached. */
    phone: z.string().optional(),
    address: z.string().optional(),
    locale: Locale,
    registeredAt: Instant,
    roles: z.array(Role),
    sessions: z.array(z.object({ device: z.string(), createdAt: Instant, lastSeenAt: Instant })),
    passkeys: z.array(z.object({ createdAt: Instant })),
    /** What a member of a committee told of themselves, to be compared with applicants. */
    disclosure: KeptDisclosure.optional(),
    /** Who opened the person's page at the desk, or a request about data. */
    readings: z.array(Reading).optional(),
  }),
  applications: z.array(HeldApplication),
  letters: z.array(z.object({ at: Instant, template: LetterTemplate, subject: z.string() })),
  requests: z.array(
    z.object({
      id: DataRequestId,
      kind: DataRequestKind,
      number: ApplicationNumber.optional(),
      filedAt: Instant,
      dueAt: Instant,
      text: z.string().optional(),
      /** SHA-256 of each scan of the signed paper, where the desk filed it. */
      papers: z.array(Sha256).optional(),
      /** Scans that were thrown away, each with why. */
      papersRefused: z.array(z.object({ announcedAt: Instant, because: UploadFault })).optional(),
      answeredAt: Instant.optional(),
      outcome: Outcome.optional(),
      answer: z.string().optional(),
    }),
  ),
});
export type PersonalData = z.infer<typeof PersonalData>;

/** The JSON Schema of the export, published at `/schemas/personal-data-1.json`. */
export const personalDataJsonSchema = (): object => z.toJSONSchema(PersonalData, { io: 'output' });
