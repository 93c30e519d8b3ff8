import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { beginChecks, lookAfterChecks } from '#functions/sweep/checks.ts';
import type { CheckFinding } from '#shared/checks/finding.ts';
import { begun, withFindings } from '#shared/checks/run.ts';
import { nightsOfClosed } from '#shared/checks/turn.ts';
import { anchorKey } from '#shared/ports/checks.ts';
import { aClosedRoundIn } from '#test/builders/closed-round.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { noon } from '#test/contracts/tally.ts';
import { aCheckedRegion, aKey, type CheckedRegion } from './checked-region.ts';
import { calledIn } from './impossible-states.ts';

const noJson = async (): Promise<never> => {
  throw new SyntaxError('This is no JSON.');
};

let region: CheckedRegion;
beforeEach(async () => {
  region = await aCheckedRegion();
});
afterEach(() => region.engine.stop());

describe('the nightly checks, where something stands in their way', () => {
  it('find an anchor that somebody else signed, of records that they cut', async () => {
    const { papers, deps, night, history, forge } = region;
    await night();
    const own = deps.signer;
    deps.signer = aKey();
    await forge(4, (await history(4)).slice(0, 1), 2);
    papers.stored.delete(anchorKey(1));
    const { revision } = await deps.reports.read();
    await deps.reports.save({ revision });
    await beginChecks(deps, 'anew');
    deps.signer = own;

    expect(await night()).toEqual([{ invariant: 'anchor-by-other-key', id: 'anchor-1' }]);
    expect(papers.stored.has(anchorKey(2))).toBe(false);
  });

  it('make no anchor of what lacks something either where more was found than is told', async () => {
    const { papers, deps, night, grow, history, forge } = region;
    await grow(4, 2);
    await night();
    await forge(4, (await history(4)).slice(0, 2), 4);
    const many = Array.from({ length: 200 }, (): CheckFinding => ({ invariant: 'changed', id: 'x' }));
    const running = withFindings({ ...begun('night', noon), phase: 'compare' }, many);
    await deps.reports.save({ ...(await deps.reports.read()), running });

    await lookAfterChecks(deps);

    expect((await deps.reports.read()).night).toMatchObject({ more: 1 });
    expect(papers.stored.has(anchorKey(2))).toBe(false);
  });

  it('find what an anchor is over gone, or changed', async () => {
    const { papers, night } = region;
    await night();
    const key = [...papers.stored.keys()].find((one) => one.includes('contents-')) ?? '';
    const id = key.replace(/^.*(contents-\w+)\.json$/, '$1');
    const kept = new TextDecoder().decode(papers.stored.get(key));
    papers.stored.delete(key);
    expect(await night()).toEqual([{ invariant: 'anchor-missing', id }]);

    papers.stored.set(key, new TextEncoder().encode(kept.replace('"heads":12', '"heads":11')));
    expect(await night()).toEqual([{ invariant: 'anchor-changed', id }]);
  });

  it('go on with all others where a round cannot be read, and say which', async () => {
    const { papers, deps, night } = region;
    const { world, roundId } = await calledIn();
    deps.commands = { ...deps.commands, records: { ...world.records, history: noJson } };

    expect(await night()).toEqual([{ invariant: 'unreadable', aggregate: 'round', id: roundId, roundId }]);
    expect(papers.stored.has(anchorKey(1))).toBe(true);
  });

  it('come to a closed round within seven nights, and tell what is wrong there until it is mended', async () => {
    const { deps, night } = region;
    const world = aWorld();
    const { roundId } = await aClosedRoundIn(world);
    const { history } = world.records;
    deps.commands = { ...deps.commands, records: world.records };
    const week: number[] = [];
    for (let nights = 0; nights < nightsOfClosed; nights += 1) {
      const looks = vi.spyOn(world.records, 'history');
      expect(await night()).toEqual([]);
      week.push(looks.mock.calls.length);
      looks.mockRestore();
    }
    expect(week[0]).toBeGreaterThan(0);
    expect(week.slice(1).filter((looks) => looks > 0).length).toBeLessThanOrEqual(1);

    world.records.history = noJson;
    const found: CheckFinding[][] = [];
    for (let nights = 0; nights < 2 * nightsOfClosed; nights += 1) found.push(await night());
    const first = found.findIndex(({ length }) => length > 0);
    const finding = { invariant: 'unreadable', aggregate: 'round', id: roundId, roundId };
    expect(first).toBeLessThan(nightsOfClosed);
    expect(found.slice(first).every((one) => one.length === 1)).toBe(true);
    expect(found.at(-1)).toEqual([finding]);

    world.records.history = history;
    expect(await night()).toEqual([]);
  });

  it('come to their end where the list of rounds cannot be read', async () => {
    const { papers, deps, night } = region;
    deps.commands = { ...deps.commands, records: { ...deps.commands.records, list: noJson } };

    expect(await night()).toEqual([]);
    expect(papers.stored.has(anchorKey(1))).toBe(true);
  });

  it('go on at the next sweep with a step that failed, and check nothing anew before it', async () => {
    const { deps } = region;
    const { page } = deps.heads;
    const { pages: all } = deps;
    let pages = 0;
    deps.pages = {
      page: async (after) => {
        pages += 1;
        return await all.page(after);
      },
    };
    deps.heads.page = async () => {
      throw new Error('The table was throttled.');
    };
    await expect(beginChecks(deps, 'night')).rejects.toThrow('throttled');
    const before = pages;
    deps.heads.page = page;

    await lookAfterChecks(deps);

    const { night: ended, running } = await deps.reports.read();
    expect([ended?.records, ended?.anchor?.number, running, pages]).toEqual([12, 1, undefined, before]);
  });
});
