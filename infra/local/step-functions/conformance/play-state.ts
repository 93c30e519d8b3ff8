import { isObject, type Json, type JsonObject } from '#infra/local/step-functions/json.ts';
import type { Case } from './cases.ts';
import { type Difference, differenceOf } from './compare.ts';

/** The request that was recorded. The level stands in the name of the case, or nowhere. */
export const requestOf = (recorded: Case): JsonObject => {
  const { id, definition, stateName, input = {}, variables, context, mock, stateConfiguration } = recorded;
  const level = /\b(INFO|DEBUG|TRACE)\b/.exec(id)?.[1] ?? (recorded.inspection ? 'DEBUG' : 'INFO');
  return {
    definition: JSON.stringify(definition),
    input: JSON.stringify(input),
    inspectionLevel: level,
    ...(stateName === undefined ? {} : { stateName }),
    ...(variables === undefined ? {} : { variables: JSON.stringify(variables) }),
    ...(context === undefined ? {} : { context: JSON.stringify(context) }),
    ...(mock === undefined ? {} : { mock }),
    ...(stateConfiguration === undefined ? {} : { stateConfiguration }),
  };
};

/** Compares what TestState answered with the recording; both halves, also that there is no inspection. */
export const differenceOfTest = ({ expected, inspection }: Case, answer: Json): Difference => {
  const { inspectionData, ...outcome } = isObject(answer) ? answer : {};
  const difference = differenceOf(expected, outcome);
  if (difference !== undefined) return `result ${difference}`;
  if (inspection === undefined) return inspectionData === undefined ? undefined : 'inspection not expected';
  return differenceOf(inspection, inspectionData, 'inspection');
};
