import { readConfig } from '#functions/config.ts';
import { commandDeps } from '#functions/deps.ts';
import { ratersAssigned } from '#functions/steps/prepared.ts';
import { step } from '#functions/steps/step.ts';
import { assignRaters } from '#workflows/contracts.ts';

const deps = commandDeps(readConfig(process.env));

/** The step AssignRaters of the selection round: each admitted application gets its raters. */
export const handler = step(assignRaters, ({ roundId }) => ratersAssigned(deps, roundId));
