import { readConfig } from '#functions/config.ts';
import { commandDeps } from '#functions/deps.ts';
import { storeToken } from '#functions/steps/gate.ts';
import { step } from '#functions/steps/step.ts';
import { openGate } from '#workflows/contracts.ts';

const deps = commandDeps(readConfig(process.env));

/** The step OpenGate of the selection round: afterwards the execution waits for people. */
export const handler = step(openGate, (input) => storeToken(deps, input));
