import * as z from 'zod';
import { BeaconValue } from '#shared/domain/beacon.ts';
import { CapacityChange, capacityEvents } from '#shared/domain/capacity.ts';
import { DocumentRef } from '#shared/domain/document.ts';
import { ResultsEdition } from '#shared/domain/edition.ts';
import { Exchange, exchangeEvents } from '#shared/domain/exchange.ts';
import { ApplicationId, GateId, RoundId, Sha256 } from '#shared/domain/ids.ts';
import { RegionCode } from '#shared/domain/region.ts';
import { Heeded } from '#shared/domain/release-alarms.ts';
import { Remedy, remedyEvents } from '#shared/domain/remedy.ts';
import { GatedStage, Stage } from '#shared/domain/stage.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { Locale } from '#shared/i18n/locale.ts';
import { type Result, refuse } from '#shared/result.ts';

/** What the machine and the lists need of the round file; the rest is read from the file itself. */
const Plan = z.object({
  /** SHA-256 of the round file's exact bytes. */
  file: Sha256,
  /** SHA-256 of the region's calendar that takes the place of the file's, once somebody decided so. */
  calendar: Sha256.optional(),
  intake: z.string(),
  opensAt: Instant.optional(),
  closesAt: Instant,
  /** The earliest end that the file names for a stage after the call: no extension may reach it. */
  stageEndsAt: Instant.optional(),
  minimumDays: z.int(),
  /** Seconds after the deadline in which what was begun may still be handed in; absent in older records. */
  graceSeconds: z.int().optional(),
  /** Moments are told to people as the clocks of this zone show them. */
  timeZone: z.string(),
});
export type Plan = z.infer<typeof Plan>;

const RegisterPin = z.object({ sha256: Sha256, vacancies: z.int(), posts: z.int() });
export type RegisterPin = z.infer<typeof RegisterPin>;

/** Minutes as they were drawn; where each file lies follows from its round, number and language. */
const Drawn = z.object({
  /** Within the round, 1 for the first. */
  number: z.int().min(1),
  /** SHA-256 of the data that they were drawn from; it stands on each page. */
  data: Sha256,
  files: z.array(z.object({ locale: Locale, bytes: z.int().min(1), sha256: Sha256 })),
});
export type Drawn = z.infer<typeof Drawn>;

/** What is counted over the applications of a round, once each (`round-figures.ts`). */
export const FiguresKind = z.enum(['household', 'equality']);
export type FiguresKind = z.infer<typeof FiguresKind>;

const common = {
  id: RoundId,
  region: RegionCode,
  draftedAt: Instant,
  plan: Plan,
  /** Figures that were drawn up: SHA-256 of what may be shown of them. The counts behind them are kept nowhere. */
  figures: z.partialRecord(FiguresKind, z.object({ data: Sha256, drawnAt: Instant })).optional(),
};
/** Pinned when the call opened; `attempt` counts executions of the machine, `closesAt` follows extensions. */
const opened = {
  ...common,
  register: RegisterPin,
  openedAt: Instant,
  closesAt: Instant,
  attempt: z.int().min(1),
};
/** The greatest probability with which a rater was to come to an application, and for how many it could not be kept. */
export const DrawnChance = z.object({ atMostPercent: z.int(), above: z.int().min(0) });
export type DrawnChance = z.infer<typeof DrawnChance>;

