import { describe, expect, it } from 'vitest';
import { appoint, callInSubstitute } from '#functions/commands/committee.ts';
import { declareOwnConflict } from '#functions/commands/conflicts.ts';
import { changed } from '#functions/commands/storing.ts';
import type { SeatKind } from '#shared/domain/committee.ts';
import type { PersonId, RoundId } from '#shared/domain/ids.ts';
import type { Role } from '#shared/domain/role.ts';
import { staffAggregate, staffId } from '#shared/domain/staff.ts';
import { aFile, aMarkedScoring, bring } from '#test/builders/marks-scene.ts';
import type { World } from '#test/builders/scenes.ts';
import { aCallIn, aCommitteeIn, administrator, aWorld, committee, granted } from '#test/builders/scenes.ts';
import {
  aScoringIn,
  aScreeningIn,
  candidacyOf,
  chair,
  committeeChangedIn,
  leaves,
  members,
  score,
  secretary,
} from '#test/builders/selection.ts';

const unblinded = { ok: false, error: { kind: 'unblinded' } };

const holds = async (world: World, personId: PersonId, ...roles: Role[]): Promise<void> => {
  const staff = await world.records.find(staffAggregate, staffId);
  const facts = roles.map((role) => ({
    type: 'role-granted' as const,
    at: world.clock.now(),
    personId,
    role,
  }));
  const { change } = changed(staffAggregate, staffId, staff, facts);
  granted(await world.records.commit({ by: { kind: 'operator' }, changes: [change] }));
};

/** What somebody is answered who is to have each of the seats. */
const askedFor = async (world: World, roundId: RoundId, personId: PersonId, seats: readonly SeatKind[]) => {
  const answers = [];
  for (const seat of seats)
    answers.push(await appoint(world, { by: administrator, roundId, personId, seat }));
  return answers;
};

describe('whoever was secretary while applications were read', () => {
  it('is given no seat that votes, and may be secretary again', async () => {
    const world = aWorld();
    const { roundId } = await aScreeningIn(world);
    await holds(world, secretary.id, 'chair', 'member', 'secretary');
    await leaves(world, roundId, chair);
    await leaves(world, roundId, secretary);

    const voting = await askedFor(world, roundId, secretary.id, ['chair', 'member', 'substitute']);
    const [again] = await askedFor(world, roundId, secretary.id, ['secretary']);

    expect(voting).toEqual([unblinded, unblinded, unblinded]);
    expect(again?.ok).toBe(true);
  });

  it('is not called in as a substitute either, in a record that has them as one', async () => {
    const world = aWorld();
    const { roundId } = await aScreeningIn(world);
    const at = world.clock.now();
    const former = members[3]?.id;
    if (!former) throw new Error('There are four members.');
    await committeeChangedIn(world, roundId, [
      { type: 'seat-left', at, personId: former },
      { type: 'seat-left', at, personId: secretary.id },
      { type: 'seat-given', at, roundId, personId: former, seat: 'secretary' },
      { type: 'seat-given', at, roundId, personId: secretary.id, seat: 'substitute' },
    ]);
    const by = { ...secretary, id: former };
    const standsInFor = members[0]?.id ?? former;

    const called = await callInSubstitute(world, { by, roundId, personId: secretary.id, standsInFor });

    expect(called).toEqual(unblinded);
  });

  it('is asked for no rating and gives none, in a record that has them as a member', async () => {
    const world = aWorld();
    const { roundId, applications } = await aScoringIn(world, [{}, {}, {}]);
    const [first] = applications;
    if (!first) throw new Error('There is no application.');
    const personId = secretary.id;
    const at = world.clock.now();
    await committeeChangedIn(world, roundId, [
      { type: 'seat-left', at, personId },
      { type: 'seat-given', at, roundId, personId, seat: 'member' },
    ]);
    for (const by of [chair, ...members].slice(0, 4)) {
      granted(await declareOwnConflict(world, { by, roundId, applicationId: first.id }));
    }

    const given = await score({ world, roundId }, { ...secretary, role: 'member' }, first.id);

    expect((await candidacyOf(world, first.id)).raters).not.toContain(personId);
    expect(given).toEqual(unblinded);
  });
});

describe('whoever was secretary before there was anything to read', () => {
  it('may become a member, also once it is screened', async () => {
    const world = aWorld();
    const roundId = await aCallIn(world);
    await aCommitteeIn(world, roundId);
    await holds(world, committee.secretary.id, 'member');
    await leaves(world, roundId, committee.secretary);

    const [given] = await askedFor(world, roundId, committee.secretary.id, ['member']);

    expect(given?.ok).toBe(true);
  });
});

describe('whoever imported marks', () => {
  it('is given no seat that votes, also where the file comes at the same moment', async () => {
    const scene = await aMarkedScoring();
    const { world, roundId } = scene;
    await holds(world, administrator.id, 'member');
    const [test] = [[90, 55, 70, 40] as const];
    world.records.interfere(() => bring(scene, aFile(scene, test), administrator));

    const [given] = await askedFor(world, roundId, administrator.id, ['member']);

    expect(given).toEqual(unblinded);
  });
});
