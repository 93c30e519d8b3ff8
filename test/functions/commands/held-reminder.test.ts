import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { remindOfHeld } from '#functions/commands/held-reminder.ts';
import { lapseOffer } from '#functions/commands/offer-waiting.ts';
import { acceptOffer } from '#functions/commands/offers.ts';
import { changed } from '#functions/commands/storing.ts';
import { log } from '#functions/log.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { staffAggregate, staffId } from '#shared/domain/staff.ts';
import { offerTo } from '#test/builders/offer-answers.ts';
import { expiresAt } from '#test/builders/offered.ts';
import { releasedIn } from '#test/builders/offers.ts';
import { wantsBoth } from '#test/builders/offers-contender.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { committeeChangedIn, secretary } from '#test/builders/selection.ts';
import { acceptedTwice, counted, unaccepted, written } from '#test/builders/unsound-seats.ts';
import { at } from '#test/builders/worlds.ts';
import { theSystem } from '#test/contracts/tally.ts';

const administrator = PersonId.parse('ADM1N000000000000001');
const before = PersonId.parse('SECRETARYBEF0RE00000');

/** Offers are out; an administrator, a secretary and one who left the committee are there to be told. */
const aRoundOut = async () => {
  const world = aWorld();
  const scene = await releasedIn(world, [wantsBoth, wantsBoth, wantsBoth]);
  const { roundId } = scene;
  const granting = { type: 'role-granted', at: world.clock.now(), personId: administrator } as const;
  const staff = await world.records.find(staffAggregate, staffId);
  const { change } = changed(staffAggregate, staffId, staff, [{ ...granting, role: 'administrator' }]);
  granted(await world.records.commit({ by: theSystem, changes: [change] }));
  const seat = { type: 'seat-given', at: world.clock.now(), roundId, seat: 'secretary' } as const;
  await committeeChangedIn(world, roundId, [
    { ...seat, personId: before },
    { type: 'seat-left', at: world.clock.now(), personId: before },
    { ...seat, personId: secretary.id },
  ]);
  return { world, scene };
};

const rowsIn = (world: World) =>
  [...world.records.outbox.values()].flatMap(({ at: due, body }) =>
    body.kind === 'remind-held' ? [{ due, body }] : [],
  );

/** Delivers the newest look, twice, as a delivery that broke off is tried again. */
const looked = async (world: World): Promise<void> => {
  const row = rowsIn(world).at(-1);
  if (!row) throw new Error('Nobody looks.');
  if (row.due > world.clock.now()) world.clock.to(row.due);
  await remindOfHeld(world, row.body);
  await remindOfHeld(world, row.body);
};

/** Whose function dies right after a candidacy was stored, with everything that it still had to do. */
const dyingIn = (world: World): World => {
  const commit: World['records']['commit'] = async (wanted) => {
    const stored = await world.records.commit(wanted);
    if (wanted.changes.some(({ aggregate }) => aggregate === 'candidacy')) throw new Error('It dies.');
    return stored;
  };
  return { ...world, records: { ...world.records, commit } };
};

const lettersIn = (world: World) =>
  [...world.records.outbox.values()].flatMap(({ body }) =>
    body.kind === 'letter' && body.template === 'committee-offers-held'
      ? [{ to: body.personId, facts: body.facts }]
      : [],
  );

beforeEach(() => void vi.spyOn(log, 'error').mockImplementation(() => undefined));
afterEach(() => void vi.restoreAllMocks());

describe('parts of offers that the checker holds', () => {
  it('are told to administrators and the secretary that sits, by their number alone, once a day', async () => {
    const { world, scene } = await aRoundOut();
    await written(world, scene, 'MAT-001', counted(world, 0));

    await acceptOffer(world, await offerTo(world, scene, 0));
    await looked(world);

    const told = lettersIn(world);
    expect(new Set(told.map(({ to }) => to))).toEqual(new Set([administrator, secretary.id]));
    expect(told).toHaveLength(2);
    expect(told[0]?.facts).toEqual({
      roundId: scene.roundId,
      intake: expect.any(String),
      zone: 'Asia/Almaty',
      count: expect.any(Number),
    });
    expect(rowsIn(world).map(({ due }) => due)).toEqual([at('2022-11-14T05:00'), at('2022-11-15T03:00')]);
    await looked(world);
    expect(lettersIn(world)).toHaveLength(4);
  });

  it('are looked at when a lapse is held, each morning until the records fit, and then no more', async () => {
    const { world, scene } = await aRoundOut();
    const key = await offerTo(world, scene, 0);
    await acceptedTwice(world, scene, 0);
    world.clock.to(expiresAt);
    granted(await lapseOffer(world, key));
    await looked(world);
    const letters = lettersIn(world).length;
    expect(letters).toBeGreaterThan(0);
    await unaccepted(world, scene, 0);
    world.clock.to(rowsIn(world).at(-1)?.due ?? expiresAt);
    granted(await lapseOffer(world, key));

    const looks = rowsIn(world).length;
    await looked(world);

    expect(lettersIn(world)).toHaveLength(letters);
    expect(rowsIn(world)).toHaveLength(looks);
  });
});

describe('parts that begin to be held', () => {
  it('are told also where the function dies once it is stored that an answer is held', async () => {
    const { world, scene } = await aRoundOut();
    await written(world, scene, 'MAT-001', counted(world, 0));
    const key = await offerTo(world, scene, 0);

    await expect(acceptOffer(dyingIn(world), key)).rejects.toThrow('dies');
    await looked(world);

    expect(lettersIn(world)).toHaveLength(2);
  });

  it('are told also where it dies once it is stored that a lapse is held', async () => {
    const { world, scene } = await aRoundOut();
    const key = await offerTo(world, scene, 0);
    await acceptedTwice(world, scene, 0);
    world.clock.to(expiresAt);

    await expect(lapseOffer(dyingIn(world), key)).rejects.toThrow('dies');
    await looked(world);

    expect(lettersIn(world)).toHaveLength(2);
  });

  it('are told once a day, however many answers are held', async () => {
    const { world, scene } = await aRoundOut();
    await written(world, scene, 'MAT-001', counted(world, 0));
    await written(world, scene, 'MAT-002', counted(world, 0));
    for (const who of [0, 1]) await acceptOffer(world, await offerTo(world, scene, who));
    const rows = rowsIn(world);
    expect(rows).toHaveLength(2);

    for (const { body } of rows) await remindOfHeld(world, body);

    expect(lettersIn(world)).toHaveLength(2);
    expect(rowsIn(world)).toHaveLength(3);
  });

  it('are told to nobody where there are none', async () => {
    const { world, scene } = await aRoundOut();

    await remindOfHeld(world, { kind: 'remind-held', roundId: scene.roundId, day: '2022-11-14' });

    expect(rowsIn(world)).toEqual([]);
    expect(lettersIn(world)).toEqual([]);
  });
});
