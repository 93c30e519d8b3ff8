import { readConfig } from '#functions/config.ts';
import { commandDeps } from '#functions/deps.ts';
import { screeningPrepared } from '#functions/steps/prepared.ts';
import { step } from '#functions/steps/step.ts';
import { prepareScreening } from '#workflows/contracts.ts';

const deps = commandDeps(readConfig(process.env));

/** The step PrepareScreening of the selection round: the committee gets what it may know of each application. */
export const handler = step(prepareScreening, ({ roundId }) => screeningPrepared(deps, roundId));
