import * as z from 'zod';
import { DocumentRef } from '#shared/domain/document.ts';
import type { Aggregate } from '#shared/domain/event.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import { ApplicationNumber, PersonId, RoundId, Sha256 } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';

/** Marks of a file as they are kept: an immutable text by its SHA-256. The order of the file's rows is not part of it. */
export const MarkList = z.object({
  schemaVersion: z.literal(1),
  roundId: RoundId,
  marks: z.array(
    z.object({
      criterion: z.string(),
      number: ApplicationNumber,
      /** Null for somebody who did not sit the test. */
      mark: z.number().nullable(),
    }),
  ),
});
export type MarkList = z.infer<typeof MarkList>;

export const markListText = (
  roundId: RoundId,
  rows: readonly { criterion: string; number: ApplicationNumber; mark?: number | undefined }[],
): { text: string; sha256: Sha256 } => {
  const marks = rows
    .map(({ criterion, number, mark }) => ({ criterion, number, mark: mark ?? null }))
    .toSorted((a, b) => (`${a.criterion} ${a.number}` < `${b.criterion} ${b.number}` ? -1 : 1));
  const text = canonicalJson({ schemaVersion: 1, roundId, marks } satisfies MarkList);
  return { text, sha256: sha256Of(text) };
};

/** A request to take marks back that count. Only the last of an import can wait. */
export const MarksUndoing = z.object({
  by: PersonId,
  at: Instant,
  reason: DocumentRef,
  /** `withdrawn` by who asked; `refused` or `done` by another person. */
  status: z.enum(['waiting', 'withdrawn', 'refused', 'done']),
  ended: z.object({ by: PersonId, at: Instant, reason: DocumentRef.optional() }).optional(),
});
export type MarksUndoing = z.infer<typeof MarksUndoing>;

/** What is odd about the order of a file's rows, which is not kept: so it is said when the file comes. */
export const RowSuspicion = z.discriminatedUnion('kind', [
  /** The marks follow the order of the rows, −1 to 1: a ranking, or a column that was sorted alone. */
  z.object({ kind: z.literal('ranked'), correlation: z.number() }),
  /** They go with what the application some rows away has elsewhere, and not with their own. */
  z.object({
    kind: z.literal('moved-beside'),
    rows: z.int(),
    correlation: z.number(),
    aligned: z.number(),
  }),
]);
export type RowSuspicion = z.infer<typeof RowSuspicion>;

const where = { criterion: z.string(), against: z.string().optional() };

/** A file of marks that was found right, and what people did about it. */
export const MarksImport = z.object({
  /** Within the round, 1 for the first. */
  number: z.int().min(1),
  /** Of its marks (`markListText`); proposals and minutes name an import by it. */
  sha256: Sha256,
  /** Of the very bytes that were uploaded. */
  file: Sha256,
  criteria: z.array(z.string()),
  count: z.int(),
  sum: z.number(),
  /** Oddities that a person must have looked at before it counts. */
  suspicions: z.int(),
  /** Of them, those about the order of its rows; absent where there are none, and of files that came before they were looked for. */
  rowOrder: z.array(RowSuspicion.and(z.object(where))).optional(),
  /** How its rows stood (`shared/marks/file-order.ts`); absent where they stood by their numbers, and of files that came before it was kept. */
  order: Sha256.optional(),
  /** The columns by which marks are bound to their numbers that it had; absent of files that came before they were kept. */
  checks: z.array(z.string()).optional(),
  by: PersonId,
  at: Instant,
  /** `replaced` before it counted: by the next file that somebody brought. */
  status: z.enum(['waiting', 'confirmed', 'refused', 'replaced', 'undone']),
  /** `typed`: so many marks from another copy; absent of those that were confirmed before it was kept. */
  confirmed: z.object({ by: PersonId, at: Instant, typed: z.int().optional() }).optional(),
  endedAt: Instant.optional(),
  /** Why it was confirmed in spite of oddities or refused; of imports that one person undid, why. */
  reason: DocumentRef.optional(),
  /** Absent until somebody asks. */
  undoings: z.array(MarksUndoing).optional(),
});
export type MarksImport = z.infer<typeof MarksImport>;

/** The marks from outside of one round; its id is the round's. */
export const Marks = z.object({ roundId: RoundId, imports: z.array(MarksImport) });
export type Marks = z.infer<typeof Marks>;

const done = { at: Instant, by: PersonId, import: z.int(), reason: DocumentRef.optional() };

