import { describe, expect, it } from 'vitest';
import { schoolPlacements } from '#functions/commands/placements.ts';
import { changed } from '#functions/commands/storing.ts';
import { ApplicationNumber, PersonId, PlacementId } from '#shared/domain/ids.ts';
import { placementAggregate } from '#shared/domain/placement.ts';
import { openPlacement } from '#shared/domain/placement-decisions.ts';
import { offerTo } from '#test/builders/offer-answers.ts';
import { aVacancy, releasedIn, theAdministrator } from '#test/builders/offers.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { theSystem } from '#test/contracts/tally.ts';

const school = { kind: 'person', id: PersonId.parse('SCH001'.padEnd(20, '0')), role: 'school' } as const;

describe('a list that is longer than one page', () => {
  it('is read to its end, in its order: a school sees all of its placements', async () => {
    const world = aWorld();
    const scene = await releasedIn(world, [{ choices: ['MAT-001'] }], [aVacancy('MAT-001')]);
    const { applicationId, offerId } = await offerTo(world, scene, 0);
    const number = ApplicationNumber.parse('KZ19-AAAA-0000');
    const opening = {
      applicationId,
      roundId: scene.roundId,
      number,
      offer: offerId,
      vacancy: aVacancy('MAT-001').code,
    };
    const file = aRoundFile();
    const count = 520;
    const changes = Array.from({ length: count }, (_, index) => {
      const id = PlacementId.parse(String(index).padStart(20, '0'));
      const events = [
        ...openPlacement({ id, ...opening }, file, world.clock.now()),
        {
          type: 'school-named',
          at: world.clock.now(),
          personId: school.id,
          by: theAdministrator.id,
        } as const,
      ];
      return changed(placementAggregate, id, undefined, events).change;
    });
    for (let next = 0; next < count; next += 20) {
      await world.records.commit({ by: theSystem, changes: changes.slice(next, next + 20) });
    }

    const seen = await schoolPlacements(world, school);
    expect(new Set(seen.map(({ placement }) => placement.id)).size).toBe(count);
  });
});
