import type { Graph, GraphEdge, GraphNode } from '#infra/local/operator/graph/definition.ts';
import { layoutOf, type Placed } from '#infra/local/operator/graph/layout.ts';
import { type Trace, transition, type Visit } from '#infra/local/operator/graph/trace.ts';
import { escape, plainTime } from '#infra/local/operator/html.ts';

/** Pixels. */
const box = { width: 202, height: 54, gapX: 52, gapY: 14, margin: 8 };

const marks: Record<GraphNode['does'], string> = {
  task: '',
  person: '☺ ',
  time: '◷ ',
  choice: '? ',
  end: '■ ',
  inside: '≡ ',
};

type Shown = {
  trace: Trace;
  running: boolean;
  /** Until when a state waits, milliseconds since 1970. */
  untilOf: (state: string) => number | undefined;
};

/** An execution as a picture of its machine: what it has done, where it stands, which way it took. Drawn for a screen reader too. */
export const drawing = (graph: Graph, shown: Shown): string => {
  const placed = layoutOf(graph);
  const width = placed.columns * (box.width + box.gapX) - box.gapX + 2 * box.margin;
  const height = placed.rows * (box.height + box.gapY) - box.gapY + 2 * box.margin;
  const nodes = graph.nodes.map((node) => drawNode(node, placed, shown));
  const edges = placed.forward.map((edge) => drawEdge(edge, placed, shown.trace));
  const here = graph.nodes
    .filter(({ name }) => standingOf(shown.trace.visits.get(name), shown.running) === 'now')
    .map(({ name }) => name);
  const told = here.length > 0 ? `It stands in ${here.join(', ')}.` : 'It stands nowhere any more.';
  return `<svg role="img" aria-labelledby="graph-title graph-description" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<title id="graph-title">The way of this execution through its machine</title><desc id="graph-description">${escape(told)}</desc>
<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 8 4 0 8z"/></marker></defs>
${edges.join('\n')}
${nodes.join('\n')}
</svg>`;
};

const cornerOf = (name: string, { places }: Placed): { x: number; y: number } => {
  const { column, row } = places.get(name) ?? { column: 0, row: 0 };
  return {
    x: box.margin + column * (box.width + box.gapX),
    y: box.margin + row * (box.height + box.gapY),
  };
};

const drawEdge = ({ from, to, kind }: GraphEdge, placed: Placed, { taken }: Trace): string => {
  const start = cornerOf(from, placed);
  const end = cornerOf(to, placed);
  const [x1, y1] = [start.x + box.width, start.y + box.height / 2];
  const [x2, y2] = [end.x, end.y + box.height / 2];
  const bend = box.gapX * 0.6;
  const classes = [kind === 'catch' ? 'catch' : '', taken.has(transition(from, to)) ? 'taken' : ''].filter(
    (each) => each !== '',
  );
  return `<path class="${classes.join(' ')}" marker-end="url(#arrow)" d="M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}"/>`;
};

type Standing = 'new' | 'done' | 'now' | 'failed';

const standingOf = (visit: Visit | undefined, running: boolean): Standing => {
  if (!visit) return 'new';
  if (visit.entered > visit.left) return running ? 'now' : 'failed';
  return 'done';
};

const drawNode = ({ name, does }: GraphNode, placed: Placed, { trace, running, untilOf }: Shown): string => {
  const { x, y } = cornerOf(name, placed);
  const visit = trace.visits.get(name);
  // An end that was reached is left by nobody, and no failure.
  const standing =
    does === 'end' && visit && !running && visit.failures === 0 ? 'done' : standingOf(visit, running);
  const lines = [
    statusText(standing, visit, untilOf(name)),
    placed.back
      .filter(({ from }) => from === name)
      .map(({ to }) => `↩ ${to}${timesText(trace.taken.get(transition(name, to)))}`)
      .join(', '),
  ];
  const text = (line: string, at: number, small: boolean): string =>
    line === ''
      ? ''
      : `<text${small ? ' class="small"' : ''} x="${x + 10}" y="${y + at}">${escape(line)}</text>`;
  return `<g class="${standing}"><rect x="${x}" y="${y}" width="${box.width}" height="${box.height}" rx="${does === 'end' ? 26 : 6}"/>${text(marks[does] + name, 18, false)}${lines.map((line, index) => text(line, 33 + index * 14, true)).join('')}</g>`;
};

const timesText = (count: number | undefined): string => (count === undefined ? '' : ` ×${count}`);

const statusText = (standing: Standing, visit: Visit | undefined, until: number | undefined): string => {
  if (!visit) return '';
  const failures = visit.failures > 0 ? `, ✗ ×${visit.failures}` : '';
  if (standing === 'now') {
    return until === undefined
      ? `● since ${plainTime(visit.since)}`
      : `● until ${plainTime(until)}${failures}`;
  }
  if (standing === 'failed') return `✗ ${visit.error ?? 'ended here'}`;
  return `✓ ×${visit.entered}${failures}`;
};
