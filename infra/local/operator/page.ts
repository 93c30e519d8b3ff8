import type { ExecutionView, Letter, OperatorSources } from '#infra/local/operator/sources.ts';

type Shown = { letters: readonly Letter[]; executions: readonly ExecutionView[]; nonce: string };

/** Letters on the page; all of them are at /letters. */
const mostLetters = 50;

/** The operator's page: plain, readable without a script but for the two buttons. */
export const operatorPage = (sources: OperatorSources, { letters, executions, nonce }: Shown): string => {
  const { region, rehearsal, origin, now, dataFolder, schedules } = sources;
  const kind = rehearsal ? 'rehearsal' : 'real data';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(region)}: operator</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<header><h1>Irikteu ${escape(region)}</h1><p>The operator’s page, for this machine only (${kind}).</p></header>
<main>
<section aria-labelledby="health"><h2 id="health">Health</h2>
${alarmList(sources)}<dl>
<dt>Pages</dt><dd><a href="${escape(origin)}">${escape(origin)}</a></dd>
<dt>Data folder</dt><dd>${escape(dataFolder)}</dd>
<dt>The home’s time</dt><dd>${timeText(now())}</dd>
${schedules()
  .map(
    ({ name, at }) =>
      `<dt>${escape(name)}</dt><dd>${at === undefined ? 'never again' : `next ${timeText(at)}`}</dd>`,
  )
  .join('\n')}
</dl></section>
${rehearsal ? clockSection : ''}
<section aria-labelledby="invitation"><h2 id="invitation">Invite an administrator</h2>
${rehearsal ? inviteButton : `<p>In a terminal: <code>npm run invite -- --role administrator --data ${escape(dataFolder)}</code></p>`}</section>
<section aria-labelledby="executions"><h2 id="executions">Executions</h2>${executionTable(executions)}</section>
<section aria-labelledby="letters"><h2 id="letters">Letters</h2>
${rehearsal ? '' : '<p>Sign-in codes are covered, since this region is real.</p>'}
${backlogLine(sources)}
${letterList(letters)}</section>
</main>
<script nonce="${nonce}">${script}</script>
</body>
</html>
`;
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

const executionTable = (executions: readonly ExecutionView[]): string =>
  executions.length === 0
    ? '<p>None yet.</p>'
    : `<div class="scroll" tabindex="0" role="group" aria-label="Table of executions"><table><thead><tr><th scope="col">Execution</th><th scope="col">Status</th><th scope="col">In</th><th scope="col">Since</th></tr></thead><tbody>
${executions
  .map(
    ({ name, status, waits, startedAt, error = '' }) =>
      `<tr><td><a href="/executions/${encodeURIComponent(name)}/history">${escape(name)}</a></td><td>${escape(status)}</td><td>${waits.length === 0 ? escape(error) : waits.map(waitText).join('<br>')}</td><td>${timeText(startedAt)}</td></tr>`,
  )
  .join('\n')}
</tbody></table></div>`;

const waitText = ({ state, doing, until }: ExecutionView['waits'][number]): string =>
  `${escape(state)} <small>(${escape(doing)}${until === undefined ? '' : ` until ${timeText(until)}`})</small>`;

const letterList = (letters: readonly Letter[]): string =>
  letters.length === 0
    ? '<p>None yet.</p>'
    : letters
        .slice(0, mostLetters)
        .map(
          ({ subject, to, at, text, state }) =>
            `<details><summary>${escape(subject)} <small>to ${escape(to)}, ${timeText(at)}, ${state}</small></summary><pre>${linked(escape(text))}</pre></details>`,
        )
        .join('\n')
        .concat(
          letters.length > mostLetters ? `<p><a href="/letters">All ${letters.length} letters</a></p>` : '',
        );

/** To the second, which is all that a reader wants; the machine's spelling stays in the attribute. */
const timeText = (moment: number | string): string => {
  const iso = new Date(moment).toISOString();
  return `<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC</time>`;
};

const linked = (escaped: string): string =>
  escaped.replaceAll(/https?:\/\/[^\s<]+/g, (address) => `<a href="${address}">${address}</a>`);

const escape = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

const style = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; --line: #8aa4a8; --deep: #0b4f5c; }
body { margin: 0; } main { box-sizing: border-box; max-width: 64rem; margin: 0 auto; padding: 0 1rem 2rem; }
header { background: var(--deep); color: #fff; padding: .75rem max(1rem, calc((100% - 64rem) / 2 + 1rem)); }
h1 { margin: 0; font-size: 1.5rem; } header p { margin: 0; } h2 { margin: 1rem 0 .5rem; font-size: 1.25rem; }
section + section { border-top: 1px solid var(--line); margin-top: 1.5rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .125rem 1.5rem; } dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .375rem 1rem .375rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.scroll { overflow-x: auto; } time { white-space: nowrap; } small { font-size: .9em; opacity: .85; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: .25rem 0 1rem; padding: .75rem 1rem; border-left: 4px solid var(--line); font: inherit; }
summary { cursor: pointer; padding: .25rem 0; overflow-wrap: anywhere; } output { overflow-wrap: anywhere; }
button, input { font: inherit; padding: .25rem .75rem; margin: .125rem 0; max-width: 100%; box-sizing: border-box; }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .5rem; } summary time { white-space: normal; } }
`;

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
