import { default as middy } from '@middy/core';
import type * as z from 'zod';
import { log } from '#functions/log.ts';
import type { LogFacts } from '#shared/log-messages.ts';

/** Identifiers that a step's lines are found by. */
type Named = Pick<LogFacts, 'roundId' | 'applicationId' | 'offerId' | 'placementId' | 'personId'>;

type Contract<I, O> = { name: string; input: z.ZodType<I>; output: z.ZodType<O> };

/**
 * Turns a function into a Step Functions task: parse what came, check what goes, one log line for the start and
 * one for the end. What it throws keeps its name, which the machine's retries and catches look at.
 */
export const step = <I extends Named, O>(contract: Contract<I, O>, work: (input: I) => Promise<O>) =>
  middy().handler(async (event: unknown): Promise<O> => {
    const input = contract.input.parse(event);
    const { roundId, applicationId, offerId, placementId, personId } = input;
    const facts: LogFacts = {
      step: contract.name,
      ...(roundId && { roundId }),
      ...(applicationId && { applicationId }),
      ...(offerId && { offerId }),
      ...(placementId && { placementId }),
      ...(personId && { personId }),
    };
    log.info('STARTED', facts);
    try {
      const output = contract.output.parse(await work(input));
      log.info('COMPLETED', facts);
      return output;
    } catch (error) {
      log.error('FAILED', { ...facts, reason: error instanceof Error ? error.name : typeof error }, error);
      throw error;
    }
  });
