import { escape, plainTime, shell, table, timeText } from '#infra/local/operator/html.ts';
import type { ExecutionView, Letter, OperatorSources } from '#infra/local/operator/sources.ts';

type Shown = { letters: readonly Letter[]; executions: readonly ExecutionView[]; nonce: string };

/** Letters on the page; all of them are at /letters. */
const mostLetters = 50;
const mostTimers = 20;
const mostFailures = 20;

/** The operator's page: plain, readable without a script but for the buttons. */
export const operatorPage = (sources: OperatorSources, { letters, executions, nonce }: Shown): string => {
  const { region, rehearsal, origin, now, dataFolder } = sources;
  const kind = rehearsal ? 'rehearsal' : 'real data';
  return shell(
    {
      title: `${region}: operator`,
      heading: `Irikteu ${region}`,
      under: `The operator’s page, for this machine only (${kind}).`,
      nonce,
      script,
    },
    `<section aria-labelledby="health"><h2 id="health">Health</h2>
${alarmList(sources)}<dl>
<dt>Pages</dt><dd><a href="${escape(origin)}">${escape(origin)}</a></dd>
<dt>Data folder</dt><dd>${escape(dataFolder)}</dd>
<dt>The home’s time</dt><dd>${timeText(now())}</dd>
</dl></section>
${rehearsal ? clockSection : ''}
<section aria-labelledby="invitation"><h2 id="invitation">Invite an administrator</h2>
${rehearsal ? inviteButton : `<p>In a terminal: <code>npm run invite -- --role administrator --data ${escape(dataFolder)}</code></p>`}</section>
<section aria-labelledby="executions"><h2 id="executions">Executions</h2>${executionTable(executions)}</section>
<section aria-labelledby="failures"><h2 id="failures">Failures</h2>${failureTable(executions)}</section>
<section aria-labelledby="timers"><h2 id="timers">Timers</h2>${timerTable(sources, executions)}</section>
<section aria-labelledby="letters"><h2 id="letters">Outbox</h2>
${rehearsal ? '' : '<p>Sign-in codes are covered, since this region is real.</p>'}
${backlogLine(sources)}
${letterCounts(letters)}
${letterList(letters)}</section>`,
  );
};

const alarmList = ({ alarms, problems }: OperatorSources): string => {
  const raised = alarms().map(({ name, harm }) => `<strong>${escape(name)}</strong>: ${escape(harm)}`);
  const standing = problems().map(
    ({ code, harm, since, count }) =>
      `<strong>${escape(code)}</strong>: ${escape(harm)} <small>(${count} since ${timeText(since)})</small>`,
  );
  const all = [...raised, ...standing];
  if (all.length === 0) return '<p>No alarm is raised.</p>';
  return `<ul role="alert">${all.map((line) => `<li>${line}</li>`).join('')}</ul>`;
};

const inviteButton = `<p>Writes a one-time link with which the first administrator enrols a passkey. <code>npm run invite</code> does the same.</p>
<button type="button" id="invite">Write a link</button> <output id="link" for="invite"></output>`;

const backlogLine = ({ backlog }: OperatorSources): string => {
  const { waiting, oldest, leaves } = backlog();
  if (!leaves) return '<p>There is no mail server: letters stay here.</p>';
  if (oldest === undefined) return '<p>No letter waits.</p>';
  return `<p>Letters that wait for the mail server: ${waiting}, the oldest since ${timeText(oldest)}.</p>`;
};

const clockSection = `<section aria-labelledby="clock"><h2 id="clock">Clock</h2>
<form id="move"><label for="to">Move the clock to (UTC)</label> <input id="to" name="to" type="datetime-local" step="1" required>
<button>Move</button> <output id="moved" for="to"></output></form>
<p><button type="button" data-advance="3600">An hour on</button> <button type="button" data-advance="86400">A day on</button></p></section>`;

const linkTo = ({ name }: ExecutionView): string =>
  `<a href="/executions/${encodeURIComponent(name)}">${escape(name)}</a>`;

const executionTable = (executions: readonly ExecutionView[]): string =>
  executions.length === 0
    ? '<p>None yet.</p>'
    : table(
        'Table of executions',
        ['Execution', 'Status', 'In', 'Since'],
        executions.map((view) => [
          linkTo(view),
          escape(view.status),
          view.waits.length === 0 ? escape(view.error ?? '') : view.waits.map(waitText).join('<br>'),
          timeText(view.startedAt),
        ]),
      );

