import { describe, expect, it } from 'vitest';
import { broughtResults, mostResultsBytes, resultsForm } from '#functions/commands/brought-results.ts';
import { bringArrivals } from '#functions/commands/elsewhere-arrivals.ts';
import { viewArrivals } from '#functions/commands/elsewhere-giving.ts';
import { DocumentId } from '#shared/domain/ids.ts';
import { broughtKey } from '#shared/ports/files.ts';
import { carriedTo, chosenIn, twoRegions } from '#test/builders/handed.ts';
import { vacancyCode } from '#test/builders/offered.ts';
import { theAdministrator } from '#test/builders/offers.ts';
import { granted } from '#test/builders/scenes.ts';

const some = DocumentId.parse('D0CMENT0000000000000');

const there = async () => {
  const regions = await twoRegions();
  await chosenIn(regions.here, regions.list, 0, [vacancyCode('T-MAT')]);
  const { packet, bundle } = await carriedTo(regions);
  const { world, scene } = regions.there;
  return { world, staff: { by: theAdministrator, roundId: scene.roundId }, packet, bundle };
};

describe('results that are larger than a request may be', () => {
  it('go to storage by a form, and come with the packet that names them', async () => {
    const { world, staff, packet, bundle } = await there();
    const { id, upload } = granted(await resultsForm(world, staff));
    const before = await bringArrivals(world, { ...staff, packet, bundle: { id } });
    await world.files.write(upload.fields['key'] ?? '', Buffer.from(bundle));
    const { number } = granted(await bringArrivals(world, { ...staff, packet, bundle: { id } }));
    const { place } = granted(await viewArrivals(world, staff));

    expect(before).toMatchObject({ error: { faults: [{ message: 'elsewhere.fault.noResults' }] } });
    expect(upload.fields).toMatchObject({ key: broughtKey(staff.roundId, id), minBytes: '0' });
    expect(place.record?.state.arrivals).toMatchObject([{ number, people: 1, status: 'waiting' }]);
  });

  it('are others for each form, and for nobody who may not receive people', async () => {
    const { world, staff } = await there();
    const ids = await Promise.all([1, 2].map(async () => granted(await resultsForm(world, staff)).id));

    expect(new Set(ids).size).toBe(2);
    expect(
      await resultsForm(world, { ...staff, by: { ...theAdministrator, role: 'auditor' } }),
    ).toMatchObject({
      error: { kind: 'not-allowed' },
    });
  });

  it('are refused in words where they are no text, or larger than is read', async () => {
    const { world, staff } = await there();
    const at = { roundId: staff.roundId, id: some };
    world.files.put(broughtKey(staff.roundId, some), '\xff\xfe');
    const bytes = await broughtResults(world, at);
    await world.files.write(broughtKey(staff.roundId, some), new Uint8Array(mostResultsBytes).fill(32));
    const whole = granted(await broughtResults(world, at));
    await world.files.write(broughtKey(staff.roundId, some), new Uint8Array(mostResultsBytes + 1).fill(32));
    const more = await broughtResults(world, at);

    expect(bytes).toMatchObject({ error: { faults: [{ message: 'elsewhere.fault.bundle' }] } });
    expect(whole).toHaveLength(mostResultsBytes);
    expect(more).toMatchObject({
      error: { faults: [{ message: 'elsewhere.fault.largeResults', facts: { megabytes: 32 } }] },
    });
  });
});
