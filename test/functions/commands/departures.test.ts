import { describe, expect, it } from 'vitest';
import { chronicleOf } from '#functions/commands/chronicle.ts';
import { departFrom } from '#functions/commands/departures.ts';
import { advanceRound } from '#functions/commands/gate-decision.ts';
import { gateView } from '#functions/commands/gate-view.ts';
import { vote } from '#functions/commands/gate-work.ts';
import { standingListOf } from '#functions/commands/pinned.ts';
import { recomputeProposals } from '#functions/commands/round-then.ts';
import type { Person } from '#functions/commands/workplace.ts';
import type { Sha256 } from '#shared/domain/ids.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { inConflictWith } from '#test/builders/panels.ts';
import { aRoundFile, asUpload } from '#test/builders/round-file.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import {
  aScoringIn,
  chair,
  gateIn,
  members,
  ratersOf,
  roundIn,
  score,
  secretary,
} from '#test/builders/selection.ts';
import { onTable } from './committee-room.ts';

const reason = 'Шалғайдағы ауылда бес жыл сабақ берген: өлшемшартта ол үшін балл жоқ.';

/** Of two, the second alone goes on by its points; the scores of the first are the least. */
const aListOnTable = async (file?: Uint8Array) => {
  const world = aWorld();
  const { roundId, applications } = await aScoringIn(world, [{}, {}], file);
  const [weak, strong] = applications;
  if (!weak || !strong) throw new Error('Two were to apply.');
  for (const application of [weak, strong]) {
    for (const by of await ratersOf(world, application.id)) {
      granted(await score({ world, roundId }, by, application.id, application === strong));
    }
  }
  const proposal = await onTable(world, roundId);
  const raters = new Set((await ratersOf(world, weak.id)).map(({ id }) => id));
  const free = members.find(({ id }) => !raters.has(id));
  if (!free) throw new Error('Everybody rates.');
  const departs = (by: Person = free, on: Sha256 = proposal) =>
    departFrom(world, { by, roundId, proposal: on, applicationId: weak.id, outcome: 'goes-on', reason });
  const inConflict = ({ id: memberId }: Person) => inConflictWith(world, roundId, weak.id, [memberId]);
  const voted = async (on: Sha256, voters: readonly Person[], choice: 'for' | 'against' = 'for') => {
    for (const by of voters) {
      granted(
        await vote(world, { by, roundId, proposal: on, choice, reason: choice === 'for' ? '' : 'No.' }),
      );
    }
  };
  const advances = (on: Sha256) => advanceRound(world, { by: chair, roundId, proposal: on });
  return { world, roundId, weak, strong, proposal, free, departs, inConflict, voted, advances };
};

const departed = async (scene: Awaited<ReturnType<typeof aListOnTable>>): Promise<Sha256> => {
  const { proposal } = granted(await scene.departs()).state;
  if (!proposal) throw new Error('Nothing was drawn up.');
  return proposal;
};

const outcomes = async (
  { world, weak, strong }: Awaited<ReturnType<typeof aListOnTable>>,
  sha256: Sha256,
) => {
  const { standings, departures } = await standingListOf(world.records, sha256);
  const of = ({ id }: { id: string }) => standings.find(({ applicationId }) => applicationId === id);
  return { weak: of(weak), strong: of(strong), departures };
};

