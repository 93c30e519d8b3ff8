import type { TypedValue } from '#shared/domain/application-form.ts';
import type { ApplicationId, ApplicationNumber, PersonId } from '#shared/domain/ids.ts';
import type { SignInRefusal } from '#shared/domain/sign-in-refusal.ts';
import type { GatedStage } from '#shared/domain/stage.ts';
import type { Texts } from '#shared/domain/texts.ts';
import type { Instant } from '#shared/domain/time.ts';

/** Scorecards that the interview of an application lacks, at one of its stations where it has several. */
export type MissingCards = { number: string; station: Texts | undefined; count: number };

/**
 * Cards that an application waits for before it is discussed: how many, and of whom: how many of the committee and of guests, and who where
 * the reader may know.
 */
export type AwaitedOf = {
  number: ApplicationNumber;
  count: number;
  members: number;
  guests: number;
  people?: readonly PersonId[];
};

/** What else than applications can be left to do in a stage. */
type UnfinishedWork =
  | 'scores'
  | 'scorecards'
  | 'claims'
  | 'offers'
  | 'placements'
  | 'corrections'
  | 'owed-interviews';

/** Interviews that somebody was owed and that are not counted yet: how many, and the numbers of those that the reader may see. */
export type OwedLeft = { count: number; numbers: readonly ApplicationNumber[] };

/**
 * Every "no" that a person can get, with the facts that explain it. Adding a kind makes the compiler name the
 * places that must follow: the problem table, the pages and the three catalogues.
 */
