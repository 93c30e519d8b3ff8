import { describe, expect, it } from 'vitest';
import { pinRegionKey } from '#functions/commands/elsewhere.ts';
import { bringArrivals, confirmArrivals, refuseArrivals } from '#functions/commands/elsewhere-arrivals.ts';
import { giveElsewhere, viewArrivals } from '#functions/commands/elsewhere-giving.ts';
import { eraseHanded } from '#functions/commands/elsewhere-list.ts';
import { makeOutcome } from '#functions/commands/elsewhere-outcome.ts';
import { changed } from '#functions/commands/storing.ts';
import { elsewhereAggregate } from '#shared/domain/elsewhere.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { ApplicationNumber, type RoundId } from '#shared/domain/ids.ts';
import { readPacketOutcome } from '#shared/elsewhere/outcome.ts';
import { outcomeKey } from '#shared/ports/papers.ts';
import { theColleague } from '#test/builders/elsewhere.ts';
import {
  besideThem,
  carriedTo,
  chosenIn,
  handingUntil,
  type TwoRegions,
  twoRegions,
} from '#test/builders/handed.ts';
import { memoryEraser } from '#test/builders/memory-erasure.ts';
import { vacancyCode } from '#test/builders/offered.ts';
import { theAdministrator } from '#test/builders/offers.ts';
import { granted } from '#test/builders/scenes.ts';

const maths = vacancyCode('T-MAT');

/** Two people of one region chose, and what it handed over lies before the other. */
const carried = async () => {
  const regions = await twoRegions();
  for (const who of [0, 1]) await chosenIn(regions.here, regions.list, who, [maths]);
  return { regions, files: await carriedTo(regions), ...staffOf(regions) };
};

const staffOf = ({ there: { world, scene } }: TwoRegions) => ({
  world,
  staff: { by: theAdministrator, roundId: scene.roundId },
  colleague: { by: theColleague, roundId: scene.roundId },
});

/** What one region is told of its people. */
const outcomeIn = async (deps: Parameters<typeof makeOutcome>[0], roundId: RoundId, arrival: number) => {
  await makeOutcome(deps, { roundId, arrival });
  const read = await readPacketOutcome(
    new TextDecoder().decode(await deps.papers.read(outcomeKey(roundId, arrival))),
  );
  return granted(read.ok ? read : { ok: false, error: { kind: 'invalid' } }).outcome;
};

const faultOf = async (bringing: ReturnType<typeof bringArrivals>) => {
  const answer = await bringing;
  return answer.ok || answer.error.kind !== 'invalid' ? answer : answer.error.faults[0]?.message;
};

