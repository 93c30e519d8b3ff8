import { describe, expect, it } from 'vitest';
import { withdrawApplication } from '#functions/commands/application-withdrawal.ts';
import { withdrawConsent } from '#functions/commands/data-requests.ts';
import { pinRegionKey } from '#functions/commands/elsewhere.ts';
import { handOver, openPacketFile } from '#functions/commands/elsewhere-handing.ts';
import { makePacket } from '#functions/commands/elsewhere-packet.ts';
import { heldApplication } from '#functions/commands/held-application.ts';
import { joinElsewhere, leaveElsewhere, ownElsewhere } from '#functions/commands/own-elsewhere.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { Handed, packetAbout, readPacket } from '#shared/elsewhere/packet.ts';
import { privateKeyFrom, unseal } from '#shared/elsewhere/sealed.ts';
import { packetKey } from '#shared/ports/papers.ts';
import { ownOf } from '#test/builders/exchange.ts';
import {
  choosingUntil,
  chosenIn,
  handedIn,
  handingUntil,
  type TwoRegions,
  twoRegions,
} from '#test/builders/handed.ts';
import { kindsIn } from '#test/builders/offer-answers.ts';
import { vacancyCode } from '#test/builders/offered.ts';
import { theAdministrator } from '#test/builders/offers.ts';
import { aKey } from '#test/builders/results.ts';
import { granted, type World } from '#test/builders/scenes.ts';
import { signerOf } from '#test/builders/signer.ts';

const maths = vacancyCode('T-MAT');

const packetIn = async (file: Uint8Array) => {
  const read = await readPacket(new TextDecoder().decode(file));
  if (!read.ok) throw new Error('The packet does not hold.');
  return read.value.packet;
};

/** What the region that listed the posts finds in a packet. */
const openedBy = async ({ there }: TwoRegions, file: Uint8Array) => {
  const packet = await packetIn(file);
  const secret = await there.world.records.secret(`elsewhere#${there.scene.roundId}`, 'never');
  const text = await unseal(packet.sealed, {
    privateKey: privateKeyFrom(secret),
    about: packetAbout(packet),
  });
  return text === undefined ? undefined : Handed.parse(JSON.parse(text));
};

const command = ({ here, list }: TwoRegions) => ({
  by: theAdministrator,
  roundId: here.scene.roundId,
  list,
});

