import type { Flow, State } from './language.ts';

/** The states that a Parallel or a Map runs inside itself. */
export const innerFlows = (state: State): Flow[] => {
  if (state.Type === 'Parallel') return state.Branches;
  return state.Type === 'Map' ? [state.ItemProcessor] : [];
};

/** Every state with its name, also the inner ones. */
export const statesOf = (flow: Flow): [string, State][] =>
  Object.entries(flow.States).flatMap(([name, state]) => {
    const inner: [string, State][] = [[name, state]];
    return inner.concat(innerFlows(state).flatMap(statesOf));
  });