describe('a packet of another region', () => {
  it('brings people with what their region published of them, once another person confirms it', async () => {
    const { world, staff, colleague, files } = await carried();
    const { number: arrival } = granted(await bringArrivals(world, { ...staff, ...files }));
    const again = granted(await bringArrivals(world, { ...staff, ...files }));
    const before = granted(await viewArrivals(world, staff));
    const alone = await confirmArrivals(world, { ...staff, arrival, confirmed: 2 });
    const other = await confirmArrivals(world, { ...colleague, arrival, confirmed: 3 });
    granted(await confirmArrivals(world, { ...colleague, arrival, confirmed: 2 }));
    const { waiting } = granted(await viewArrivals(world, staff));

    expect(again).toEqual({ number: arrival, isKnown: true });
    expect(before.waiting).toEqual([]);
    expect(alone).toMatchObject({ error: { kind: 'second-person-needed' } });
    expect(other).toMatchObject({ error: { kind: 'recipients-differ', recipients: 2 } });
    expect(waiting).toMatchObject([
      { newcomer: { number: 'KZ19-AAAA-0000', rank: 1, of: 3 }, vacancy: { code: maths } },
      { newcomer: { number: 'KZ19-AAAA-0001', rank: 2, of: 3 }, vacancy: { code: maths } },
    ]);
    // Nothing of a person stands in the record itself.
    const history = JSON.stringify(await world.records.history('elsewhere', staff.roundId));
    expect(history).not.toContain('example.kz');
    expect(await world.readLog.of(`elsewhere#${staff.roundId}`)).toHaveLength(2);
  });

  it.for([
    ['changed in one byte', (packet: string) => packet.replace('"people":2', '"people":1'), 'signature'],
    ['with a space more', (packet: string) => `${packet} `, 'packet'],
    ['that is a list', () => '{}', 'packet'],
  ] as const)('%s is refused', async ([, change, fault]) => {
    const { world, staff, files } = await carried();

    expect(await faultOf(bringArrivals(world, { ...staff, ...files, packet: change(files.packet) }))).toBe(
      `elsewhere.fault.${fault}`,
    );
  });

  it('is refused with other results, under a key that nobody kept, and for another list', async () => {
    const { world, staff, files } = await carried();
    const others = await carried();
    const keyless = staffOf(await twoRegions());
    const bundle = files.bundle.replace('"rank":1', '"rank":2');
    expect(await faultOf(bringArrivals(world, { ...staff, ...files, bundle }))).toBe(
      'elsewhere.fault.bundle',
    );
    expect(await faultOf(bringArrivals(keyless.world, { ...keyless.staff, ...files }))).toBe(
      'elsewhere.fault.noKey',
    );
    expect(await faultOf(bringArrivals(world, { ...staff, ...others.files }))).toBe(
      'elsewhere.fault.otherKey',
    );
  });

  it('is refused after the time to hand over, and is not brought a second time beside itself', async () => {
    const { world, staff, files } = await carried();
    world.clock.to(handingUntil);

    expect(await bringArrivals(world, { ...staff, ...files })).toMatchObject({
      error: { kind: 'too-late', closesAt: handingUntil },
    });
  });

  it('is not confirmed once its region is known by another key', async () => {
    const { world, staff, colleague, files } = await carried();
    const { number: arrival } = granted(await bringArrivals(world, { ...staff, ...files }));
    granted(await pinRegionKey(world, { ...staff, region: 'KZ-19', key: sha256Of('another key') }));

    expect(await confirmArrivals(world, { ...colleague, arrival, confirmed: 2 })).toMatchObject({
      error: { kind: 'changed-meanwhile' },
    });
  });

  it('is erased at the moment that people were told, and no copy of it opens any more', async () => {
    const { world, staff, colleague, files } = await carried();
    const own = (await world.records.find(elsewhereAggregate, staff.roundId))?.state.own;
    const due = (): unknown[] =>
      [...world.records.outbox.values()].flatMap(({ at, body }) => (body.kind === 'erase-handed' ? at : []));
    // Also where no packet was ever brought: a copy may lie anywhere.
    expect(due()).toEqual([own?.keptUntil]);

    const { number: arrival } = granted(await bringArrivals(world, { ...staff, ...files }));
    granted(await confirmArrivals(world, { ...colleague, arrival, confirmed: 2 }));
    expect(new Set(due())).toEqual(new Set([own?.keptUntil]));
    const erasing = { ...world, eraser: memoryEraser(world.records) };
    await eraseHanded(erasing, staff);
    await eraseHanded(erasing, staff);

    expect(granted(await viewArrivals(world, staff)).waiting).toEqual([]);
    expect(await faultOf(bringArrivals(world, { ...staff, ...files }))).toBe('elsewhere.fault.seal');
  });
});

