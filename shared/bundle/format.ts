import * as z from 'zod';
import { Edition, NamedEdition } from '#shared/bundle/edition.ts';
import { formatOf } from '#shared/bundle/format-number.ts';
import { Category } from '#shared/domain/codes.ts';
import { ApplicationId, ApplicationNumber, RoundId, Sha256, VacancyCode } from '#shared/domain/ids.ts';
import { RegionCode } from '#shared/domain/region.ts';
import { Instant } from '#shared/domain/time.ts';

/*
 * Formats 1 to 15 of what is published about results, and of how it is computed. All are read for ever: a later shape, or another way to
 * count, is a format beside them, never a change here. Format 2 is format 1 with offers whose posts were changed meanwhile,
 * or that were accepted on a condition. Format 3 is format 2 with offers after the exchange of the round,
 * or with posts that were released because somebody begins in a later intake.
 * Format 4 is any of them with what the draw comes from besides the receipts.
 * Format 5 is any of them with whether scores were adjusted for the severity of raters.
 * Format 6 is any of them with interviews of several stations, which count by their weights.
 * Format 7 is any of them with offers among which posts were kept.
 * Format 8 is format 7 with posts that went by rank alone before the kept ones counted.
 * Format 9 is any of them with offers in which a remedy put somebody first.
 * Format 10 is any of them with outcomes in which the committee departed from what the points propose.
 * Format 11 is any of them with marks of another organisation that too few have for anybody but their owners to see, or with final results
 * that correct those that were published before.
 * Format 12 is any of them with offers among which every quota that keeps posts counts for itself, where two are about one vacancy; in all others
 * quotas that are about the same vacancies, of those that somebody waits for, count as one.
 * Format 13 is any of them with offers that name editions of the final results, and may have gone by the order of one from a step on.
 * Format 14 is any of them with offers in which somebody who had left came back.
 * Format 15 is any of them under a round file that asks for the least of single parts, by which outcomes go as well.
 */

const index = z.int().min(0);
const Hex = z.string().regex(/^([0-9a-f]{2})+$/);

/** `R1`, `R2`, …: the same person throughout one bundle. `R0` stands for all who rated fewer than five applications. */
const RaterCode = z.string().regex(/^R(0|[1-9]\d*)$/);

/** One rater's total, in percent of the scale. A station of the interview in format 6 alone. */
const Rating = z.strictObject({ rater: RaterCode, station: z.string().optional(), total: z.number() });

/** The points behind it, by criterion: they tell somebody's education or category, and are for the owner alone. */
const RatedPoints = z.strictObject({
  rater: RaterCode,
  station: z.string().optional(),
  points: z.record(z.string(), z.number()),
});
export type RatedPoints = z.infer<typeof RatedPoints>;

/** One part of a result, in percent of the scale. */
const Part = z.strictObject({
  value: z.number(),
  /** Absent where fewer than five applications have any: then only their owners see them. */
  ratings: z.array(Rating).min(1).optional(),
  /** Points that another organisation gave, by criterion; they are part of the value beside the mean of the ratings, adjusted or not. */
  marks: z.record(z.string(), z.number()).optional(),
  /** From format 11 on: there are such points, and fewer than five applications have any: then only their owners see them. */
  marksWithheld: z.literal(true).optional(),
  /** A claim was upheld and put the value in the place of the mean. */
  corrected: z.literal(true).optional(),
});
export type Part = z.infer<typeof Part>;

/** What decided between applications with the same total. */
const Tie = z.strictObject({
  /**
   * At each step of the round file's tie rule, the place among the applications of that total: 0 for those with the least, more
   * is better. The answers that it comes from are their owners' to show.
   */
  levels: z.array(index),
  /** SHA-256 over the seed of the draw, the round's id and the application's. */
  lot: Sha256,
});

/** What anyone may know of one application. */
const openRow = {
  number: ApplicationNumber,
  outcome: z.enum(['goes-on', 'stops']),
  /** From format 10 on: the committee decided so, otherwise than the total proposes and with a reason in its minutes. */
  departed: z.literal(true).optional(),
  rank: z.int().min(1).optional(),
  total: z.number().optional(),
  scoring: Part.optional(),
  interview: Part.optional(),
  tie: Tie.optional(),
};
const OpenRow = z.strictObject(openRow);
export type OpenRow = z.infer<typeof OpenRow>;

/** The same with the hash of the owner's leaf. Rows stand in the order of rank, then of number; so do the leaves of the tree. */
const Row = z.strictObject({ ...openRow, leaf: Sha256 });
export type Row = z.infer<typeof Row>;

