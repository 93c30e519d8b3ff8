import { describe, expect, it } from 'vitest';
import { declareOwnConflict } from '#functions/commands/conflicts.ts';
import { openGate } from '#functions/commands/gates.ts';
import { askFurther, nearLineView } from '#functions/commands/near-line.ts';
import { declineApplication } from '#functions/commands/scoring.ts';
import { candidaciesIn } from '#functions/commands/selection.ts';
import type { Person } from '#functions/commands/workplace.ts';
import type { ApplicationId, RoundId } from '#shared/domain/ids.ts';
import { aHostingScene, guest } from '#test/builders/guest-scene.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { listsLag } from '#test/builders/lagging-lists.ts';
import { aNearLineScene, qualities, scoreByQuality } from '#test/builders/near-line.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import {
  advanceIn,
  aScoringIn,
  aScreeningIn,
  candidacyOf,
  chair,
  members,
  ratersOf,
  score,
  secretary,
} from '#test/builders/selection.ts';
import { countsOf, lettersOf, tellDue } from '#test/builders/told-members.ts';
import { at } from '#test/builders/worlds.ts';

const given = 'committee-scores-given';
const everyone = [chair, ...members];
const forms = (count: number) => Array.from({ length: count }, () => ({}));

const scoring = async (count = 5) => {
  const world = aWorld();
  return { world, ...(await aScoringIn(world, forms(count))) };
};

type Scene = Awaited<ReturnType<typeof scoring>>;

const handBack = async ({ world, roundId }: Scene, by: Person, applicationId: ApplicationId) =>
  granted(await declineApplication(world, { by, roundId, applicationId, reason: 'I have no time for it.' }));

/** Hands one application of a rater's back; answers who has it now. */
const movedOn = async (scene: Scene, applicationId: ApplicationId): Promise<{ off: Person; on: Person }> => {
  const before = await ratersOf(scene.world, applicationId);
  const off = nth(before, 0);
  await handBack(scene, off, applicationId);
  const after = await ratersOf(scene.world, applicationId);
  const on = after.find(({ id }) => before.every((one) => one.id !== id));
  if (!on) throw new Error('Nobody took over.');
  return { off, on };
};

const loadOf = async ({ world, applications }: Scene, { id }: Person): Promise<number> => {
  const all = await Promise.all(applications.map((one) => candidacyOf(world, one.id)));
  return all.filter(({ raters }) => raters.includes(id)).length;
};

/** From now on lists show candidacies as they are at this moment. */
const candidaciesStand = async (world: World, roundId: RoundId): Promise<void> => {
  listsLag(world);
  await candidaciesIn(world.records, roundId);
};

const toNextHour = (world: World): void => world.clock.pass(3600);

