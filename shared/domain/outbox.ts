import * as z from 'zod';
import { ApplicationId, ClaimId, InquiryId, PersonId, RefereeId, RoundId } from '#shared/domain/ids.ts';
import { LetterFacts, LetterTemplate } from '#shared/domain/letter-template.ts';
import {
  EraseHanded,
  MakeOutcome,
  MakePacket,
  MakeStatement,
  SignOpenPosts,
  TellElsewhere,
} from '#shared/domain/outbox-elsewhere.ts';
import { LettersToMembers, TellJudges } from '#shared/domain/outbox-members.ts';
import { GatedStage } from '#shared/domain/stage.ts';
import { Instant } from '#shared/domain/time.ts';

const Letter = z.object({
  kind: z.literal('letter'),
  template: LetterTemplate,
  personId: PersonId,
  facts: LetterFacts,
  /** To the mailbox that the person had before, when it is about that. */
  to: z.exactOptional(z.literal('former-mailbox')),
});

/** The state machines, by the name under which they are deployed. */
export const MachineName = z.enum(['selection-round', 'offer', 'onboarding']);
export type MachineName = z.infer<typeof MachineName>;

const StartExecution = z.object({
  kind: z.literal('start-execution'),
  machine: MachineName,
  /** At most 80 characters; the same name and input start nothing new while it runs. */
  name: z.string().max(80),
  input: z.record(z.string(), z.unknown()),
});

/** What a machine waits for with a task token: a gate that is decided, or an offer that is answered. */
export const Awaited = z.object({ kind: z.enum(['gate', 'offer']), id: z.string() });
export type Awaited = z.infer<typeof Awaited>;

const ResumeTask = z.object({
  kind: z.literal('resume-task'),
  awaited: Awaited,
  output: z.record(z.string(), z.unknown()),
});

/** How the decision at a gate was signalled before offers were waited for as well: such rows may still lie there. */
const SignalGate = z
  .object({
    kind: z.literal('signal-gate'),
    gateId: z.string(),
    output: z.record(z.string(), z.unknown()),
  })
  .transform(
    ({ gateId: id, output }): z.infer<typeof ResumeTask> => ({
      kind: 'resume-task',
      awaited: { kind: 'gate', id },
      output,
    }),
  );

/** Makes the next offers of a round, a page at a time: each page writes the row for the next one. */
const MakeOffers = z.object({ kind: z.literal('make-offers'), roundId: RoundId });

/** Asks everyone whom an applicant named and who was not asked yet. */
const AskReferees = z.object({ kind: z.literal('ask-referees'), applicationId: ApplicationId });

/** Writes to a referee whose answer is awaited, with a link that is made as the letter goes: it lies nowhere in the clear. */
const WriteToReferee = z.object({
  kind: z.literal('write-to-referee'),
  template: z.enum(['reference-asked', 'reference-reminder']),
  applicationId: ApplicationId,
  referee: RefereeId,
});

/** Writes to a colleague of another region whom a secretary invites to score, with a link that is made as the letter goes. */
const WriteToGuest = z.object({
  kind: z.literal('write-to-guest'),
  roundId: RoundId,
  guest: z.int().min(1),
  /** Whose invitation it is: it is worth nothing once they are no secretary any more. */
  issuer: PersonId,
});

/** Looks whether an applicant still owes an answer to the committee, and writes a reminder then. */
const RemindInquiry = z.object({
  kind: z.literal('remind-inquiry'),
  applicationId: ApplicationId,
  inquiry: InquiryId,
});
/** Looks whether a claim is still open a while before the committee's time to decide it is over, and again once it is. */
const RemindClaim = z.object({
  kind: z.literal('remind-claim'),
  claim: ClaimId,
  about: z.enum(['due', 'overdue']),
  /** Since when the committee has its time; a row of another time that the claim was open says nothing. Absent in older rows. */
  since: Instant.optional(),
});
/** Looks whether the checker still holds parts of a round's offers, and writes to whoever can see to it. */
const RemindHeld = z.object({ kind: z.literal('remind-held'), roundId: RoundId, day: z.iso.date() });
/** Looks whether times of a round are taken twice since its interviews go on again, and writes to whoever plans them. */
const RemindEngaged = z.object({ kind: z.literal('remind-engaged'), roundId: RoundId });
/** Looks who is to be reminded of an interview on a day, and writes to them. */
const RemindInterviews = z.object({
  kind: z.literal('remind-interviews'),
  roundId: RoundId,
  day: z.iso.date(),
});
/** Erases a person with everything of theirs, or one application; its moment leaves time for the last letter. */
const Erase = z.object({
  kind: z.literal('erase'),
  of: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('account'), id: PersonId }),
    z.object({ kind: z.literal('application'), id: ApplicationId }),
  ]),
  /** Its time is over: only if nothing holds it when the row is delivered. */
  because: z.exactOptional(z.literal('retention')),
});
export type Erasure = z.infer<typeof Erase>['of'];

