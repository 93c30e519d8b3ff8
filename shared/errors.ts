import type { SignInRefusal } from '#shared/domain/sign-in-refusal.ts';
import type { Texts } from '#shared/domain/texts.ts';
import type { Instant } from '#shared/domain/time.ts';

/**
 * Every "no" that a person can get, with the facts that explain it. Adding a kind makes the compiler name the
 * places that must follow: the problem table, the pages and the three catalogues.
 */
export type Refusal =
  | SignInRefusal
  | {
      kind: 'not-found';
      what: 'round' | 'application' | 'vacancy' | 'document' | 'person' | 'invitation' | 'gate' | 'page';
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
  | { kind: 'too-late'; closesAt: Instant; zone: string }
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
  | { kind: 'too-many-documents'; requirement: string; limit: number }
  | { kind: 'unknown-vacancy'; codes: readonly string[] }
  | { kind: 'too-many-choices'; limit: number };

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
  fields: Readonly<Record<string, string | readonly string[]>>;
};
