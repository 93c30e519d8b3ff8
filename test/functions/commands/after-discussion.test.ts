import { expect, it } from 'vitest';
import { cardHistory } from '#functions/commands/card-history.ts';
import { discussionView } from '#functions/commands/discussion-view.ts';
import { moveDiscussionOf, openDiscussionOf } from '#functions/commands/discussions.ts';
import { scoreInterview } from '#functions/commands/interview-scorecards.ts';
import { viewOneInterview } from '#functions/commands/one-interview.ts';
import { scoreTable } from '#functions/commands/score-table.ts';
import { scorecardView } from '#functions/commands/scoring-views.ts';
import { workplace } from '#functions/commands/workplace.ts';
import { rowsOf } from '#functions/web/lists/rows.ts';
import { translator } from '#shared/i18n/index.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { allPoints, chair, members, nth } from '#test/builders/interview-scenes.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { anOwedScene, plannedIn, scoredIn } from '#test/builders/owed-interviews.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { aScoringIn, ratersOf, score, secretary } from '#test/builders/selection.ts';

it('a score that is changed once its application is discussed says so wherever it stands, with what stood before', async () => {
  const world = { ...aWorld(), people: memoryPeople() };
  const { roundId, applications } = await aScoringIn(world, [{}]);
  const { id: applicationId, number } = nth(applications, 0);
  const [first, second] = await ratersOf(world, applicationId);
  if (!first || !second) throw new Error('Two are asked.');
  for (const by of [first, second]) granted(await score({ world, roundId }, by, applicationId));
  const opening = { by: secretary, roundId, suggested: false, numbers: [number], absent: [] };
  const { version: seen } = granted(await openDiscussionOf(world, opening));
  const move = { kind: 'take-up', place: 1 } as const;
  granted(await moveDiscussionOf(world, { by: secretary, roundId, seen, move }));
  const seenBy = async (by = second) =>
    granted(await scorecardView(world, { by, roundId, applicationId })).others;
  expect((await seenBy())?.[0]?.after).toBeUndefined();
  world.clock.pass(60);
  granted(await score({ world, roundId }, first, applicationId, false));

  const both = { after: { before: 100 }, afterCards: { before: 100 } };
  expect((await seenBy())?.map(({ after, afterCards }) => ({ after, afterCards }))).toEqual([both]);
  expect((await seenBy(first))?.map(({ after, afterCards }) => [after, afterCards])).toEqual([
    [undefined, undefined],
  ]);
  expect(granted(await discussionView(world, { by: secretary, roundId })).meeting?.after).toBe(1);
  const { histories } = granted(await cardHistory(world, { by: secretary, roundId, applicationId }));
  const versions = histories.map((history) =>
    history.versions.map(({ after, afterCards, total }) => [total === 100, after, afterCards]),
  );
  expect(versions).toHaveLength(2);
  expect(versions).toContainEqual([
    [true, undefined, undefined],
    [false, true, true],
  ]);
  expect(versions).toContainEqual([[true, undefined, undefined]]);
  const place = granted(await workplace(world, { by: secretary, roundId }, 'lists.export'));
  const table = granted(await scoreTable(world, place, 'scoring'));
  const late = nth(table.applications, 0).scores.flatMap(({ after, afterCards }) =>
    after ? [{ after, afterCards }] : [],
  );
  expect(late).toEqual([both]);
  const program = await aCommitteeSite(world, world.people).signIn(secretary);
  const answer = JSON.parse((await program.get(`/api/rounds/${roundId}/lists/scores`)).text);
  expect(answer.applications).toEqual(table.applications);
  const t = translator('en');
  const [head = [], ...rows] = rowsOf(t, { name: 'scores', place, table });
  expect(head.slice(-4)).toEqual([
    t('scoring.after.row'),
    t('scoring.after.total'),
    t('scoring.afterCards.row'),
    t('scoring.afterCards.total'),
  ]);
  const ends = rows.map((row) => row.slice(-4));
  expect(ends).toHaveLength(2);
  expect(ends).toContainEqual([t('common.no'), 100, t('common.no'), 100]);
  expect(ends).toContainEqual([t('common.yes'), 100, t('common.yes'), 100]);
});

it('a score that is changed before a colleague gives any stands apart, and one that is changed after it does not', async () => {
  const world = { ...aWorld(), people: memoryPeople() };
  const { roundId, applications } = await aScoringIn(world, [{}]);
  const { id: applicationId } = nth(applications, 0);
  const [first, second] = await ratersOf(world, applicationId);
  if (!first || !second) throw new Error('Two are asked.');
  const marks = async () =>
    granted(await scorecardView(world, { by: second, roundId, applicationId })).others?.map(
      ({ after, afterCards }) => [after, afterCards],
    );
  granted(await score({ world, roundId }, first, applicationId, false));
  granted(await score({ world, roundId }, first, applicationId));
  granted(await score({ world, roundId }, second, applicationId));
  expect(await marks()).toEqual([[undefined, undefined]]);
  granted(await score({ world, roundId }, first, applicationId, false));

  expect(await marks()).toEqual([[undefined, { before: 100 }]]);
});

it('a scorecard of an interview that was owed says that it was changed after the others could be read', async () => {
  const scene = await anOwedScene();
  const { world, on } = scene;
  await plannedIn(scene);
  await scoredIn(scene);
  const member = nth(members, 0);
  const cards = async () =>
    granted(await viewOneInterview(world, { ...on(member), owed: true })).others ?? [];
  expect((await cards()).map(({ after, afterCards }) => [after, afterCards])).toEqual([
    [undefined, undefined],
    [undefined, undefined],
  ]);
  const [{ total: before } = { total: 0 }] = await cards();
  granted(await scoreInterview(world, { ...on(chair), owed: true, points: allPoints(2) }));

  expect((await cards()).flatMap(({ afterCards }) => afterCards ?? [])).toEqual([{ before }]);
});
