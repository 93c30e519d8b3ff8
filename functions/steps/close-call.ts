import { readConfig } from '#functions/config.ts';
import { commandDeps } from '#functions/deps.ts';
import { closeAndRead } from '#functions/steps/standing.ts';
import { step } from '#functions/steps/step.ts';
import { closeCall } from '#workflows/contracts.ts';

const deps = commandDeps(readConfig(process.env));

/** The step CloseCall of the selection round. */
export const handler = step(closeCall, ({ roundId }) => closeAndRead(deps, roundId));