/** Who was given what to score, as one text (`rater-drawing.ts`), and the decision on the screening that it follows. */
const DrawnRaters = z.object({
  decision: Sha256,
  drawing: Sha256,
  drawnAt: Instant,
  /** Applications that everybody of the committee scores, where the round file asks for some. */
  anchors: z.array(ApplicationId).optional(),
  chance: DrawnChance.optional(),
});
/** From screening on a committee decides. */
const decided = {
  ...opened,
  enteredAt: Instant,
  /** How often each gated stage has been entered: an undone advance enters the former stage once more. */
  visits: z.partialRecord(GatedStage, z.int()),
  /** What was decided at the gates that were passed: SHA-256 of the standing list (`standing.ts`). */
  decisions: z.partialRecord(GatedStage, Sha256),
  /** When letters about a stage's decision were released to everyone it concerns. */
  told: z.partialRecord(GatedStage, Instant),
  /** Letters about preliminary results went to everybody who may make a claim; absent before, and where only those who were invited had one. */
  claimantsTold: z.literal(true).optional(),
  /** Absent until the first raters are drawn, and in older records. */
  raters: DrawnRaters.optional(),
  /** When the stage first had an effect outside the committee's room; from then on the advance into it stays. */
  effectiveAt: Instant.optional(),
  /** The value of the public beacon that draws wait for, once somebody brought it. */
  beacon: BeaconValue.optional(),
  /** That draws do without it, which never came, and why. */
  beaconWaived: z.object({ at: Instant, reason: DocumentRef }).optional(),
};
/** What was published of a decision, as a bundle that anyone can check (`shared/bundle`). */
export const Publication = z.object({
  stage: z.enum(['claims', 'offers']),
  decision: Sha256,
  /** Root of the Merkle tree over all applications. */
  root: Sha256,
  /** SHA-256 of the bundle's file. */
  bundle: Sha256,
  /** SHA-256 of the public key that it was signed with. */
  key: Sha256,
  /** Of final results that correct earlier ones; the first has none. */
  edition: z.int().min(2).optional(),
  /** In how many parts everybody's receipts are kept; absent where they were published before receipts were. */
  receiptParts: z.int().min(1).optional(),
});
export type Publication = z.infer<typeof Publication>;
/** From the publication of the preliminary results on. */
const published = {
  ...decided,
  claimsCloseAt: Instant,
  /** Absent before the first. */
  publications: z.array(Publication.extend({ publishedAt: Instant })).optional(),
  /** Final results that corrections put in the place of those before, oldest first; absent where there were none. */
  editions: z.array(ResultsEdition).optional(),
  /** When the administrator first let offers go out; from then on the next people are asked without being released. */
  offersReleasedAt: Instant.optional(),
  /** Offers go to the first so many people of the ranking; absent where they go to everybody (`offer-parts.ts`). */
  offersThrough: z.int().min(1).optional(),
  /** That no offer goes out until somebody lets them go anew, and why; absent where nobody stopped them. */
  offersStopped: z.object({ at: Instant, reason: DocumentRef }).optional(),
  /** Other numbers of posts that were proposed while offers are made; absent where nobody did. */
  capacities: z.array(CapacityChange).optional(),
  /** What was proposed for people who were wronged, while offers are made; absent where nobody was. */
  remedies: z.array(Remedy).optional(),
  /** Absent where nobody has opened it. */
  exchange: Exchange.optional(),
};

export const Round = z.discriminatedUnion('stage', [
  z.object({ ...common, stage: z.literal('draft'), register: RegisterPin.optional() }),
  z.object({ ...opened, stage: z.literal('call') }),
  z.object({ ...decided, stage: z.literal('screening') }),
  z.object({ ...decided, stage: z.literal('scoring') }),
  z.object({ ...decided, stage: z.literal('interviews') }),
  z.object({ ...decided, stage: z.literal('preliminary') }),
  z.object({ ...published, stage: z.literal('claims') }),
  z.object({ ...published, stage: z.literal('offers') }),
  z.object({ ...published, stage: z.literal('onboarding') }),
  z.object({
    ...published,
    stage: z.literal('closed'),
    endedAt: Instant,
    /** Absent while they are being drawn. */
    minutes: Drawn.extend({ drawnAt: Instant }).optional(),
  }),
  z.object({
    ...common,
    stage: z.literal('cancelled'),
    /** The stage that the round was in. */
    from: Stage,
    register: RegisterPin.optional(),
    openedAt: Instant.optional(),
    closesAt: Instant.optional(),
    attempt: z.int().optional(),
    visits: z.partialRecord(GatedStage, z.int()).optional(),
    cancelledAt: Instant,
    reason: DocumentRef,
  }),
]);
export type Round = z.infer<typeof Round>;
export type RoundIn<S extends Stage> = Extract<Round, { stage: S }>;
/** A round in a stage that a gate ends. */
export type GatedRound = RoundIn<GatedStage>;

