import type { HistoryEvent } from '#infra/local/step-functions/execution.ts';
import type { JsonObject } from '#infra/local/step-functions/json.ts';

/** An event as GetExecutionHistory spells it; times in seconds since 1970. */
export const wireEvent = ({ id, previous, at, type, details }: HistoryEvent): JsonObject => ({
  timestamp: at / 1000,
  type,
  id,
  previousEventId: previous,
  ...(Object.keys(details).length > 0 ? { [detailsKey(type)]: details } : {}),
});

/** `TaskStateEntered` → `stateEnteredEventDetails`; every other type gives the key its own name. */
const detailsKey = (type: string): string => {
  const shared = /State(?:Entered|Exited)$/.exec(type);
  const name = shared ? shared[0] : type;
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}EventDetails`;
};

/** What AWS leaves out when the caller asks for events without data. */
export const withoutData = (event: HistoryEvent): HistoryEvent => {
  const { input: _input, output: _output, parameters: _parameters, ...details } = event.details;
  return { ...event, details };
};
