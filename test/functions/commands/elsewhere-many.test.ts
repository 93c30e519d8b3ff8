import { expect, it } from 'vitest';
import { pinRegionKey } from '#functions/commands/elsewhere.ts';
import { bringArrivals, confirmArrivals } from '#functions/commands/elsewhere-arrivals.ts';
import { viewArrivals } from '#functions/commands/elsewhere-giving.ts';
import { handOver } from '#functions/commands/elsewhere-handing.ts';
import { eraseHanded } from '#functions/commands/elsewhere-list.ts';
import { documentsOf } from '#shared/domain/elsewhere-arrivals.ts';
import { fitsOnePacket, mostHanded } from '#shared/elsewhere/packet.ts';
import { aRegionWithPosts, listedIn, theColleague } from '#test/builders/elsewhere.ts';
import { choosingUntil, chosenIn, twoRegions } from '#test/builders/handed.ts';
import { everybodyOf } from '#test/builders/many-handed.ts';
import { memoryEraser } from '#test/builders/memory-erasure.ts';
import { vacancyCode } from '#test/builders/offered.ts';
import { aVacancy, theAdministrator } from '#test/builders/offers.ts';
import { granted } from '#test/builders/scenes.ts';

/** As long as codes may be. */
const longCodes = Array.from({ length: 50 }, (_, index) => vacancyCode(`T-${'X'.repeat(27)}-${index + 10}`));

it.for([
  [
    'as many as a packet may hand over, of one choice each',
    { length: mostHanded, choices: [vacancyCode('T-MAT')] },
  ],
  ['who chose as much as anybody may, of codes as long as can be', { length: 630, choices: longCodes }],
] as const)(
  'people of one region come in one packet, in documents that the store can hold, and go together: %s',
  async ([, sent]) => {
    const there = await aRegionWithPosts(
      undefined,
      sent.choices.map((code) => aVacancy(code)),
    );
    await listedIn(there);
    const { world, scene } = there;
    const staff = { by: theAdministrator, roundId: scene.roundId };
    const { files, key } = await everybodyOf(there, sent);
    granted(await pinRegionKey(world, { ...staff, region: 'KZ-19', key }));

    const { number: arrival } = granted(await bringArrivals(world, { ...staff, ...files }));
    granted(await confirmArrivals(world, { ...staff, by: theColleague, arrival, confirmed: sent.length }));
    const { waiting, place } = granted(await viewArrivals(world, staff));
    const documents = place.record?.state.arrivals?.flatMap(documentsOf) ?? [];
    const bodies = await Promise.all(documents.map((document) => world.records.document(document)));
    await eraseHanded({ ...world, eraser: memoryEraser(world.records) }, staff);

    const chosen = { subjects: ['mathematics' as const], choices: [...sent.choices] };
    expect(fitsOnePacket(Array.from({ length: sent.length }, () => chosen))).toBe(true);
    expect(new Set(waiting.map(({ newcomer }) => newcomer.number)).size).toBe(sent.length);
    expect(waiting.map(({ newcomer }) => newcomer.rank)).toContain(sent.length);
    // A request takes 4 MB, an item of the store 400 KB.
    expect(files.packet.length).toBeLessThan(4 * 1024 * 1024);
    expect(new Set(documents.map(({ version }) => version)).size).toBe(documents.length);
    for (const body of bodies) expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThan(350 * 1024);
    expect(granted(await viewArrivals(world, staff)).waiting).toEqual([]);
  },
);

it('who would not fit into one packet are not handed over, which is said before it is decided', async () => {
  const { here, list } = await twoRegions();
  const { world, scene } = here;
  await chosenIn(here, list, 0, [vacancyCode('T-MAT')]);
  world.clock.to(choosingUntil);
  const many = Array.from({ length: 60_000 }, () => longCodes[0]);
  const records: typeof world.records = Object.assign(Object.create(world.records), {
    // Fewer people than would be too many, of whom one chose more than anybody can.
    find: async (...asked: Parameters<typeof world.records.find>) => {
      const found = structuredClone(await world.records.find(...asked));
      const state: { elsewhere?: unknown } = found?.state ?? {};
      if (Array.isArray(state.elsewhere)) for (const one of state.elsewhere) one.choices = many;
      return found;
    },
  });
  const command = { by: theAdministrator, roundId: scene.roundId, list, confirmed: 1 };

  const refused = await handOver({ ...world, records }, command);
  expect(refused).toMatchObject({
    error: { kind: 'invalid', faults: [{ message: 'elsewhere.fault.largePacket', facts: { people: 1 } }] },
  });
  granted(await handOver(world, command));
});
