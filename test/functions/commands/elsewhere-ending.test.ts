import { describe, expect, it } from 'vitest';
import { withdrawConsent } from '#functions/commands/data-requests.ts';
import { pinRegionKey } from '#functions/commands/elsewhere.ts';
import { handOver } from '#functions/commands/elsewhere-handing.ts';
import { previewOpenPosts, stopOpenPosts } from '#functions/commands/elsewhere-import.ts';
import { makePacket } from '#functions/commands/elsewhere-packet.ts';
import { joinElsewhere, ownElsewhere } from '#functions/commands/own-elsewhere.ts';
import { elsewhereAggregate } from '#shared/domain/elsewhere.ts';
import { openPostsKey } from '#shared/ports/papers.ts';
import { aRegionWithPosts, listedIn, shownIn } from '#test/builders/elsewhere.ts';
import { ownOf } from '#test/builders/exchange.ts';
import {
  choosingUntil,
  chosenIn,
  handedIn,
  handingUntil,
  type TwoRegions,
  tellIn,
  twoRegions,
} from '#test/builders/handed.ts';
import { vacancyCode } from '#test/builders/offered.ts';
import { theAdministrator } from '#test/builders/offers.ts';
import { aKey } from '#test/builders/results.ts';
import { granted, type World } from '#test/builders/scenes.ts';
import { signerOf } from '#test/builders/signer.ts';

const maths = vacancyCode('T-MAT');

const staffOf = ({ here, list }: TwoRegions) => ({
  by: theAdministrator,
  roundId: here.scene.roundId,
  list,
});

const endingsIn = (world: World) =>
  [...world.records.outbox.values()].flatMap(({ body }) =>
    body.kind === 'letter' && /elsewhere-(unchosen|placed|late|stopped)/.test(body.template)
      ? [`${body.template} ${body.facts['number']}`]
      : [],
  );

describe('who agreed and is not handed over', () => {
  it('is told so once the time for it has ended, with the reason', async () => {
    const regions = await twoRegions();
    const { here, list } = regions;
    await chosenIn(here, list, 0, [maths]);
    granted(await joinElsewhere(here.world, { ...ownOf(here.scene, 1), list }));
    here.world.clock.to(choosingUntil);
    await tellIn(here.world);
    const early = endingsIn(here.world);
    here.world.clock.to(handingUntil);
    await tellIn(here.world);
    const found = granted(await ownElsewhere(here.world, { ...ownOf(here.scene, 0), list }));

    expect(early).toEqual([]);
    expect(endingsIn(here.world)).toEqual([
      'elsewhere-late KZ19-AAAA-0000',
      'elsewhere-unchosen KZ19-AAAA-0001',
    ]);
    expect(found).toMatchObject({ notHanded: { why: 'late' } });
    expect(found.own).toBeUndefined();
  });

  it('is nobody who was handed over, nor who never agreed', async () => {
    const regions = await twoRegions();
    const { here, list } = regions;
    await chosenIn(here, list, 0, [maths]);
    await handedIn(regions);
    here.world.clock.to(handingUntil);
    await tellIn(here.world);

    expect(endingsIn(here.world)).toEqual([]);
  });
});

describe('a packet that nobody is left for', () => {
  it('is noted as none, once, and its page waits for it no longer', async () => {
    const regions = await twoRegions();
    const { world, scene, people, signer } = regions.here;
    await chosenIn(regions.here, regions.list, 0, [maths]);
    world.clock.to(choosingUntil);
    granted(await handOver(world, { ...staffOf(regions), confirmed: 1 }));
    granted(await withdrawConsent(world, ownOf(scene, 0)));
    const made = () =>
      makePacket({ ...world, people, signer }, { roundId: scene.roundId, list: regions.list });
    await made();
    await made();

    const { list } = granted(await previewOpenPosts(world, staffOf(regions)));
    expect(list.droppedAt).toBe(choosingUntil);
    const history = await world.records.history('elsewhere', scene.roundId);
    expect(history.filter(({ fact }) => fact.type === 'elsewhere-packet-dropped')).toHaveLength(1);
  });
});

describe('a list that was shown under a wrong key', () => {
  it('is stopped, whoever agreed is told, and the right one takes its place', async () => {
    const regions = await twoRegions();
    const { here, list } = regions;
    const { world, scene } = here;
    await chosenIn(here, list, 0, [maths]);
    granted(await stopOpenPosts(world, staffOf(regions)));
    granted(await stopOpenPosts(world, staffOf(regions)));
    await tellIn(world);
    const own = granted(await ownElsewhere(world, { ...ownOf(scene, 0), list }));
    const late = await joinElsewhere(world, { ...ownOf(scene, 0), list });
    const stranger = await ownElsewhere(world, { ...ownOf(scene, 1), list });

    // The same round of the same region, listed anew under another key.
    const right = await listedIn({ ...(await aRegionWithPosts()), signer: signerOf(aKey()) });
    granted(await pinRegionKey(world, { ...staffOf(regions), region: 'KZ-61', key: right.key }));
    const next = await shownIn(world, scene.roundId, right);
    granted(await joinElsewhere(world, { ...ownOf(scene, 0), list: next }));

    expect(endingsIn(world)).toEqual(['elsewhere-stopped KZ19-AAAA-0000']);
    expect(own).toMatchObject({ notHanded: { why: 'stopped' }, isOpen: false });
    for (const answer of [late, stranger]) expect(answer).toMatchObject({ error: { kind: 'not-found' } });
    expect(next).toBe(2);
  });

  it('asks anew where the same one is shown again, and what ends then is told of that alone', async () => {
    const regions = await twoRegions();
    const { here, there, list } = regions;
    const { world, scene } = here;
    await chosenIn(here, list, 0, [maths]);
    granted(await stopOpenPosts(world, staffOf(regions)));
    await tellIn(world);
    world.clock.pass(60);
    const own = (await there.world.records.find(elsewhereAggregate, there.scene.roundId))?.state.own;
    const file = there.world.papers.stored.get(openPostsKey(there.scene.roundId));
    if (!file || !own?.signed) throw new Error('Nothing was signed.');
    const next = await shownIn(world, scene.roundId, { file, key: own.signed.key });
    const shown = granted(await ownElsewhere(world, { ...ownOf(scene, 0), list: next }));
    granted(await joinElsewhere(world, { ...ownOf(scene, 0), list: next }));
    world.clock.to(handingUntil);
    await tellIn(world);

    expect(shown).toMatchObject({ isOpen: true });
    expect(shown.notHanded).toBeUndefined();
    expect(endingsIn(world)).toEqual([
      'elsewhere-stopped KZ19-AAAA-0000',
      'elsewhere-unchosen KZ19-AAAA-0000',
    ]);
  });

  it('is not stopped once people are handed over', async () => {
    const regions = await twoRegions();
    const { here, list } = regions;
    await chosenIn(here, list, 0, [maths]);
    await handedIn(regions);

    expect(await stopOpenPosts(here.world, staffOf(regions))).toMatchObject({
      error: { kind: 'already-decided' },
    });
  });
});
