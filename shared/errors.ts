/**
 * Every "no" that a person can get, with the facts that explain it. Adding a kind makes the compiler name the
 * places that must follow: the problem table, the pages and the three catalogues.
 */
export type Refusal =
  | { kind: 'not-found'; what: 'round' | 'application' | 'vacancy' | 'document' | 'person' | 'invitation' | 'page' }
  | { kind: 'not-allowed' }
  | { kind: 'changed-meanwhile' }
  | { kind: 'invalid'; faults: readonly Fault[] };

/** One thing wrong with what was sent: where (a form field, a JSON pointer, a line and column) and what, as a catalogue key. */
export type Fault = {
  place: string;
  message: string;
  line?: number;
  column?: number;
  facts?: Record<string, string | number>;
};