/** What happened to an offer, in the order in which it did. `seeker` is a place in `rows`, `vacancy` one in `vacancies`. */
const OfferStep = z.union([
  z.strictObject({
    type: z.enum(['offered', 'accepted', 'declined', 'lapsed', 'closed']),
    at: Instant,
    seeker: index,
    vacancy: index,
  }),
  z.strictObject({ type: z.literal('withdrawn'), at: Instant, seeker: index }),
  // From here on in format 2 alone.
  z.strictObject({ type: z.literal('accepted-conditionally'), at: Instant, seeker: index, vacancy: index }),
  z.strictObject({ type: z.literal('capacity-changed'), at: Instant, vacancy: index, posts: index }),
  // From here on in format 3 alone.
  z.strictObject({ type: z.literal('deferred'), at: Instant, seeker: index }),
  /** From this step on these come after the other wishes, best first. */
  z.strictObject({ type: z.literal('exchanged'), at: Instant, seeker: index, wishes: z.array(index) }),
  /** From format 9 on. From this step on the next free place of one of these goes to this person before who waits. */
  z.strictObject({
    type: z.literal('put-first'),
    at: Instant,
    seeker: index,
    vacancies: z.array(index).min(1),
  }),
  /** From format 13 on. From this step on those who go on by that edition are asked, best first, and nobody else: places in `rows`. */
  z.strictObject({
    type: z.literal('reranked'),
    at: Instant,
    edition: z.int().min(2),
    order: z.array(index),
  }),
  /** From format 14 on. Is in again, and these, which ended when the person left, may be offered anew. */
  z.strictObject({ type: z.literal('returned'), at: Instant, seeker: index, vacancies: z.array(index) }),
]);
export type OfferStep = z.infer<typeof OfferStep>;

/** Where the offers came from and ended. Vacancies are sealed: only who wanted one can tell which it is. */
const Offers = z.strictObject({
  vacancies: z.array(
    z.strictObject({
      /** SHA-256 over a salt and the vacancy's code. */
      seal: Sha256,
      posts: z.int().min(0),
      /** The last rank that has one of the posts, but by a remedy; absent where nobody has. */
      cutoff: z.int().min(1).optional(),
    }),
  ),
  /** At most so many posts in a group of vacancies: the round file's number, then its quotas. */
  limits: z.array(z.strictObject({ posts: z.int().min(0), vacancies: z.array(index) })),
  /** From format 7 on: so many posts come before others where a limit is reached; in the order of their precedence. */
  reserves: z
    .array(z.strictObject({ posts: z.int().min(1), vacancies: z.array(index) }))
    .min(1)
    .optional(),
  /** From format 8 on: so many posts of the first limit went by rank alone before kept ones counted. */
  openFirst: z.int().min(1).optional(),
  /** From format 12 on, where some vacancy is of two quotas that keep posts: how these are counted. */
  counting: z.literal('each-quota').optional(),
  /** Everyone who could be offered a post, best rank first; behind them who came in by later editions. */
  seekers: z.array(
    z.strictObject({
      row: index,
      /** From format 13 on: the edition by which the person came in. */
      from: z.int().min(2).optional(),
      /** As the application ranked them, best first; without vacancies whose subject the person does not teach. */
      wishes: z.array(index),
      /** The post that was accepted. */
      has: index.optional(),
    }),
  ),
  steps: z.array(OfferStep),
});
export type Offers = z.infer<typeof Offers>;

/** What the seed of the draw comes from, where the rules name a public beacon. */
const Draw = z.strictObject({
  /** SHA-256 over all receipts of the round, sorted: known when the call closed, to nobody before. */
  receipts: Sha256,
  /** From which, by the rules, the round of the beacon follows. */
  callClosedAt: Instant,
  /** Absent where the committee decided to draw without it. */
  beacon: z
    .strictObject({
      chain: z.enum(['quicknet', 'rehearsal']),
      round: z.int().min(1),
      signature: z.string().regex(/^[0-9a-f]{96}$/),
    })
    .optional(),
});
export type Draw = z.infer<typeof Draw>;

/** Whether raters' scores count adjusted, as the rules ask where the diagnostics allow it. */
const Adjustment = z.strictObject({
  counts: z.enum(['adjusted', 'raw']),
  /** The diagnostics, figures with four decimals. */
  checks: z.array(
    z.strictObject({
      /** `ratings` stands in statements of before `few` was checked, and could not fail. */
      check: z.enum(['connected', 'few', 'reliability', 'residuals', 'ratings']),
      passed: z.boolean(),
      /** Not of `reliability` where ratings stand apart: how good those applications were could be found from it. */
      found: z.number().optional(),
      bound: z.number(),
    }),
  ),
  /** What is taken away from each total by these raters, percent with four decimals; of all others nothing. Where adjusted scores count. */
  severities: z.array(z.strictObject({ rater: RaterCode, severity: z.number() })).optional(),
  /**
   * The same decision rests on ratings that no row shows, of whoever withdrew since. Of each such application only by how much its raters
   * differ from the first of them: severities follow from that, and how good the application was does not. Of raters of whom nothing is
   * said none are needed: an application with no others has a single 0.
   */
  apart: z.array(z.array(z.strictObject({ rater: RaterCode, difference: z.number() })).min(1)),
});
export type Adjustment = z.infer<typeof Adjustment>;

