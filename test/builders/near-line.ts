import { roundFileOf } from '#functions/commands/pinned.ts';
import { scoreApplication } from '#functions/commands/scoring.ts';
import type { Person } from '#functions/commands/workplace.ts';
import type { FurtherRule } from '#shared/domain/further-rule.ts';
import type { ApplicationId } from '#shared/domain/ids.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { ratedCriteria } from '#shared/domain/rubric.ts';
import { aRoundFile, asUpload } from '#test/builders/round-file.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { aScoringIn, ratersOf, roundIn, type Selection } from '#test/builders/selection.ts';
import { pointsUpTo } from '#test/builders/severity.ts';

/** The sample round with three places at the interview, and further ratings near that line. */
export const aFurtherFile = (over: Partial<FurtherRule> = {}): RoundFile => {
  const { raters, shortlist } = aRoundFile();
  const { source, confidence, verifiedOn } = raters;
  const further = { atMost: 1, budget: 10, level: 80, source, confidence, verifiedOn, ...over };
  return aRoundFile({
    raters: { ...raters, further },
    shortlist: { ...shortlist, atMost: 3, minimumPoints: 0 },
  });
};

export type NearLineScene = Selection & { world: World };

/** The same line in a file that asks nobody for more. */
export const aShownFile = (): RoundFile => {
  const { raters, ...file } = aFurtherFile();
  const { further: _, ...asked } = raters;
  return { ...file, raters: asked };
};

/** Applications in scoring, by such a file; nobody has scored yet. */
export const aNearLineScene = async (
  count: number,
  over?: Partial<FurtherRule>,
  file = aFurtherFile(over),
): Promise<NearLineScene> => {
  const world = aWorld();
  const forms = Array.from({ length: count }, () => ({}));
  return { world, ...(await aScoringIn(world, forms, asUpload(file))) };
};

/** Eight of which two are surely in, two surely out, and four stand so close about the third place that chance decides. */
export const qualities = [0.95, 0.9, 0.55, 0.53, 0.5, 0.48, 0.1, 0.05] as const;

/** Every rater gives what they owe: the quality of the application, a little more or less by turns. */
export const scoreByQuality = async (
  scene: NearLineScene,
  among: readonly number[] = qualities,
): Promise<void> => {
  for (const [index, { id }] of scene.applications.entries()) {
    const raters = await ratersOf(scene.world, id);
    for (const [turn, by] of raters.entries()) {
      const off = (turn % 2 === 0 ? 1 : -1) * (index % 2 === 0 ? 0.05 : 0.03);
      granted(await scoreAs(scene, by, { id, quality: (among[index] ?? 0) + off }));
    }
  }
};

/** A scorecard whose points lie so far up each scale, 0 to 1, as near as its steps allow. */
export const scoreAs = async (
  { world, roundId }: Pick<NearLineScene, 'world' | 'roundId'>,
  by: Person,
  { id: applicationId, quality }: { id: ApplicationId; quality: number },
) => {
  const { rubric } = await roundFileOf(world.records, (await roundIn(world, roundId)).plan);
  const points = pointsUpTo(ratedCriteria(rubric.criteria), quality);
  return await scoreApplication(world, { by, roundId, applicationId, points });
};
