import { expect, it } from 'vitest';
import { evaluationSheets } from '#functions/commands/evaluation-sheets.ts';
import { recordAttendance } from '#functions/commands/interview-scorecards.ts';
import type { ApplicationId, RoundId } from '#shared/domain/ids.ts';
import { cardsGiven, crossed, interviewsDecided } from '#test/builders/interview-cards.ts';
import { members, nth, secretary } from '#test/builders/interview-scenes.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { aMissedInterview, best, givenAndCounted, upheldAsOwed } from '#test/builders/missed-interview.ts';
import { inConflictWith } from '#test/builders/panels.ts';
import { granted, type World } from '#test/builders/scenes.ts';
import { secretary as leading } from '#test/builders/selection.ts';

const sheetOf = async (
  { world, roundId }: { world: World; roundId: RoundId },
  applicationId: ApplicationId,
  by = secretary,
) => {
  const deps = { ...world, people: memoryPeople() };
  const { sheets } = granted(await evaluationSheets(deps, { by, roundId, which: { applicationId } }));
  return nth(sheets, 0).interview;
};

it('an evaluation sheet says what an interview came to when it was decided, whatever conflict was declared since', async () => {
  const scene = await cardsGiven(crossed());
  const { world, roundId, candidates } = scene;
  const { applicationId } = nth(candidates, 1);
  expect(await sheetOf(scene, applicationId)).toBeUndefined();
  await interviewsDecided(scene);
  const decided = await sheetOf(scene, applicationId);
  // The mean of 75, 56.25 and 68.75.
  expect([decided?.cards.length, decided?.total]).toEqual([3, 66.6667]);
  world.clock.pass(60);
  await inConflictWith(world, roundId, applicationId, [nth(members, 0).id]);

  expect(await sheetOf(scene, applicationId)).toEqual(decided);
});

it('an evaluation sheet has no interview total of somebody who was noted as not having come, whoever gave a card', async () => {
  const scene = await cardsGiven(crossed());
  const { world, roundId, candidates } = scene;
  const { applicationId } = nth(candidates, 1);
  granted(await recordAttendance(world, { by: secretary, roundId, applicationId, came: false }));
  await interviewsDecided(scene);

  const interview = await sheetOf(scene, applicationId);
  expect([interview?.cards.length, interview?.total]).toEqual([3, undefined]);
});

it('an evaluation sheet holds the cards of an interview that was owed, once they made its total', async () => {
  const scene = await aMissedInterview();
  const { id } = nth(scene.applications, best);
  await upheldAsOwed(scene);
  expect((await sheetOf(scene, id, leading))?.cards).toEqual([]);
  await givenAndCounted(scene);

  const interview = await sheetOf(scene, id, leading);
  expect(interview).toMatchObject({ total: 100 });
  expect(interview?.cards.map(({ total }) => total)).toEqual([100, 100, 100]);
  expect(interview?.cards.every(({ rater }) => /^R\d+$/.test(rater))).toBe(true);
});
