import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { changed } from '#functions/commands/storing.ts';
import { log } from '#functions/log.ts';
import { type RoundSweepDeps, sweepRounds } from '#functions/sweep/rounds.ts';
import { evolveAll } from '#shared/domain/event.ts';
import { gateAggregate, gateClaim, issueGate } from '#shared/domain/gate.ts';
import { GateId, RoundId, Sha256 } from '#shared/domain/ids.ts';
import { executionName } from '#shared/domain/outbox.ts';
import type { RoundEvent } from '#shared/domain/round.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { type GatedStage, gatedStages, stageAfter } from '#shared/domain/stage.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { type MemoryRecords, memoryRecords } from '#test/builders/memory-records.ts';
import { aChance } from '#test/builders/worlds.ts';
import { noon, theSystem } from '#test/contracts/tally.ts';

const file = Sha256.parse('a'.repeat(64));
const closesAt = addSeconds(noon, 30 * 86_400);
const register = { sha256: file, vacancies: 3, posts: 4 };
const plan = { file, intake: '2022-3', closesAt, minimumDays: 10, timeZone: 'Asia/Almaty' };

const drafted = (id: RoundId): RoundEvent => ({ type: 'round-drafted', at: noon, id, region: 'KZ-19', plan });
const opened: RoundEvent = { type: 'call-opened', at: noon, file, register, closesAt, attempt: 1 };

const open = RoundId.parse('R00000000000000000R1');
const draft = RoundId.parse('R00000000000000000R2');
const advance = (from: GatedStage): RoundEvent => ({
  type: 'stage-advanced',
  at: noon,
  from,
  to: stageAfter(from),
  gate: GateId.parse('G00000000000000000G1'),
  decision: file,
  claimsCloseAt: noon,
});
const name = (attempt: number) => executionName('KZ-19', { id: open, attempt });

describe('the sweep over open rounds', () => {
  let records: MemoryRecords;
  let executions: Map<string, 'running' | 'ended'>;
  let deps: RoundSweepDeps;

  const write = async (id: RoundId, ...events: RoundEvent[]) => {
    const snapshot = evolveAll(roundAggregate, undefined, events);
    const lists = snapshot ? roundAggregate.lists(snapshot) : {};
    const change = { aggregate: 'round', id, expectedVersion: 0, facts: events, snapshot, lists } as const;
    await records.commit({ by: theSystem, changes: [change] });
  };

  const append = async (...events: RoundEvent[]) => {
    const before = await records.find(roundAggregate, open);
    const { change } = changed(roundAggregate, open, before, events);
    await records.commit({ by: theSystem, changes: [change] });
  };

  /** How many executions the sweep starts at that minute, when the round's own has failed once more. */
  const sweptAfterItEnded = async (minute: number): Promise<number> => {
    const round = (await records.find(roundAggregate, open))?.state;
    if (round && 'attempt' in round && round.attempt) executions.set(name(round.attempt), 'ended');
    deps.commands.clock = { now: () => addSeconds(noon, minute * 60) };
    return (await sweepRounds(deps)).started;
  };

  beforeEach(async () => {
    records = memoryRecords();
    executions = new Map();
    deps = {
      commands: {
        records,
        region: 'KZ-19',
        clock: { now: () => addSeconds(noon, 3600) },
        chance: aChance(),
        nudge: { outbox: async () => {} },
      },
      machines: {
        start: async (execution) => {
          executions.set(execution.name, 'running');
        },
        state: async (wanted) => executions.get(wanted.name) ?? 'missing',
      },
    };
    await write(open, drafted(open), opened);
    await write(draft, drafted(draft));
  });

  afterEach(() => vi.restoreAllMocks());

  it('leaves a round alone that has its execution', async () => {
    executions.set(name(1), 'running');

    expect(await sweepRounds(deps)).toEqual({ open: 1, started: 0 });
    expect(records.outbox.size).toBe(0);
  });

  it('starts the execution of a round that never got it, under the same name', async () => {
    const swept = await sweepRounds(deps);
    const again = await sweepRounds(deps);

    expect([swept.started, again.started]).toEqual([1, 0]);
    expect([...executions.keys()]).toEqual([name(1)]);
  });

  it('asks for the next execution of a round whose own has ended', async () => {
    executions.set(name(1), 'ended');

    const swept = await sweepRounds(deps);

    expect(swept.started).toBe(1);
    expect([...records.outbox.values()].map(({ body }) => body)).toEqual([
      expect.objectContaining({ kind: 'start-execution', name: name(2) }),
    ]);
    expect((await records.find(roundAggregate, open))?.state).toMatchObject({ stage: 'call', attempt: 2 });
  });

  it('starts a closed round again until its minutes are drawn, and then leaves it alone', async () => {
    executions.set(name(1), 'ended');
    await append({ type: 'call-closed', at: noon }, ...gatedStages.map(advance));

    const swept = await sweepRounds(deps);
    executions.set(name(2), 'running');
    await append({ type: 'minutes-drawn', at: noon, minutes: { number: 1, data: file, files: [] } });
    executions.set(name(2), 'ended');
    const again = await sweepRounds(deps);

    expect(swept).toEqual({ open: 1, started: 1 });
    expect(again).toEqual({ open: 0, started: 0 });
  });

  it('tries minutes that cannot be made less and less often, at most once a day', async () => {
    await append({ type: 'call-closed', at: noon }, ...gatedStages.map(advance));
    const started: number[] = [];
    for (let minute = 0; minute <= 4 * 1440; minute += 5) {
      if ((await sweptAfterItEnded(minute)) === 1) started.push(minute);
    }

    expect(started).toEqual([0, 10, 30, 70, 150, 310, 630, 1270, 2550, 3990, 5430]);
  });

  it('starts the execution of an open round again at once, however often it ends', async () => {
    const started = [await sweptAfterItEnded(0), await sweptAfterItEnded(5), await sweptAfterItEnded(10)];

    expect(started).toEqual([1, 1, 1]);
  });

  it.for([
    { days: 20, warned: [] },
    { days: 22, warned: ['GATE_WAITING_LONG'] },
  ])('warns of a committee that decided nothing for three weeks: $days days', async ({ days, warned }) => {
    executions.set(name(1), 'running');
    const gateId = GateId.parse('G00000000000000000G1');
    const place = { roundId: open, stage: 'screening' as const, attempt: 1 };
    await append({ type: 'call-closed', at: noon });
    const facts = issueGate(undefined, { id: gateId, ...place }, file, noon);
    const snapshot = evolveAll(gateAggregate, undefined, facts);
    await records.commit({
      by: theSystem,
      changes: [{ aggregate: 'gate', id: gateId, expectedVersion: 0, facts, snapshot, lists: {} }],
      claims: [{ key: gateClaim(place), value: gateId }],
    });
    const codes: string[] = [];
    vi.spyOn(log, 'warn').mockImplementation((code) => {
      codes.push(code);
    });
    deps.commands.clock = { now: () => addSeconds(noon, days * 86_400) };

    await sweepRounds(deps);

    expect(codes).toEqual(warned);
  });

  it('goes on past a round whose execution cannot be asked for', async () => {
    const other = RoundId.parse('R00000000000000000R3');
    await write(other, drafted(other), opened);
    const { state } = deps.machines;
    deps.machines.state = async (wanted) => {
      if (wanted.name === name(1)) throw new Error('throttled');
      return state(wanted);
    };

    expect(await sweepRounds(deps)).toEqual({ open: 2, started: 1 });
  });
});
