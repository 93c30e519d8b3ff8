import { readConfig } from '#functions/config.ts';
import { commandDeps } from '#functions/deps.ts';
import { storeOfferToken } from '#functions/steps/offer.ts';
import { step } from '#functions/steps/step.ts';
import { awaitAnswer } from '#workflows/contracts.ts';

const deps = commandDeps(readConfig(process.env));

/** The step AwaitAnswer of an offer's machine: afterwards the execution waits for the applicant. */
export const handler = step(awaitAnswer, (input) => storeOfferToken(deps, input));
