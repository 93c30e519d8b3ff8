/** Every function that runs, by the name of its bundle, and the file that it starts from. Both homes read this list. */
export const functionEntries = {
  web: 'functions/web/index.ts',
  api: 'functions/api/index.ts',
  outbox: 'functions/outbox/index.ts',
  sweep: 'functions/sweep/index.ts',
  documents: 'functions/documents/index.ts',
  invite: 'functions/invite/index.ts',
  papers: 'functions/papers/index.ts',
  'read-round': 'functions/steps/read-round.ts',
  'close-call': 'functions/steps/close-call.ts',
  'prepare-screening': 'functions/steps/prepare-screening.ts',
  'assign-raters': 'functions/steps/assign-raters.ts',
  'open-gate': 'functions/steps/open-gate.ts',
  'gather-minutes': 'functions/steps/gather-minutes.ts',
  'record-minutes': 'functions/steps/record-minutes.ts',
  'read-offer': 'functions/steps/read-offer.ts',
  'await-answer': 'functions/steps/await-answer.ts',
  'remind-offer': 'functions/steps/remind-offer.ts',
  'lapse-offer': 'functions/steps/lapse-offer.ts',
  'ask-next': 'functions/steps/ask-next.ts',
  'read-placement': 'functions/steps/read-placement.ts',
  'remind-owners': 'functions/steps/remind-owners.ts',
} as const;

export type FunctionName = keyof typeof functionEntries;

/** The functions that carry the style sheet and scripts of the pages in a folder `assets` beside their code. */
export const functionsWithAssets: ReadonlySet<string> = new Set<FunctionName>(['web']);

/** The functions that carry the fonts of papers in a folder `fonts` beside their code. */
export const functionsWithFonts: ReadonlySet<string> = new Set<FunctionName>(['papers']);

/**
 * The functions that hold CommonJS which asks for Node's modules at run time (pdfmake does). As ES modules they have no
 * `require` and no `__dirname`, so their files begin with both.
 */
export const functionsWithRequire: ReadonlySet<string> = new Set<FunctionName>(['papers']);
