import { describe, expect, it } from 'vitest';
import { chronicleOf } from '#functions/commands/chronicle.ts';
import { replay } from '#functions/commands/replay.ts';
import { type StandingList, standingText } from '#shared/domain/standing.ts';
import type { Chronicle } from '#shared/replay/chronicle.ts';
import { aNearLineScene, aShownFile, qualities, scoreByQuality } from '#test/builders/near-line.ts';
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
