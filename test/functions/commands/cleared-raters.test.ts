import { expect, it } from 'vitest';
import { candidateTimeline } from '#functions/commands/application-timeline.ts';
import { declareOwnConflict, ruleOnConflictOf } from '#functions/commands/conflicts.ts';
import { reassignOpen } from '#functions/commands/rater-assignment.ts';
import { scorecardView } from '#functions/commands/scoring-views.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { aScoringIn, chair, members, ratersOf, score, secretary } from '#test/builders/selection.ts';

/** Both raters of the first application have scored it; then it was taken from one of them, for a conflict that was none. */
const cleared = async () => {
  const world = aWorld();
  const selection = await aScoringIn(world);
  const applicationId = nth(selection.applications, 0).id;
  const about = { roundId: selection.roundId, applicationId };
  const before = await ratersOf(world, applicationId);
  for (const by of before) granted(await score({ world, ...selection }, by, applicationId));
  const [rater, stays] = [nth(before, 0), nth(before, 1)];
  for (const ruling of ['pinned', 'cleared'] as const) {
    const ruled = { by: secretary, ...about, memberId: rater.id, ruling, reason: 'Екеуі туыс емес' };
    granted(await ruleOnConflictOf(world, ruled));
  }
  return { world, about, rater, stays };
};

it('a rater whose conflict was cleared keeps the own card, and reads nothing of the others', async () => {
  const { world, about, rater, stays } = await cleared();

  const card = granted(await scorecardView(world, { by: rater, ...about }));
  expect(card.own).toBeDefined();
  expect(card.others).toBeUndefined();
  const typesFor = async (by: typeof rater) =>
    granted(await candidateTimeline(world, { by, ...about })).events.map(({ type }) => type);
  expect(await typesFor(rater)).not.toContain('score-given');
  expect(await typesFor(stays)).toContain('score-given');
});

it('a rater whose conflict was cleared is not asked for the same application again', async () => {
  const { world, about, rater, stays } = await cleared();
  const leaving = [chair, ...members].filter(({ id }) => id !== rater.id && id !== stays.id);
  for (const by of leaving) granted(await declareOwnConflict(world, { by, ...about }));

  expect(await ratersOf(world, about.applicationId)).toEqual([stays]);
  await reassignOpen(world, { by: secretary, roundId: about.roundId });
  expect(await ratersOf(world, about.applicationId)).toEqual([stays]);
});
