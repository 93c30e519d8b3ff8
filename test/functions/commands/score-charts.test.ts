import { describe, expect, it } from 'vitest';
import { scoreCharts } from '#functions/commands/score-charts.ts';
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
});
