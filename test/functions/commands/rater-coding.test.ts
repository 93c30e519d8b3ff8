import { expect, it } from 'vitest';
import { correctionsOf } from '#functions/commands/corrections-list.ts';
import { openTrial, tryCorrection } from '#functions/commands/counterfactual.ts';
import { scoreInterview } from '#functions/commands/interview-scorecards.ts';
import { scoreTable } from '#functions/commands/score-table.ts';
import { changed } from '#functions/commands/storing.ts';
import { type Person, workplace } from '#functions/commands/workplace.ts';
import { writeDocument } from '#shared/domain/document.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { formerRaterCodes, raterSecret } from '#shared/domain/rater-code.ts';
import { type Corrects, correctionsAggregate } from '#shared/replay/correction.ts';
import { applied, asked, correctionsIn, interviewed } from '#test/builders/corrections.ts';
import { allPoints, nth } from '#test/builders/interview-scenes.ts';
import { aFile, aMarkedScoring, imported, type MarksScene } from '#test/builders/marks-scene.ts';
import { granted } from '#test/builders/scenes.ts';
import {
  advanceIn,
  candidacyOf,
  chair,
  dana,
  members,
  ratersOf,
  score,
  seatIn,
  secretary,
} from '#test/builders/selection.ts';

const newcomers = ['W', 'X', 'Y', 'Z'].map(
  (letter): Person => Object.assign({ ...dana }, { id: PersonId.parse(`NEW${letter}`.padEnd(20, '0')) }),
);

/** Interviews are open; of each application one rater gave the least, the others the most. */
const aDividedRound = async (): Promise<MarksScene> => {
  const scene = await aMarkedScoring(4);
  const { world, roundId, applications } = scene;
  const scoreOnce = async (best: (place: number) => boolean): Promise<void> => {
    for (const { id } of applications) {
      const scored = new Set((await candidacyOf(world, id)).scores.map(({ raterId }) => raterId));
      for (const [place, by] of (await ratersOf(world, id)).entries()) {
        if (!scored.has(by.id)) granted(await score({ world, roundId }, by, id, best(place)));
      }
    }
  };
  await scoreOnce((place) => place > 0);
  // Where two are that far apart one more rates.
  await scoreOnce(() => true);
  await imported(scene, aFile(scene, [55, 40, 90, 70]));
  await imported(scene, aFile(scene, [14, 14, 14, 14], 'essay'));
  await advanceIn(world, roundId);
  return scene;
};

/** People who never rated get seats and judge the interviews. */
const othersJudge = async (scene: MarksScene): Promise<void> => {
  const { world, roundId, applications } = scene;
  await interviewed(scene);
  for (const by of newcomers) {
    await seatIn(world, roundId, [[by, 'member']]);
    const { id: applicationId } = nth(applications, 0);
    granted(await scoreInterview(world, { by, roundId, applicationId, points: allPoints(3) }));
  }
};

/** Scores by code, as the secretary's list has them. */
const listed = async ({ world, roundId }: MarksScene) => {
  const place = granted(await workplace(world, { by: secretary, roundId }, 'lists.export'));
  return granted(await scoreTable(world, place, 'scoring')).applications;
};

const without = (rater: string): Corrects => ({ kind: 'rater-left-out', part: 'scoring', rater });

it('lists keep the codes of raters while others come to judge', async () => {
  const scene = await aDividedRound();
  const before = await listed(scene);
  await othersJudge(scene);

  expect(await listed(scene)).toEqual(before);
});

it('a correction goes on meaning the rater that it named', async () => {
  const scene = await aDividedRound();
  const { world, roundId } = scene;
  const { raters, raterOf } = granted(await openTrial(world, { by: secretary, roundId }));
  const rater = nth(raters.scoring, 0);
  await applied(scene, await asked(scene, without(rater)));
  const corrected = granted(await openTrial(world, { by: secretary, roundId })).corrected;
  await othersJudge(scene);
  const trial = granted(await openTrial(world, { by: secretary, roundId }));
  const again = granted(tryCorrection(trial, { kind: 'as-recorded' }));

  expect(trial.raterOf(rater)).toBe(raterOf(rater));
  expect((await correctionsIn(scene))?.corrections).toMatchObject([{ raterId: raterOf(rater) }]);
  const scoringOf = (all: typeof corrected) =>
    Object.fromEntries(all.map(({ number, scoring }) => [number, scoring]));
  expect(scoringOf(again.corrected)).toEqual(scoringOf(corrected));
});

it('a correction from before that was kept is read by the codes that were then', async () => {
  const scene = await aDividedRound();
  const { world, roundId, applications } = scene;
  await othersJudge(scene);
  const candidacies = await Promise.all(applications.map(({ id }) => candidacyOf(world, id)));
  const secret = await world.records.secret(raterSecret(roundId), world.chance.token(32));
  const former = formerRaterCodes(
    secret,
    candidacies.flatMap(({ raters, scorecards }) => raters.concat(scorecards.map(({ raterId }) => raterId))),
  );
  const { codes } = await codedIn(scene);
  const scored = new Set(codes.values());
  const moved = [...former].find(([code, personId]) => scored.has(personId) && codes.get(code) !== personId);
  if (!moved) throw new Error('Every code is the same by chance.');
  const [code, personId] = moved;
  const owner = `round#${roundId}#OLD`;
  const reason = writeDocument({ owner, kind: 'reason', version: 1 }, { reason: 'Old.' }, 'salt');
  const old = changed(correctionsAggregate, roundId, undefined, [
    {
      type: 'correction-asked',
      at: world.clock.now(),
      by: secretary.id,
      roundId,
      corrects: without(code),
      reason: reason.ref,
    },
  ]);
  const by = { kind: 'operator' } as const;
  granted(await world.records.commit({ by, changes: [old.change], documents: [reason] }));

  const { corrections } = granted(await correctionsOf(world, { by: chair, roundId }));
  const { raterOf } = granted(await openTrial(world, { by: secretary, roundId }));
  const [shown] = corrections.flatMap(({ corrects }) => ('rater' in corrects ? corrects.rater : []));
  expect(raterOf(shown ?? '')).toBe(personId);
  await applied(scene, 1);
  expect((await correctionsIn(scene))?.corrections[0]?.corrects).toEqual(without(code));
});

/** Whose codes they are now. */
const codedIn = async ({ world, roundId }: MarksScene) => {
  const { raters, raterOf } = granted(await openTrial(world, { by: secretary, roundId }));
  return { codes: new Map(raters.scoring.map((code) => [code, raterOf(code)])) };
};

it('is told to nobody as an id', async () => {
  const scene = await aDividedRound();
  const { world, roundId } = scene;
  const { raters } = granted(await openTrial(world, { by: secretary, roundId }));
  await asked(scene, without(nth(raters.scoring, 0)));
  const { corrections } = granted(await correctionsOf(world, { by: secretary, roundId }));

  for (const { id } of [chair, ...members]) expect(JSON.stringify(corrections)).not.toContain(id);
});
