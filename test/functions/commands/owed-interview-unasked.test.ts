import { expect, it } from 'vitest';
import { withdrawApplication } from '#functions/commands/application-withdrawal.ts';
import { makeClaim } from '#functions/commands/claims.ts';
import { declareOwnConflict } from '#functions/commands/conflicts.ts';
import { viewOwedInterviews } from '#functions/commands/owed-interview-view.ts';
import { askOwedInterview, refuseOwedInterview } from '#functions/commands/owed-interviews.ts';
import { grounds, text, uphold } from '#test/builders/claims.ts';
import { aClosedRoundIn, type ClosedRound } from '#test/builders/closed-round.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { aMissedInterview, best, correctedIn, upheldAsOwed } from '#test/builders/missed-interview.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
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

it('is named no more once a claim gave a total of it', async () => {
  const world = aWorld();
  const claimed = async (closed: ClosedRound): Promise<void> => {
    const { roundId } = closed;
    const { id: applicationId, number } = nth(closed.applications, 4);
    const unasked = async () => granted(await viewOwedInterviews(world, { by: secretary, roundId })).unasked;
    const corrects = { kind: 'totals', number, corrected: { scoring: 90 } } as const;
    await correctedIn({ world, ...closed, who: 4 }, corrects);
    expect(await unasked()).toMatchObject([{ number, found: { correction: 1 } }]);
    const claim = { by: anApplicant(4), applicationId, grounds, text };
    const claimId = granted(await makeClaim(world, claim)).state.id;
    const total = { reason: 'Қате.', corrected: { interview: 60 } };
    granted(await uphold(world, { by: chair, roundId, claimId, ...total }));
    expect(await unasked()).toEqual([]);
  };
  await aClosedRoundIn(world, undefined, { claimed });
  expect.assertions(2);
});
