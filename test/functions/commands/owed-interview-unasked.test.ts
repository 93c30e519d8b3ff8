import { expect, it } from 'vitest';
import { withdrawApplication } from '#functions/commands/application-withdrawal.ts';
import { declareOwnConflict } from '#functions/commands/conflicts.ts';
import { viewOwedInterviews } from '#functions/commands/owed-interview-view.ts';
import { askOwedInterview, refuseOwedInterview } from '#functions/commands/owed-interviews.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { aMissedInterview, best, upheldAsOwed } from '#test/builders/missed-interview.ts';
import { granted } from '#test/builders/scenes.ts';
import { anApplicant, chair, members, secretary } from '#test/builders/selection.ts';

/** An upheld claim found that an interview is owed, and nobody has asked for it. */
const found = async () => {
  const scene = await aMissedInterview();
  const { applicationId, claimId } = await upheldAsOwed(scene);
  const { world, roundId } = scene;
  const unasked = async (reader = secretary) =>
    granted(await viewOwedInterviews(world, { by: reader, roundId })).unasked.map(({ number, found: by }) => [
      number,
      by,
    ]);
  const number = nth(scene.numbers, best);
  const named = [[number, { claim: claimId }]];
  return { world, on: { roundId, applicationId }, number, unasked, named };
};

it('an interview that was found to be owed is named until somebody asks for it', async () => {
  const { world, on, number, unasked, named } = await found();
  expect(await unasked()).toEqual(named);
  const { roundId } = on;
  granted(await askOwedInterview(world, { by: secretary, roundId, application: number, reason: 'Қате.' }));
  expect(await unasked()).toEqual([]);
  granted(await refuseOwedInterview(world, { by: chair, ...on, reason: 'Жоқ.' }));
  expect(await unasked(), 'refused is decided').toEqual([]);
});

it('is named to nobody who has a conflict of interest', async () => {
  const { world, on, unasked, named } = await found();
  const member = nth(members, 0);
  granted(await declareOwnConflict(world, { by: member, ...on }));
  expect([await unasked(member), await unasked()]).toEqual([[], named]);
});

it('is named no more once the application is withdrawn', async () => {
  const { world, on, unasked } = await found();
  const { applicationId } = on;
  granted(await withdrawApplication(world, { by: anApplicant(best), applicationId, reasonCode: 'personal' }));
  expect(await unasked()).toEqual([]);
});
