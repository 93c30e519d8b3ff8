import { readConfig } from '#functions/config.ts';
import { commandDeps } from '#functions/deps.ts';
import { remindAndRead } from '#functions/steps/placement.ts';
import { step } from '#functions/steps/step.ts';
import { remindOwners } from '#workflows/contracts.ts';

const deps = commandDeps(readConfig(process.env));

/** The step RemindOwners of a placement's machine. */
export const handler = step(remindOwners, ({ placementId }) => remindAndRead(deps, placementId));
