import { expect, it } from 'vitest';
import { searchConflicts } from '#functions/commands/conflict-search.ts';
import { conflictPlace, conflictsView } from '#functions/commands/conflict-views.ts';
import { ownDisclosure } from '#functions/commands/disclosures.ts';
import { openGate } from '#functions/commands/gates.ts';
import { reassignOpen } from '#functions/commands/rater-assignment.ts';
import { scorecardView, scoringView } from '#functions/commands/scoring-views.ts';
import { screeningPrepared } from '#functions/steps/prepared.ts';
import { aDisclosureIn, conflictsUpload } from '#test/builders/conflicts.ts';
import { guest, hosting, secretaryHolds } from '#test/builders/guest-scene.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import {
  aClosedCallIn,
  advanceIn,
  candidacyOf,
  chair,
  members,
  secretary,
} from '#test/builders/selection.ts';

/** Scoring goes on where disclosures are compared; a guest was given two applications and has told nothing. */
const aGuestIn = async () => {
  const world = { ...aWorld(), people: memoryPeople() };
  const forms = [{ fullName: 'Қонақов Асан Ерланұлы' }, { fullName: 'Ким Анна' }];
  const { roundId, applications } = await aClosedCallIn(world, forms, conflictsUpload());
  for (const by of [chair, secretary, ...members]) await aDisclosureIn(world, by);
  await screeningPrepared(world, roundId);
  granted(await openGate(world, { roundId, token: 'screening' }));
  await advanceIn(world, roundId);
  await secretaryHolds(world);
  const host = hosting(world, roundId);
  granted(await host.invite());
  granted(await host.join());
  granted(await reassignOpen(world, { by: secretary, roundId }));
  return { world, roundId, applicationId: nth(applications, 0).id };
};

it('a guest is shown nothing before they are compared, and told to the secretary until then', async () => {
  const { world, roundId, applicationId } = await aGuestIn();
  const command = { by: guest, roundId };
  const waits = { error: { kind: 'disclosure-needed' } };

  expect(await scoringView(world, command)).toMatchObject(waits);
  expect(await scorecardView(world, { ...command, applicationId })).toMatchObject(waits);
  const { untold } = granted(await conflictsView(world, { by: secretary, roundId }));
  expect(untold).toHaveLength(1);
  await aDisclosureIn(world, guest, { familyNames: 'Жұмабаев' });
  expect((await ownDisclosure(world, guest.id)).rounds).toMatchObject([{ roundId, compared: false }]);
  await searchConflicts(world, roundId);
  expect(granted(await scoringView(world, command)).own).toHaveLength(2);
});

it('a guest of the same family name is kept away, and a member takes over', async () => {
  const { world, roundId, applicationId } = await aGuestIn();
  await aDisclosureIn(world, guest, { familyNames: 'Қонақова' });
  await searchConflicts(world, roundId);

  expect(granted(await scoringView(world, { by: guest, roundId })).own).toHaveLength(1);
  expect(await scorecardView(world, { by: guest, roundId, applicationId })).toMatchObject({
    error: { kind: 'conflict-of-interest' },
  });
  expect((await candidacyOf(world, applicationId)).raters).not.toContain(guest.id);
  const place = granted(await conflictPlace(world, { by: secretary, roundId, applicationId }));
  expect(place.members.find(({ memberId }) => memberId === guest.id)).toMatchObject({
    seat: 'guest',
    conflict: { bars: true, found: { grounds: ['family-name'] } },
  });
});
