import * as z from 'zod';

/** A machine's definition as far as a picture needs it. */
type Machine = { StartAt: string; States: Record<string, State> };
type State = {
  Type: string;
  Resource?: string | undefined;
  Next?: string | undefined;
  Default?: string | undefined;
  Choices?: { Next: string }[] | undefined;
  Catch?: { Next: string }[] | undefined;
  Branches?: Machine[] | undefined;
  ItemProcessor?: Machine | undefined;
};

const Leading = z.array(z.looseObject({ Next: z.string() })).optional();

const Machine: z.ZodType<Machine> = z.lazy(() =>
  z.looseObject({ StartAt: z.string(), States: z.record(z.string(), State) }),
);

const State: z.ZodType<State> = z.lazy(() =>
  z.looseObject({
    Type: z.string(),
    Resource: z.string().optional(),
    Next: z.string().optional(),
    Default: z.string().optional(),
    Choices: Leading,
    Catch: Leading,
    Branches: z.array(Machine).optional(),
    ItemProcessor: Machine.optional(),
  }),
);

export type GraphNode = { name: string; does: 'task' | 'person' | 'time' | 'choice' | 'end' | 'inside' };
export type GraphEdge = { from: string; to: string; kind: 'next' | 'catch' };
export type Graph = { start: string; nodes: GraphNode[]; edges: GraphEdge[] };

/** States and transitions of a definition, those inside Parallel and Map among the others; undefined when it is none. */
export const graphOf = (definition: unknown): Graph | undefined => {
  const parsed = Machine.safeParse(definition);
  if (!parsed.success) return undefined;
  const graph: Graph = { start: parsed.data.StartAt, nodes: [], edges: [] };
  addMachine(graph, parsed.data, undefined);
  return graph;
};

/** @param exit the state that follows when all lines inside have ended */
const addMachine = (graph: Graph, { States }: Machine, exit: string | undefined): void => {
  for (const [name, state] of Object.entries(States)) {
    graph.nodes.push({ name, does: doingOf(state) });
    const inner = [...(state.Branches ?? []), ...(state.ItemProcessor ? [state.ItemProcessor] : [])];
    const next = state.Next ?? (leadsOn(state) ? undefined : exit);
    const leads = inner.length > 0 ? inner.map(({ StartAt }) => StartAt) : [next ?? []].flat();
    for (const to of [
      ...leads,
      ...(state.Choices ?? []).map(({ Next }) => Next),
      state.Default ?? [],
    ].flat()) {
      addEdge(graph, { from: name, to, kind: 'next' });
    }
    for (const { Next } of state.Catch ?? []) addEdge(graph, { from: name, to: Next, kind: 'catch' });
    for (const each of inner) addMachine(graph, each, next);
  }
};

/** A choice goes where it decides, and a failure goes nowhere. */
const leadsOn = ({ Type }: State): boolean => Type === 'Choice' || Type === 'Fail';

const addEdge = ({ edges }: Graph, edge: GraphEdge): void => {
  if (!edges.some(({ from, to }) => from === edge.from && to === edge.to)) edges.push(edge);
};

const doingOf = ({ Type, Resource = '' }: State): GraphNode['does'] => {
  if (Type === 'Wait') return 'time';
  if (Type === 'Choice') return 'choice';
  if (Type === 'Succeed' || Type === 'Fail') return 'end';
  if (Type === 'Parallel' || Type === 'Map') return 'inside';
  return Resource.endsWith('.waitForTaskToken') ? 'person' : 'task';
};
