import { describe, expect, it } from 'vitest';
import { scoreCharts } from '#functions/commands/score-charts.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { anAnchoredFile } from '#test/builders/round-file.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { aScoringIn, ratersOf, score, secretary } from '#test/builders/selection.ts';

describe('the agreement of raters', () => {
  it('is told apart of the applications that all of them scored', async () => {
    const world = aWorld();
    const { roundId, applications } = await aScoringIn(world, [{}, {}, {}, {}], anAnchoredFile(3));
    for (const [index, { id }] of applications.entries()) {
      for (const [place, by] of (await ratersOf(world, id)).entries()) {
        granted(await score({ world, roundId }, by, id, (index + place) % 2 === 0));
      }
    }

    const { anchored: found } = granted(
      await scoreCharts(world, { by: secretary, roundId, part: 'scoring' }),
    );

    expect(found).toMatchObject({ applications: 3, raters: 5, single: expect.any(Number) });
  });

  it('is told, and how many groups of raters have scored nothing in common', async () => {
    const world = aWorld();
    const { roundId, applications } = await aScoringIn(
      world,
      Array.from({ length: 10 }, () => ({})),
    );
    const raters = new Map(
      await Promise.all(applications.map(async ({ id }) => [id, await ratersOf(world, id)] as const)),
    );
    const first = nth(applications, 0);
    const own = new Set(raters.get(first.id)?.map(({ id }) => id));
    const other = applications.find(({ id }) => raters.get(id)?.every((rater) => !own.has(rater.id)));
    for (const id of [first.id, ...(other ? [other.id] : [])])
      for (const by of raters.get(id) ?? []) granted(await score({ world, roundId }, by, id));

    const { groups, report } = granted(await scoreCharts(world, { by: secretary, roundId, part: 'scoring' }));

    expect([groups, report?.applications.length]).toEqual([2, 2]);
  });
});
