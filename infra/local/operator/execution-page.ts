import { graphOf } from '#infra/local/operator/graph/definition.ts';
import { drawing } from '#infra/local/operator/graph/svg.ts';
import { type Trace, traceOf } from '#infra/local/operator/graph/trace.ts';
import { escape, shell, table, timeText } from '#infra/local/operator/html.ts';
import type { ExecutionView } from '#infra/local/operator/sources.ts';

type Shown = { view: ExecutionView; definition: unknown; history: readonly unknown[]; nonce: string };

/** Events on the page, the latest; all of them are in the history as JSON. */
const mostEvents = 300;

/** One execution: a picture of its way, where it waits, and what happened. */
export const executionPage = ({ view, definition, history, nonce }: Shown): string => {
  const { name, machine, status, startedAt, stoppedAt, error, cause } = view;
  const trace = traceOf(history);
  const facts: [string, string][] = [
    ['Status', `<strong>${escape(status)}</strong>`],
    ['Machine', escape(machine.slice(machine.lastIndexOf(':') + 1))],
    ['Started', timeText(startedAt)],
    ...(stoppedAt === undefined ? [] : [['Ended', timeText(stoppedAt)] satisfies [string, string]]),
    ...(error === undefined ? [] : [['Error', escape(error)] satisfies [string, string]]),
    ...(cause === undefined ? [] : [['Cause', escape(cause)] satisfies [string, string]]),
  ];
  return shell(
    {
      title: `${name}: operator`,
      heading: name,
      under: '<a href="/">The operator’s page</a>',
      nonce,
    },
    `<section aria-labelledby="state"><h2 id="state">Where it stands</h2>
<dl>${facts.map(([term, words]) => `<dt>${term}</dt><dd>${words}</dd>`).join('\n')}</dl>
${waitTable(view)}</section>
<section aria-labelledby="way"><h2 id="way">Its way</h2>${picture(view, definition, trace)}</section>
<section aria-labelledby="events"><h2 id="events">What happened</h2>${eventTable(view, trace)}</section>`,
  );
};

const waitTable = ({ waits }: ExecutionView): string =>
  waits.length === 0
    ? ''
    : table(
        'Table of what it waits for',
        ['State', 'Does', 'Since', 'Until'],
        waits.map(({ state, doing, since, until }) => [
          escape(state),
          escape(doing),
          timeText(since),
          until === undefined ? '' : timeText(until),
        ]),
      );

const picture = ({ status, waits }: ExecutionView, definition: unknown, trace: Trace): string => {
  const graph = graphOf(definition);
  if (!graph) return '<p>Its definition is not known any more.</p>';
  const untilOf = (state: string): number | undefined => {
    const until = waits.find((wait) => wait.state === state)?.until;
    return until === undefined ? undefined : Date.parse(until);
  };
  const svg = drawing(graph, { trace, running: status === 'RUNNING', untilOf });
  return `<div class="scroll" tabindex="0" role="group" aria-label="Picture of the machine">${svg}</div>
<p><small>☺ people decide, ◷ time passes, ? a choice, ■ an end; ● stands here, ✓ passed, ✗ failed, ↩ leads back to; thick lines were taken, dashed ones catch errors.</small></p>`;
};

const eventTable = ({ name }: ExecutionView, { events }: Trace): string => {
  const shown = events.slice(-mostEvents);
  const all = `<a href="/executions/${encodeURIComponent(name)}/history">The whole history as JSON</a>`;
  const left = events.length - shown.length;
  return `<p>${all}${left > 0 ? `, with ${left} earlier events` : ''}.</p>
${table(
  'Table of events',
  ['No.', 'When', 'What', 'State', 'Error'],
  shown.map(({ id, at, type, state = '', details: { error = '' } }) => [
    String(id),
    timeText(at),
    escape(type),
    escape(state),
    escape(error),
  ]),
)}`;
};