const waitText = ({ state, doing, until }: ExecutionView['waits'][number]): string =>
  `${escape(state)} <small>(${escape(doing)}${until === undefined ? '' : ` until ${timeText(until)}`})</small>`;

const failureTable = (executions: readonly ExecutionView[]): string => {
  const failed = executions.filter(({ status }) => status !== 'RUNNING' && status !== 'SUCCEEDED');
  if (failed.length === 0) return '<p>No execution has failed.</p>';
  return table(
    'Table of failures',
    ['Execution', 'Status', 'Error', 'Ended'],
    failed
      .slice(0, mostFailures)
      .map((view) => [
        linkTo(view),
        escape(view.status),
        `${escape(view.error ?? '')}${view.cause === undefined ? '' : `<br><small>${escape(view.cause)}</small>`}`,
        view.stoppedAt === undefined ? '' : timeText(view.stoppedAt),
      ]),
  );
};

/** What happens by itself, the next first: waits of executions that have an end, and schedules. */
const timerTable = ({ schedules }: OperatorSources, executions: readonly ExecutionView[]): string => {
  const ofExecutions = executions.flatMap((view) =>
    view.waits.flatMap(({ state, until }) =>
      until === undefined ? [] : [{ at: Date.parse(until), what: `${linkTo(view)}: ${escape(state)}` }],
    ),
  );
  const ofSchedules = schedules().map(({ name, at }) => ({
    at: at ?? Infinity,
    what: `Schedule ${escape(name)}`,
  }));
  const all = [...ofExecutions, ...ofSchedules].toSorted((a, b) => a.at - b.at);
  if (all.length === 0) return '<p>None.</p>';
  const left = all.length - mostTimers;
  return `${table(
    'Table of timers',
    ['When', 'What'],
    all.slice(0, mostTimers).map(({ at, what }) => [at === Infinity ? 'never again' : timeText(at), what]),
  )}${left > 0 ? `<p>And ${left} later ones, to ${plainTime(all.findLast(({ at }) => at < Infinity)?.at ?? 0)}.</p>` : ''}`;
};

const letterCounts = (letters: readonly Letter[]): string => {
  const counts = new Map<string, number>();
  for (const { state } of letters) counts.set(state, (counts.get(state) ?? 0) + 1);
  const words = [...counts].map(([state, count]) => `${state} ${count}`).join(', ');
  return words === '' ? '' : `<p>Of the latest ${letters.length}: ${words}.</p>`;
};

const letterList = (letters: readonly Letter[]): string =>
  letters.length === 0
    ? '<p>None yet.</p>'
    : letters
        .slice(0, mostLetters)
        .map(
          ({ id, subject, to, at, text, state }) =>
            `<details><summary>${escape(subject)} <small>to ${escape(to)}, ${timeText(at)}, ${state}${state === 'held' ? `, id ${escape(id)}` : ''}</small></summary><pre>${linked(escape(text))}</pre></details>`,
        )
        .join('\n')
        .concat(
          letters.length > mostLetters ? `<p><a href="/letters">All ${letters.length} letters</a></p>` : '',
        );

const linked = (escaped: string): string =>
  escaped.replaceAll(/https?:\/\/[^\s<]+/g, (address) => `<a href="${address}">${address}</a>`);

const script = `
const post = async (path, body, output) => {
  output.textContent = 'Working…';
  const response = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const answer = await response.json();
  output.textContent = response.ok ? answer.link || answer.now : answer.title;
  return response.ok;
};
document.getElementById('invite')?.addEventListener('click', () => post('/invitations', { role: 'administrator', locale: 'kk' }, document.getElementById('link')));
const moved = document.getElementById('moved');
const move = async (body) => { if (await post('/clock', body, moved)) location.reload(); };
document.getElementById('move')?.addEventListener('submit', (event) => {
  event.preventDefault();
  move({ to: new Date(document.getElementById('to').value + 'Z').toISOString() });
});
for (const button of document.querySelectorAll('[data-advance]')) {
  button.addEventListener('click', () => move({ advance: Number(button.dataset.advance) }));
}
`;
