import { describe, expect, it } from 'vitest';
import { pinRegionKey } from '#functions/commands/elsewhere.ts';
import { openPacketFile } from '#functions/commands/elsewhere-handing.ts';
import { previewOpenPosts } from '#functions/commands/elsewhere-import.ts';
import { eraseHanded } from '#functions/commands/elsewhere-list.ts';
import { makeOutcome, openOutcomeFile } from '#functions/commands/elsewhere-outcome.ts';
import { bringOutcome, confirmOutcome } from '#functions/commands/elsewhere-outcome-import.ts';
import { heldApplication } from '#functions/commands/held-application.ts';
import { ownElsewhere } from '#functions/commands/own-elsewhere.ts';
import { signatureOf, signedText } from '#shared/bundle/signature.ts';
import { elsewhereAggregate } from '#shared/domain/elsewhere.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import { ApplicationNumber } from '#shared/domain/ids.ts';
import { type PacketOutcome, readPacketOutcome } from '#shared/elsewhere/outcome.ts';
import { gatheredCrossed } from '#shared/papers/gathered-crossed.ts';
import { theColleague } from '#test/builders/elsewhere.ts';
import { ownOf } from '#test/builders/exchange.ts';
import {
  chosenIn,
  decidedIn,
  outcomeOf,
  type TwoRegions,
  tellIn,
  twoRegions,
} from '#test/builders/handed.ts';
import { memoryEraser } from '#test/builders/memory-erasure.ts';
import { vacancyCode } from '#test/builders/offered.ts';
import { closedIn, theAdministrator } from '#test/builders/offers.ts';
import { granted, type World } from '#test/builders/scenes.ts';

const maths = vacancyCode('T-MAT');

const textOf = (file: Uint8Array): string => new TextDecoder().decode(file);

/** Two people were handed over, of whom only one chose a post for a subject of their own; what the other region decided lies before the one that sent them. */
const decided = async () => {
  const regions = await twoRegions();
  const { here, list } = regions;
  await chosenIn(here, list, 0, [maths]);
  await chosenIn(here, list, 1, [maths]);
  const file = await decidedIn(regions);
  here.world.clock.to(regions.there.world.clock.now());
  const at = { roundId: here.scene.roundId, list };
  return {
    regions,
    file,
    world: here.world,
    staff: { by: theAdministrator, ...at },
    colleague: { by: theColleague, ...at },
  };
};

const lettersIn = (world: World) =>
  [...world.records.outbox.values()].flatMap(({ body }) =>
    body.kind === 'letter' && /elsewhere-(post|none)/.test(body.template)
      ? [`${body.template} ${body.facts['number']}`]
      : [],
  );

/** The outcome with something changed in it, signed by the very region. */
const resigned = async ({ there }: TwoRegions, file: Uint8Array, change: Partial<PacketOutcome>) => {
  const read = await readPacketOutcome(textOf(file));
  if (!read.ok) throw new Error('The outcome does not hold.');
  const statement = { ...read.value.outcome, ...change };
  const der = await there.signer.sign(signedText(sha256Of(canonicalJson(statement)), 'packet-outcome'));
  const signature = signatureOf(await there.signer.publicKey(), der);
  return new TextEncoder().encode(canonicalJson({ signature, statement }));
};

const faultOf = async (bringing: ReturnType<typeof bringOutcome>) => {
  const answer = await bringing;
  return answer.ok || answer.error.kind !== 'invalid' ? answer : answer.error.faults[0]?.message;
};

