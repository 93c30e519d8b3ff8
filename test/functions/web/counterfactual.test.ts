import { parse } from 'node-html-parser';
import { beforeAll, describe, expect, it } from 'vitest';
import { aClosedRoundIn } from '#test/builders/closed-round.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { inConflictWith } from '#test/builders/panels.ts';
import { aTickingWorld } from '#test/builders/scenes.ts';
import { auditor, chair, secretary } from '#test/builders/selection.ts';

const asked = (typed: Record<string, string>): string => new URLSearchParams(typed).toString();

const scene = async () => {
  const world = aTickingWorld();
  const { roundId, applications } = await aClosedRoundIn(world);
  const site = aCommitteeSite(world);
  const visitor = await site.signIn(secretary);
  const closed = nth(applications, 1);
  await inConflictWith(world, roundId, closed.id, [chair.id]);
  const walled = await site.signIn(chair);
  return {
    walled,
    numbers: applications.map(({ number }) => String(number)),
    page: async (typed: Record<string, string>, locale = 'en') => {
      const answer = await visitor.get(
        `/${locale}/committee/rounds/${roundId}/counterfactual?${asked(typed)}`,
      );
      return { status: answer.status, main: parse(answer.text).querySelector('main') };
    },
    asAuditor: await site.signIn(auditor),
    api: (typed: Record<string, string>) => `/api/rounds/${roundId}/counterfactual?${asked(typed)}`,
  };
};

let given: Awaited<ReturnType<typeof scene>>;
beforeAll(async () => {
  given = await scene();
});

const rowsOf = (main: Awaited<ReturnType<typeof given.page>>['main']): string[][] =>
  (main?.querySelectorAll('tbody tr') ?? []).map((row) => row.childNodes.map((cell) => cell.text.trim()));

describe('the page on which a correction is tried', () => {
  it('shows who would be affected, with what is owed to each', async () => {
    const { page, numbers } = given;

    const { status, main } = await page({
      kind: 'totals',
      number: numbers[2] ?? '',
      interview: '100',
      scoring: '',
    });

    expect(status).toBe(200);
    // Who else moves by a rank, and is owed nothing, the lot says.
    const owing = rowsOf(main).filter(([, , , owed]) => owed !== '–');
    expect(owing.map(([number, , , owed]) => [number, owed])).toEqual([
      [numbers[2], 'a further post, or the first in the next intake'],
      [numbers[1], 'keeps the post'],
    ]);
    expect(main?.text).toContain('No offer that was made is taken back');
  });

  it('finds nothing in a round that was published as its record gives it, in each language', async () => {
    for (const locale of ['kk', 'ru', 'en']) {
      const { status, main } = await given.page({ kind: 'as-recorded' }, locale);

      expect(status).toBe(200);
      expect(rowsOf(main)).toEqual([]);
      expect(main?.querySelectorAll('form')).toHaveLength(6);
    }
  });

  it.for<[string, Record<string, string>, string]>([
    ['no number of the round', { kind: 'totals', number: '<b>', scoring: '50' }, 'number'],
    ['a total beyond the scale', { kind: 'totals', number: 'KZ19-0000-0000', scoring: '1e3' }, 'scoring'],
    ['half a row', { kind: 'rows-shifted', part: 'scoring', rater: 'R1', rows: '0,5' }, 'rows'],
    ['nobody', { kind: 'rater-left-out', part: 'interview', rater: 'R77' }, 'rater'],
    ['no part', { kind: 'rater-left-out', part: 'all', rater: 'R1' }, 'part'],
  ])('says what is wrong with %s beside its field, and gives it back', async ([, typed, field]) => {
    const { status, main } = await given.page(typed);

    expect(status).toBe(422);
    expect(main?.querySelector(`#${field}-error`)?.text.length).toBeGreaterThan(10);
    const control = main?.querySelector(`input#${field}`);
    expect(control ? control.getAttribute('value') : typed[field]).toBe(typed[field]);
  });

  it('answers a kind that there is not with what there is', async () => {
    const { status, main } = await given.page({ kind: 'nonsense' });

    expect(status).toBe(422);
    expect(main?.text).toContain('Choose what to try.');
  });

  it('tries nothing on an application that a conflict of interest closes, and says nothing of it', async () => {
    const { walled, asAuditor, api, numbers } = given;
    const [, closed, third] = numbers;
    const other = { kind: 'totals', number: third ?? '', interview: '100' };

    expect((await asAuditor.get(api(other))).text).toContain(closed);
    const { status, text } = await walled.get(api(other));
    expect([status, text.includes(String(third)), text.includes(String(closed))]).toEqual([200, true, false]);
    const page = await walled.get(api(other).replace('/api/', '/en/committee/'));
    expect(page.text).not.toContain(closed);
    expect(page.text).toContain('are not listed here');
    expect((await walled.get(api({ ...other, number: closed ?? '' }))).status).toBe(403);
  });

  it('answers a program the same', async () => {
    const { asAuditor, api, numbers } = given;

    const { status, text } = await asAuditor.get(
      api({ kind: 'totals', number: numbers[4] ?? '', scoring: '90' }),
    );

    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({
      affected: [{ number: numbers[4], remedy: 'interview-owed' }],
    });
    expect((await asAuditor.get(api({ kind: 'totals', number: 'x', scoring: '90' }))).status).toBe(422);
  });
});
