import { expect, it } from 'vitest';
import { cardHistory } from '#functions/commands/card-history.ts';
import { discussionView } from '#functions/commands/discussion-view.ts';
import { moveDiscussionOf, openDiscussionOf } from '#functions/commands/discussions.ts';
import { scoreTable } from '#functions/commands/lists.ts';
import { scorecardView } from '#functions/commands/scoring-views.ts';
import { workplace } from '#functions/commands/workplace.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
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

  expect((await seenBy())?.map(({ after }) => after)).toEqual([{ before: 100 }]);
  expect((await seenBy(first))?.map(({ after }) => after)).toEqual([undefined]);
  expect(granted(await discussionView(world, { by: secretary, roundId })).meeting?.after).toBe(1);
  const { histories } = granted(await cardHistory(world, { by: secretary, roundId, applicationId }));
  const versions = histories.map((history) =>
    history.versions.map(({ after, total }) => [total === 100, after]),
  );
  expect(versions).toHaveLength(2);
  expect(versions).toContainEqual([
    [true, undefined],
    [false, true],
  ]);
  expect(versions).toContainEqual([[true, undefined]]);
  const place = granted(await workplace(world, { by: secretary, roundId }, 'lists.export'));
  const { applications: rows } = granted(await scoreTable(world, place));
  const late = nth(rows, 0).scores.flatMap(({ after }) => after ?? []);
  expect(late).toEqual([{ before: 100 }]);
});
