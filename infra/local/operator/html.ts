/** What the operator's pages are made of. */

export const escape = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

/** To the second, which is all that a reader wants; the machine's spelling stays in the attribute. */
export const timeText = (moment: number | string): string => {
  const iso = new Date(moment).toISOString();
  return `<time datetime="${iso}">${plainTime(moment)}</time>`;
};

export const plainTime = (moment: number | string): string => {
  const iso = new Date(moment).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
};

/** A table that scrolls by itself where the window is narrow; cells are HTML. */
export const table = (
  label: string,
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): string =>
  `<div class="scroll" tabindex="0" role="group" aria-label="${escape(label)}"><table><thead><tr>${heads
    .map((head) => `<th scope="col">${escape(head)}</th>`)
    .join('')}</tr></thead><tbody>
${rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n')}
</tbody></table></div>`;

type Shell = { title: string; heading: string; under: string; nonce: string; script?: string };

/** A whole page around its sections. */
export const shell = ({ title, heading, under, nonce, script }: Shell, sections: string): string =>
  `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<header><h1>${escape(heading)}</h1><p>${under}</p></header>
<main>
${sections}
</main>
${script === undefined ? '' : `<script nonce="${nonce}">${script}</script>`}
</body>
</html>
`;

const style = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; --line: #8aa4a8; --deep: #0b4f5c;
  --paper: light-dark(#fff, #14191a); --ink: light-dark(#14191a, #eef4f4); --bad: light-dark(#9d1c1c, #ff9b8f); --now: light-dark(#ffe9a8, #5a4500); --done: light-dark(#d7efe6, #123f33); }
body { margin: 0; background: var(--paper); color: var(--ink); } main { box-sizing: border-box; max-width: 64rem; margin: 0 auto; padding: 0 1rem 2rem; }
header { background: var(--deep); color: #fff; padding: .75rem max(1rem, calc((100% - 64rem) / 2 + 1rem)); } header a { color: inherit; }
h1 { margin: 0; font-size: 1.5rem; overflow-wrap: anywhere; } header p { margin: 0; } h2 { margin: 1rem 0 .5rem; font-size: 1.25rem; }
section + section { border-top: 1px solid var(--line); margin-top: 1.5rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .125rem 1.5rem; } dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .375rem 1rem .375rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.scroll { overflow-x: auto; } time { white-space: nowrap; } small { font-size: .9em; opacity: .85; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: .25rem 0 1rem; padding: .75rem 1rem; border-left: 4px solid var(--line); font: inherit; }
summary { cursor: pointer; padding: .25rem 0; overflow-wrap: anywhere; } output { overflow-wrap: anywhere; }
button, input { font: inherit; padding: .25rem .75rem; margin: .125rem 0; max-width: 100%; box-sizing: border-box; }
svg { display: block; font: 13px/1 system-ui, sans-serif; } svg text { fill: var(--ink); } svg .small { font-size: 11px; }
svg rect { fill: var(--paper); stroke: var(--line); } svg .done rect { fill: var(--done); } svg .now rect { fill: var(--now); stroke: var(--ink); stroke-width: 2; }
svg .failed rect { stroke: var(--bad); stroke-width: 3; } svg .failed .small { fill: var(--bad); }
svg path { fill: none; stroke: var(--line); } svg path.taken { stroke: light-dark(#0b7a5c, #7fd9bd); stroke-width: 2.5; } svg path.catch { stroke-dasharray: 5 4; }
svg marker path { fill: var(--line); stroke: none; }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .5rem; } summary time { white-space: normal; } }
`;