export type Refusal =
  | SignInRefusal
  /** The answer did not come in the time that a request has. */
  | { kind: 'took-too-long' }
  | {
      kind: 'not-found';
      what:
        | 'round'
        | 'application'
        | 'vacancy'
        | 'document'
        | 'person'
        | 'invitation'
        | 'gate'
        | 'slot'
        | 'panel'
        | 'formula'
        | 'poll'
        | 'offer'
        | 'claim'
        | 'placement'
        | 'inquiry'
        | 'marks'
        | 'correction'
        | 'reference'
        | 'data-request'
        | 'beacon'
        | 'page';
    }
  | { kind: 'not-allowed' }
  /** A form that another site posted in the visitor's name. */
  | { kind: 'cross-site' }
  | { kind: 'too-large'; limitBytes: number }
  /** Someone, or the same person in another tab, changed it first; `stored` is what stands now, for its owner only. */
  | { kind: 'changed-meanwhile'; stored?: StoredSection }
  /** The body is not of the media type that was expected, or not readable as one. */
  | { kind: 'unreadable'; expected: string }
  | { kind: 'invalid'; faults: readonly Fault[] }
  /** The call ends, or begins, only then. `zone` is the round's: its moments are told in it, here and below. */
  | { kind: 'too-early'; until: Instant; zone: string }
  /** `of`: what cannot be sent any more, where there is more to say of it. */
  | { kind: 'too-late'; closesAt: Instant; zone: string; of?: 'applications' | 'claims' | 'offers' }
  /** The round is in a stage in which this cannot be done. */
  | { kind: 'wrong-stage'; stage: string }
  /** A new deadline must be later than the one that stands. */
  | { kind: 'deadline-not-later'; closesAt: Instant; zone: string }
  /** A new deadline must be before this moment: the end of a later stage, or a year ahead. */
  | { kind: 'deadline-too-late'; before: Instant; zone: string }
  /** The call would be open for fewer days than the round file promises. */
  | { kind: 'call-too-short'; minimumDays: number; closesAt: Instant; zone: string }
  /** The round cannot open: its vacancies have not been imported. */
  | { kind: 'no-vacancies' }
  /** Another round of the region carries this intake label. */
  | { kind: 'intake-taken'; intake: string }
  /** A submitted application cannot be changed, only withdrawn. */
  | { kind: 'already-submitted'; number: string; submittedAt: Instant; receipt: string }
  | { kind: 'already-withdrawn'; number: string }
  /** Every thing that submission still needs: form fields, documents, choices. */
  | { kind: 'incomplete'; missing: readonly Fault[] }
  /** An upload was begun and the file has not arrived; `requirements` are codes of the round file. */
  | { kind: 'document-not-arrived'; requirements: readonly string[]; awaited?: readonly AwaitedFile[] }
  | { kind: 'unknown-requirement'; requirement: string }
  /** The file waits for its scan, or is gone: nothing that was not looked at is opened. */
  | { kind: 'document-unchecked' }
  | { kind: 'too-many-documents'; requirement: string; limit: number }
  | { kind: 'unknown-vacancy'; codes: readonly string[] }
  | { kind: 'too-many-choices'; limit: number }
  /** The committee is not as the round file wants it: who is missing. */
  | { kind: 'committee-incomplete'; lacks: readonly Fault[] }
  /** Nobody judges where they apply: the person is on the committee, or has an application. */
  | { kind: 'takes-part' }
  /** The member has voted in person; a sheet of paper does not take that vote's place. */
  | { kind: 'own-vote-stands' }
  /** The person has read applications with names or marks by number in this round, so they neither vote nor rate. */
  | { kind: 'unblinded' }
  /** Somebody's vote lies on the table, and the change would take it out of the count. */
  | { kind: 'vote-stands' }
  /** The chair's absence is recorded at this gate: somebody else chairs. */
  | { kind: 'chair-away' }
  /** The round file lets nobody chair while the chair is away. */
  | { kind: 'no-stand-in' }
  /** No offer was let go out in the round yet, so there is nothing to stop. */
  | { kind: 'nothing-released' }
  /** The person, or the chair or the secretary, has a seat already. */
  | { kind: 'seat-taken'; seat: string }
  /** The machine has not come to the stage yet: in a moment. */
  | { kind: 'gate-not-open' }
  | { kind: 'no-proposal' }
  /** A proposal lies on the table: what it was drawn up from stands still. */
  | { kind: 'proposal-on-table' }
  | { kind: 'already-decided'; decidedAt: Instant }
  /** A poll was closed or annulled first: a ballot cast after that is not counted. */
  | { kind: 'ballot-closed'; closedAt: Instant }
  | { kind: 'reason-needed' }
  | { kind: 'no-quorum'; cast: number; needed: number }
  | { kind: 'not-carried'; for: number; against: number }
  /** The round file lets the committee decide nothing here otherwise than the points propose. */
  | { kind: 'no-departures' }
  /** Applications for which a vote does not count because of a conflict of interest, and of the others too few votes, or no majority. */
  | { kind: 'recused-undecided'; applications: number }
  /** What must still be done before a proposal can be drawn up: applications to judge or interview where it is not said `of` what else. */
  | {
      kind: 'unfinished-work';
      remaining: number;
      of?: UnfinishedWork;
      cards?: readonly MissingCards[];
      /** Beside what remains, where that is not these very interviews. */
      interviews?: OwedLeft;
    }
  /** Cards that are given apart from each other and are not in: the application is discussed afterwards, or once whoever is in the chair says why not. */
  | { kind: 'cards-awaited'; cards: readonly AwaitedOf[] }
  /** Judgements that another member must still confirm before a proposal can be drawn up. */
  | { kind: 'confirmations-needed'; remaining: number }
  /**
   * Applicants who wrote of people on the committee or near it, of which nobody has said that it is looked through: how many, and to the
   * secretary their numbers.
   */
  | { kind: 'ties-open'; remaining: number; numbers?: readonly ApplicationNumber[] }
  /** Applications whose required documents still wait for the scanner: how many, and the titles of those documents. */
  | { kind: 'scans-awaited'; remaining: number; documents: readonly Texts[] }
  /** Marks from outside that are still to be imported and confirmed before a proposal can be drawn up. */
  | { kind: 'marks-needed'; remaining: number }
  /** The value of the public beacon that draws wait for: its round, and when it comes out. */
  | { kind: 'beacon-needed'; round: number; dueAt: Instant; zone: string }
  /** The value is there, so nothing is drawn without it. */
  | { kind: 'beacon-known' }
  /** Applications near the line of which the round file wants one more rating before a proposal can be drawn up. */
  | { kind: 'further-ratings-due'; remaining: number }
  /** The letters about preliminary results, from which on claims are made, were not released. */
  | { kind: 'letters-wait' }
  /** Redacted copies that the secretary must still release or withhold before scoring may open. */
  | { kind: 'copies-needed'; remaining: number }
  /** What one person brought, another one must confirm. */
  | { kind: 'second-person-needed' }
  /** The stage has already had an effect outside the committee, so its advance stays. */
  | { kind: 'took-effect'; stage: GatedStage }
  /** The checker of the cascade finds the answer wrong (`answer-check.ts`): nothing of it is stored until somebody has looked. */
  | { kind: 'held-by-check' }
  /** The same of an answer in time: it is kept, and given once the records fit (`held-answer.ts`). */
  | { kind: 'answer-held'; since: Instant; zone: string }
  | { kind: 'recipients-differ'; recipients: number; confirmed: number }
  /** A reminder of the same went out today. */
  | { kind: 'reminded-already'; last: Instant; from: Instant; zone: string }
  /** What looks wrong now, by the ids of its alarms, is not what somebody ticked. */
  | { kind: 'alarms-not-acknowledged'; alarms: string[] }
  /** The member has a conflict of interest with the application. */
  | { kind: 'conflict-of-interest' }
  /** The round looks for conflicts of interest, and what this member disclosed was not compared yet. */
  | { kind: 'disclosure-needed' }
  /** Not one of the raters who were asked. */
  | { kind: 'not-assigned' }
  /** The round asks its raters to practise first, and this one is not certified now. */
  | { kind: 'practice-needed' }
  /** The text was scored and its reference shown, or nothing is to be practised. */
  | { kind: 'practice-over' }
  | { kind: 'slot-taken' }
  /** The panel of this time is not one that may hear the application: language, access, or too few members without a conflict. */
  | { kind: 'slot-unfit' }
  /** Fewer posts than are accepted or offered. */
  | { kind: 'seats-taken'; taken: number }
  /** The application is not among those that this stage is about. */
  | { kind: 'not-in-stage' }
  /** No offer of the own list is open, and none can come any more. */
  | { kind: 'no-offer-to-come' }
  | { kind: 'claim-exists' }
  /** The claim waits for a decision: there is none that could be reopened. */
  | { kind: 'claim-open' }
  /** Final results were decided by the decisions on claims: what is wrong in them is corrected. */
  | { kind: 'results-final' }
  /** What the claim found was asked for or given to the applicant, who keeps it. */
  | { kind: 'interview-owed' }
  /** Its owner took the claim back: nobody decides it any more. */
  | { kind: 'claim-withdrawn'; withdrawnAt: Instant }
  /** More information was asked for, and the answer is awaited until then. */
  | { kind: 'inquiry-open'; until: Instant; zone: string }
  /** The link of a reference, or the reference itself, is over: it was given, declined, or is no longer asked for. */
  | { kind: 'reference-ended' }
  | { kind: 'inquiry-ended'; status: InquiryStanding }
  /** What was asked for at the desk waits for the paper that the person signed. */
  | { kind: 'paper-needed' }
  /** What the law or an open obligation keeps from being erased now. */
  | {
      kind: 'not-erasable';
      because: 'under-selection' | 'placed' | 'on-staff' | 'held';
      application?: { id: ApplicationId; number: string };
    }
  /** The offer was answered, has lapsed or was closed. */
  | { kind: 'offer-ended'; status: string };

/** How a request for more information stands: its clock ends it as well as a person. */
export type InquiryStanding = 'open' | 'answered' | 'withdrawn' | 'lapsed';

/** A file on its way: its id, by which a submission can leave it out, and the title of what it was announced for. */
export type AwaitedFile = { document: string; requirement: string; title: Texts };

/** One thing wrong with what was sent: where (a form field, a JSON pointer, a line and column) and what, as a catalogue key. */
export type Fault = {
  place: string;
  message: string;
  line?: number;
  column?: number;
  facts?: Record<string, string | number>;
};

/** A section of a form as it is stored: what was typed, and the version that a save must be based on. */
export type StoredSection = {
  section: string;
  version: number;
  fields: Readonly<Record<string, TypedValue | undefined>>;
};
