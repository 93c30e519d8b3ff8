import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { log } from '#functions/log.ts';
import { beginChecks, lookAfterChecks } from '#functions/sweep/checks.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { aClock } from '#test/builders/worlds.ts';
import { aCheckedRegion, type CheckedRegion } from './checked-region.ts';

let region: CheckedRegion;
beforeEach(async () => {
  region = await aCheckedRegion();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await region.engine.stop();
});

/** Something happens while the first page of records is read. */
const meanwhile = (happens: () => Promise<unknown>): void => {
  const { pages: all } = region.deps;
  let pages = 0;
  region.deps.pages = {
    page: async (after) => {
      pages += 1;
      if (pages === 1) await happens();
      return await all.page(after);
    },
  };
};

describe('two invocations at once', () => {
  it('are not both at one run', async () => {
    const { deps } = region;
    const read = vi.spyOn(deps.heads, 'page');
    meanwhile(() => lookAfterChecks(deps));

    const { night, anchor } = await beginChecks(deps, 'night');

    expect([night?.records, night?.findings, anchor?.number]).toEqual([12, [], 1]);
    const once = read.mock.calls.length;
    deps.commands.clock = aClock(addSeconds(deps.commands.clock.now(), 86_400));
    await beginChecks(deps, 'night');
    expect(read.mock.calls.length).toBe(2 * once);
  });

  it('keep the night that began while another run stood, which undoes nothing of it', async () => {
    const { deps } = region;
    const { pages } = deps;
    meanwhile(async () => {
      deps.pages = pages;
      await beginChecks(deps, 'night');
    });
    const first = deps.commands.clock.now();
    await beginChecks(deps, 'night');

    const { night, running, revision } = await deps.reports.read();
    expect([night?.begunAt, night?.records, running, revision]).toEqual([first, 12, undefined, 3]);
  });

  it('are told apart by what each has read', async () => {
    const { reports } = region.deps;
    const read = await reports.read();
    expect(await reports.save(read)).toEqual({ revision: 1 });
    expect(await reports.save(read)).toBeUndefined();
    expect(await reports.save({ revision: 7 })).toBeUndefined();
    expect(await reports.read()).toEqual({ revision: 1 });
  });

  it('take up after its time what an invocation did not live to give back', async () => {
    const { deps, time } = region;
    await beginChecks({ ...deps, remaining: () => 0 }, 'night');
    const { running } = await deps.reports.read();
    if (!running) throw new Error('Nothing is under way.');
    const now = deps.commands.clock.now();
    await deps.reports.save({
      ...(await deps.reports.read()),
      running: { ...running, heldUntil: addSeconds(now, time.left / 1000) },
    });

    await lookAfterChecks(deps);
    expect((await deps.reports.read()).night).toBeUndefined();
    deps.commands.clock = aClock(addSeconds(now, time.left / 1000));
    await lookAfterChecks(deps);
    expect((await deps.reports.read()).night).toMatchObject({ records: 12, findings: [] });
  });
});

describe('a night that was missed', () => {
  it('is made up for by the next sweep, without a warning', async () => {
    const { deps, night } = region;
    const told = vi.spyOn(log, 'error');
    await night();
    const later = addSeconds(deps.commands.clock.now(), 6 * 86_400);
    deps.commands.clock = aClock(later);

    await lookAfterChecks(deps);

    expect((await deps.reports.read()).night?.endedAt).toBe(later);
    expect(told).not.toHaveBeenCalled();
  });

  it('is warned of once it was begun and does not come to its end', async () => {
    const { deps, night } = region;
    const told = vi.spyOn(log, 'error').mockImplementation(() => {});
    await night();
    const later = addSeconds(deps.commands.clock.now(), 2 * 86_400);
    const stuck = { ...deps, remaining: () => 0 };
    for (const seconds of [0, 1800, 3601]) {
      stuck.commands = { ...deps.commands, clock: aClock(addSeconds(later, seconds)) };
      await lookAfterChecks(stuck);
    }

    expect(told.mock.calls.map(([code]) => code)).toEqual(['CHECKS_OLD']);
  });
});
