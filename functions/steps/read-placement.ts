import { readConfig } from '#functions/config.ts';
import { commandDeps } from '#functions/deps.ts';
import { placementStanding } from '#functions/steps/placement.ts';
import { step } from '#functions/steps/step.ts';
import { readPlacement } from '#workflows/contracts.ts';

const deps = commandDeps(readConfig(process.env));

/** The step ReadPlacement of a placement's machine. */
export const handler = step(readPlacement, ({ placementId }) => placementStanding(deps, placementId));