describe('deciding who of other regions is asked about which post', () => {
  it('waits for the end of handing over and for every packet, and then stays as it was seen', async () => {
    const { world, staff, colleague, files } = await carried();
    const { number: arrival } = granted(await bringArrivals(world, { ...staff, ...files }));
    const early = await giveElsewhere(world, { ...staff, confirmed: 0 });
    world.clock.to(handingUntil);
    const unconfirmed = await giveElsewhere(world, { ...staff, confirmed: 0 });
    granted(await confirmArrivals(world, { ...colleague, arrival, confirmed: 2 }));
    const unseen = await giveElsewhere(world, { ...staff, confirmed: 1 });
    granted(await giveElsewhere(world, { ...staff, confirmed: 2 }));
    granted(await giveElsewhere(world, { ...colleague, confirmed: 2 }));

    expect(early).toMatchObject({ error: { kind: 'too-early', until: handingUntil } });
    expect(unconfirmed).toMatchObject({ error: { kind: 'unfinished-work', remaining: 1 } });
    expect(unseen).toMatchObject({ error: { kind: 'recipients-differ', recipients: 2 } });
    const given = (await world.records.find(elsewhereAggregate, staff.roundId))?.state.given;
    expect(given?.posts).toEqual([
      { from: 'KZ-19', number: 'KZ19-AAAA-0000', vacancy: maths },
      { from: 'KZ-19', number: 'KZ19-AAAA-0001', vacancy: maths },
    ]);
    expect(granted(await viewArrivals(world, staff)).waiting.map(({ vacancy }) => vacancy?.code)).toEqual([
      maths,
      maths,
    ]);
  });

  it('gives one post to somebody who comes from two regions, and both regions hear the same', async () => {
    const { world, staff, colleague, regions, files } = await carried();
    const third = await besideThem(regions, 'KZ-10');
    // The same mailbox in both, and somebody who comes from one alone.
    for (const who of [0, 1]) await chosenIn(third.here, third.list, who, [maths]);
    const packets = [files, await carriedTo(third)];
    for (const packet of packets) {
      const { number: arrival } = granted(await bringArrivals(world, { ...staff, ...packet }));
      granted(await confirmArrivals(world, { ...colleague, arrival, confirmed: 2 }));
    }
    world.clock.to(handingUntil);
    const { waiting, given } = granted(await viewArrivals(world, staff));
    granted(await giveElsewhere(world, { ...staff, confirmed: given }));
    const { signer } = regions.there;
    const told = await Promise.all(
      [1, 2].map((arrival) => outcomeIn({ ...world, signer }, staff.roundId, arrival)),
    );

    expect(given).toBe(2);
    const mails = waiting.flatMap(({ newcomer, vacancy }) => (vacancy ? [newcomer.mail] : []));
    expect(mails).toEqual(['person-0@example.kz', 'person-1@example.kz']);
    expect(waiting.filter(({ alsoAs }) => alsoAs).map(({ newcomer }) => newcomer.from)).toEqual([
      'KZ-10',
      'KZ-10',
    ]);
    expect(told.map(({ to }) => to)).toEqual(['KZ-19', 'KZ-10']);
    expect(told[0]?.people).toEqual(told[1]?.people);
  });

  it('stays what it was for who counted as somebody else then: who was given a post hears of it', async () => {
    const { world, staff, colleague, regions, files } = await carried();
    const third = await besideThem(regions, 'KZ-10');
    for (const who of [0, 1]) await chosenIn(third.here, third.list, who, [maths]);
    for (const packet of [files, await carriedTo(third)]) {
      const { number: arrival } = granted(await bringArrivals(world, { ...staff, ...packet }));
      granted(await confirmArrivals(world, { ...colleague, arrival, confirmed: 2 }));
    }
    world.clock.to(handingUntil);
    // As it was decided while nothing told that these two are one.
    const number = ApplicationNumber.parse('KZ19-AAAA-0000');
    const posts = [{ from: 'KZ-10' as const, number, vacancy: maths }];
    const record = await world.records.find(elsewhereAggregate, staff.roundId);
    const { change } = changed(elsewhereAggregate, staff.roundId, record, [
      { type: 'elsewhere-posts-given', at: world.clock.now(), by: staff.by.id, given: posts },
    ]);
    granted(await world.records.commit({ by: staff.by, changes: [change] }));
    const { waiting } = granted(await viewArrivals(world, staff));
    const told = await outcomeIn({ ...world, signer: regions.there.signer }, staff.roundId, 2);

    const theirs = waiting.filter(({ newcomer }) => newcomer.from === 'KZ-10');
    expect(theirs.find(({ newcomer }) => newcomer.number === number)).toMatchObject({
      vacancy: { code: maths },
    });
    expect(theirs.find(({ newcomer }) => newcomer.number === number)).not.toHaveProperty('alsoAs');
    expect(told.people).toMatchObject([{ number, outcome: 'post' }, { outcome: 'none' }]);
  });

  it('leaves out a packet that was sent back', async () => {
    const { world, staff, files } = await carried();
    const { number: arrival } = granted(await bringArrivals(world, { ...staff, ...files }));
    granted(await refuseArrivals(world, { ...staff, arrival }));
    world.clock.to(handingUntil);
    granted(await giveElsewhere(world, { ...staff, confirmed: 0 }));

    expect(granted(await viewArrivals(world, staff))).toMatchObject({ waiting: [], given: 0 });
  });
});
