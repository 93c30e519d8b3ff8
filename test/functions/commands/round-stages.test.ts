import { describe, expect, it } from 'vitest';
import { openGate } from '#functions/commands/gates.ts';
import { closeCall, importRoundFile, openCall, restartRound } from '#functions/commands/rounds.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { aRoundFile, asUpload, roundFileBytes } from '#test/builders/round-file.ts';
import {
  aCallIn,
  aDraftIn,
  aWorld,
  administrator as by,
  granted,
  previewedIn,
} from '#test/builders/scenes.ts';
import { cancelIn, extendIn } from '#test/builders/told.ts';
import { at } from '#test/builders/worlds.ts';

const closesAt = at('2022-10-04T12:00');

describe('opening a call', () => {
  it('asks for its execution in the same transaction, and wakes the outbox', async () => {
    const world = aWorld();
    const roundId = await aDraftIn(world);
    const previewed = await previewedIn(world, roundId);

    granted(await openCall(world, { by, roundId, previewed }));

    const name = `KZ-19-${roundId}-1`;
    expect(world.records.commits.at(-1)?.outbox).toEqual([
      {
        id: `start#${name}`,
        at: at('2022-09-14T04:00'),
        body: { kind: 'start-execution', machine: 'selection-round', name, input: { roundId } },
      },
    ]);
    expect(world.nudge.times()).toBe(1);
  });

  it('pressed twice opens once', async () => {
    const world = aWorld();
    const roundId = await aDraftIn(world);
    const previewed = await previewedIn(world, roundId);

    await openCall(world, { by, roundId, previewed });
    const second = await openCall(world, { by, roundId, previewed });

    expect(second.ok).toBe(true);
    expect(world.records.outbox.size).toBe(1);
  });

  it('pins nothing that was not looked at, though it is replaced while the button is pressed', async () => {
    const world = aWorld();
    const roundId = await aDraftIn(world);
    const previewed = await previewedIn(world, roundId);
    const later = asUpload(
      aRoundFile({ call: { ...aRoundFile().call, closesAt: '2022-10-05T18:00:00+06:00' } }),
    );
    world.records.interfere(() => importRoundFile(world, { by, roundId, file: later }));

    const answer = await openCall(world, { by, roundId, previewed });

    const round = await world.records.find(roundAggregate, roundId);
    expect(answer).toEqual({ ok: false, error: { kind: 'changed-meanwhile' } });
    expect(round?.state).toMatchObject({ stage: 'draft', plan: { closesAt: at('2022-10-05T12:00') } });
  });
});

describe('an open call', () => {
  it('is extended with a letter to everyone who has begun', async () => {
    const world = aWorld();
    const roundId = await aCallIn(world);
    const later = at('2022-10-07T12:00');

    granted(await extendIn(world, { roundId, closesAt: later }));

    expect(world.records.commits.at(-1)?.outbox).toMatchObject([
      {
        body: {
          kind: 'letters-to-round',
          template: 'deadline-extended',
          roundId,
          facts: { closesAt: later },
        },
      },
    ]);
  });

  it('closes at the deadline that stands, not at the one it was opened with', async () => {
    const world = aWorld();
    const roundId = await aCallIn(world);
    const later = at('2022-10-07T12:00');
    granted(await extendIn(world, { roundId, closesAt: later }));
    world.clock.to(closesAt);

    const early = await closeCall(world, roundId);
    world.clock.to(later);
    const closed = granted(await closeCall(world, roundId));
    const again = granted(await closeCall(world, roundId));

    expect(early).toEqual({ ok: false, error: { kind: 'too-early', until: later, zone: 'Asia/Almaty' } });
    expect(closed.state).toMatchObject({ stage: 'screening', enteredAt: later });
    expect(again).toEqual(closed);
  });

  it('is extended by each of many at once, and cancelled while they press', async () => {
    const world = aWorld();
    const roundId = await aCallIn(world);
    const days = Array.from({ length: 12 }, (_, day) =>
      at(`2022-10-${day + 7}T12:00`.replace(/-(\d)T/, '-0$1T')),
    );

    const answers = await Promise.all(days.map((later) => extendIn(world, { roundId, closesAt: later })));
    expect(answers.map((answer) => answer.ok)).toEqual(days.map(() => true));
    expect(await world.records.find(roundAggregate, roundId)).toMatchObject({
      state: { closesAt: days.at(-1) },
    });

    const later = Array.from({ length: 12 }, (_, hour) => at(`2022-10-19T${hour + 10}:00`));
    const pressed = [
      ...later.map((closes) => extendIn(world, { roundId, closesAt: closes })),
      cancelIn(world, roundId),
    ];
    expect((await Promise.all(pressed)).at(-1)?.ok).toBe(true);
  });

  it('gets another execution under the next name', async () => {
    const world = aWorld();
    const roundId = await aCallIn(world);

    granted(await restartRound(world, { roundId, ended: 1 }));

    expect([...world.records.outbox.keys()]).toEqual([
      `start#KZ-19-${roundId}-1`,
      `start#KZ-19-${roundId}-2`,
    ]);
  });
});

