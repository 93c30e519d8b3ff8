import { readConfig } from '#functions/config.ts';
import { commandDeps } from '#functions/deps.ts';
import { readStanding } from '#functions/steps/standing.ts';
import { step } from '#functions/steps/step.ts';
import { readRound } from '#workflows/contracts.ts';

const deps = commandDeps(readConfig(process.env));

/** The step ReadRound of the selection round. */
export const handler = step(readRound, ({ roundId }) => readStanding(deps, roundId));
