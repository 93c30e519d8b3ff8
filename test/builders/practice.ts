import { readFileSync } from 'node:fs';
import { scorePracticeText } from '#functions/commands/practice.ts';
import { ownPractice } from '#functions/commands/practice-views.ts';
import type { Person } from '#functions/commands/workplace.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import { PracticeRule } from '#shared/domain/practice-rule.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { type Points, ratedCriteria } from '#shared/domain/rubric.ts';
import { aRoundFile, asUpload } from '#test/builders/round-file.ts';
import { granted, type World } from '#test/builders/scenes.ts';

/** The practice that ships as an example, to be added to a round file. */
export const practiceRule: PracticeRule = PracticeRule.parse(
  JSON.parse(readFileSync(new URL('../../infra/data/almaty-2022-3.practice.json', import.meta.url), 'utf8')),
);

/** The sample round with practice before scoring and feedback from five scores on. */
export const aPracticeFile = (over: Partial<RoundFile> = {}): RoundFile => {
  const file = aRoundFile();
  const { source, confidence, verifiedOn } = practiceRule;
  const feedback = { atLeast: 5, toSecretary: 'spread', source, confidence, verifiedOn } as const;
  return { ...file, raters: { ...file.raters, feedback }, practice: practiceRule, ...over };
};

export const practiceUpload = (over: Partial<RoundFile> = {}): Uint8Array => asUpload(aPracticeFile(over));

/** The other end of each scale than the reference is nearer to: as wrong as can be. */
export const farFrom = (reference: Points): Record<string, number> =>
  Object.fromEntries(
    ratedCriteria(aRoundFile().rubric.criteria).map(({ code, scale }) => {
      const steps = scale.map(({ points }) => points);
      const [least, most] = [Math.min(...steps), Math.max(...steps)];
      return [code, (reference[code] ?? 0) - least > most - (reference[code] ?? 0) ? least : most];
    }),
  );

/** Somebody scores what their try has left, as the reference says or far from it. */
export const practise = async (
  world: World,
  { by, roundId }: { by: Person; roundId: RoundId },
  well = true,
): Promise<void> => {
  for (const { code, points } of granted(await ownPractice(world, { by, roundId })).left) {
    const given = well ? points : farFrom(points);
    granted(await scorePracticeText(world, { by, roundId, text: code, points: given }));
  }
};
