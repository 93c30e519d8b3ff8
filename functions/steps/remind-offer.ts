import { remindOffer } from '#functions/commands/offer-waiting.ts';
import { readConfig } from '#functions/config.ts';
import { commandDeps } from '#functions/deps.ts';
import { offerStanding } from '#functions/steps/offer.ts';
import { step } from '#functions/steps/step.ts';
import * as contracts from '#workflows/contracts.ts';

const deps = commandDeps(readConfig(process.env));

/** The step RemindOffer of an offer's machine. */
export const handler = step(contracts.remindOffer, (key) => offerStanding(deps, key, remindOffer));
