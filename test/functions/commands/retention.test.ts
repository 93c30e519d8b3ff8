import { expect, it } from 'vitest';
import { askCorrection } from '#functions/commands/data-requests.ts';
import { erase } from '#functions/commands/erasing.ts';
import { personalDataOf } from '#functions/commands/personal-data.ts';
import { retentionPlan } from '#functions/commands/retention.ts';
import { sweepErasures } from '#functions/sweep/erasures.ts';
import { sweepRetention } from '#functions/sweep/retention.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import { aClosedRoundIn, minutesIn } from '#test/builders/closed-round.ts';
import { memoryEraser, memoryErasures } from '#test/builders/memory-erasure.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { anApplicant, secretary, stranger } from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';

/** What is kept of each group, what was erased, until when, and what is held. */
const planOf = async (world: World, roundId: RoundId) => {
  const { groups } = granted(await retentionPlan(world, { by: secretary, roundId }));
  return Object.fromEntries(
    groups.map(({ group, kept, erased, until }) => [
      group,
      { kept: kept.length, erased, until, held: kept.flatMap(({ held }) => held ?? []) },
    ]),
  );
};

/** The outbox delivers what is due of what sweeps began. */
const delivered = async (world: World, erasures = memoryErasures()): Promise<void> => {
  const deps = { ...world, eraser: memoryEraser(world.records), erasures };
  for (const [id, { at: due, body }] of Array.from(world.records.outbox)) {
    if (body.kind !== 'erase' || due > world.clock.now()) continue;
    world.records.outbox.delete(id);
    await erase(deps, body.of, body.because);
  }
};

it('data are kept as long as the file says, then erased with a trace, but never what something open holds', async () => {
  const world = aWorld();
  const { roundId, applications } = await aClosedRoundIn(world);
  const nth = (index: number) => {
    const application = applications[index];
    if (!application) throw new Error(`There is no application ${index}.`);
    return { by: anApplicant(index), applicationId: application.id };
  };
  expect((await planOf(world, roundId))['placed']?.until).toBeUndefined();
  expect(await retentionPlan(world, { by: stranger, roundId })).toMatchObject({ ok: false });

  await minutesIn(world, roundId);
  const until = at('2025-12-15T19:00');
  expect(await planOf(world, roundId)).toMatchObject({
    begun: { kept: 0, until: at('2023-03-15T18:00') },
    'took-part': { kept: 6, until },
    placed: { kept: 1, until: at('2027-12-15T19:00') },
  });

  // A minute before nothing happens; a request that is open by then keeps its application, and one made after the sweep as well.
  world.clock.to(at('2025-12-15T18:59'));
  expect(await sweepRetention(world)).toBe(0);
  world.clock.to(until);
  granted(await askCorrection(world, { ...nth(2), text: 'x' }));
  expect(await sweepRetention(world)).toBe(5);
  expect(await sweepRetention(world)).toBe(0);
  granted(await askCorrection(world, { ...nth(3), text: 'y' }));
  await delivered(world);
  expect((await planOf(world, roundId))['took-part']).toMatchObject({ kept: 6, erased: 0 });
  world.clock.to(at('2025-12-16T15:00'));
  await delivered(world);

  expect(await planOf(world, roundId)).toMatchObject({
    'took-part': { kept: 2, erased: 4, held: ['data-request', 'data-request'] },
    placed: { kept: 1, erased: 0 },
  });
  const history = await world.records.history('application', nth(4).applicationId);
  expect(history.at(-1)?.fact).toMatchObject({ type: 'application-erased', because: 'retention' });
  expect(
    (await world.records.find(applicationAggregate, nth(3).applicationId))?.state.erasedAt,
  ).toBeUndefined();
});

it('what a clock began that was years ahead is not erased once the clock is right', async () => {
  const world = aWorld();
  const { roundId, applications } = await aClosedRoundIn(world);
  await minutesIn(world, roundId);
  const right = world.clock.now();
  world.clock.to(at('2030-01-01T00:00'));
  expect(await sweepRetention(world)).toBe(7);

  world.clock.to(right);
  expect(await sweepRetention(world)).toBe(0);
  for (const row of world.records.outbox.values()) if (row.body.kind === 'erase') row.at = right;
  await delivered(world);
  expect(await planOf(world, roundId)).toMatchObject({ 'took-part': { erased: 0 }, placed: { erased: 0 } });

  // What was begun and cut short, or restored from before, is finished by any clock, and the trace gives the same reason.
  const [first] = applications;
  if (!first) throw new Error('There is no application.');
  const erasures = memoryErasures();
  await erasures.add({ kind: 'application', id: first.id });
  expect(await sweepErasures({ commands: world, erasures })).toBe(1);
  await delivered(world, erasures);
  const history = await world.records.history('application', first.id);
  expect(history.at(-1)?.fact).toMatchObject({ type: 'application-erased', because: 'retention' });
});

it('who got a post is kept that long, also where a list that lags says that they got none', async () => {
  const world = aWorld();
  const { roundId } = await aClosedRoundIn(world);
  await minutesIn(world, roundId);
  world.clock.to(at('2026-01-01T00:00'));
  const { list } = world.records;
  const lagging: typeof list = async (aggregate, ...rest) =>
    aggregate.name === 'placement' ? { items: [] } : await list(aggregate, ...rest);
  expect(await sweepRetention({ ...world, records: { ...world.records, list: lagging } })).toBe(7);
  world.clock.to(at('2026-01-01T20:00'));
  await delivered(world);

  expect(await planOf(world, roundId)).toMatchObject({
    'took-part': { kept: 0, erased: 6 },
    placed: { kept: 1, erased: 0 },
  });
});

it('a person is told how long the own data are kept, and that the rule is a sample', async () => {
  const world = aWorld();
  const { roundId, applications } = await aClosedRoundIn(world);
  const people = memoryPeople();
  const by = anApplicant(2);
  await people.profiles.register({
    personId: by.personId,
    locale: 'kk',
    registeredAt: at('2022-09-01T04:00'),
  });
  const kept = async () => {
    const held = await personalDataOf({ ...world, people, publicOrigin: 'https://irikteu.example' }, by);
    return held.applications[0]?.kept;
  };

  const application = applications[2];
  if (!application) throw new Error('There is no third application.');
  granted(await askCorrection(world, { by, applicationId: application.id, text: 'x' }));
  const held = async () => (await planOf(world, roundId))['took-part']?.held;

  expect(await kept()).toEqual({ months: 36, confidence: 'unverified' });
  // While no time runs, nothing is said to be held beyond it.
  expect(await held()).toEqual([]);
  await minutesIn(world, roundId);
  expect(await held()).toEqual(['data-request']);
  expect(await kept()).toMatchObject({ months: 36, until: expect.stringMatching(/^2025-/) });
});
