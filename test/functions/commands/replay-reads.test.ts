import { describe, expect, it } from 'vitest';
import { chronicleOf } from '#functions/commands/chronicle.ts';
import { drawUpProposal, takeProposalBack } from '#functions/commands/gate-work.ts';
import { recountBasis } from '#functions/commands/recount-basis.ts';
import { releaseFile } from '#functions/commands/redaction.ts';
import { replay } from '#functions/commands/replay.ts';
import { scoreApplication } from '#functions/commands/scoring.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';
import type { Chronicle } from '#shared/replay/chronicle.ts';
import { proposalsIn, readsNamed } from '#shared/replay/drawn.ts';
import { recordsRead } from '#shared/replay/reads.ts';
import { withoutReads } from '#test/builders/reads.ts';
import { aRedactionScene } from '#test/builders/redaction-scene.ts';
import { aTickingWorld, granted, type World } from '#test/builders/scenes.ts';
import {
  advanceIn,
  aScoringIn,
  pointsOf,
  ratersOf,
  type Selection,
  secretary,
} from '#test/builders/selection.ts';

/** The machine that takes the last score is an hour ahead of the one that draws the proposal up. */
const aScoringWithTwoClocks = async (): Promise<Selection & { world: World; ahead: Instant }> => {
  const world = aTickingWorld();
  const selection = await aScoringIn(world, [{}, {}, {}]);
  const { roundId } = selection;
  const ahead = addSeconds(world.clock.now(), 3600);
  const points = await pointsOf(world, true, roundId);
  const lower = await pointsOf(world, false, roundId);
  const last = selection.applications.at(-1)?.id;
  for (const { id: applicationId } of selection.applications) {
    for (const by of await ratersOf(world, applicationId)) {
      const there = applicationId === last ? { ...world, clock: { now: () => ahead } } : world;
      const given = applicationId === last ? lower : points;
      granted(await scoreApplication(there, { by, roundId, applicationId, points: given }));
    }
  }
  await advanceIn(world, roundId);
  return { ...selection, world, ahead };
};

const chronicleIn = async ({ world, roundId }: Pick<Selection, 'roundId'> & { world: World }) => {
  const chronicle = await chronicleOf(world.records, roundId);
  if (!chronicle) throw new Error('There is no such round.');
  return chronicle;
};

const followedIn = async (chronicle: Chronicle, until: Instant) =>
  ((await replay(chronicle, until))?.recomputed ?? []).map(({ stage, follows }) => [stage, follows]);

describe('a proposal whose records have clocks of their own', () => {
  it('follows from the versions that it read, though one is of a later moment', async () => {
    const scene = await aScoringWithTwoClocks();
    const chronicle = await chronicleIn(scene);
    const until = addSeconds(scene.ahead, 3600);

    expect(await followedIn(chronicle, until)).toEqual([
      ['screening', true],
      ['scoring', true],
    ]);
    expect(await followedIn(withoutReads(chronicle), until)).toEqual([
      ['screening', true],
      ['scoring', false],
    ]);
  });

  it('is never to be seen without what it was drawn up from', async () => {
    const scene = await aScoringWithTwoClocks();
    const chronicle = await chronicleIn(scene);
    const drawnUp = proposalsIn(chronicle.events)
      .map(({ at }) => at)
      .toSorted()
      .at(-1);
    if (!drawnUp) throw new Error('Nothing was drawn up.');

    expect((await replay(chronicle, drawnUp))?.stood.work.scores).toBe(6);
    expect((await replay(withoutReads(chronicle), drawnUp))?.stood.work.scores).toBe(4);
  });

  it('is counted again from the same versions', async () => {
    const scene = await aScoringWithTwoClocks();
    const basis = await recountBasis(await chronicleIn(scene), addSeconds(scene.ahead, 3600));

    expect(basis?.basis.scoring.candidacies.map(({ scores }) => scores.length)).toEqual([2, 2, 2]);
  });
});

describe('what a proposal says that it read', () => {
  it('is each record that it was drawn up from, once by its id, and what lists had', async () => {
    const scene = await aScoringWithTwoClocks();
    const chronicle = await chronicleIn(scene);
    const scored = proposalsIn(chronicle.events).at(-1);
    const reads = readsNamed(chronicle, scored?.reads);
    if (!reads) throw new Error('The proposal says nothing.');

    const ids = scene.applications.map(({ id }) => id).toSorted();
    expect(Object.keys(reads.found.candidacy ?? {}).toSorted()).toEqual(ids);
    expect(Object.keys(reads.listed)).toEqual(['application']);
    for (const { aggregate, id, version } of recordsRead(reads)) {
      const history = await scene.world.records.history(aggregate, id);
      expect(history.length, aggregate).toBeGreaterThanOrEqual(version);
    }
    expect(Object.keys(reads.found).toSorted()).toEqual(['candidacy', 'committee', 'gate', 'marks', 'round']);
  });

  it('has the same bytes where the same is drawn up again', async () => {
    const { world, roundId } = await aRedactionScene('warn');
    const command = { by: secretary, roundId };
    const first = granted(await drawUpProposal(world, command));
    granted(await takeProposalBack(world, command));
    const second = granted(await drawUpProposal(world, command));
    const chronicle = await chronicleIn({ world, roundId });
    const [one, two] = proposalsIn(chronicle.events).map(({ reads }) => readsNamed(chronicle, reads));

    expect(second.state.proposal).toBe(first.state.proposal);
    expect(two?.found.gate).not.toEqual(one?.found.gate);
    expect({ ...two?.found, gate: {} }).toEqual({ ...one?.found, gate: {} });
    expect(two?.listed).toEqual(one?.listed);
  });

  it('is missed where a chronicle ends before it', async () => {
    const scene = await aScoringWithTwoClocks();
    const chronicle = await chronicleIn(scene);
    const last = chronicle.events.findLastIndex(({ fact }) => fact.type === 'score-given');
    const cut = { ...chronicle, events: chronicle.events.toSpliced(last, 1) };

    expect(await followedIn(cut, addSeconds(scene.ahead, 3600))).toEqual([
      ['screening', true],
      ['scoring', false],
    ]);
  });
});

describe('screening that waited for redacted copies', () => {
  it('follows from the record, copies and all, with what it read and without', async () => {
    const scene = await aRedactionScene('stop');
    await scene.releaseProposal();
    granted(await releaseFile(scene.world, { ...scene.file, sent: await scene.send() }));
    await scene.toScoring();
    const chronicle = await chronicleIn(scene);
    const until = scene.world.clock.now();

    expect(chronicle.events.some(({ aggregate }) => aggregate === 'redaction')).toBe(true);
    expect(await followedIn(chronicle, until)).toEqual([['screening', true]]);
    expect(await followedIn(withoutReads(chronicle), until)).toEqual([['screening', true]]);
  });
});
