import { describe, expect, it } from 'vitest';
import { chronicleOf } from '#functions/commands/chronicle.ts';
import { nearLineView } from '#functions/commands/near-line.ts';
import { replay } from '#functions/commands/replay.ts';
import { type Standing, type StandingList, standingText } from '#shared/domain/standing.ts';
import type { Chronicle } from '#shared/replay/chronicle.ts';
import { aNearLineScene, aShownFile, qualities, scoreByQuality } from '#test/builders/near-line.ts';
import { granted } from '#test/builders/scenes.ts';
import { secretary } from '#test/builders/selection.ts';
import { proposedIn } from '#test/builders/severity-scene.ts';

/** A shortlist on the table, as its chronicle tells it. */
const drawn = async () => {
  const scene = await aNearLineScene(qualities.length, {}, aShownFile());
  await scoreByQuality(scene);
  const list = await proposedIn(scene);
  const chronicle = await chronicleOf(scene.world.records, scene.roundId);
  if (!chronicle) throw new Error('There is no such round.');
  return { scene, list, chronicle };
};

/** The same where the table held another list. */
const holding = (chronicle: Chronicle, was: StandingList, now: Omit<StandingList, 'schemaVersion'>) => {
  const [before, after] = [standingText(was), standingText(now)];
  return {
    ...chronicle,
    texts: [...chronicle.texts, after],
    events: chronicle.events.map((event) =>
      event.fact['proposal'] === before.sha256
        ? { ...event, fact: { ...event.fact, proposal: after.sha256 } }
        : event,
    ),
  };
};

const followsAt = async ({
  scene,
  chronicle,
}: Pick<Awaited<ReturnType<typeof drawn>>, 'scene' | 'chronicle'>) => {
  const { recomputed = [] } = (await replay(chronicle, scene.world.clock.now())) ?? {};
  return recomputed.find(({ stage }) => stage === 'scoring')?.follows;
};

describe('the group at the line of a list on the table', () => {
  it('follows from the record, and another group does not', async () => {
    const { scene, list, chronicle } = await drawn();
    const { line } = list;
    const fewer = { ...list, ...(line && { line: { ...line, near: line.near.slice(1) } }) };

    expect(line?.near).toHaveLength(4);
    expect(await followsAt({ scene, chronicle })).toBe(true);
    expect(await followsAt({ scene, chronicle: holding(chronicle, list, fewer) })).toBe(false);
  });

  it('is not missed in a list from before it was noted', async () => {
    const { scene, list, chronicle } = await drawn();
    const { line: _line, ...old } = list;

    expect(await followsAt({ scene, chronicle: holding(chronicle, list, old) })).toBe(true);
  });
});

describe('how sure each total is', () => {
  it('follows from the record with the list, is another where it was changed, and is not missed in older lists', async () => {
    const { scene, list, chronicle } = await drawn();
    const follows = (change: (standing: Standing) => Standing) => {
      const now = { ...list, standings: list.standings.map(change) };
      return followsAt({ scene, chronicle: holding(chronicle, list, now) });
    };

    expect(list.standings.every(({ spread }) => spread && spread.error > 0)).toBe(true);
    expect(await follows(({ spread: _spread, ...before }) => before)).toBe(true);
    expect(await follows((one) => Object.assign({}, one, { spread: { error: 0.5, ranks: [1, 8] } }))).toBe(
      false,
    );
  });

  it('is what the secretary sees at the line, where scores count as they were given', async () => {
    const { scene, list } = await drawn();
    const { state } = granted(await nearLineView(scene.world, { by: secretary, roundId: scene.roundId }));
    const placed = 'placed' in state ? state.placed : [];

    expect(placed).toHaveLength(qualities.length);
    for (const { number, error, rank } of placed) {
      const { spread } = list.standings.find((one) => one.number === number) ?? {};
      expect(spread?.error).toBeCloseTo(error, 4);
      expect(spread?.ranks[0]).toBeLessThanOrEqual(rank);
      expect(spread?.ranks[1]).toBeGreaterThanOrEqual(rank);
    }
  });
});
