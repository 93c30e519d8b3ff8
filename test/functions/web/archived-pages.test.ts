import { describe, expect, it } from 'vitest';
import { archived } from '#functions/web/replay/archived.ts';
import { leadsAt } from '#functions/web/replay/pages.ts';
import { Instant } from '#shared/domain/time.ts';

const toThen = (href: string) => (href.startsWith('/then') ? `/past${href}` : undefined);
const frame = { banner: '<b>then</b>', title: 'Then', leads: toThen, back: '/back' };
const page = (main: string): string =>
  `<title>Page</title><a href="/x" class="govuk-back-link">Back</a><form method="post">sign out</form><main id="main">${main}</main><a href="/x">foot</a>`;

const inMain = (main: string): string =>
  /<main id="main"><b>then<\/b>(.*)<\/main>/s.exec(archived(page(main), frame))?.[1] ?? 'nothing';

describe('a page that was sent', () => {
  it('keeps its frame, with another way back', () => {
    const html = archived(page('x'), frame);

    expect(html).toContain('<title>Then: Page</title>');
    expect(html).toContain('<a href="/back" class="govuk-back-link">');
    expect(html).toContain('<form method="post">sign out</form>');
    expect(html).toContain('<a href="/x">foot</a>');
  });

  it.for([
    [
      '<p>a <a class="b" href="/then/c?d=1&amp;e">f</a></p>',
      '<p>a <a class="b" href="/past/then/c?d=1&amp;e">f</a></p>',
    ],
    ['<td><a href="/x">KZ19</a> 5</td>', '<td>KZ19 5</td>'],
    [
      '<ul><li><a href="/x">x</a></li><li><a href="/then">y</a></li></ul>',
      '<ul><li><a href="/past/then">y</a></li></ul>',
    ],
    ['<p><a href="/x">x</a></p>z', 'z'],
    ['<p class="screen-only">x</p><section class="screen-only"><h2>x</h2></section>z', 'z'],
    ['<td>x<span class="today-only">a lift</span></td>', '<td>x</td>'],
    ['<form method="post" action="/then"><p>x</p></form>z', 'z'],
    ['<form action="/x" method="get">x</form>z', 'z'],
    ['<form method="get" action="/then">x</form>', '<form method="get" action="/past/then">x</form>'],
    [
      '<details><p>a</p></details><details>x<form method="post">x</form>x</details>z',
      '<details><p>a</p></details>z',
    ],
    ['&lt;form method="post"&gt; $& $1', '&lt;form method="post"&gt; $& $1'],
  ] as const)('makes %s %s', ([before, after]) => {
    expect(inMain(before)).toBe(after);
  });
});

describe('a link of today', () => {
  const until = Instant.parse('2022-11-14T05:00:00.012Z');
  it.for([
    ['/ru/committee/rounds/R', '/kk/committee/rounds/R/replay/2022-11-14T05:00:00.012Z'],
    [
      '/ru/manage/rounds/R/offers?a=1#b',
      '/kk/committee/rounds/R/replay/2022-11-14T05:00:00.012Z/offers?a=1#b',
    ],
    ['/ru/calls/R/results', '/kk/committee/rounds/R/replay/2022-11-14T05:00:00.012Z/results'],
    ['/ru/calls/R/offers', undefined],
    ['/ru/calls/R', undefined],
    ['/ru/committee/rounds/S/claims', undefined],
    ['/ru/committee/rounds/R/claims/C/more', undefined],
    ['/ru/account', undefined],
    ['#main', '#main'],
    ['https://adilet.zan.kz/x', 'https://adilet.zan.kz/x'],
  ] as const)('%s leads to %s', ([href, to]) => {
    expect(leadsAt('kk', 'R', until)(href)).toBe(to);
  });
});
