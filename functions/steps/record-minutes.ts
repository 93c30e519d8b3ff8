import { readConfig } from '#functions/config.ts';
import { commandDeps } from '#functions/deps.ts';
import { noteDrawn } from '#functions/steps/minutes.ts';
import { step } from '#functions/steps/step.ts';
import { recordMinutes } from '#workflows/contracts.ts';

const deps = commandDeps(readConfig(process.env));

/** The step RecordMinutes of the selection round: from here on the round names its minutes. */
export const handler = step(recordMinutes, (drawn) => noteDrawn(deps, drawn));