describe('whoever scores', () => {
  it('has one letter once scoring begins: how many, by when, and nothing of an applicant', async () => {
    const { world, applications } = await scoring();

    await tellDue(world);

    expect(countsOf(world, given)).toEqual(
      everyone.map(({ id }) => [id, 2]).toSorted(([one], [other]) => (String(one) < String(other) ? -1 : 1)),
    );
    const letters = lettersOf(world, given);
    expect(Object.keys(letters[0]?.facts ?? {}).toSorted()).toEqual([
      'count',
      'dueAt',
      'intake',
      'roundId',
      'zone',
    ]);
    expect(letters[0]?.facts['dueAt']).toBe(at('2022-10-18T18:00'));
    for (const { id, number } of applications) {
      expect(JSON.stringify(letters)).not.toContain(number);
      expect(JSON.stringify(letters)).not.toContain(id);
    }
  });

  it('is told of all that they owe where no list shows yet who was drawn', async () => {
    const world = aWorld();
    const { roundId } = await aScreeningIn(world, forms(5));
    await candidaciesStand(world, roundId);
    await advanceIn(world, roundId);
    await tellDue(world);

    expect(countsOf(world, given).map(([, count]) => count)).toEqual([2, 2, 2, 2, 2]);
  });

  it('is not told again when the machine waits anew', async () => {
    const { world, roundId } = await scoring();
    await tellDue(world);
    granted(await openGate(world, { roundId, token: 'another' }));
    await tellDue(world);

    expect(lettersOf(world, given)).toHaveLength(5);
  });

  it('is told of what is handed over by one letter an hour, with everything that they owe then', async () => {
    const scene = await scoring(10);
    const { world, applications } = scene;
    await tellDue(world);
    const first = await movedOn(scene, nth(applications, 0).id);
    const second = await movedOn(scene, nth(applications, 1).id);
    const told = lettersOf(world, given).length;
    await tellDue(world);

    expect(lettersOf(world, given)).toHaveLength(told);
    toNextHour(world);
    await tellDue(world);

    const takers = [...new Set([first.on, second.on])];
    const news = lettersOf(world, given).slice(told);
    expect(news.map(({ personId }) => personId).toSorted()).toEqual(takers.map(({ id }) => id).toSorted());
    for (const { personId, facts } of news) {
      const taker = takers.find(({ id }) => id === personId);
      expect(facts['count']).toBe(taker && (await loadOf(scene, taker)));
    }
    await movedOn(scene, nth(applications, 2).id);
    toNextHour(world);
    await tellDue(world);
    expect(lettersOf(world, given)).toHaveLength(told + takers.length + 1);
  });

  it('is told of what was handed over where no list shows that yet', async () => {
    const scene = await scoring();
    const { world, applications, roundId } = scene;
    await tellDue(world);
    const told = lettersOf(world, given).length;
    await candidaciesStand(world, roundId);
    const { on } = await movedOn(scene, nth(applications, 0).id);
    toNextHour(world);
    await tellDue(world);

    const news = lettersOf(world, given).slice(told);
    expect(news.map(({ personId, facts }) => [personId, facts['count']])).toEqual([[on.id, 3]]);
  });

  it('is not told of what was scored before the hour ended, nor of what went on to somebody else', async () => {
    const scene = await scoring();
    const { world, applications } = scene;
    await tellDue(world);
    const told = lettersOf(world, given).length;
    const { on } = await movedOn(scene, nth(applications, 0).id);
    granted(await score(scene, on, nth(applications, 0).id));
    const { on: passing } = await movedOn(scene, nth(applications, 1).id);
    await handBack(scene, passing, nth(applications, 1).id);
    toNextHour(world);
    await tellDue(world);

    const late = lettersOf(world, given).slice(told);
    const { raters } = await candidacyOf(world, nth(applications, 1).id);
    for (const { personId } of late) expect(raters).toContain(personId);
    expect(late.length).toBeLessThanOrEqual(1);
  });

  it('is told where a conflict of interest hands over', async () => {
    const scene = await scoring();
    const { world, roundId, applications } = scene;
    const { id: applicationId } = nth(applications, 0);
    const before = await ratersOf(world, applicationId);
    await tellDue(world);
    const told = lettersOf(world, given).length;
    granted(await declareOwnConflict(world, { by: nth(before, 0), roundId, applicationId }));
    toNextHour(world);
    await tellDue(world);

    const { raters } = await candidacyOf(world, applicationId);
    const taker = raters.find((id) => before.every((one) => one.id !== id));
    expect(
      lettersOf(world, given)
        .slice(told)
        .map(({ personId }) => personId),
    ).toEqual([taker]);
  });

  it('is told where scores lie apart, or somebody stands near the line, and one more is asked', async () => {
    const scene = await scoring();
    const { id } = nth(scene.applications, 0);
    const [one, other] = await ratersOf(scene.world, id);
    if (!one || !other) throw new Error('Two rate it.');
    granted(await score(scene, one, id, true));
    granted(await score(scene, other, id, false));
    toNextHour(scene.world);
    await tellDue(scene.world);
    const third = (await candidacyOf(scene.world, id)).raters.at(-1);

    expect(new Map(countsOf(scene.world, given)).get(third ?? one.id)).toBe(3);

    const near = await aNearLineScene(qualities.length, {});
    await scoreByQuality(near);
    await tellDue(near.world);
    const command = { by: secretary, roundId: near.roundId };
    const { state } = granted(await nearLineView(near.world, command));
    if (!('asking' in state)) throw new Error('Nobody is near the line.');
    granted(await askFurther(near.world, { ...command, basis: state.asking.basis }));
    toNextHour(near.world);
    await tellDue(near.world);
    const asked = [...state.asking.raters.values()].flat();

    expect(
      lettersOf(near.world, given)
        .map(({ personId }) => personId)
        .toSorted(),
    ).toEqual([...new Set(asked)].toSorted());
  });

  it('has nothing to be told once the stage is decided', async () => {
    const scene = await scoring(2);
    const { world, roundId, applications } = scene;
    const { on } = await movedOn(scene, nth(applications, 0).id);
    for (const { id } of applications) {
      for (const by of await ratersOf(world, id)) granted(await score(scene, by, id));
    }
    await advanceIn(world, roundId);
    toNextHour(world);
    await tellDue(world);

    expect(on.id).toBeDefined();
    expect(lettersOf(world, given)).toEqual([]);
  });

  it('may be a guest, who is told no later day than the one on which their work ends', async () => {
    const { world, hosted } = await aHostingScene();
    await tellDue(world);
    await hosted({ until: '2022-10-12' });
    toNextHour(world);
    await tellDue(world);

    const letter = lettersOf(world, given).find(({ personId }) => personId === guest.id);
    expect(letter?.facts).toMatchObject({ count: 2, dueAt: at('2022-10-12T18:00') });
  });
});
