import { describe, expect, it } from 'vitest';
import { advanceRound, undoLastAdvance } from '#functions/commands/gate-decision.ts';
import { drawUpProposal } from '#functions/commands/gate-work.ts';
import { openGate } from '#functions/commands/gates.ts';
import {
  aCallIn,
  aCommitteeIn,
  administrator,
  advances,
  anAdvance,
  aScreeningIn,
  aWorld,
  committee,
  granted,
} from '#test/builders/scenes.ts';
import { cancelIn } from '#test/builders/told.ts';
import { tellResults } from '#test/builders/told-results.ts';
import { at } from '#test/builders/worlds.ts';
import { gateIn, onTable, roundIn, votes } from './committee-room.ts';

const { chair } = committee;

describe('undoing an advance', () => {
  const reason = 'A member had voted by mistake.';

  it('brings the round back with a trace, lets the new gate go and opens another for the old stage', async () => {
    const world = aWorld();
    const roundId = await aScreeningIn(world);
    await anAdvance(world, roundId);
    const left = await gateIn(world, roundId);

    granted(await undoLastAdvance(world, { by: chair, roundId, reason }));
    granted(await openGate(world, { roundId, token: 'another token' }));

    expect(await roundIn(world, roundId)).toMatchObject({
      stage: 'screening',
      visits: { screening: 2, scoring: 1 },
      decisions: {},
    });
    expect(await gateIn(world, roundId)).toMatchObject({ stage: 'screening', attempt: 2, votes: [] });
    const signals = [...world.records.outbox.values()].filter(({ body }) => body.kind === 'resume-task');
    expect(signals.at(-1)?.body).toMatchObject({
      awaited: { kind: 'gate', id: left.id },
      output: { outcome: 'undone' },
    });
    expect(JSON.stringify(await world.records.history('round', roundId))).not.toContain('mistake');
  });

  it('also before the machine has come to the next gate, which then never opens', async () => {
    const world = aWorld();
    const roundId = await aScreeningIn(world);
    const proposal = await onTable(world, roundId);
    await votes(world, roundId, proposal, 5);
    granted(await advanceRound(world, { by: chair, roundId, proposal }));

    granted(await undoLastAdvance(world, { by: chair, roundId, reason }));
    const gate = granted(await openGate(world, { roundId, token: 'token that came late' }));

    expect(gate.state).toMatchObject({ stage: 'screening', attempt: 2 });
  });

  it('can be followed by the same advance again', async () => {
    const world = aWorld();
    const roundId = await aScreeningIn(world);
    await anAdvance(world, roundId);
    granted(await undoLastAdvance(world, { by: chair, roundId, reason }));
    granted(await openGate(world, { roundId, token: 'another token' }));

    await anAdvance(world, roundId);

    expect(await gateIn(world, roundId)).toMatchObject({ stage: 'scoring', attempt: 2, status: 'open' });
  });

  it('is refused for the first stage and once results were published', async () => {
    const world = aWorld();
    const roundId = await aScreeningIn(world);

    const first = await undoLastAdvance(world, { by: chair, roundId, reason });
    await advances(world, roundId, 4);
    const published = await undoLastAdvance(world, { by: chair, roundId, reason });

    expect(first).toMatchObject({ error: { kind: 'wrong-stage' } });
    await tellResults(world, { by: administrator, roundId });
    world.clock.to(at('2022-12-01T00:00'));
    await anAdvance(world, roundId);
    const final = await undoLastAdvance(world, { by: chair, roundId, reason });

    expect(published).toEqual({ ok: false, error: { kind: 'took-effect', stage: 'claims' } });
    expect(final).toEqual({ ok: false, error: { kind: 'took-effect', stage: 'offers' } });
  });
});

describe('the claims window', () => {
  it('ends with the last of its working days, in the round’s zone', async () => {
    const world = aWorld();
    const roundId = await aScreeningIn(world);
    world.clock.to(at('2022-10-20T05:00'));

    await advances(world, roundId, 4);

    // Thursday 20 October; Friday, Monday, then Republic Day on the 25th is free: Wednesday the 26th ends at 18:00 UTC.
    expect(await roundIn(world, roundId)).toMatchObject({
      stage: 'claims',
      claimsCloseAt: at('2022-10-26T18:00'),
    });
  });

  it('keeps its gate from being decided before it ends', async () => {
    const world = aWorld();
    const roundId = await aScreeningIn(world);
    world.clock.to(at('2022-10-20T05:00'));
    await advances(world, roundId, 4);

    await tellResults(world, { by: administrator, roundId });
    const early = await drawUpProposal(world, { by: chair, roundId });
    world.clock.to(at('2022-10-26T18:00'));
    const proposal = await onTable(world, roundId);
    await votes(world, roundId, proposal, 5);
    const then = await advanceRound(world, { by: chair, roundId, proposal });

    expect(early).toMatchObject({ error: { kind: 'too-early', until: at('2022-10-26T18:00') } });
    expect(granted(then).state.stage).toBe('offers');
  });
});

describe('cancelling in a stage of the committee', () => {
  it('lets the open gate go', async () => {
    const world = aWorld();
    const roundId = await aScreeningIn(world);
    await anAdvance(world, roundId);

    granted(await cancelIn(world, roundId, 'No budget.'));

    expect(await roundIn(world, roundId)).toMatchObject({ stage: 'cancelled', from: 'scoring' });
    expect(world.records.commits.at(-1)?.outbox?.at(-1)?.body).toMatchObject({
      output: { outcome: 'cancelled' },
    });
  });

  it('can be appointed while the call is open', async () => {
    const world = aWorld();
    const roundId = await aCallIn(world);

    await aCommitteeIn(world, roundId);

    expect(await world.records.history('committee', roundId)).toHaveLength(7);
  });
});
