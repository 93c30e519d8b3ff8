/**
 * What a record of one kind can be in, and which command leads from where to where: all pairs that are not here are refused or change nothing. A
 * test walks every state × command by the decisions themselves and holds them to it (ANCHORS F11, 87); pictures are drawn from it.
 */
export type StateMachine<State extends string = string, Command extends string = string> = {
  title: string;
  /** Where a record begins. */
  start: State;
  moves: Readonly<Record<State, Readonly<Partial<Record<Command, State>>>>>;
};

/** As a Mermaid state diagram. */
export const diagramOf = ({ start, moves }: StateMachine): string =>
  [
    'stateDiagram-v2',
    `  [*] --> ${idOf(start)}`,
    ...Object.keys(moves).map((state) => `  state "${state}" as ${idOf(state)}`),
    ...Object.entries(moves).flatMap(([from, commands]) =>
      Object.entries(commands).map(([command, to]) => `  ${idOf(from)} --> ${idOf(to ?? from)}: ${command}`),
    ),
    ...Object.entries(moves).flatMap(([state, commands]) =>
      Object.keys(commands).length === 0 ? [`  ${idOf(state)} --> [*]`] : [],
    ),
    '',
  ].join('\n');

/** Names of states are words; Mermaid wants one. */
const idOf = (state: string): string => state.replaceAll(/[^a-z]+/g, '_');
