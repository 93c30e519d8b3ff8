import { describe, expect, it } from 'vitest';
import { startApplication, withdrawApplication } from '#functions/commands/applications.ts';
import { appoint, dismiss } from '#functions/commands/committee.ts';
import {
  aCallIn,
  aCommitteeIn,
  aWorld,
  administrator as by,
  committee,
  granted,
} from '#test/builders/scenes.ts';

const [member] = committee.members;

/** The same person, who also applies. */
const asApplicant = { personId: member.id };

describe('a seat on a committee', () => {
  it('is not for who applies in the round, until they withdraw', async () => {
    const world = aWorld();
    const roundId = await aCallIn(world);
    await aCommitteeIn(world, roundId, committee.members.slice(1));
    const { id: applicationId } = granted(await startApplication(world, { by: asApplicant, roundId })).state;

    const early = await appoint(world, { by, roundId, personId: member.id, seat: 'member' });
    granted(await withdrawApplication(world, { by: asApplicant, applicationId, reasonCode: 'personal' }));
    const then = await appoint(world, { by, roundId, personId: member.id, seat: 'member' });

    expect(early).toEqual({ ok: false, error: { kind: 'takes-part' } });
    expect(then.ok).toBe(true);
  });

  it('keeps its holder from applying, also once it has ended', async () => {
    const world = aWorld();
    const roundId = await aCallIn(world);
    await aCommitteeIn(world, roundId);

    const sitting = await startApplication(world, { by: asApplicant, roundId });
    granted(await dismiss(world, { by, roundId, personId: member.id }));
    const after = await startApplication(world, { by: asApplicant, roundId });

    expect(sitting).toEqual({ ok: false, error: { kind: 'takes-part' } });
    expect(after).toEqual({ ok: false, error: { kind: 'takes-part' } });
  });

  it('and an application that come at the same moment cannot both be had', async () => {
    const world = aWorld();
    const roundId = await aCallIn(world);
    await aCommitteeIn(world, roundId, committee.members.slice(1));
    world.records.interfere(() => startApplication(world, { by: asApplicant, roundId }));

    const appointed = await appoint(world, { by, roundId, personId: member.id, seat: 'member' });

    expect(appointed).toEqual({ ok: false, error: { kind: 'takes-part' } });
  });

  it('can be given again to who has left it', async () => {
    const world = aWorld();
    const roundId = await aCallIn(world);
    await aCommitteeIn(world, roundId);
    granted(await dismiss(world, { by, roundId, personId: member.id }));

    const again = await appoint(world, { by, roundId, personId: member.id, seat: 'member' });

    expect(again.ok).toBe(true);
  });
});
