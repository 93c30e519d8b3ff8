import type { Machine, State } from '#workflows/asl.ts';

/** Every state that can follow a state, by whatever way. */
export const following = (state: State<string>): string[] => {
  switch (state.Type) {
    case 'Task':
      return [state.Next, ...(state.Catch ?? []).map(({ Next }) => Next)];
    case 'Wait':
      return [state.Next];
    case 'Choice':
      return [...state.Choices.map(({ Next }) => Next), state.Default];
    default:
      return [];
  }
};

/** Names of the states that can be reached from one. */
export const reachable = (machine: Machine, from: string): Set<string> => {
  const reached = new Set<string>();
  const open = [from];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    const state = machine.States[name];
    if (state) open.push(...following(state));
  }
  return reached;
};
