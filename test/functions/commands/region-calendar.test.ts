import { beforeEach, describe, expect, it } from 'vitest';
import { askDeferral, grantDeferral } from '#functions/commands/deferrals.ts';
import { acceptOffer } from '#functions/commands/offers.ts';
import { roundFileOf } from '#functions/commands/pinned.ts';
import {
  enforceRegionCalendar,
  followRegionCalendar,
  importRegionCalendar,
  viewRegionCalendar,
  workingCalendar,
} from '#functions/commands/region-calendar.ts';
import { addWorkingDays } from '#shared/domain/calendar.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { offerTo } from '#test/builders/offer-answers.ts';
import { aVacancy, releasedIn, theAdministrator } from '#test/builders/offers.ts';
import { withDeferral } from '#test/builders/round-file.ts';
import { aCallIn, administrator, aWorld, granted, type World } from '#test/builders/scenes.ts';

let world: World;
beforeEach(() => {
  world = aWorld();
});

/** 12 October, 16 and 18 November 2022 are off, which no round file knows. */
const text = JSON.stringify({
  schemaVersion: 1,
  holidays: ['2022-10-25', '2022-12-16'],
  transferred: [{ off: '2022-10-12' }, { off: '2022-11-16' }, { off: '2022-11-18' }],
  source: 'made for a test',
  confidence: 'unverified',
  verifiedOn: '2022-09-01',
});
const sha256 = sha256Of(text);
const file = new TextEncoder().encode(text);
const by = administrator;

const inForce = async (): Promise<void> => {
  granted(await importRegionCalendar(world, { by, file }));
  granted(await enforceRegionCalendar(world, { by, sha256 }));
};

describe('a calendar that is imported', () => {
  it('counts for nobody until it is in force; then for the region', async () => {
    expect(addWorkingDays('2022-11-17', 1, await workingCalendar(world.records))).toBe('2022-11-18');
    granted(await importRegionCalendar(world, { by, file }));
    expect(addWorkingDays('2022-11-17', 1, await workingCalendar(world.records))).toBe('2022-11-18');

    granted(await enforceRegionCalendar(world, { by, sha256 }));
    expect(addWorkingDays('2022-11-17', 1, await workingCalendar(world.records))).toBe('2022-11-21');
    expect((await world.records.history('calendar', 'REGION')).map(({ fact }) => fact.type)).toEqual([
      'calendar-imported',
      'calendar-put-in-force',
    ]);
  });

  it('with a fault changes nothing', async () => {
    const broken = await importRegionCalendar(world, { by, file: new TextEncoder().encode('{}') });

    expect(broken).toMatchObject({ ok: false, error: { kind: 'invalid' } });
    expect(await world.records.find(roundAggregate, 'REGION')).toBeUndefined();
    expect((await viewRegionCalendar(world)).calendar.versions).toEqual([]);
  });
});

describe('a round that runs', () => {
  it('keeps the calendar of its file until a person decides; the page says before what would move', async () => {
    const roundId = await aCallIn(world);
    await inForce();
    const { changes } = await viewRegionCalendar(world);
    const [expected] = changes;
    const read = async () => {
      const { plan } = (await world.records.find(roundAggregate, roundId))?.state ?? {};
      if (!plan) throw new Error('There is no round.');
      return roundFileOf(world.records, plan);
    };

    expect(changes).toHaveLength(1);
    expect(expected).toMatchObject({ what: 'results', told: false, count: 1 });
    expect((await read()).calendar.holidays).toContain('2023-01-01');

    granted(await followRegionCalendar(world, { by, roundId, sha256 }));
    expect((await read()).calendar.transferred).toEqual([
      { off: '2022-10-12' },
      { off: '2022-11-16' },
      { off: '2022-11-18' },
    ]);
    expect((await viewRegionCalendar(world)).changes).toEqual([]);
  });

  it('follows only the calendar that the page showed', async () => {
    const roundId = await aCallIn(world);
    const nothing = await followRegionCalendar(world, { by, roundId, sha256 });
    granted(await importRegionCalendar(world, { by, file }));
    const waiting = await followRegionCalendar(world, { by, roundId, sha256 });

    expect([nothing, waiting]).toMatchObject([
      { ok: false, error: { kind: 'changed-meanwhile' } },
      { ok: false, error: { kind: 'changed-meanwhile' } },
    ]);
  });

  it('leaves people the day that they were told, and counts the next offers anew', async () => {
    const { roundId } = await releasedIn(world, [{ choices: ['MAT-001'] }, { choices: ['MAT-002'] }]);
    await inForce();
    const told = async () =>
      (await viewRegionCalendar(world)).changes.filter(({ what }) => what === 'offers');
    const [before] = await told();

    expect(before).toMatchObject({
      told: true,
      count: 2,
      before: '2022-11-17T18:00:00.000Z',
      after: '2022-11-21T18:00:00.000Z',
    });

    granted(await followRegionCalendar(world, { by, roundId, sha256 }));
    expect(await told()).toMatchObject([{ count: 2, before: '2022-11-17T18:00:00.000Z' }]);
  });

  it('counts the checklist of whoever begins later from that day, on which nothing moves here', async () => {
    const later = { until: '2023-01-16', reason: 'study' } as const;
    const one = [{ choices: ['MAT-001'] }];
    const scene = await releasedIn(world, one, [aVacancy('MAT-001')], withDeferral());
    const own = await offerTo(world, scene, 0);
    const { placementId } = granted(await acceptOffer(world, own));
    if (!placementId) throw new Error('No placement was opened.');
    const moved = async () =>
      (await viewRegionCalendar(world)).changes.filter(({ what }) => what === 'checklist').length;
    await inForce();
    const before = await moved();

    granted(await askDeferral(world, { ...own, ...later }));
    granted(await grantDeferral(world, { by: theAdministrator, roundId: scene.roundId, placementId }));

    expect(before).toBeGreaterThan(0);
    expect(await moved()).toBe(0);
  });
});