describe('a sweep that comes twice', () => {
  it('starts one execution, not two, for one that ended', async () => {
    const world = aWorld();
    const roundId = await aCallIn(world);

    granted(await restartRound(world, { roundId, ended: 1 }));
    const doubled = await restartRound(world, { roundId, ended: 1 });

    expect(doubled).toEqual({ ok: false, error: { kind: 'changed-meanwhile' } });
    expect([...world.records.outbox.keys()]).toHaveLength(2);
  });
});

describe('cancelling a round', () => {
  const reason = 'The budget was withdrawn.';

  it('keeps the reason out of the event and writes to everyone', async () => {
    const world = aWorld();
    const roundId = await aCallIn(world);

    const { state } = granted(await cancelIn(world, roundId, reason));

    if (state.stage !== 'cancelled') throw new Error('It was not cancelled.');
    expect(JSON.stringify(await world.records.history('round', roundId))).not.toContain('budget');
    expect(await world.records.document(state.reason)).toEqual({ reason });
    expect(world.records.commits.at(-1)?.outbox).toMatchObject([
      { body: { kind: 'letters-to-round', template: 'round-cancelled' } },
    ]);
  });

  it('lets the open gate go in the same transaction', async () => {
    const world = aWorld();
    const roundId = await aCallIn(world);
    world.clock.to(closesAt);
    granted(await closeCall(world, roundId));
    const gate = granted(await openGate(world, { roundId, token: 'secret token' }));

    granted(await cancelIn(world, roundId, reason));

    const last = world.records.commits.at(-1);
    expect(last?.changes.map(({ aggregate }) => aggregate)).toEqual(['round', 'gate']);
    expect(last?.outbox?.at(-1)).toMatchObject({
      body: { kind: 'resume-task', awaited: { kind: 'gate', id: gate.id }, output: { outcome: 'cancelled' } },
    });
  });

  it.for([
    ['', 'reason-needed'],
    ['  ', 'reason-needed'],
    ['x'.repeat(2001), 'invalid'],
  ] as const)('needs a reason that fits (%#)', async ([text, kind]) => {
    const world = aWorld();
    const roundId = await aCallIn(world);

    expect(await cancelIn(world, roundId, text)).toMatchObject({ error: { kind } });
  });

  it('frees the intake label for the round that takes its place, and happens once', async () => {
    const world = aWorld();
    const roundId = await aDraftIn(world);
    granted(await cancelIn(world, roundId, reason));
    const before = world.records.commits.length;

    granted(await cancelIn(world, roundId, reason));
    const next = granted(await importRoundFile(world, { by, file: roundFileBytes }));

    expect(world.records.commits).toHaveLength(before + 1);
    expect(next.id).not.toBe(roundId);
  });
});