/** What the region signs: canonical JSON (sorted keys, no spaces). */
const anyStatement = z.strictObject({
  kind: z.literal('results'),
  format: z.literal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]),
  region: RegionCode,
  roundId: RoundId,
  /** `claims`: the final results. `offers`: the same, and where the offers ended. */
  stage: z.enum(['claims', 'offers']),
  /** SHA-256 of the list that the committee decided on, or that a correction made of it; its bytes stay with the committee. */
  decision: Sha256,
  /** From format 11 on: the edition that these final results are, where they correct earlier ones. */
  edition: Edition.optional(),
  /**
   * From format 13 on: every edition of the final results that was there when the offers ended, the first first. The rows are those of the
   * last that offers went by.
   */
  editions: z.array(NamedEdition).min(2).optional(),
  madeAt: Instant,
  /** The rules by which everything here follows, exactly as they were pinned when the call opened. */
  roundFile: z.strictObject({ sha256: Sha256, text: z.string() }),
  /** Of the register of vacancies. */
  register: Sha256,
  /** SHA-256 over all receipts of the round, sorted; where there is a `draw` over that and the value of the beacon. */
  drawSeed: Sha256.optional(),
  draw: Draw.optional(),
  adjustment: Adjustment.optional(),
  rows: z.array(Row).min(1),
  offers: Offers.optional(),
  /** Root of the Merkle tree over the leaves of the rows. */
  root: Sha256,
});
export type Statement = z.infer<typeof anyStatement>;

/** A statement whose format is the oldest that can say it: the same facts are always the same bytes. */
export const Statement = anyStatement.refine((statement) => statement.format === formatOf(statement), {
  path: ['format'],
});

export const Signature = z.strictObject({
  algorithm: z.literal('ecdsa-p256-sha256'),
  /** SubjectPublicKeyInfo of the region's key, as hexadecimal. What is compared is its SHA-256. */
  publicKey: Hex,
  /** r and s, 32 bytes each, over `irikteu results 1`, a line feed and the SHA-256 of the statement's canonical JSON. */
  value: z.string().regex(/^[0-9a-f]{128}$/),
});
export type Signature = z.infer<typeof Signature>;

/** The file: canonical JSON as well, so that no byte of it can change unseen. */
export const Bundle = z.strictObject({ signature: Signature, statement: Statement });
export type Bundle = z.infer<typeof Bundle>;

const Salt = z.string().regex(/^[0-9a-f]{64}$/);

/** What an owner can show of the own row. Its hash is the row's leaf; the salt keeps others from guessing. */
export const Leaf = z.strictObject({
  salt: Salt,
  applicationId: ApplicationId,
  row: OpenRow,
  /** Codes of what decided (`shared/domain/standing.ts`). */
  reasons: z.array(z.string()),
  /** Answers that the tie rule may ask for. */
  facts: z.strictObject({ category: Category.optional(), experienceYears: z.int().optional() }),
  ratings: z.strictObject({ scoring: z.array(RatedPoints), interview: z.array(RatedPoints) }),
  /** Points of another organisation that the row withholds. */
  marks: z.record(z.string(), z.number()).optional(),
  /** Own wishes, best first, then the choices of the exchange; each with what opens its seal. */
  wishes: z.array(z.strictObject({ vacancy: VacancyCode, salt: Salt })),
});
export type Leaf = z.infer<typeof Leaf>;

/** What an applicant keeps: the own leaf, and the way from it to the root. */
export const ResultReceipt = z.strictObject({
  kind: z.literal('result-receipt'),
  format: z.literal(1),
  roundId: RoundId,
  stage: anyStatement.shape.stage,
  /** SHA-256 of the signed statement. */
  statement: Sha256,
  root: Sha256,
  leaf: Leaf,
  proof: z.array(z.strictObject({ side: z.enum(['left', 'right']), hash: Sha256 })),
});
export type ResultReceipt = z.infer<typeof ResultReceipt>;

/** What is kept apart, for receipts: the leaves in the order of the rows. */
export const Openings = z.strictObject({ format: z.literal(1), statement: Statement, leaves: z.array(Leaf) });
export type Openings = z.infer<typeof Openings>;
