import * as z from 'zod';
import { SeatKind } from '#shared/domain/committee.ts';
import { ApplicationNumber, RoundId, Sha256 } from '#shared/domain/ids.ts';
import { provenance } from '#shared/domain/provenance.ts';
import { RegionCode } from '#shared/domain/region.ts';
import { RatedScores, SeverityAdjustment } from '#shared/domain/severity-rule.ts';
import { Texts } from '#shared/domain/texts.ts';
import { Instant } from '#shared/domain/time.ts';

/** What was asked about, as it stands in the round file. */
const AskedCriterion = z.object({
  code: z.string(),
  title: Texts,
  weight: z.int(),
  independent: z.literal(true).optional(),
  markedBy: z.literal('import').optional(),
  scale: z.array(z.object({ points: z.number(), label: Texts })),
});
export type AskedCriterion = z.infer<typeof AskedCriterion>;

/** One card, by the code or the name of who gave it. */
const SheetCard = z.object({
  rater: z.string(),
  /** Of an interview that has several. */
  station: z.string().optional(),
  points: z.record(z.string(), z.number()),
  total: z.number(),
  /** False where it judges too little to count. */
  counts: z.literal(false).optional(),
  /** It came after the application began to be discussed: what its giver came to before; absent where they had given none. */
  after: z.object({ before: z.number().optional() }).optional(),
  /** It was changed when its giver could read colleagues' cards: what they came to before. */
  afterCards: z.object({ before: z.number() }).optional(),
  /** What it says to the committee; nothing once it is erased. */
  comment: z.string().optional(),
});
export type SheetCard = z.infer<typeof SheetCard>;

/** Cards of one part, with what they come to in percent of the scale. */
const SheetPart = z.object({
  cards: z.array(SheetCard),
  /** Marks from another organisation, by criterion. */
  marks: z.record(z.string(), z.number()).optional(),
  /** Another organisation marks criteria, and not all of its marks are there: nothing is said of a total that they belong to. */
  marksMissing: z.literal(true).optional(),
  total: z.number().optional(),
  /** What raters came to with and without adjustment, and which of the two counts, where the shortlist was decided so. */
  rated: RatedScores.extend({ counts: SeverityAdjustment.shape.counts }).optional(),
  /** The total is what a claim put in the place of the mean. */
  corrected: z.literal(true).optional(),
});
export type SheetPart = z.infer<typeof SheetPart>;

/** One application: what was judged, by whom, and what it came to. Nothing that names its person. */
const EvaluationSheet = z.object({
  number: ApplicationNumber,
  scoring: SheetPart,
  interview: SheetPart.optional(),
  /** Percent of both parts by their weights, once there are both. */
  total: z.number().optional(),
});
export type EvaluationSheet = z.infer<typeof EvaluationSheet>;

const Asked = z.object({ criteria: z.array(AskedCriterion), ...provenance });

/** The data of evaluation sheets: those of a round, some of them, or one. */
export const EvaluationSheets = z.object({
  kind: z.literal('evaluation-sheets'),
  roundId: RoundId,
  roundFile: Sha256,
  region: RegionCode,
  intake: z.string(),
  title: Texts,
  zone: z.string(),
  madeAt: Instant,
  scoring: Asked,
  interview: Asked.extend({
    weight: z.int(),
    /** With the codes of the criteria that were scored there. */
    stations: z.array(z.object({ code: z.string(), title: Texts, criteria: z.array(z.string()) })).optional(),
  }),
  /** Whether who judged stands by name, and signs. */
  named: z.boolean(),
  /** Who runs the committee and signs; a name that nobody gave is absent. */
  signatures: z.array(z.object({ seat: SeatKind, name: z.string().optional() })),
  sheets: z.array(EvaluationSheet).min(1),
});
export type EvaluationSheets = z.infer<typeof EvaluationSheets>;
