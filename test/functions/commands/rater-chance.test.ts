import { describe, expect, it } from 'vitest';
import { tellCompetenceOf } from '#functions/commands/competences.ts';
import { scoringView } from '#functions/commands/scoring-views.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import { RaterDrawing } from '#shared/domain/rater-drawing.ts';
import type { AssignmentRule } from '#shared/domain/rater-rule.ts';
import { aRoundFile, asUpload } from '#test/builders/round-file.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import {
  advanceIn,
  aScoringIn,
  aScreeningIn,
  chair,
  members,
  roundIn,
  secretary,
} from '#test/builders/selection.ts';

const source = { source: 'A test', confidence: 'unverified' as const, verifiedOn: '2026-11-28' };
const chance = { atMostPercent: 45, ...source };

const fileWith = (rule: AssignmentRule): Uint8Array => {
  const file = aRoundFile();
  return asUpload({ ...file, raters: { ...file.raters, ...rule } });
};

const three = [{}, {}, {}];

const toldIn = async (world: World, roundId: RoundId) =>
  granted(await scoringView(world, { by: secretary, roundId })).assignment?.chance;

describe('a bound on the probability of drawing a given application', () => {
  it('is recorded with the drawing, and told where it could not be kept to who runs the committee', async () => {
    const world = aWorld();
    const match = { language: true, subject: true, ...source } as const;
    const { roundId } = await aScreeningIn(world, three, fileWith({ match, chance }));
    const ticked = { languages: ['kk', 'ru'], subjects: ['mathematics'] };
    for (const by of [chair, ...members].slice(0, 3)) {
      granted(await tellCompetenceOf(world, { by, roundId, personId: by.id, ticked }));
    }
    await advanceIn(world, roundId);
    const { raters } = await roundIn(world, roundId);
    const drawing = await world.records.blob(raters?.drawing ?? '');
    const { instance, above = [] } = RaterDrawing.parse(JSON.parse(drawing));

    expect([instance.cap, raters?.chance]).toEqual([0.45, { atMostPercent: 45, above: 3 }]);
    expect(above).toHaveLength(3);
    expect(await toldIn(world, roundId)).toEqual({ atMostPercent: 45, above });
  });

  it('holds where enough people can score, with nothing to tell', async () => {
    const world = aWorld();
    const { roundId } = await aScoringIn(world, three, fileWith({ chance }));

    expect((await roundIn(world, roundId)).raters?.chance).toEqual({ atMostPercent: 45, above: 0 });
    expect(await toldIn(world, roundId)).toEqual({ atMostPercent: 45, above: [] });
  });
});
