import { describe, expect, it } from 'vitest';
import { openGate } from '#functions/commands/gates.ts';
import { closeCall } from '#functions/commands/rounds.ts';
import { gateAggregate, gateClaim } from '#shared/domain/gate.ts';
import { RoundId } from '#shared/domain/ids.ts';
import { aCallIn, aWorld, granted } from '#test/builders/scenes.ts';
import { cancelIn } from '#test/builders/told.ts';
import { at } from '#test/builders/worlds.ts';

const inScreening = async () => {
  const world = aWorld();
  const roundId = await aCallIn(world);
  world.clock.to(at('2022-10-04T12:00'));
  granted(await closeCall(world, roundId));
  return { world, roundId };
};

describe('opening a gate', () => {
  it('keeps the token where only the outbox looks, and in no event', async () => {
    const { world, roundId } = await inScreening();

    const gate = granted(await openGate(world, { roundId, token: 'secret token' }));

    expect(await world.records.taskToken({ kind: 'gate', id: gate.id })).toBe('secret token');
    expect(JSON.stringify(await world.records.history('gate', gate.id))).not.toContain('secret token');
    expect(gate.state).toMatchObject({ roundId, stage: 'screening', attempt: 1, status: 'open' });
  });

  it('again after a timeout keeps the gate and replaces the token', async () => {
    const { world, roundId } = await inScreening();
    const first = granted(await openGate(world, { roundId, token: 'first' }));

    const second = granted(await openGate(world, { roundId, token: 'second' }));
    const repeated = granted(await openGate(world, { roundId, token: 'second' }));

    expect(second).toMatchObject({ id: first.id, state: { issues: 2 } });
    expect(repeated).toEqual(second);
    expect(await world.records.taskToken({ kind: 'gate', id: first.id })).toBe('second');
  });

  it('is refused where the round has moved on', async () => {
    const { world, roundId } = await inScreening();
    granted(await cancelIn(world, roundId, 'No budget.'));

    expect(await openGate(world, { roundId, token: 'late' })).toEqual({
      ok: false,
      error: { kind: 'wrong-stage', stage: 'cancelled' },
    });
  });

  it('leaves no gate behind when the round is cancelled in between', async () => {
    const { world, roundId } = await inScreening();
    world.records.interfere(() => cancelIn(world, roundId, 'No budget.'));

    const answer = await openGate(world, { roundId, token: 'late' });

    expect(answer).toMatchObject({ error: { kind: 'wrong-stage' } });
    expect(
      world.records.commits.flatMap(({ changes }) => changes.map(({ aggregate }) => aggregate)),
    ).not.toContain('gate');
  });

  it('just before the round is cancelled is let go with it', async () => {
    const { world, roundId } = await inScreening();
    world.records.interfere(() => openGate(world, { roundId, token: 'just in time' }));

    const { state } = granted(await cancelIn(world, roundId, 'No budget.'));

    const gateId = await world.records.claimed(gateClaim({ roundId, stage: 'screening', attempt: 1 }));
    const gate = await world.records.find(gateAggregate, gateId ?? '');
    expect(state.stage).toBe('cancelled');
    expect(gate?.state).toMatchObject({ status: 'decided', outcome: 'cancelled' });
    expect([...world.records.outbox.values()].map(({ body }) => body.kind)).toContain('resume-task');
  });

  it('of an unknown round is not found', async () => {
    const roundId = RoundId.parse('N0B0DY00000000000000');

    expect(await openGate(aWorld(), { roundId, token: 'x' })).toMatchObject({ error: { kind: 'not-found' } });
  });
});