/** Compares what members of a committee disclosed with the applications of a round. */
const FindConflicts = z.object({ kind: z.literal('find-conflicts'), roundId: RoundId });

/** Finds raters for places that were left open, since others handed over at that moment. */
const FindRaters = z.object({
  kind: z.literal('find-raters'),
  roundId: RoundId,
  applications: z.array(ApplicationId),
});

/** Signs and keeps what anyone may read of a decision. */
const PublishResults = z.object({
  kind: z.literal('publish-results'),
  roundId: RoundId,
  stage: z.enum(['claims', 'offers']),
});

/**
 * One letter for everyone whose application in a round is a draft or submitted: a page of them is turned into
 * letters of their own, then a row for the next page is written (`writeLettersToRound`).
 */
const LettersToRound = z.object({
  kind: z.literal('letters-to-round'),
  template: LetterTemplate,
  roundId: RoundId,
  /** The event that caused it, as the stable beginning of every letter's id. */
  cause: z.string(),
  facts: LetterFacts,
  after: z.string().optional(),
});

/**
 * Letters about a decision, each by its standing in the decided list: a page from `from` on is turned into letters of
 * their own, then a row for the next page is written (`writeLettersOfDecision`).
 */
const LettersOfDecision = z.object({
  kind: z.literal('letters-of-decision'),
  roundId: RoundId,
  about: GatedStage,
  cause: z.string(),
  facts: LetterFacts,
  from: z.int().min(0),
});

/**
 * Letters to those with a final result whom something concerns: the second chance, or another number of posts. Of those from place `from` on a
 * page is turned into letters of their own, then a row for the next page is written (`writeLettersToContenders`).
 */
const LettersToContenders = z.object({
  kind: z.literal('letters-to-contenders'),
  roundId: RoundId,
  about: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('exchange') }),
    z.object({ kind: z.literal('capacity'), change: z.int().min(1) }),
    z.object({ kind: z.literal('elsewhere'), list: z.int().min(1) }),
  ]),
  from: z.int().min(0),
});

/** Letters to everyone whom a correction concerns, a page at a time (`writeLettersOfCorrection`). */
const LettersOfCorrection = z.object({
  kind: z.literal('letters-of-correction'),
  roundId: RoundId,
  correction: z.int().min(1),
  from: z.int().min(0),
});

/** `KZ-19-<id>-1`: one execution per attempt of a round, an offer or a placement; the same name asked for twice starts nothing new. */
export const executionName = (region: string, { id, attempt }: { id: string; attempt: number }): string =>
  `${region}-${id}-${attempt}`;

/** What must happen after a commit, exactly once as far as the outside allows. */
export const OutboxMessage = z.object({
  /** Stable: derived from the event that caused it, so a repeated commit cannot write a second one. */
  id: z.string(),
  at: Instant,
  body: z.union([
    z.discriminatedUnion('kind', [
      Letter,
      LettersToRound,
      LettersOfDecision,
      LettersToContenders,
      LettersOfCorrection,
      LettersToMembers,
      StartExecution,
      ResumeTask,
      MakeOffers,
      RemindInquiry,
      RemindClaim,
      RemindHeld,
      RemindInterviews,
      RemindEngaged,
      PublishResults,
      SignOpenPosts,
      MakePacket,
      MakeOutcome,
      MakeStatement,
      TellElsewhere,
      EraseHanded,
      AskReferees,
      WriteToReferee,
      WriteToGuest,
      Erase,
      FindConflicts,
      FindRaters,
      TellJudges,
    ]),
    SignalGate,
  ]),
});
export type OutboxMessage = z.infer<typeof OutboxMessage>;

const NudgedRow = OutboxMessage.pick({ id: true, at: true });
export type NudgedRow = z.infer<typeof NudgedRow>;

/** The event of a nudge: rows that were just written. Named, each is delivered without being looked for. */
export const Nudged = z.object({ rows: z.array(NudgedRow) });
