import { describe, expect, it } from 'vitest';
import { searchConflicts } from '#functions/commands/conflict-search.ts';
import { ruleOnConflictOf } from '#functions/commands/conflicts.ts';
import { fillPlaces } from '#functions/commands/open-places.ts';
import { reassignOpen } from '#functions/commands/rater-assignment.ts';
import { declineApplication } from '#functions/commands/scoring.ts';
import { judgeApplication } from '#functions/commands/screening.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { committeeAggregate, inConflict } from '#shared/domain/committee.ts';
import type { ApplicationId } from '#shared/domain/ids.ts';
import { aDisclosureIn, conflictsUpload } from '#test/builders/conflicts.ts';
import { interleaved } from '#test/builders/interleaved.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import {
  advanceIn,
  aScreeningIn,
  candidacyOf,
  chair,
  dana,
  members,
  ratersOf,
  secretary,
} from '#test/builders/selection.ts';

const everyone = [chair, ...members];
const source = { source: 'A test', confidence: 'unverified' as const, verifiedOn: '2026-11-27' };
const reason = 'I taught them';

/** Every applicant works at a place of their own, so that a disclosure may name any of them. */
const placeOfWork = (place: number): string => `Гимназия № ${place + 1}, Өскемен`;

/** Six applications in scoring, with two raters each of five. Nobody knows of a conflict yet. */
const aRound = async (atMost?: number) => {
  const world = { ...aWorld(), people: memoryPeople() };
  const forms = Array.from({ length: 6 }, (_, place) => ({ employer: placeOfWork(place) }));
  const { raters } = aRoundFile();
  const file = conflictsUpload(
    atMost === undefined ? {} : { raters: { ...raters, load: { atMost, ...source } } },
  );
  const selection = await aScreeningIn(world, forms, file);
  for (const by of [secretary, ...everyone]) await aDisclosureIn(world, by);
  await searchConflicts(world, selection.roundId);
  await advanceIn(world, selection.roundId);
  return { world, ...selection };
};

type Scene = Awaited<ReturnType<typeof aRound>>;

const handBack = async ({ world, roundId }: Scene, applicationId: ApplicationId) => {
  const by = (await ratersOf(world, applicationId)).find(({ id }) => id !== dana.id);
  if (!by) throw new Error('Nobody but Dana rates it.');
  return await declineApplication(world, { by, roundId, applicationId, reason });
};

const rowsIn = ({ world }: Scene) =>
  [...world.records.outbox.values()].flatMap(({ body }) => (body.kind === 'find-raters' ? [body] : []));

/** Applications that Dana does not rate yet, by their place in the order of the forms. */
const notDanas = async ({ world, applications }: Scene): Promise<number[]> => {
  const all = await Promise.all(applications.map(({ id }) => ratersOf(world, id)));
  return all.flatMap((raters, place) => (raters.some(({ id }) => id === dana.id) ? [] : [place]));
};

/** What must be so in whatever order things happened, once the outbox has come. */
const expectWhole = async (scene: Scene): Promise<void> => {
  const { world, roundId, applications } = scene;
  for (const row of rowsIn(scene)) await fillPlaces(world, row);
  const committee = (await world.records.find(committeeAggregate, roundId))?.state;
  for (const { id } of applications) {
    const { raters, declined = [] } = await candidacyOf(world, id);
    expect(new Set(raters).size).toBe(2);
    expect(raters.filter((rater) => declined.includes(rater))).toEqual([]);
    expect(raters.filter((rater) => committee && inConflict(committee, rater, id))).toEqual([]);
  }
};

describe.each([
  { loads: 'without bounds of load', atMost: undefined },
  { loads: 'with bounds of load', atMost: 6 },
])('a search that finds a conflict with somebody who does not rate the application, $loads', ({ atMost }) => {
  it('meets a hand-over of it to that very person, and one of the two is decided anew', async () => {
    let given = 0;
    for (let turn = 0; turn < 6; turn += 1) {
      const alone = await aRound(atMost);
      const place = (await notDanas(alone))[turn];
      if (place === undefined) break;
      const id = nth(alone.applications, place).id;
      granted(await handBack(alone, id));
      given += (await candidacyOf(alone.world, id)).raters.includes(dana.id) ? 1 : 0;

      const scene = await aRound(atMost);
      const { world, roundId, applications } = scene;
      await aDisclosureIn(world, dana, { employers: placeOfWork(place) });
      world.records.interfere(async () => granted(await handBack(scene, nth(applications, place).id)));
      await searchConflicts(world, roundId);
      await expectWhole(scene);
    }
    // Else the test says nothing.
    expect(given).toBeGreaterThan(0);
  });

  it('meets hand-overs, the secretary and the outbox in whatever order', async () => {
    for (let seed = 0; seed < 25; seed += 1) {
      const scene = await aRound(atMost);
      const { world, roundId, applications } = scene;
      const places = (await notDanas(scene)).slice(0, 2);
      await aDisclosureIn(world, dana, { employers: places.map(placeOfWork).join('; ') });
      const ids = places.map((place) => nth(applications, place).id);
      const done = await interleaved(world.records, `${seed}`, [
        () => searchConflicts(world, roundId),
        ...ids.map((id) => async () => granted(await handBack(scene, id))),
        () => reassignOpen(world, { by: secretary, roundId }),
        () => fillPlaces(world, { roundId, applications: ids }),
      ]);

      expect(done.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []))).toEqual([]);
      await expectWhole(scene);
    }
  });
});

it('a pin on somebody meets a hand-over to them, and one of the two is decided anew', async () => {
  let given = 0;
  for (let turn = 0; turn < 6; turn += 1) {
    const alone = await aRound();
    const place = (await notDanas(alone))[turn];
    if (place === undefined) break;
    granted(await handBack(alone, nth(alone.applications, place).id));
    given += (await candidacyOf(alone.world, nth(alone.applications, place).id)).raters.includes(dana.id)
      ? 1
      : 0;

    const scene = await aRound();
    const { world, roundId, applications } = scene;
    const applicationId = nth(applications, place).id;
    world.records.interfere(async () => granted(await handBack(scene, applicationId)));
    const pin = {
      by: secretary,
      roundId,
      applicationId,
      memberId: dana.id,
      ruling: 'pinned',
      reason,
    } as const;
    granted(await ruleOnConflictOf(world, pin));
    await expectWhole(scene);
  }
  expect(given).toBeGreaterThan(0);
});

it('a search meets a judgement at screening by whom it keeps away, which is set aside', async () => {
  const world = { ...aWorld(), people: memoryPeople() };
  const { roundId, applications } = await aScreeningIn(
    world,
    [{ employer: placeOfWork(0) }, {}],
    conflictsUpload(),
  );
  for (const by of [secretary, ...everyone]) await aDisclosureIn(world, by);
  await searchConflicts(world, roundId);
  const applicationId = nth(applications, 0).id;
  await aDisclosureIn(world, dana, { employers: placeOfWork(0) });
  const judged = { by: dana, roundId, applicationId, verdict: 'admitted', reason } as const;
  let meanwhile = false;
  world.records.interfere(async () => {
    meanwhile = (await judgeApplication(world, judged)).ok;
  });
  await searchConflicts(world, roundId);

  expect(meanwhile).toBe(true);
  const { judgement } = await candidacyOf(world, applicationId);
  expect(judgement?.by).not.toBe(dana.id);
  const types = (await world.records.history(candidacyAggregate.name, applicationId)).map(
    ({ fact }) => fact.type,
  );
  expect(types).toContain('judgement-set-aside');
});
