import * as z from 'zod';
import { ApplicationId, OfferId, PlacementId, RoundId } from '#shared/domain/ids.ts';
import { Stage } from '#shared/domain/stage.ts';
import { Instant } from '#shared/domain/time.ts';
import { DrawnPaper, drawPaper, PaperOrder } from '#shared/papers/order.ts';

/** What a step is called, what it is given and what it answers. Ids and codes only, never a record. */
export type StepContract<
  Input extends z.ZodRawShape = z.ZodRawShape,
  Output extends z.ZodRawShape = z.ZodRawShape,
> = { name: StepName; input: z.ZodObject<Input>; output: z.ZodObject<Output> };

/** A step that opens something people decide on; the token lets the execution continue. It never leaves the server. */
export type WaitingStepContract = StepContract<z.ZodRawShape & { token: z.ZodType<string> }>;

export const StepName = z.enum([
  'ReadRound',
  'CloseCall',
  'PrepareScreening',
  'AssignRaters',
  'OpenGate',
  'GatherMinutes',
  'Papers',
  'RecordMinutes',
  'ReadOffer',
  'AwaitAnswer',
  'RemindOffer',
  'LapseOffer',
  'AskNext',
  'ReadPlacement',
  'RemindOwners',
]);
export type StepName = z.infer<typeof StepName>;

/** Where a round stands, as the machine needs to know it. */
const standing = {
  roundId: RoundId,
  stage: Stage,
  /** When the call closes; absent before it was opened. */
  closesAt: Instant.optional(),
  /** Which execution of the round, 1 for the first; higher once the sweep had to start another. */
  attempt: z.int().min(1),
};

/** Reads the round's stage from the record, which is the truth that an execution follows. */
export const readRound = {
  name: 'ReadRound',
  input: z.object({ roundId: RoundId }),
  output: z.object(standing),
} as const satisfies StepContract;

/** Closes the call if its deadline has passed at the moment of writing; answers where the round stands afterwards. */
export const closeCall = {
  name: 'CloseCall',
  input: z.object({ roundId: RoundId }),
  output: z.object(standing),
} as const satisfies StepContract;

/** Which gate may open now; `unready` where a part of the work is left for another go, or the round has moved on. */
const prepared = { roundId: RoundId, ready: z.enum(['screening', 'scoring', 'unready']) };

/** Opens a candidacy for each submitted application, a thousand at a time; those that are open stay as they are. */
export const prepareScreening = {
  name: 'PrepareScreening',
  input: z.object({ roundId: RoundId }),
  output: z.object(prepared),
} as const satisfies StepContract;

/** Asks raters for each admitted application that has too few, a thousand at a time; those who were asked stay. */
export const assignRaters = {
  name: 'AssignRaters',
  input: z.object({ roundId: RoundId }),
  output: z.object(prepared),
} as const satisfies StepContract;

/**
 * Stores the token with the gate of the round's stage before anyone is told; an open gate keeps its votes. Fails with
 * `RoundMovedOn` when the round waits for nobody any more.
 */
export const openGate = {
  name: 'OpenGate',
  input: z.object({ roundId: RoundId, token: z.string().min(1) }),
  output: z.object({}),
} as const satisfies WaitingStepContract;

/** Keeps the data of a closed round's minutes, once, and answers what is to be drawn from them. */
export const gatherMinutes = {
  name: 'GatherMinutes',
  input: z.object({ roundId: RoundId }),
  output: PaperOrder,
} as const satisfies StepContract;

/** Notes in the round what was drawn; again changes nothing. */
export const recordMinutes = {
  name: 'RecordMinutes',
  input: DrawnPaper,
  output: z.object({}),
} as const satisfies StepContract;

const offer = { applicationId: ApplicationId, offerId: OfferId };

/** Where an offer stands: what its machine should do next, and for how many seconds it may wait. */
const offerStanding = {
  ...offer,
  roundId: RoundId,
  next: z.enum(['wait', 'remind', 'lapse', 'ask', 'done']),
  seconds: z.int().min(1).optional(),
};

/** Reads where an offer stands. */
export const readOffer = {
  name: 'ReadOffer',
  input: z.object(offer),
  output: z.object(offerStanding),
} as const satisfies StepContract;

/** Stores the token of an open offer. Fails with `RoundMovedOn` when the offer has ended. */
export const awaitAnswer = {
  name: 'AwaitAnswer',
  input: z.object({ ...offer, token: z.string().min(1) }),
  output: z.object({}),
} as const satisfies WaitingStepContract;

/** Reminds of an open offer, once. */
export const remindOffer = {
  name: 'RemindOffer',
  input: z.object(offer),
  output: z.object(offerStanding),
} as const satisfies StepContract;

/** Ends an offer whose deadline has passed at the moment of writing. */
export const lapseOffer = {
  name: 'LapseOffer',
  input: z.object(offer),
  output: z.object(offerStanding),
} as const satisfies StepContract;

/** Offers what has become free to whoever comes next; answers to how many. */
export const askNext = {
  name: 'AskNext',
  input: z.object({ roundId: RoundId }),
  output: z.object({ made: z.int() }),
} as const satisfies StepContract;

const placement = { placementId: PlacementId };
const placementStanding = { ...placement, next: z.enum(['wait', 'done']), until: Instant.optional() };

/** Reads whether a placement still needs somebody, and when its owners are reminded next. */
export const readPlacement = {
  name: 'ReadPlacement',
  input: z.object(placement),
  output: z.object(placementStanding),
} as const satisfies StepContract;

/** Reminds those who have something to do, if it is time. */
export const remindOwners = {
  name: 'RemindOwners',
  input: z.object(placement),
  output: z.object(placementStanding),
} as const satisfies StepContract;

/** Every step; infra makes one function of each, named as here. */
export const steps = [
  readRound,
  closeCall,
  prepareScreening,
  assignRaters,
  openGate,
  gatherMinutes,
  drawPaper,
  recordMinutes,
  readOffer,
  awaitAnswer,
  remindOffer,
  lapseOffer,
  askNext,
  readPlacement,
  remindOwners,
] as const;
