import { describe, expect, it } from 'vitest';
import { appoint } from '#functions/commands/committee.ts';
import { guestsView, myGuestRounds } from '#functions/commands/guest-views.ts';
import { endGuest, inviteGuest, writeGuestAgain } from '#functions/commands/guests.ts';
import { bringMarks } from '#functions/commands/marks-import.ts';
import { scoringView } from '#functions/commands/scoring-views.ts';
import { viewInvitation } from '#functions/commands/staff.ts';
import { committeeAggregate } from '#shared/domain/committee.ts';
import { rolesOf, staffAggregate, staffId } from '#shared/domain/staff.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { aHostingScene, guest, hosting, secretaryHolds, typedGuest } from '#test/builders/guest-scene.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { fileWithMarksBytes } from '#test/builders/marks.ts';
import { aFile } from '#test/builders/marks-scene.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { inConflictWith } from '#test/builders/panels.ts';
import { administrator, aWorld, granted } from '#test/builders/scenes.ts';
import { anApplicant, aScoringIn, dana, leaves, members, secretary } from '#test/builders/selection.ts';

type Scene = Awaited<ReturnType<typeof aHostingScene>>;

const committeeIn = async ({ world, roundId }: Scene) =>
  (await world.records.find(committeeAggregate, roundId))?.state;

const guestsIn = async ({ world, roundId }: Scene) =>
  granted(await guestsView({ ...world, people: memoryPeople() }, { by: secretary, roundId })).guests;

