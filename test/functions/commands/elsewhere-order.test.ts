import { expect, it } from 'vitest';
import { bringStatement } from '#functions/commands/elsewhere-hearing.ts';
import { tellElsewhere } from '#functions/commands/elsewhere-telling.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { Records } from '#shared/ports/records.ts';
import { heardIn, proposedIn, sidesOf, statedIn } from '#test/builders/answered.ts';
import { tellIn } from '#test/builders/handed.ts';
import { aVacancy, candidaciesIn, letOutIn } from '#test/builders/offers.ts';
import { granted } from '#test/builders/scenes.ts';

const first = 'KZ19-AAAA-0000';

/** Records in which something happens once a candidacy was read, before anything is decided on what was read. */
const interrupted = (records: Records, happens: () => Promise<unknown>): Records => {
  let pending: typeof happens | undefined = happens;
  const find: Records['find'] = async (aggregate, id) => {
    const found = await records.find(aggregate, id);
    const now = aggregate.name === candidacyAggregate.name ? pending : undefined;
    if (now) {
      pending = undefined;
      await now();
    }
    return found;
  };
  return { ...records, find };
};

it('of two statements the later one stands, also where the earlier one is still being applied', async () => {
  const regions = await proposedIn(undefined, { posts: [aVacancy('MAT-001')] });
  const { world, scene } = regions.here;
  await letOutIn(world, scene.roundId);
  await heardIn(regions, await statedIn(regions, { [first]: 'accepted' }));
  const later = await statedIn(regions, { [first]: 'ended' });
  const slow = interrupted(world.records, async () => {
    await heardIn(regions, later);
    await tellIn(world);
  });

  await tellElsewhere(
    { ...world, records: slow },
    { roundId: scene.roundId, list: regions.list, about: 'answers' },
  );

  const [person] = await candidaciesIn(world, scene);
  expect(person?.elsewhere).toMatchObject([{ answer: { kind: 'ended' } }]);
  expect(person?.elsewhere?.[0]).not.toHaveProperty('goneAt');
});

it('what else crosses meanwhile does not keep a statement from being applied', async () => {
  const regions = await proposedIn(undefined, { posts: [aVacancy('MAT-001')] });
  const { world, scene } = regions.here;
  await letOutIn(world, scene.roundId);
  await heardIn(regions, await statedIn(regions, { [first]: 'accepted' }));
  const another = await statedIn(regions, { 'KZ19-AAAA-0001': 'ended' });
  const slow = interrupted(world.records, async () => {
    granted(await bringStatement(world, { ...sidesOf(regions).here.staff, file: another }));
  });

  await tellElsewhere(
    { ...world, records: slow },
    { roundId: scene.roundId, list: regions.list, about: 'answers' },
  );

  const [person] = await candidaciesIn(world, scene);
  expect(person?.elsewhere).toMatchObject([{ answer: { kind: 'accepted' } }]);
  expect(person?.elsewhere?.[0]).toHaveProperty('goneAt');
});
