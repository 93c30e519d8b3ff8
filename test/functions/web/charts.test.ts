import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { declareOwnConflict } from '#functions/commands/conflicts.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { anAnchoredFile } from '#test/builders/round-file.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import {
  anIin,
  aScoringIn,
  auditor,
  chair,
  dana,
  members,
  ratersOf,
  score,
  secretary,
} from '#test/builders/selection.ts';

const scoring = async (file?: Uint8Array) => {
  const world = aWorld();
  const { roundId, applications } = await aScoringIn(
    world,
    Array.from({ length: 6 }, () => ({})),
    file,
  );
  return {
    world,
    roundId,
    applications,
    site: aCommitteeSite(world),
    charts: `/en/committee/rounds/${roundId}/charts`,
  };
};

/** The first half is scored best, the rest worst. */
const scored = async (file?: Uint8Array) => {
  const scene = await scoring(file);
  const { world, roundId, applications } = scene;
  for (const [index, { id }] of applications.entries()) {
    for (const by of await ratersOf(world, id)) granted(await score({ world, roundId }, by, id, index < 3));
  }
  return scene;
};

const hundredth = (value: number | undefined): string =>
  value === undefined ? '–' : String(Math.round(value * 100) / 100);

/** The rows of the table with this caption, as texts. */
const rowsUnder = (html: string, caption: string): string[][] =>
  parse(html)
    .querySelectorAll('table')
    .filter((table) => table.querySelector('caption')?.childNodes[0]?.text.trim() === caption)
    .flatMap((table) => table.querySelectorAll('tbody tr'))
    .map((row) => row.childNodes.map((cell) => cell.text.trim()));