describe('a departure at the shortlist', () => {
  it('is in the list that is drawn up anew with it, and changes nobody’s points or rank', async () => {
    const scene = await aListOnTable();
    const before = await outcomes(scene, scene.proposal);

    const after = await outcomes(scene, await departed(scene));

    expect([before.weak?.outcome, after.weak?.outcome]).toEqual(['stops', 'goes-on']);
    expect(after.strong).toEqual(before.strong);
    expect(after.weak).toEqual({ ...before.weak, outcome: 'goes-on', reasons: [] });
    expect(after.departures).toMatchObject([{ applicationId: scene.weak.id, instead: ['below-minimum'] }]);
  });

  it('is what the round then is decided on, and the replay comes to both lists', async () => {
    const scene = await aListOnTable();
    const { world, roundId, voted, advances } = scene;
    const proposal = await departed(scene);
    await voted(proposal, [chair, ...members]);

    granted(await advances(proposal));

    expect((await roundIn(world, roundId)).decisions.scoring).toBe(proposal);
    const chronicle = await chronicleOf(world.records, roundId);
    const again = chronicle && (await recomputeProposals(chronicle, world.clock.now()));
    expect(again?.map(({ stage, follows }) => [stage, follows])).toEqual([
      ['screening', true],
      ['scoring', true],
      ['scoring', true],
    ]);
  });

  it('pressed twice is moved once', async () => {
    const scene = await aListOnTable();
    const first = await departed(scene);

    const second = granted(await scene.departs());

    expect(second.state.proposal).toBe(first);
    expect(second.state.motions).toHaveLength(1);
  });

  it('moved by two at once is moved once, and the other is told', async () => {
    const scene = await aListOnTable();
    scene.world.records.interfere(() => scene.departs(chair));

    expect(await scene.departs()).toEqual({ ok: false, error: { kind: 'changed-meanwhile' } });
    expect((await gateIn(scene.world, scene.roundId))?.motions).toHaveLength(1);
  });

  it('is not for who is in conflict with the application, nor once somebody has voted', async () => {
    const scene = await aListOnTable();
    await scene.inConflict(scene.free);
    const barred = await scene.departs();
    await scene.voted(scene.proposal, [chair]);
    const late = await scene.departs(members.find((one) => one !== scene.free));

    expect(barred).toEqual({ ok: false, error: { kind: 'conflict-of-interest' } });
    expect(late).toEqual({ ok: false, error: { kind: 'vote-stands' } });
  });

  it('is carried by those who are in no conflict, whatever the others vote', async () => {
    const scene = await aListOnTable();
    const proposal = await departed(scene);
    const [conflicted, against] = members.filter((one) => one !== scene.free);
    if (!conflicted || !against) throw new Error('There are four members.');
    await scene.inConflict(conflicted);
    const others = members.filter((one) => one !== against);
    // Three and two; without the one in conflict two and two, and the chair decides.
    await scene.voted(proposal, others);
    await scene.voted(proposal, [chair, against], 'against');
    const lost = await scene.advances(proposal);
    await scene.voted(proposal, [chair]);

    expect(lost).toEqual({ ok: false, error: { kind: 'recused-undecided', applications: 1 } });
    expect((await scene.advances(proposal)).ok).toBe(true);
  });

  it('is shown with its reason, and not to who is in conflict', async () => {
    const scene = await aListOnTable();
    await departed(scene);
    await scene.inConflict(chair);
    const { world, roundId } = scene;
    const seen = async (by: Person) =>
      granted(await gateView({ ...world, people: memoryPeople() }, { by, roundId })).departures;

    expect(await seen(secretary)).toEqual([
      {
        applicationId: scene.weak.id,
        number: scene.weak.number,
        outcome: 'goes-on',
        instead: ['below-minimum'],
        reason,
      },
    ]);
    expect(await seen(chair)).toEqual([]);
  });

  it('there is none where the round file does not allow it', async () => {
    const { shortlist, ...file } = aRoundFile();
    const scene = await aListOnTable(asUpload({ ...file, shortlist: { ...shortlist, departures: 'none' } }));

    expect(await scene.departs()).toEqual({ ok: false, error: { kind: 'no-departures' } });
  });

  it('needs a reason', async () => {
    const { world, roundId, weak, proposal, free } = await aListOnTable();
    const moving = { by: free, roundId, proposal, applicationId: weak.id, outcome: 'goes-on' as const };

    expect(await departFrom(world, { ...moving, reason: ' ' })).toEqual({
      ok: false,
      error: { kind: 'reason-needed' },
    });
  });
});
