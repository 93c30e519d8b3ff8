import { describe, expect, it } from 'vitest';
import { startApplication, withdrawApplication } from '#functions/commands/applications.ts';
import { writeLettersToRound } from '#functions/commands/letters.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { aCallIn, aStartIn, aWorld, bolat, granted, type World } from '#test/builders/scenes.ts';
import { extendIn } from '#test/builders/told.ts';
import { at } from '#test/builders/worlds.ts';

const later = at('2022-10-07T12:00');

const crowded = async (people: number): Promise<World> => {
  const world = aWorld();
  const roundId = await aCallIn(world);
  for (let index = 0; index < people; index += 1) {
    const personId = PersonId.parse(`P${index}`.padEnd(20, 'X'));
    granted(await startApplication(world, { by: { personId }, roundId }));
    world.clock.pass(1);
  }
  granted(await extendIn(world, { roundId, closesAt: later }));
  return world;
};

/** Delivers every row for the whole round, as the outbox would, until none is left. */
const delivered = async (world: World): Promise<string[]> => {
  const done = new Set<string>();
  for (let left = true; left; ) {
    left = false;
    for (const [id, { body }] of world.records.outbox) {
      if (body.kind !== 'letters-to-round' || done.has(id)) continue;
      await writeLettersToRound(world, body);
      done.add(id);
      left = true;
    }
  }
  return [...world.records.outbox.values()].flatMap(({ body }) =>
    body.kind === 'letter' ? [body.personId] : [],
  );
};

describe('letters to everyone in a round', () => {
  it('reach each person once, over several pages', async () => {
    const world = await crowded(120);

    const readers = await delivered(world);

    expect(readers).toHaveLength(120);
    expect(new Set(readers).size).toBe(120);
  });

  it('carry what the letter says, and nothing that was typed', async () => {
    const world = await crowded(1);

    await delivered(world);

    const letter = [...world.records.outbox.values()].at(-1);
    expect(letter?.body).toMatchObject({
      kind: 'letter',
      template: 'deadline-extended',
      facts: { closesAt: later, intake: '2022-3', number: expect.stringMatching(/^KZ19-/) },
    });
  });

  it('are not doubled when a page is written again after breaking off', async () => {
    const world = await crowded(60);
    const [message] = [...world.records.outbox.values()].flatMap(({ body }) =>
      body.kind === 'letters-to-round' ? [body] : [],
    );
    if (!message) throw new Error('An extension writes a row.');
    await writeLettersToRound(world, message);
    const some = [...world.records.outbox.keys()].find((id) => id.includes('#P7X'));
    world.records.outbox.delete(some ?? '');

    const readers = await delivered(world);

    expect(readers).toHaveLength(60);
    expect(new Set(readers).size).toBe(60);
  });

  it('pass over people who have withdrawn, and an empty round', async () => {
    const world = aWorld();
    const roundId = await aCallIn(world);
    const { id } = (await aStartIn(world, roundId, bolat)).state;
    granted(await withdrawApplication(world, { by: bolat, applicationId: id, reasonCode: 'terms' }));
    granted(await extendIn(world, { roundId, closesAt: later }));
    const before = world.records.outbox.size;

    await delivered(world);

    expect(world.records.outbox.size).toBe(before);
  });
});