export const RoundEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('round-drafted'), at: Instant, id: RoundId, region: RegionCode, plan: Plan }),
  z.object({ type: z.literal('round-file-replaced'), at: Instant, plan: Plan }),
  z.object({ type: z.literal('vacancies-imported'), at: Instant, register: RegisterPin }),
  z.object({
    type: z.literal('call-opened'),
    at: Instant,
    file: Sha256,
    register: RegisterPin,
    closesAt: Instant,
    attempt: z.int(),
  }),
  /** From now on days are counted by the region's calendar. */
  z.object({ type: z.literal('calendar-adopted'), at: Instant, calendar: Sha256 }),
  z.object({ type: z.literal('deadline-extended'), at: Instant, closesAt: Instant }),
  /** The execution was missing and another one was asked for. */
  z.object({ type: z.literal('execution-restarted'), at: Instant, attempt: z.int() }),
  z.object({ type: z.literal('call-closed'), at: Instant }),
  z.object({ type: z.literal('beacon-recorded'), at: Instant, value: BeaconValue }),
  z.object({ type: z.literal('beacon-waived'), at: Instant, reason: DocumentRef }),
  z.object({
    type: z.literal('stage-advanced'),
    at: Instant,
    from: GatedStage,
    to: z.union([GatedStage, z.literal('closed')]),
    gate: GateId,
    /** SHA-256 of the standing list that was decided. */
    decision: Sha256,
    /** When the preliminary results were published by it: until when claims may be made. */
    claimsCloseAt: Instant.optional(),
  }),
  z.object({
    type: z.literal('advance-undone'),
    at: Instant,
    from: GatedStage,
    to: GatedStage,
    reason: DocumentRef,
  }),
  /** Everybody who scores was given their applications, all at once. */
  z.object({
    type: z.literal('raters-drawn'),
    at: Instant,
    decision: Sha256,
    drawing: Sha256,
    anchors: z.array(ApplicationId).optional(),
    chance: DrawnChance.optional(),
  }),
  /** The first score, booking or offer of a stage: its advance can no longer be undone. */
  z.object({ type: z.literal('stage-took-effect'), at: Instant, stage: GatedStage }),
  z.object({
    type: z.literal('letters-released'),
    at: Instant,
    /** Whose decision they tell. */
    about: GatedStage,
    recipients: z.int(),
    /** Of preliminary results: until when they say that claims may be made. Older releases moved nothing, and reached only who was invited. */
    claimsCloseAt: Instant.optional(),
    /** What looked wrong in it, and why it went out all the same; absent where nothing did. */
    heeded: Heeded.optional(),
  }),
  z.object({
    type: z.literal('offers-released'),
    at: Instant,
    recipients: z.int(),
    /** Up to which place of the ranking, and how many offers waited behind it; absent where it was all. */
    part: z.object({ through: z.int().min(1), left: z.int().min(1) }).optional(),
    heeded: Heeded.optional(),
  }),
  /** No offer goes out until the next release; those that were made stay. */
  z.object({ type: z.literal('offers-stopped'), at: Instant, reason: DocumentRef }),
  ...capacityEvents,
  ...remedyEvents,
  ...exchangeEvents,
  z.object({ type: z.literal('round-cancelled'), at: Instant, reason: DocumentRef }),
  z.object({ type: z.literal('minutes-drawn'), at: Instant, minutes: Drawn }),
  z.object({ type: z.literal('results-published'), at: Instant, publication: Publication }),
  /** A correction put other final results in the place of those that were decided or corrected before. */
  z.object({
    type: z.literal('results-corrected'),
    at: Instant,
    edition: ResultsEdition.omit({ correctedAt: true }),
  }),
  z.object({ type: z.literal('figures-drawn'), at: Instant, kind: FiguresKind, data: Sha256 }),
]);
export type RoundEvent = z.infer<typeof RoundEvent>;

/** All rounds of a region; read in descending order for the newest first. */
export const roundsOf = (region: RegionCode): string => `ROUNDS#${region}`;

export const wrongStage = (round: Pick<Round, 'stage'>): Result<never, Refusal> =>
  refuse({ kind: 'wrong-stage', stage: round.stage });
