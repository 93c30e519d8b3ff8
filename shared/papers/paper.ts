import * as z from 'zod';
import { Sha256 } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';
import { Locale } from '#shared/i18n/locale.ts';

const text = z.string().min(1);

/** A name and what it is: `Region: Almaty Region`. */
const PaperFact = z.strictObject({ name: text, value: z.string(), strong: z.boolean().optional() });
export type PaperFact = z.infer<typeof PaperFact>;

const Column = z.strictObject({
  title: z.string(),
  /** As wide as its longest word or number needs (`fit`), or an equal part of what is then left. */
  width: z.enum(['fit', 'rest']),
  align: z.enum(['start', 'end', 'center']),
});
export type PaperColumn = z.infer<typeof Column>;

const Table = z.strictObject({
  kind: z.literal('table'),
  /** Repeated at the top of every page that the table reaches. */
  columns: z.array(Column).min(1),
  /** One cell a column; a row is never cut in two by the end of a page. */
  rows: z.array(z.array(z.string())),
  /** The last row sums up the others. */
  totals: z.boolean().optional(),
});
export type PaperTable = z.infer<typeof Table>;

const Block = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), text, strong: z.boolean().optional() }),
  z.strictObject({ kind: z.literal('heading'), text }),
  z.strictObject({ kind: z.literal('facts'), facts: z.array(PaperFact).min(1) }),
  z.strictObject({ kind: z.literal('list'), items: z.array(text).min(1) }),
  Table,
]);
export type PaperBlock = z.infer<typeof Block>;

const Section = z.strictObject({ heading: text, blocks: z.array(Block).min(1) });
export type PaperSection = z.infer<typeof Section>;

/** Who signs: the role, a line for the hand, and the name that belongs to it (an empty line when nobody is known). */
const Signature = z.strictObject({ role: text, name: z.string() });
export type PaperSignature = z.infer<typeof Signature>;

/**
 * An official paper before it is drawn: all its texts, already in one language, and nothing of how they look. Equal
 * papers are drawn as equal bytes.
 */
export const Paper = z
  .strictObject({
    locale: Locale,
    /** Stands above the title: who issues the paper. */
    issuer: text,
    title: text,
    /** What the paper is about, below the title. */
    subject: text,
    /** Stands above every page but the first, where it is not title and subject: several papers may be one file. */
    running: text.optional(),
    /** What a file is called that holds several papers, where that is not what stands above the pages of the first. */
    file: text.optional(),
    /** The line with place and date of a paper's head. */
    date: text,
    place: text,
    facts: z.array(PaperFact),
    /** What a reader must know before anything else, such as a rule that nobody verified. Framed. */
    remarks: z.array(text),
    sections: z.array(Section),
    signatures: z.strictObject({
      heading: text,
      /** Stands below each line, in small letters. */
      hint: text,
      /** None where nobody signs, as on a receipt. */
      lines: z.array(Signature),
    }),
    /** Repeated on each page; `{page}` and `{pages}` are filled in when it is drawn. */
    pageOf: z.string().includes('{page}').includes('{pages}'),
    /** Of the data that the paper was made from, as its canonical JSON. */
    digest: z.strictObject({ label: text, sha256: Sha256 }),
    /** When it was made; also the date inside the file, so that drawing it again gives the same bytes. */
    madeAt: Instant,
  })
  .refine(
    ({ sections }) =>
      sections.every(({ blocks }) =>
        blocks.every(
          (block) => block.kind !== 'table' || block.rows.every((row) => row.length === block.columns.length),
        ),
      ),
    'A row has another number of cells than the table has columns.',
  );
export type Paper = z.infer<typeof Paper>;
