/** What somebody on the staff, or the system, reads of a person's data; each has its words in `rights.what.*`. */
export const readKinds = [
  'form',
  /** With the contact. */
  'name',
  'name-only',
  'adjustments',
  'name-adjustments',
  'committee-ties',
  'claim',
  'document',
  'redacted',
  'packet',
  'data',
  'data-request',
  'list',
  'minutes',
  'sheet',
  'evaluation-sheet',
] as const;
export type ReadKind = (typeof readKinds)[number];
