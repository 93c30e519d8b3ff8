/* Grants that functions have together; what each allows is in `permissions.ts`. */

export const recordKeeping = ['read-records', 'write-records'] as const;
export const personKeeping = ['read-persons', 'write-persons'] as const;
/** Codes to sign in with are sent at once; every other letter goes through the outbox. */
export const applying = [
  'sign-uploads',
  'join-slices',
  'remove-documents',
  'send-letters',
  'nudge-outbox',
] as const;

/** What may be opened in a browser: documents that were looked at, papers in storage, and those drawn for whoever asks. */
export const opening = ['sign-documents', 'read-brought', 'sign-papers', 'draw-papers'] as const;

export const delivering = [
  'mark-outbox',
  'read-persons',
  'erase-persons',
  'remove-documents',
  'note-erasures',
  'send-letters',
  'start-executions',
  'resume-executions',
  'carry-packets',
  'keep-minutes',
  'sign-results',
] as const;
export const sweeping = [
  'scan-records',
  'nudge-outbox',
  'list-erasures',
  'keep-anchors',
  'sign-results',
  'start-executions',
  'look-at-executions',
] as const;
