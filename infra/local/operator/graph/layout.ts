import type { Graph, GraphEdge } from '#infra/local/operator/graph/definition.ts';

export type Placed = {
  /** Column from the left and place from the top, by name. */
  places: ReadonlyMap<string, { column: number; row: number }>;
  columns: number;
  rows: number;
  /** Edges that lead on, to a later column. */
  forward: readonly GraphEdge[];
  /** Edges that lead back to where the machine has been. */
  back: readonly GraphEdge[];
};

/**
 * Places states in columns: each behind all that lead to it, in the order of the definition. Edges that would close a circle
 * count as leading back.
 */
export const layoutOf = ({ start, nodes, edges }: Graph): Placed => {
  const { forward, back } = partition(start, edges);
  const columnOf = new Map<string, number>([[start, 0]]);
  // As many rounds as the longest way can have edges.
  for (let round = 0; round < nodes.length; round += 1) {
    for (const { from, to } of forward) {
      const behind = (columnOf.get(from) ?? 0) + 1;
      if (behind > (columnOf.get(to) ?? 0)) columnOf.set(to, behind);
    }
  }
  const filled = new Map<number, number>();
  const places = new Map<string, { column: number; row: number }>();
  for (const { name } of nodes) {
    const column = columnOf.get(name) ?? 0;
    const row = filled.get(column) ?? 0;
    filled.set(column, row + 1);
    places.set(name, { column, row });
  }
  const rows = Math.max(1, ...filled.values());
  return { places, columns: Math.max(0, ...filled.keys()) + 1, rows, forward, back };
};

/** By a walk from the start: an edge to a state on the way to it leads back. */
const partition = (
  start: string,
  edges: readonly GraphEdge[],
): { forward: GraphEdge[]; back: GraphEdge[] } => {
  const back = new Set<GraphEdge>();
  const done = new Set<string>();
  const walk = (name: string, way: ReadonlySet<string>): void => {
    done.add(name);
    const here = new Set([...way, name]);
    for (const edge of edges) {
      if (edge.from !== name) continue;
      if (here.has(edge.to)) back.add(edge);
      else if (!done.has(edge.to)) walk(edge.to, here);
    }
  };
  walk(start, new Set());
  return { forward: edges.filter((edge) => !back.has(edge)), back: [...back] };
};
