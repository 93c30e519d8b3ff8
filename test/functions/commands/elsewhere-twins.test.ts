import { describe, expect, it } from 'vitest';
import { bringArrivals, confirmArrivals } from '#functions/commands/elsewhere-arrivals.ts';
import { giveElsewhere, viewArrivals } from '#functions/commands/elsewhere-giving.ts';
import { makeOutcome } from '#functions/commands/elsewhere-outcome.ts';
import { ruleTwins } from '#functions/commands/elsewhere-twins.ts';
import { readPacketOutcome } from '#shared/elsewhere/outcome.ts';
import { outcomeKey } from '#shared/ports/papers.ts';
import { theColleague } from '#test/builders/elsewhere.ts';
import { besideThem, carriedTo, chosenIn, handingUntil, twoRegions } from '#test/builders/handed.ts';
import { vacancyCode } from '#test/builders/offered.ts';
import { theAdministrator } from '#test/builders/offers.ts';
import { granted } from '#test/builders/scenes.ts';

const [here, beside] = ['KZ-19 KZ19-AAAA-0000', 'KZ-10 KZ19-AAAA-0000'];

/** Two of each of two regions, whose mailboxes say that they are two people in all. */
const counted = async () => {
  const regions = await twoRegions();
  const third = await besideThem(regions, 'KZ-10');
  const { world, scene } = regions.there;
  const staff = { by: theAdministrator, roundId: scene.roundId };
  for (const sending of [regions, third]) {
    for (const who of [0, 1]) await chosenIn(sending.here, sending.list, who, [vacancyCode('T-MAT')]);
    const packet = await carriedTo(sending);
    const { number: arrival } = granted(await bringArrivals(world, { ...staff, ...packet }));
    granted(await confirmArrivals(world, { ...staff, by: theColleague, arrival, confirmed: 2 }));
  }
  const twins = async () => {
    const { waiting } = granted(await viewArrivals(world, staff));
    return waiting.flatMap(({ newcomer, alsoAs }) => (alsoAs ? [`${newcomer.from} ${newcomer.number}`] : []));
  };
  const rule = (same: boolean, one: string | undefined = beside, other: string | undefined = here) =>
    ruleTwins(world, { ...staff, one: one ?? '', other: other ?? '', same });
  return { world, staff, twins, rule, regions };
};

describe('what a person notes of two who are likely one', () => {
  it('counts before what the data say, and can be noted the other way round', async () => {
    const { world, staff, twins, rule } = await counted();
    const before = await twins();
    granted(await rule(false));
    const apart = await twins();
    granted(await rule(false));
    granted(await rule(true, here, beside));

    expect(before).toHaveLength(2);
    expect(apart).toEqual(['KZ-10 KZ19-AAAA-0001']);
    expect(await twins()).toEqual(before);
    const history = await world.records.history('elsewhere', staff.roundId);
    const ruled = history.filter(({ fact }) => fact.type === 'elsewhere-twins-ruled');
    expect(ruled.map(({ fact }) => fact)).toMatchObject([
      { same: false, by: staff.by.id },
      { same: true, by: staff.by.id },
    ]);
  });

  it('decides who is given a post, and what each region hears', async () => {
    const { world, staff, rule, regions } = await counted();
    granted(await rule(false));
    world.clock.to(handingUntil);
    const { given } = granted(await viewArrivals(world, staff));
    granted(await giveElsewhere(world, { ...staff, confirmed: given }));
    await makeOutcome({ ...world, signer: regions.there.signer }, { roundId: staff.roundId, arrival: 2 });
    const file = await world.papers.read(outcomeKey(staff.roundId, 2));
    const read = await readPacketOutcome(new TextDecoder().decode(file));

    // Two seats: whoever counts on their own now comes after those with a better rank.
    expect(given).toBe(2);
    expect(read).toMatchObject({ ok: true, value: { outcome: { people: [{}, {}] } } });
    expect(await rule(true)).toMatchObject({ error: { kind: 'changed-meanwhile' } });
  });

  it('is about two of different regions whose packets count', async () => {
    const { rule } = await counted();
    const messageOf = async (answer: ReturnType<typeof rule>) => {
      const { error } = (await answer) as { error?: { faults?: { place: string; message: string }[] } };
      return error?.faults?.map(({ place, message }) => `${place} ${message}`);
    };

    expect(await messageOf(rule(true, here, 'KZ-19 KZ19-AAAA-0001'))).toEqual([
      'other elsewhere.fault.oneRegion',
    ]);
    expect(await messageOf(rule(true, here, 'KZ-10 KZ19-ZZZZ-0001'))).toEqual([
      'other elsewhere.fault.nobody',
    ]);
    // Both regions have this number here: it names nobody alone.
    expect(await messageOf(rule(true, 'kz19-aaaa-0000', beside))).toEqual(['one elsewhere.fault.nobody']);
    granted(await rule(true, ' kz-19  kz19-aaaa-0000', beside));
  });
});