export const MarksEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('marks-proposed'),
    at: Instant,
    by: PersonId,
    roundId: RoundId,
    ...MarksImport.pick({
      sha256: true,
      file: true,
      criteria: true,
      count: true,
      sum: true,
      suspicions: true,
      rowOrder: true,
      order: true,
      checks: true,
    }).shape,
  }),
  z.object({
    type: z.literal('marks-confirmed'),
    ...done,
    /** The marks that the person typed from another copy. */
    sample: z.array(z.object({ criterion: z.string(), number: ApplicationNumber })).optional(),
  }),
  z.object({ type: z.literal('marks-refused'), ...done }),
  z.object({ type: z.literal('marks-undoing-asked'), ...done, reason: DocumentRef }),
  z.object({ type: z.literal('marks-undoing-withdrawn'), at: Instant, by: PersonId, import: z.int() }),
  z.object({ type: z.literal('marks-undoing-refused'), ...done }),
  /**
   * The import that it had taken the place of counts again. By the second person, whose first one gave the reason; with a reason of its
   * own and no request before it where one person did it, as was so at first.
   */
  z.object({ type: z.literal('marks-undone'), ...done }),
]);
export type MarksEvent = z.infer<typeof MarksEvent>;

export const marksAggregate: Aggregate<Marks, MarksEvent> = {
  name: 'marks',
  event: MarksEvent,
  snapshot: Marks,
  evolve: (marks, event) => {
    if (event.type === 'marks-proposed') {
      const { type: _type, roundId, ...brought } = event;
      const before = (marks?.imports ?? []).map((one) => replaced(one, event.at));
      return { roundId, imports: [...before, { ...brought, number: before.length + 1, status: 'waiting' }] };
    }
    if (!marks) throw new Error(`Marks cannot begin with ${event.type}.`);
    return {
      ...marks,
      imports: marks.imports.map((one) => (one.number === event.import ? ended(one, event) : one)),
    };
  },
  lists: () => ({}),
};

/** Of files that wait, only the newest does. */
const replaced = (one: MarksImport, endedAt: Instant): MarksImport =>
  one.status === 'waiting' ? { ...one, status: 'replaced', endedAt } : one;

const ended = (one: MarksImport, event: Exclude<MarksEvent, { type: 'marks-proposed' }>): MarksImport => {
  const { at, by } = event;
  switch (event.type) {
    case 'marks-undoing-asked': {
      const asked: MarksUndoing = { by, at, reason: event.reason, status: 'waiting' };
      return { ...one, undoings: [...(one.undoings ?? []), asked] };
    }
    case 'marks-undoing-withdrawn':
      return answered(one, 'withdrawn', event);
    case 'marks-undoing-refused':
      return answered(one, 'refused', event);
    default:
      return settled(one, event);
  }
};

const settled = (
  one: MarksImport,
  event: Extract<MarksEvent, { type: 'marks-confirmed' | 'marks-refused' | 'marks-undone' }>,
): MarksImport => {
  const { at, by, reason } = event;
  const said = reason && { reason };
  switch (event.type) {
    case 'marks-confirmed':
      return {
        ...one,
        status: 'confirmed',
        confirmed: { by, at, ...(event.sample && { typed: event.sample.length }) },
        ...said,
      };
    case 'marks-refused':
      return { ...one, status: 'refused', endedAt: at, ...said };
    case 'marks-undone':
      return { ...answered(one, 'done', event), status: 'undone', endedAt: at, ...said };
    default:
      return event satisfies never;
  }
};

const answered = (
  one: MarksImport,
  status: MarksUndoing['status'],
  { by, at, reason }: { by: PersonId; at: Instant; reason?: DocumentRef | undefined },
): MarksImport => {
  if (!one.undoings) return one;
  const ending = { by, at, ...(reason && { reason }) };
  const undoings = one.undoings.map((asked) =>
    asked.status === 'waiting' ? { ...asked, status, ended: ending } : asked,
  );
  return { ...one, undoings };
};

/** The import that counts at each criterion: the last that was confirmed and not undone. */
export const standingImports = (marks: Marks | undefined): Map<string, MarksImport> => {
  const confirmed = (marks?.imports ?? []).flatMap((one) =>
    one.status === 'confirmed' && one.confirmed ? [{ one, at: one.confirmed.at }] : [],
  );
  const inOrder = confirmed.toSorted((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
  return new Map(
    inOrder.flatMap(({ one }) => one.criteria.map((code): [string, MarksImport] => [code, one])),
  );
};

/** The same as if one of them had been undone. */
export const standingWithout = (marks: Marks, number: number): Map<string, MarksImport> =>
  standingImports({ ...marks, imports: marks.imports.filter((one) => one.number !== number) });

/** The request to undo an import that waits for a second person. */
export const waitingUndoing = ({ undoings = [] }: MarksImport): MarksUndoing | undefined =>
  undoings.find(({ status }) => status === 'waiting');
