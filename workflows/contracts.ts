import * as z from 'zod';
import { RoundId } from '#shared/domain/ids.ts';
import { Stage } from '#shared/domain/stage.ts';
import { Instant } from '#shared/domain/time.ts';

/** What a step is called, what it is given and what it answers. Ids and codes only, never a record. */
export type StepContract<
  Input extends z.ZodRawShape = z.ZodRawShape,
  Output extends z.ZodRawShape = z.ZodRawShape,
> = { name: StepName; input: z.ZodObject<Input>; output: z.ZodObject<Output> };

/** A step that opens something people decide on; the token lets the execution continue. It never leaves the server. */
export type WaitingStepContract = StepContract<z.ZodRawShape & { token: z.ZodType<string> }>;

export const StepName = z.enum(['ReadRound', 'CloseCall', 'PrepareScreening', 'AssignRaters', 'OpenGate']);
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

/** Every step; infra makes one function of each, named as here. */
export const steps = [readRound, closeCall, prepareScreening, assignRaters, openGate] as const;
