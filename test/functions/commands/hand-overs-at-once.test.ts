import { describe, expect, it } from 'vitest';
import { drawUpProposal } from '#functions/commands/gate-work.ts';
import { fillPlaces } from '#functions/commands/open-places.ts';
import { declineApplication } from '#functions/commands/scoring.ts';
import { scoringView } from '#functions/commands/scoring-views.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { aRoundFile, asUpload } from '#test/builders/round-file.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import {
  aScoringIn,
  candidacyOf,
  chair,
  members,
  ratersOf,
  type Selection,
  score,
  secretary,
} from '#test/builders/selection.ts';

const everyone = [chair, ...members];
const source = { source: 'A test', confidence: 'unverified' as const, verifiedOn: '2026-11-26' };

/** Twelve applications with two raters each, of five who score eight at most. */
const aRoundOfTwelve = async () => {
  const world = aWorld();
  const { raters } = aRoundFile();
  const file = asUpload(aRoundFile({ raters: { ...raters, load: { atMost: 8, ...source } } }));
  const forms = Array.from({ length: 12 }, () => ({}));
  return { world, ...(await aScoringIn(world, forms, file)) };
};

type Scene = Selection & { world: World };

const everybodysOf = ({ world, applications }: Scene) =>
  Promise.all(applications.map(async ({ id }) => ({ id, raters: await ratersOf(world, id) })));

const most = async (scene: Scene): Promise<number> => {
  const asked = (await everybodysOf(scene)).flatMap(({ raters }) => raters);
  return Math.max(...everyone.map((one) => asked.filter(({ id }) => id === one.id).length));
};

const openIn = async ({ world, roundId }: Scene): Promise<number> =>
  granted(await scoringView(world, { by: secretary, roundId })).open;

/** What the outbox does with the rows that wait for it. */
const deliver = async ({ world }: Scene): Promise<number> => {
  let rows = 0;
  for (const [id, { body }] of Array.from(world.records.outbox)) {
    if (body.kind !== 'find-raters') continue;
    await fillPlaces(world, body);
    world.records.outbox.delete(id);
    rows += 1;
  }
  return rows;
};

const handAllBack = async (scene: Scene) => {
  const { world, roundId } = scene;
  return await Promise.all(
    (await everybodysOf(scene)).map(async ({ id: applicationId, raters }) => {
      const by = nth(raters, 0);
      const command = { by, roundId, applicationId, reason: 'I taught them' };
      return { applicationId, by, answer: await declineApplication(world, command) };
    }),
  );
};

describe('twelve hand applications back at one moment', () => {
  it('and nobody is refused; whoever was not found at once is found by the outbox, within the loads', async () => {
    const scene = await aRoundOfTwelve();
    const { world } = scene;
    const handed = await handAllBack(scene);

    expect(handed.map(({ answer }) => answer.ok)).toEqual(handed.map(() => true));
    expect(await most(scene)).toBeLessThanOrEqual(8);
    const open = await openIn(scene);
    expect(open).toBeGreaterThan(0);
    expect(await deliver(scene)).toBe(open);
    expect(await openIn(scene)).toBe(0);
    for (const { applicationId, by } of handed) {
      const { raters } = await candidacyOf(world, applicationId);
      expect(new Set(raters).size).toBe(2);
      expect(raters).not.toContain(by.id);
    }
    expect(await most(scene)).toBeLessThanOrEqual(8);
  });

  it('and a row that comes again, or late, asks nobody twice', async () => {
    const scene = await aRoundOfTwelve();
    const { world } = scene;
    await handAllBack(scene);
    const rows = [...world.records.outbox.values()].flatMap(({ body }) =>
      body.kind === 'find-raters' ? [body] : [],
    );
    for (const row of [...rows, ...rows]) await fillPlaces(world, row);
    const commits = world.records.commits.length;
    for (const row of rows) await fillPlaces(world, row);

    expect(world.records.commits).toHaveLength(commits);
    for (const { raters } of await everybodysOf(scene)) expect(raters).toHaveLength(2);
  });
});

describe('twelve cards that lie apart from others, given at one moment', () => {
  it('are all stored, and each application has a third rater once the outbox came', async () => {
    const scene = await aRoundOfTwelve();
    const { world, roundId } = scene;
    const asked = await everybodysOf(scene);
    for (const { id, raters } of asked) granted(await score(scene, nth(raters, 0), id));
    const given = await Promise.all(
      asked.map(async ({ id, raters }) => await score(scene, nth(raters, 1), id, false)),
    );

    expect(given.map(({ ok }) => ok)).toEqual(given.map(() => true));
    // What is not asked yet is owed all the same.
    const drawn = await drawUpProposal(world, { by: secretary, roundId });
    expect(drawn).toMatchObject({ error: { kind: 'unfinished-work', remaining: 12 } });
    expect(await deliver(scene)).toBeGreaterThan(0);
    for (const { raters } of await everybodysOf(scene)) expect(new Set(raters).size).toBe(3);
    expect(await most(scene)).toBeLessThanOrEqual(8);
  });
});