describe('handing people over to another region', () => {
  it('seals who agreed and chose, with what they consented to and no more, for that region alone', async () => {
    const regions = await twoRegions();
    const { here, list } = regions;
    await chosenIn(here, list, 1, [maths]);
    granted(await joinElsewhere(here.world, { ...ownOf(here.scene, 0), list }));
    const file = await handedIn(regions);

    const text = new TextDecoder().decode(file);
    expect(text).not.toContain('person-1@example.kz');
    expect(text).not.toContain('KZ19-AAAA-0001');
    expect(await packetIn(file)).toMatchObject({ from: 'KZ-19', to: 'KZ-61', people: 1 });
    expect(await openedBy(regions, file)).toEqual({
      people: [
        {
          number: 'KZ19-AAAA-0001',
          name: 'KZ19-AAAA-0001',
          mail: 'person-1@example.kz',
          locale: 'kk',
          subjects: ['mathematics'],
          agreedAt: expect.any(String),
          choices: [maths],
        },
      ],
    });
    const address = granted(await openPacketFile(here.world, command(regions)));
    expect(address.url).toContain(`list-${list}.json`);
  });

  it('reads and tells people side by side, so that a thousand of them fit into the time of the outbox', async () => {
    const { here, list } = await twoRegions();
    for (const who of [0, 1]) await chosenIn(here, list, who, [maths]);
    const { world, scene, people, signer } = here;
    world.clock.to(choosingUntil);
    const own = { by: theAdministrator, roundId: scene.roundId, list };
    granted(await handOver(world, { ...own, confirmed: 2 }));
    const most = { profiles: 0, commits: 0 };
    const atOnce =
      <Asked extends unknown[], Answer>(name: keyof typeof most, ask: (...asked: Asked) => Promise<Answer>) =>
      async (...asked: Asked): Promise<Answer> => {
        open[name] += 1;
        most[name] = Math.max(most[name], open[name]);
        await new Promise((resolve) => setImmediate(resolve));
        const answer = await ask(...asked);
        open[name] -= 1;
        return answer;
      };
    const open = { profiles: 0, commits: 0 };
    const { records } = world;
    const watched: typeof records = Object.assign(Object.create(records), {
      commit: atOnce('commits', records.commit.bind(records)),
    });
    const profiles: typeof people.profiles = Object.assign(Object.create(people.profiles), {
      find: atOnce('profiles', people.profiles.find.bind(people.profiles)),
    });

    await makePacket({ ...world, records: watched, people: { ...people, profiles }, signer }, own);

    expect(most).toEqual({ profiles: 2, commits: 2 });
    expect(kindsIn(world).filter((kind) => kind === 'elsewhere-handed')).toHaveLength(2);
  });

  it('opens for no other key', async () => {
    const [regions, others] = [await twoRegions(), await twoRegions()];
    await chosenIn(regions.here, regions.list, 0, [maths]);
    const file = await handedIn(regions);
    await others.there.world.records.secret('elsewhere#other', 'other');
    const privateKey = privateKeyFrom('other');
    const { sealed, ...packet } = await packetIn(file);

    expect(await unseal(sealed, { privateKey, about: packetAbout(packet) })).toBeUndefined();
  });

  it('waits until nobody may choose, ends with its time, and hands over as many as were seen', async () => {
    const regions = await twoRegions();
    const { world } = regions.here;
    await chosenIn(regions.here, regions.list, 0, [maths]);
    const hand = (confirmed: number) => handOver(world, { ...command(regions), confirmed });

    expect(await hand(1)).toMatchObject({ error: { kind: 'too-early', until: choosingUntil } });
    world.clock.to(choosingUntil);
    expect(await hand(2)).toMatchObject({ error: { kind: 'recipients-differ', recipients: 1 } });
    world.clock.to(handingUntil);
    expect(await hand(1)).toMatchObject({ error: { kind: 'too-late', closesAt: handingUntil } });
  });

  it('leaves out who took the consent back, and takes none back once it is decided', async () => {
    const regions = await twoRegions();
    const { here, list } = regions;
    for (const who of [0, 1]) await chosenIn(here, list, who, [maths]);
    here.world.clock.to(choosingUntil);
    granted(await leaveElsewhere(here.world, { ...ownOf(here.scene, 0), list }));
    const file = await handedIn(regions);

    expect((await openedBy(regions, file))?.people.map(({ number }) => number)).toEqual(['KZ19-AAAA-0001']);
    expect(await leaveElsewhere(here.world, { ...ownOf(here.scene, 1), list })).toMatchObject({
      error: { kind: 'already-decided' },
    });
  });

  it('lets one of both win where somebody leaves in the moment of the decision', async () => {
    const regions = await twoRegions();
    const { here, list } = regions;
    await chosenIn(here, list, 0, [maths]);
    here.world.clock.to(choosingUntil);
    const leaving = { ...ownOf(here.scene, 0), list };
    here.world.records.interfere(() => handOver(here.world, { ...command(regions), confirmed: 1 }));

    expect(await leaveElsewhere(here.world, leaving)).toMatchObject({ error: { kind: 'already-decided' } });
    expect(granted(await ownElsewhere(here.world, leaving)).own?.choices).toEqual([maths]);
  });

  it.for([
    [
      'the application',
      (world: World, own: ReturnType<typeof ownOf>) =>
        withdrawApplication(world, { ...own, reasonCode: 'personal' }),
    ],
    [
      'the consent to processing',
      (world: World, own: ReturnType<typeof ownOf>) => withdrawConsent(world, own),
    ],
  ] as const)(
    'leaves out, and does not tell, who withdrew %s before the packet was made',
    async ([, withdraws]) => {
      const regions = await twoRegions();
      const { here, list } = regions;
      const { world, scene, people, signer } = here;
      for (const who of [0, 1]) await chosenIn(here, list, who, [maths]);
      world.clock.to(choosingUntil);
      granted(await handOver(world, { ...command(regions), confirmed: 2 }));
      expect(await withdraws(world, ownOf(scene, 0))).toMatchObject({ ok: true });
      await makePacket({ ...world, people, signer }, { roundId: scene.roundId, list });

      const file = world.papers.stored.get(packetKey(scene.roundId, list)) ?? new Uint8Array();
      expect((await openedBy(regions, file))?.people.map(({ number }) => number)).toEqual(['KZ19-AAAA-0001']);
      const told = [...world.records.outbox.values()].flatMap(({ body }) =>
        body.kind === 'letter' && body.template === 'elsewhere-handed' ? body.personId : [],
      );
      expect(told).toEqual([scene.people[1]?.personId]);
    },
  );

  it('lets who agreed and was not handed over take that back also afterwards', async () => {
    const regions = await twoRegions();
    const { here, list } = regions;
    await chosenIn(here, list, 1, [maths]);
    const own = { ...ownOf(here.scene, 0), list };
    granted(await joinElsewhere(here.world, own));
    await handedIn(regions);
    granted(await leaveElsewhere(here.world, own));

    expect(granted(await ownElsewhere(here.world, own)).own).toBeUndefined();
  });

  it('makes no packet of nobody', async () => {
    const regions = await twoRegions();
    const { world, scene, people, signer } = regions.here;
    await chosenIn(regions.here, regions.list, 0, [maths]);
    world.clock.to(choosingUntil);
    granted(await handOver(world, { ...command(regions), confirmed: 1 }));
    granted(await withdrawConsent(world, ownOf(scene, 0)));
    await makePacket({ ...world, people, signer }, { roundId: scene.roundId, list: regions.list });

    expect(world.papers.stored.size).toBe(0);
  });

  it('is refused once the region is known by another key: the list was somebody else’s', async () => {
    const regions = await twoRegions();
    const { world, scene } = regions.here;
    await chosenIn(regions.here, regions.list, 0, [maths]);
    world.clock.to(choosingUntil);
    const staff = { by: theAdministrator, roundId: scene.roundId };
    granted(await pinRegionKey(world, { ...staff, region: 'KZ-61', key: sha256Of('another key') }));

    expect(await handOver(world, { ...command(regions), confirmed: 1 })).toMatchObject({
      error: { kind: 'changed-meanwhile' },
    });
  });

  it('tells each of them once, notes it as a disclosure, and shows it among what is held', async () => {
    const regions = await twoRegions();
    const { here, list } = regions;
    const { world, scene, people } = here;
    await chosenIn(here, list, 0, [maths]);
    const file = await handedIn(regions);
    const again = { ...world, people, signer: signerOf(aKey()) };
    await makePacket(again, { roundId: scene.roundId, list });

    const { applicationId, by } = ownOf(scene, 0);
    expect(kindsIn(world).filter((kind) => kind === 'elsewhere-handed')).toHaveLength(1);
    expect(await world.readLog.of(`application#${applicationId}`)).toMatchObject([{ what: 'packet' }]);
    expect([...world.papers.stored.values()]).toEqual([file]);
    const own = granted(await ownElsewhere(world, { applicationId, by, list }));
    const held = await heldApplication(world, own.application, by);
    expect(held.elsewhere).toMatchObject([{ region: 'KZ-61', choices: [maths] }]);
  });
});