describe('the charts of a round', () => {
  it('show scores by rater and criterion, agreement, the funnel and how sure each rank is', async () => {
    const { site, applications, charts } = await scored();
    const page = (await (await site.signIn(secretary)).get(charts)).text;

    expect(rowsUnder(page, 'How many went on').map(([stage, count]) => [stage, count])).toEqual([
      ['Applications submitted', '6'],
      ['Screening', '6'],
    ]);
    const raters = rowsUnder(page, 'Scores by rater');
    expect(raters.map(([code]) => code)).toEqual(['R1', 'R2', 'R3', 'R4', 'R5']);
    expect(raters.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(2 * applications.length);
    expect(rowsUnder(page, 'Points by criterion')).toHaveLength(13);
    expect(parse(page).text.replaceAll(/\s+/g, ' ')).toContain(
      'Raters that an application would need: 1 rater for a reliability of 0.7; 1 rater for a reliability of 0.8.',
    );
    expect(rowsUnder(page, 'How far raters agree').map(([, , , word]) => word)).toEqual([
      'excellent',
      'excellent',
      'at least 0.8: customarily relied upon',
    ]);
    expect(new Set(rowsUnder(page, 'How sure each rank is').map(([number]) => number))).toEqual(
      new Set(applications.map(({ number }) => String(number))),
    );
    expect(parse(page).querySelectorAll('svg[role=img][aria-label]').length).toBe(2 + 5 + 13 + 6 + 3 + 6);
  });

  it('show how far the scores of each application lie apart, the widest first, and how much of the scale raters use', async () => {
    const { world, site, roundId, applications, charts } = await scoring();
    for (const [index, { id }] of applications.entries()) {
      for (const [place, by] of (await ratersOf(world, id)).entries()) {
        granted(await score({ world, roundId }, by, id, index < 2 || place === 0));
      }
    }
    const seat = await site.signIn(secretary);
    const page = (await seat.get(charts)).text;
    const rows = rowsUnder(page, 'How far apart the scores of each application lie');

    expect(rows).toHaveLength(applications.length);
    // Two of 100 and 0 have the standard deviation 100 / √2.
    expect(rows.map((row) => row.slice(1, 5))).toEqual([
      ...Array.from({ length: 4 }, () => ['2', '100', '70.71', 'Yes']),
      ...Array.from({ length: 2 }, () => ['2', '0', '0', 'No']),
    ]);
    expect(page).toMatch(/Where they lie more than \d+% of the scale apart/);
    const alike = (await seat.get(`${charts}?apart=range`)).text;
    expect(
      rowsUnder(alike, 'How far apart the scores of each application lie').map(([, , range]) => range),
    ).toEqual(['0', '0', '100', '100', '100', '100']);
    const answer = JSON.parse((await seat.get(`/api/rounds/${roundId}/charts`)).text);
    expect(answer.dispersion).toHaveLength(applications.length);
    expect(answer.dispersion).toContainEqual({
      number: rows[0]?.[0],
      scores: 2,
      lowest: 0,
      highest: 100,
      range: 100,
      sd: Math.sqrt(5000),
      tooFar: true,
    });
    const spreads = rowsUnder(page, 'Scores by rater').map((row) => row.slice(4, 6));
    expect(
      answer.raters.map(({ sd, sdRatio }: Record<string, number | undefined>) => [
        hundredth(sd),
        hundredth(sdRatio),
      ]),
    ).toEqual(spreads);
    expect(spreads.filter(([sd]) => Number(sd) > 0).length).toBeGreaterThan(0);
  });

  it('name nobody: raters stand under codes, applications under numbers', async () => {
    const { site, charts } = await scored();
    const page = (await (await site.signIn(secretary)).get(charts)).text;

    for (const { id } of [chair, ...members]) expect(page).not.toContain(id);
    expect(page).not.toContain(anIin(0));
  });

  it('are sorted by links in their headings, each table by itself, and the address keeps all of it', async () => {
    const { site, charts } = await scored();
    const seat = await site.signIn(secretary);
    const page = (await seat.get(`${charts}?ranks=-number&raters=-count`)).text;
    const numbers = rowsUnder(page, 'How sure each rank is').map(([number]) => number);

    expect(numbers).toEqual(numbers.toSorted((a = '', b = '') => (a < b ? 1 : -1)));
    const counts = rowsUnder(page, 'Scores by rater').map(([, count]) => Number(count));
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    const headings = parse(page).querySelectorAll('#ranks th[aria-sort]');
    expect(headings.map((one) => [one.text.trim(), one.getAttribute('aria-sort')])).toEqual([
      ['Number ▼', 'descending'],
    ]);
    // Once more turns it round, and the other table stays as it is.
    const href = headings[0]?.querySelector('a')?.getAttribute('href') ?? '';
    expect(href).toBe(`${charts}?ranks=number&raters=-count#ranks`);
  });

  it('are shown as they come where the address asks for no column that there is', async () => {
    const { site, charts } = await scored();
    const seat = await site.signIn(secretary);
    const ranks = async (query: string) =>
      rowsUnder((await seat.get(charts + query)).text, 'How sure each rank is');

    expect(await ranks('?ranks=nonsense&raters=-')).toEqual(await ranks(''));
  });

  it('tell a program as much of how far raters agree, the applications that all of them scored apart', async () => {
    const { site, roundId, charts } = await scored(anAnchoredFile(3));
    const seat = await site.signIn(secretary);
    const page = (await seat.get(charts)).text;
    const { agreement } = JSON.parse((await seat.get(`/api/rounds/${roundId}/charts`)).text);

    const { icc21, icc2k, anchored, alphaOrdinal } = agreement;
    expect(anchored).toMatchObject({ raters: 5, applications: 3 });
    const rows = rowsUnder(page, 'How far raters agree');
    expect(rows).toHaveLength(4);
    expect(rows.map(([, value, range]) => [value, range])).toEqual(
      [icc21, icc2k, anchored, alphaOrdinal].map(({ value, interval }) => [
        hundredth(value),
        interval ? interval.map(hundredth).join(' – ') : '–',
      ]),
    );
    expect(rows[2]?.[0]).toContain(`${anchored.applications}`);
  });

  it('are the same for a program, which gets refused what its page is refused', async () => {
    const { site, roundId, applications, charts } = await scored();
    const seat = await site.signIn(secretary);
    const api = `/api/rounds/${roundId}/charts`;
    const answer = JSON.parse((await seat.get(api)).text);
    const page = (await seat.get(charts)).text;

    expect(
      answer.raters.map(({ rater, count }: { rater: string; count: number }) => [rater, `${count}`]),
    ).toEqual(rowsUnder(page, 'Scores by rater').map(([rater, count]) => [rater, count]));
    expect(answer.applications.map(({ number }: { number: string }) => number)).toEqual(
      rowsUnder(page, 'How sure each rank is').map(([number]) => number),
    );
    expect(answer.funnel).toEqual([
      { stage: 'submitted', count: applications.length },
      { stage: 'screening', count: applications.length },
    ]);
    for (const who of [dana, auditor]) expect((await (await site.signIn(who)).get(api)).status).toBe(403);
  });

  it('tell a chair nothing who owes a score, and members and auditors nothing while scoring goes on', async () => {
    const { world, roundId, applications, site, charts } = await scoring();
    const seat = await site.signIn(chair);

    expect((await seat.get(charts)).status).toBe(409);
    for (const { id } of applications) {
      const own = (await ratersOf(world, id)).some((one) => one.id === chair.id);
      if (own) granted(await score({ world, roundId }, chair, id));
    }
    const page = await seat.get(charts);
    expect(page.status).toBe(200);
    expect(page.text).toContain('only applications that you have scored yourself stand here');
    for (const who of [dana, auditor]) expect((await (await site.signIn(who)).get(charts)).status).toBe(403);
  });

  it('leave out what the reader has a conflict with, and say when there is too little', async () => {
    const { world, roundId, applications, site, charts } = await scoring();
    const { id: applicationId, number } = nth(applications, 0);
    granted(await declareOwnConflict(world, { by: secretary, roundId, applicationId }));
    const page = (await (await site.signIn(secretary)).get(charts)).text;

    expect(page).toContain('Too few scores are in');
    expect(page).not.toContain(number);
  });
});