describe('what became of the people of a packet', () => {
  it('goes back by number and outcome, with nothing else of a person, and is made once', async () => {
    const { regions, file } = await decided();
    const { world, scene, signer } = regions.there;
    const read = await readPacketOutcome(textOf(file));
    await makeOutcome({ ...world, signer }, { roundId: scene.roundId, arrival: 1 });

    expect(read).toMatchObject({
      value: {
        outcome: {
          from: 'KZ-61',
          to: 'KZ-19',
          people: [
            { number: 'KZ19-AAAA-0000', outcome: 'post' },
            { number: 'KZ19-AAAA-0001', outcome: 'post' },
          ],
        },
      },
    });
    expect(textOf(file)).not.toMatch(/example\.kz|T-MAT/);
    const history = await world.records.history('elsewhere', scene.roundId);
    expect(history.filter(({ fact }) => fact.type === 'elsewhere-outcome-made')).toHaveLength(1);
  });

  it('is told to each of them once, after another person saw how many they are', async () => {
    const { regions, file, world, staff, colleague } = await decided();
    const people = [
      { number: ApplicationNumber.parse('KZ19-AAAA-0000'), outcome: 'post' as const },
      { number: ApplicationNumber.parse('KZ19-AAAA-0001'), outcome: 'none' as const },
    ];
    const other = await resigned(regions, file, { people });
    granted(await bringOutcome(world, { ...staff, file }));
    // Before anybody is told, another outcome takes its place.
    const brought = granted(await bringOutcome(world, { ...staff, file: other }));
    const again = granted(await bringOutcome(world, { ...staff, file: other }));
    const { untold } = granted(await previewOpenPosts(world, colleague));
    const seen = { outcome: await outcomeOf(other), confirmed: untold };
    const alone = await confirmOutcome(world, { ...staff, ...seen });
    const unseen = await confirmOutcome(world, { ...colleague, ...seen, confirmed: 3 });
    // Somebody who still looks at the one before would let people be told something else.
    const swapped = await confirmOutcome(world, { ...colleague, ...seen, outcome: await outcomeOf(file) });
    granted(await confirmOutcome(world, { ...colleague, ...seen }));
    granted(await confirmOutcome(world, { ...colleague, ...seen }));
    await tellIn(world);
    const late = await bringOutcome(world, { ...staff, file });

    expect([brought.isKnown, again.isKnown, untold]).toEqual([false, true, 2]);
    expect(alone).toMatchObject({ error: { kind: 'second-person-needed' } });
    expect(unseen).toMatchObject({ error: { kind: 'recipients-differ', recipients: 2 } });
    expect(swapped).toMatchObject({ error: { kind: 'changed-meanwhile' } });
    expect(late).toMatchObject({ error: { kind: 'already-decided' } });
    expect(lettersIn(world)).toEqual(['elsewhere-post KZ19-AAAA-0000', 'elsewhere-none KZ19-AAAA-0001']);
    const own = { ...ownOf(regions.here.scene, 1), list: staff.list };
    const found = granted(await ownElsewhere(world, own));
    expect(found.own?.outcome).toMatchObject({ kind: 'none' });
    const held = await heldApplication(world, found.application, own.by);
    expect(held.elsewhere).toMatchObject([{ outcome: { kind: 'none' } }]);
  });

  it('is brought and told also once the round is closed', async () => {
    const { regions, file, world, staff, colleague } = await decided();
    await closedIn(world, staff.roundId);
    const before = await world.records.history('round', staff.roundId);

    const minutesOf = async ({ records }: World, roundId: typeof staff.roundId) =>
      gatheredCrossed((await records.find(elsewhereAggregate, roundId))?.state).elsewhere;
    const unheard = await minutesOf(world, staff.roundId);
    granted(await bringOutcome(world, { ...staff, file }));
    const { untold } = granted(await previewOpenPosts(world, colleague));
    const seen = { outcome: await outcomeOf(file), confirmed: untold };
    granted(await confirmOutcome(world, { ...colleague, ...seen }));
    await tellIn(world);

    // As minutes would be gathered before and after; those that were kept stay as they are.
    const crossed = { region: 'KZ-61', people: 2 };
    expect(unheard).toMatchObject({ handed: [crossed] });
    expect(unheard?.handed[0]).not.toHaveProperty('posts');
    expect(await minutesOf(world, staff.roundId)).toMatchObject({ handed: [{ ...crossed, posts: 2 }] });
    const { there } = regions;
    expect(await minutesOf(there.world, there.scene.roundId)).toMatchObject({
      handed: [],
      own: { posts: 3, people: 2, proposed: 2 },
    });
    expect(lettersIn(world)).toEqual(['elsewhere-post KZ19-AAAA-0000', 'elsewhere-post KZ19-AAAA-0001']);
    const own = { ...ownOf(regions.here.scene, 1), list: staff.list };
    expect(granted(await ownElsewhere(world, own)).own?.outcome).toMatchObject({ kind: 'post' });
    const traces = (await world.records.history('elsewhere', staff.roundId)).map(({ fact }) => fact.type);
    expect(traces.slice(-2)).toEqual(['elsewhere-outcome-brought', 'elsewhere-outcome-confirmed']);
    // The round itself, and with it what its minutes were made of, stays as it was closed.
    expect(await world.records.history('round', staff.roundId)).toEqual(before);
  });

  it('is decided and handed out also where the round that has the posts is closed by then', async () => {
    const regions = await twoRegions();
    await chosenIn(regions.here, regions.list, 0, [maths]);
    const { world, scene } = regions.there;
    await closedIn(world, scene.roundId);
    const file = await decidedIn(regions);

    const at = { by: theAdministrator, roundId: scene.roundId, arrival: 1 };
    expect(granted(await openOutcomeFile(world, at)).url).toContain('outcome-1.json');
    expect((await readPacketOutcome(textOf(file))).ok).toBe(true);
  });

  it.for([
    [
      'changed in one byte',
      (file: string) => file.replace('"none"', '"post"').replace('"post"', '"none"'),
      'signature',
    ],
    ['with a space more', (file: string) => `${file} `, 'outcome'],
    ['that is something else', () => '{}', 'outcome'],
  ] as const)('is refused %s', async ([, change, fault]) => {
    const { file, world, staff } = await decided();
    const changed = new TextEncoder().encode(change(textOf(file)));

    expect(await faultOf(bringOutcome(world, { ...staff, file: changed }))).toBe(`elsewhere.fault.${fault}`);
    expect(lettersIn(world)).toEqual([]);
  });

  it.for([
    ['another packet', { packet: sha256Of('another') }, 'otherPacket'],
    ['another list', { list: sha256Of('another') }, 'otherPacket'],
    ['another region', { from: 'KZ-10' }, 'otherPacket'],
    [
      'fewer people',
      { people: [{ number: ApplicationNumber.parse('KZ19-AAAA-0000'), outcome: 'post' }] },
      'otherPeople',
    ],
    [
      'somebody else',
      {
        people: ['KZ19-AAAA-0000', 'KZ19-AAAA-0002'].map((number) => ({
          number: ApplicationNumber.parse(number),
          outcome: 'post' as const,
        })),
      },
      'otherPeople',
    ],
  ] as const satisfies readonly [string, Partial<PacketOutcome>, string][])(
    'is refused about %s',
    async ([, change, fault]) => {
      const { regions, file, world, staff } = await decided();
      const other = await resigned(regions, file, change);

      expect(await faultOf(bringOutcome(world, { ...staff, file: other }))).toBe(`elsewhere.fault.${fault}`);
    },
  );

  it('counts no more once its region is known by another key', async () => {
    const { file, world, staff, colleague } = await decided();
    granted(await bringOutcome(world, { ...staff, file }));
    granted(await pinRegionKey(world, { ...staff, region: 'KZ-61', key: sha256Of('another key') }));

    const seen = { outcome: await outcomeOf(file), confirmed: 2 };
    expect(await confirmOutcome(world, { ...colleague, ...seen })).toMatchObject({
      error: { kind: 'changed-meanwhile' },
    });
    expect(await faultOf(bringOutcome(world, { ...staff, file: file.slice() }))).toMatchObject({ ok: true });
  });

  it('is erased with the packet when the time of what was handed over ends, on both sides', async () => {
    const { regions, world, staff } = await decided();
    const { there, here } = regions;
    const theirs = { by: theAdministrator, roundId: there.scene.roundId };
    const rows = [here, there].map(({ world: { records } }) =>
      [...records.outbox.values()].flatMap(({ body }) => (body.kind === 'erase-handed' ? [body] : [])),
    );
    const before = granted(await openOutcomeFile(there.world, { ...theirs, arrival: 1 }));
    for (const [index, side] of [here, there].entries()) {
      const erasing = { ...side.world, eraser: memoryEraser(side.world.records) };
      for (const row of rows[index] ?? []) await eraseHanded(erasing, row);
    }
    const { keptUntil } = granted(await previewOpenPosts(world, staff)).list;
    for (const side of [here, there]) side.world.clock.to(keptUntil);

    expect(before.url).toContain('outcome-1.json');
    expect([...here.world.papers.stored.keys(), ...there.world.papers.stored.keys()]).toEqual([
      expect.stringContaining('open-posts.json'),
    ]);
    expect(await openPacketFile(world, staff)).toMatchObject({ error: { kind: 'not-found' } });
    expect(await openOutcomeFile(there.world, { ...theirs, arrival: 1 })).toMatchObject({
      error: { kind: 'not-found' },
    });
  });
});
