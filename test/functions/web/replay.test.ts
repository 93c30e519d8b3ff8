import { parse } from 'node-html-parser';
import { beforeAll, describe, expect, it } from 'vitest';
import { aClosedRoundIn } from '#test/builders/closed-round.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { aTickingWorld } from '#test/builders/scenes.ts';
import { auditor, secretary } from '#test/builders/selection.ts';

const scene = async () => {
  const world = aTickingWorld();
  const { roundId, applications } = await aClosedRoundIn(world);
  const site = aCommitteeSite(world);
  return {
    asAuditor: await site.signIn(auditor),
    asSecretary: await site.signIn(secretary),
    page: (until?: string) =>
      `/en/committee/rounds/${roundId}/replay${until === undefined ? '' : `?until=${encodeURIComponent(until)}`}`,
    api: (until: string) => `/api/rounds/${roundId}/replay?until=${encodeURIComponent(until)}`,
    numbers: applications.map(({ number }) => String(number)),
  };
};

let given: Awaited<ReturnType<typeof scene>>;
beforeAll(async () => {
  given = await scene();
});

const headings = (html: string): string[] =>
  parse(html)
    .querySelectorAll('h2')
    .map((one) => one.text.trim());

const rowsUnder = (html: string, caption: string): string[][] =>
  parse(html)
    .querySelectorAll('table')
    .filter((table) => table.querySelector('caption')?.text.trim() === caption)
    .flatMap((table) => table.querySelectorAll('tbody tr'))
    .map((row) => row.childNodes.map((cell) => cell.text.trim()));

describe('the page of a round as it was', () => {
  it('shows the day that was typed, by the clocks of the round, and what has changed since', async () => {
    const { asAuditor, page, numbers } = given;

    const { status, text } = await asAuditor.get(page('2022-11-05T10:00'));

    expect(status).toBe(200);
    expect(headings(text)).toContain('As it stood at 5 November 2022 at 10:00 (UTC+06:00)');
    expect(headings(text)).toContain('The newest list: Preliminary results');
    expect(rowsUnder(text, 'What has changed since')).toContainEqual([
      numbers[0],
      'Goes on; rank 1; 100%',
      'Stops here; rank 1; 100%; offer of MAT-003: Declined',
    ]);
    expect(
      new Set(rowsUnder(text, 'Whether each list follows from the record').map((row) => row[3])),
    ).toEqual(new Set(['the same']));
  });

  it('leads to each moment of the round, without what only others may read', async () => {
    const { asSecretary: visitor, page } = given;
    const now = parse((await visitor.get(page())).text);
    const moments = now.querySelectorAll('details a').map((link) => link.getAttribute('href') ?? '');

    expect(moments.length).toBeGreaterThan(15);
    for (const moment of [moments[0], moments[9], moments.at(-1)]) {
      expect((await visitor.get(moment ?? '')).status).toBe(200);
    }
    expect(now.text).not.toContain('offer of');
  });

  it('says what is wrong with a moment, and gives back what was typed', async () => {
    const { asAuditor: visitor, page, api } = given;

    for (const typed of ['2031-01-01T00:00', '2031-01-01T00:00:07', '<yesterday>']) {
      const { status, text } = await visitor.get(page(typed));
      expect(status).toBe(422);
      expect(parse(text).querySelector('#until')?.getAttribute('value')).toBe(typed);
      expect(parse(text).querySelector('#until-error')?.text).toContain('Choose a moment between');
    }
    expect(await visitor.get(api('yesterday'))).toMatchObject({ status: 422 });
  });

  it('says the same to a program', async () => {
    const { asAuditor, api } = given;

    const { status, text } = await asAuditor.get(api('2022-11-05T10:00:00+06:00'));

    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({
      stood: { stage: 'claims', until: '2022-11-05T04:00:00.000Z', published: 'preliminary' },
      recomputed: Array.from({ length: 5 }, () => ({ follows: true })),
    });
  });
});
