import { describe, expect, it } from 'vitest';
import { conflictsView } from '#functions/commands/conflict-views.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { screeningPrepared } from '#functions/steps/prepared.ts';
import { aDisclosureIn, conflictsUpload } from '#test/builders/conflicts.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { aClosedCallIn, dana, secretary } from '#test/builders/selection.ts';

/** A member tells of themselves twice, then the call closes and screening begins. */
const screening = async () => {
  const world = { ...aWorld(), people: memoryPeople() };
  for (const familyNames of ['Сериков', 'Серикова']) await aDisclosureIn(world, dana, { familyNames });
  const { roundId } = await aClosedCallIn(world, [{}, {}], conflictsUpload());
  await aDisclosureIn(world, secretary);
  await screeningPrepared(world, roundId);
  const retold = async (by: Person) => granted(await conflictsView(world, { by, roundId })).retold;
  return { world, retold };
};

describe('a member who tells of themselves again', () => {
  it('is named to the secretary with how often it was since the call closed, without what', async () => {
    const { world, retold } = await screening();
    world.clock.pass(60);
    for (const familyNames of ['Ким', 'Жұмабаев']) await aDisclosureIn(world, dana, { familyNames });

    expect(await retold(secretary)).toMatchObject([{ memberId: dana.id, times: 2 }]);
    expect(JSON.stringify(await retold(secretary))).not.toMatch(/Ким|Жұмабаев/);
    expect(await retold(dana)).toEqual([]);
  });

  it('is not named for what was told while the call was open, nor for telling the first time', async () => {
    const { retold } = await screening();

    expect(await retold(secretary)).toEqual([]);
  });
});