describe('a rater of another region', () => {
  it('is invited by a letter whose link lies nowhere else, and joins with a passkey', async () => {
    const scene = await aHostingScene();
    const { world, invite, join, sent, tokenIn } = scene;
    granted(await invite());

    expect(sent).toMatchObject([{ to: 'saule@example.kz', template: 'guest-invited' }]);
    expect(nth(sent, 0).text).toContain('оценивать до 20 октября 2022 г. в 24:00');
    const kept = JSON.stringify(world.records.commits.flatMap(({ changes }) => changes));
    for (const secret of [tokenIn(), 'saule@', 'Қонақова']) expect(kept).not.toContain(secret);
    granted(await join());
    const staff = await world.records.find(staffAggregate, staffId);
    expect(rolesOf(staff?.state, guest.id)).toEqual(['guest']);
    expect(await committeeIn(scene)).toMatchObject({
      guests: [{ number: 1, region: 'KZ-35', joined: { personId: guest.id } }],
    });
    expect(await myGuestRounds(world, guest.id)).toMatchObject([{ guest: { number: 1 } }]);
    expect(await join()).toEqual({ ok: false, error: { kind: 'invitation-used' } });
  });

  it('is invited with everything that is wrong named at its field', async () => {
    const { invite, sent } = await aHostingScene();
    const wrong = {
      name: ' ',
      mail: 'saule',
      region: 'KZ-19',
      atMost: '0',
      until: '2022-10-03',
      locale: 'de',
    };

    expect(await invite(wrong)).toMatchObject({
      error: {
        kind: 'invalid',
        faults: ['name', 'mail', 'region', 'locale', 'atMost', 'until'].map((place) => ({ place })),
      },
    });
    expect(await invite({ atMost: '', applications: 'KZ19-AAAA' })).toMatchObject({
      error: { faults: [{ place: 'applications' }] },
    });
    expect(await invite({ atMost: '', applications: 'KZ19-ABCD-2345' })).toMatchObject({
      error: { faults: [{ place: 'applications', message: 'guests.fault.unknown' }] },
    });
    expect(sent).toEqual([]);
  });

  it('is given nothing that is closed to who invites, which is no more found than a wrong number', async () => {
    const { world, roundId, applications, invite, sent } = await aHostingScene();
    const { id, number } = nth(applications, 0);
    await inConflictWith(world, roundId, id, [secretary.id]);

    expect(await invite({ atMost: '', applications: number })).toMatchObject({
      error: { faults: [{ place: 'applications', message: 'guests.fault.unknown' }] },
    });
    expect(sent).toEqual([]);
  });

  it('gets one letter for a double click, and another with a new link when asked for later', async () => {
    const scene = await aHostingScene();
    const { world, roundId, invite, deliver, sent, tokenIn, join } = scene;
    world.records.interfere(() => inviteGuest(world, { by: secretary, roundId, typed: typedGuest }));
    granted(await invite());
    granted(await invite({ mail: ' Saule@Example.kz ' }));
    expect(sent).toHaveLength(1);

    const again = { by: secretary, roundId, guest: 1 };
    granted(await writeGuestAgain(world, again));
    await deliver();
    expect(sent).toHaveLength(1);
    world.clock.to(addSeconds(world.clock.now(), 3600));
    granted(await writeGuestAgain(world, again));
    granted(await writeGuestAgain(world, again));
    await deliver();
    expect(sent).toHaveLength(2);
    expect(tokenIn(sent[0])).not.toBe(tokenIn(sent[1]));
    granted(await join());
    expect(await writeGuestAgain(world, again)).toMatchObject({ error: { kind: 'changed-meanwhile' } });
    expect((await committeeIn(scene))?.guests).toHaveLength(1);
  });

  it('is nobody who sits on the committee or applies, and comes too late once it was ended', async () => {
    const scene = await aHostingScene();
    const { world, roundId, invite, join } = scene;
    granted(await invite());

    expect(await join(dana.id)).toMatchObject({ error: { kind: 'seat-taken' } });
    expect(await join(anApplicant(0).personId)).toMatchObject({ error: { kind: 'takes-part' } });
    granted(await endGuest(world, { by: secretary, roundId, guest: 1 }));
    granted(await endGuest(world, { by: secretary, roundId, guest: 1 }));
    expect(await join()).toMatchObject({ error: { kind: 'invitation-expired' } });
    expect((await guestsIn(scene))[0]?.standing).toBe('ended');
  });

  it('is nobody who was secretary while applications were read', async () => {
    const scene = await aHostingScene();
    const { world, roundId, invite, join } = scene;
    granted(await invite());
    await leaves(world, roundId, secretary);

    expect(await join(secretary.id)).toEqual({ ok: false, error: { kind: 'unblinded' } });
  });

  it('is not invited by a secretary who is none any more', async () => {
    const world = aWorld();
    const { roundId } = await aScoringIn(world);
    const { invite, sent } = hosting(world, roundId);

    granted(await invite());
    expect(sent).toEqual([]);
    await secretaryHolds(world);
    granted(await invite({ mail: 'other@example.kz' }));
    expect(sent).toHaveLength(1);
  });

  it('imports no marks, whatever else they are, and is no guest again once they have', async () => {
    const scene = await aHostingScene(4, fileWithMarksBytes);
    const { world, roundId, hosted, invite, join, applications } = scene;
    await hosted();
    const by = { ...guest, role: 'administrator' } as const;
    const numbers = applications.map(({ number }) => number);
    const brought = () =>
      bringMarks(world, { by, roundId, ...aFile({ ...scene, numbers }, [90, 55, 70, 40]) });

    expect(await brought()).toEqual({ ok: false, error: { kind: 'not-allowed' } });
    granted(await endGuest(world, { by: secretary, roundId, guest: 1 }));
    granted(await invite({ mail: 'other@example.kz' }));
    world.records.interfere(brought);
    expect(await join()).toEqual({ ok: false, error: { kind: 'unblinded' } });
  });

  it('gets no seat while being a guest', async () => {
    const scene = await aHostingScene();
    const { world, roundId, hosted } = scene;
    await hosted();
    const staff = await world.records.find(staffAggregate, staffId);
    const event = {
      type: 'role-granted',
      at: world.clock.now(),
      personId: guest.id,
      role: 'member',
    } as const;
    const snapshot = staffAggregate.evolve(staff?.state, event);
    const change = {
      aggregate: 'staff',
      id: staffId,
      expectedVersion: staff?.version ?? 0,
      facts: [event],
    } as const;
    granted(
      await world.records.commit({ by: { kind: 'operator' }, changes: [{ ...change, snapshot, lists: {} }] }),
    );

    expect(
      await appoint(world, { by: administrator, roundId, personId: guest.id, seat: 'member' }),
    ).toMatchObject({ error: { kind: 'seat-taken', seat: 'guest' } });
  });
});

it('a member is not let in as a guest, nor a guest as a member', async () => {
  const { world, roundId, hosted } = await aHostingScene();
  await hosted();

  expect(await scoringView(world, { by: { ...guest, role: 'member' }, roundId })).toMatchObject({
    error: { kind: 'not-found' },
  });
  const pretends = { ...nth(members, 0), id: administrator.id, role: 'guest' } as const;
  expect(await scoringView(world, { by: pretends, roundId })).toMatchObject({ error: { kind: 'not-found' } });
});

it('the link of a guest shows what it gives, and works for two days', async () => {
  const { world, invite, tokenIn, join } = await aHostingScene();
  granted(await invite());

  expect(await viewInvitation({ ...world, publicOrigin: '' }, tokenIn())).toMatchObject({
    value: { grant: { kind: 'role', role: 'guest' } },
  });
  world.clock.to(addSeconds(world.clock.now(), 48 * 3600));
  expect(await join()).toMatchObject({ error: { kind: 'invitation-expired' } });
});
