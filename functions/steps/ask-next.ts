import { workflow } from '#functions/commands/deps.ts';
import { makeNextOffers } from '#functions/commands/offer-making.ts';
import { readConfig } from '#functions/config.ts';
import { commandDeps } from '#functions/deps.ts';
import { step } from '#functions/steps/step.ts';
import { askNext } from '#workflows/contracts.ts';

const deps = commandDeps(readConfig(process.env));

/** The step AskNext of an offer's machine. */
export const handler = step(askNext, async ({ roundId }) => ({
  made: await makeNextOffers(deps, { roundId, by: workflow }),
}));
