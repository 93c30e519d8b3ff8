import { beforeEach, expect, it } from 'vitest';
import { declareOwnConflict } from '#functions/commands/conflicts.ts';
import { evaluationSheets, sheetsOverview } from '#functions/commands/evaluation-sheets.ts';
import { roundList } from '#functions/commands/lists.ts';
import { scoreCharts } from '#functions/commands/score-charts.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import {
  aScoringIn,
  candidacyOf,
  chair,
  members,
  ratersOf,
  score,
  secretary,
} from '#test/builders/selection.ts';

type Scene = Awaited<ReturnType<typeof aScene>>;

/** The chair has scored all of theirs, and one of the two raters has scored an application that is not theirs. */
const aScene = async () => {
  const world = { ...aWorld(), people: memoryPeople() };
  const { roundId, applications } = await aScoringIn(
    world,
    Array.from({ length: 5 }, () => ({})),
  );
  const own: string[] = [];
  const others: (typeof applications)[number][] = [];
  for (const application of applications) {
    const asked = (await ratersOf(world, application.id)).some(({ id }) => id === chair.id);
    if (asked) granted(await score({ world, roundId }, chair, application.id));
    if (asked) own.push(application.number);
    else others.push(application);
  }
  const theirs = nth(others, 0);
  const raters = await ratersOf(world, theirs.id);
  granted(await score({ world, roundId }, nth(raters, 0), theirs.id, true));
  return { world, roundId, own, theirs, raters };
};

let scene: Scene;
beforeEach(async () => {
  scene = await aScene();
});

it('a chair reads scores, charts and evaluation sheets of what they scored, and of nothing else while scoring goes on', async () => {
  const { world, roundId, own, theirs } = scene;
  const reading = { by: chair, roundId };

  const list = granted(await roundList(world, { ...reading, name: 'scores' }));
  const listed = list.name === 'scores' ? list.table.applications.map(({ number }) => number) : [];
  expect(listed.toSorted()).toEqual(own.toSorted());
  const charts = granted(await scoreCharts(world, { ...reading, part: 'scoring' }));
  expect(charts.raters.map(({ spread }) => spread.count)).toEqual([own.length]);
  expect(granted(await sheetsOverview(world, reading)).applications).toBe(own.length);
  const sheet = { ...reading, which: { applicationId: theirs.id } };
  expect(await evaluationSheets(world, sheet)).toMatchObject({ error: { kind: 'not-found' } });
  expect(await evaluationSheets(world, { ...sheet, by: secretary })).toMatchObject({ ok: true });
});

it('a chair who is the only one left to ask gives one more score without having read the others', async () => {
  const { world, roundId, theirs, raters } = scene;
  const applicationId = theirs.id;
  const canRead = async (by: Person) =>
    (await evaluationSheets(world, { by, roundId, which: { applicationId } })).ok;
  for (const by of members.filter(({ id }) => !raters.some((rater) => rater.id === id))) {
    granted(await declareOwnConflict(world, { by, roundId, applicationId }));
  }

  expect(await canRead(chair)).toBe(false);
  granted(await score(scene, nth(raters, 1), applicationId, false));
  expect((await candidacyOf(world, applicationId)).raters).toContain(chair.id);
  expect(await canRead(chair)).toBe(false);
  granted(await score(scene, chair, applicationId));
  expect(await canRead(chair)).toBe(true);
});
