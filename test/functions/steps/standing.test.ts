import { beforeEach, describe, expect, it } from 'vitest';
import { openCall } from '#functions/commands/round-stages.ts';
import { storeToken } from '#functions/steps/gate.ts';
import { closeAndRead, readStanding } from '#functions/steps/standing.ts';
import { evolveAll } from '#shared/domain/event.ts';
import { RoundId } from '#shared/domain/ids.ts';
import type { RoundEvent } from '#shared/domain/round.ts';
import { draftRound, extendCall, importRegister } from '#shared/domain/round-call.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';
import type { Result } from '#shared/result.ts';
import { type MemoryRecords, memoryRecords } from '#test/builders/memory-records.ts';
import { aRound, closesAt } from '#test/builders/round.ts';
import { aChance, aClock, aNudge, at } from '#test/builders/worlds.ts';

const operator = { kind: 'operator' } as const;
const { id, region, plan } = aRound('draft');
const { register } = aRound('call');

describe('the steps of a round whose call is open', () => {
  let records: MemoryRecords;
  const clock = aClock(at('2022-09-14T04:00'));
  const deps = () => ({ records, clock, chance: aChance(), nudge: aNudge() });

  const append = async (decided: Result<RoundEvent[], unknown>) => {
    const before = await records.find(roundAggregate, id);
    const facts = decided.ok ? decided.value : [];
    const state = evolveAll(roundAggregate, before?.state, facts);
    if (!state) throw new Error('Nothing was decided.');
    await records.commit({
      by: operator,
      changes: [
        {
          aggregate: 'round',
          id,
          expectedVersion: before?.version ?? 0,
          facts,
          snapshot: state,
          lists: roundAggregate.lists(state),
        },
      ],
    });
  };

  const extendTo = async (later: Instant) => {
    const found = await records.find(roundAggregate, id);
    if (found) await append(extendCall(found.state, later, clock.now()));
  };

  beforeEach(async () => {
    records = memoryRecords();
    clock.to(at('2022-09-14T04:00'));
    await append({ ok: true, value: draftRound(id, region, plan, clock.now()) });
    await append(importRegister(aRound('draft', { register: undefined }), register, clock.now()));
    await openCall(
      { records, clock, nudge: aNudge() },
      { by: operator, roundId: id, previewed: { file: plan.file, register: register.sha256 } },
    );
  });

  it('tell the machine how long to wait', async () => {
    expect(await readStanding(deps(), id)).toEqual({ roundId: id, stage: 'call', closesAt, attempt: 1 });
  });

  it('close the call at its deadline', async () => {
    clock.to(closesAt);

    expect(await closeAndRead(deps(), id)).toMatchObject({ stage: 'screening' });
  });

  it('leave the call open when its deadline was extended meanwhile, and name the new one', async () => {
    const later = addSeconds(closesAt, 86_400);
    await extendTo(later);
    clock.to(closesAt);

    expect(await closeAndRead(deps(), id)).toMatchObject({ stage: 'call', closesAt: later });
  });

  it('answer the same when Lambda runs them twice', async () => {
    clock.to(closesAt);
    const once = await closeAndRead(deps(), id);

    expect(await closeAndRead(deps(), id)).toEqual(once);
  });

  it('fail when there is no such round, instead of inventing a stage', async () => {
    const unknown = RoundId.parse('R0000000000000000XXX');

    await expect(readStanding(deps(), unknown)).rejects.toThrow(`There is no round ${unknown}.`);
  });

  it('store a token before people can decide, and the newer one when the gate is issued again', async () => {
    clock.to(closesAt);
    await closeAndRead(deps(), id);

    expect(await storeToken(deps(), { roundId: id, token: 'first' })).toEqual({});
    expect(await storeToken(deps(), { roundId: id, token: 'second' })).toEqual({});
  });

  it('say RoundMovedOn, which the machine catches, when the round waits for nobody', async () => {
    await expect(storeToken(deps(), { roundId: id, token: 'early' })).rejects.toMatchObject({
      name: 'RoundMovedOn',
    });
  });
});
