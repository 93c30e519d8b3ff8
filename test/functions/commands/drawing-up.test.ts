import { describe, expect, it } from 'vitest';
import { drawUpProposal, takeProposalBack } from '#functions/commands/gate-work.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { aScoringIn, gateIn, ratersOf, score, secretary } from '#test/builders/selection.ts';

const unfinished = { ok: false, error: { kind: 'unfinished-work' } };
const onTable = { ok: false, error: { kind: 'proposal-on-table' } };

/** One application of which the last score is still to come. */
const almostScored = async () => {
  const world = aWorld();
  const { roundId, applications } = await aScoringIn(world, [{}]);
  const [application] = applications;
  if (!application) throw new Error('Somebody applied.');
  const [first, last] = await ratersOf(world, application.id);
  if (!first || !last) throw new Error('Two raters were asked.');
  const scoreAs = async (by: typeof first) => await score({ world, roundId }, by, application.id);
  granted(await scoreAs(first));
  const command = { by: secretary, roundId };
  return { world, roundId, command, lastScores: () => scoreAs(last) };
};

/** The same world, in which something happens once work has been stopped and before anything is read. */
const onceStopped = (world: World, then: () => Promise<void>): World => {
  let isOver = false;
  const commit: World['records']['commit'] = async (wanted) => {
    const stored = await world.records.commit(wanted);
    if (!isOver && wanted.changes.some(({ facts }) => facts.some(({ type }) => type === 'work-stopped'))) {
      isOver = true;
      await then();
    }
    return stored;
  };
  return { ...world, records: { ...world.records, commit } };
};

describe('two who draw the same proposal up', () => {
  it('do not let work go on under each other: who fails takes back the own stop alone', async () => {
    const { world, roundId, command, lastScores } = await almostScored();
    const meanwhile: unknown[] = [];
    const deps = onceStopped(world, async () => {
      meanwhile.push(await drawUpProposal(world, command), await lastScores());
    });

    const drawn = await drawUpProposal(deps, command);

    expect(meanwhile).toMatchObject([unfinished, onTable]);
    expect(drawn).toMatchObject(unfinished);
    expect((await gateIn(world, roundId))?.stoppedAt).toBeUndefined();
    granted(await lastScores());
    granted(await drawUpProposal(world, command));
  });

  it('put nothing on the table that was read while work went on', async () => {
    const { world, roundId, command, lastScores } = await almostScored();
    const deps = onceStopped(world, async () => {
      granted(await takeProposalBack(world, command));
      granted(await lastScores());
    });

    const drawn = await drawUpProposal(deps, command);

    expect(drawn).toEqual({ ok: false, error: { kind: 'changed-meanwhile' } });
    expect((await gateIn(world, roundId))?.proposal).toBeUndefined();
    // The score that came meanwhile counts in what is drawn up next.
    granted(await drawUpProposal(world, command));
  });
});
