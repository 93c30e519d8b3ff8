import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { acceptOffer, declineOffer } from '#functions/commands/offers.ts';
import { changed } from '#functions/commands/storing.ts';
import { log } from '#functions/log.ts';
import { sweepSelected } from '#functions/sweep/selected.ts';
import { placementAggregate } from '#shared/domain/placement.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { kindsIn, offerTo } from '#test/builders/offer-answers.ts';
import { expiresAt } from '#test/builders/offered.ts';
import { aVacancy, offersIn, releasedIn } from '#test/builders/offers.ts';
import { aRound } from '#test/builders/round.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { theSystem } from '#test/contracts/tally.ts';

const forbidden = () => Promise.reject(new Error('No table of persons.'));

type Execution = 'running' | 'ended';

/** Two people for one post, of whom the first has the offer; machines as far as the outbox has started them: not at all. */
const asked = async () => {
  const world = aWorld();
  const choices = ['MAT-001'];
  const scene = await releasedIn(world, [{ choices }, { choices }], [aVacancy('MAT-001')]);
  const executions = new Map<string, Execution>();
  const started: { machine: string; name: string; input: unknown }[] = [];
  const machines = {
    state: async ({ name }: { name: string }) => executions.get(name) ?? ('missing' as const),
    start: async (execution: { machine: string; name: string; input: unknown }) => {
      started.push(execution);
      executions.set(execution.name, 'running');
    },
  };
  const sweep = async () => {
    const round = await world.records.find(roundAggregate, scene.roundId);
    if (!round) throw new Error('The round is gone.');
    return await sweepSelected({ commands: world, machines }, round.state);
  };
  const first = await offerTo(world, scene, 0);
  return { world, scene, executions, started, machines, sweep, first };
};

describe('the sweep over offers and placements', () => {
  beforeEach(() => {
    vi.spyOn(log, 'warn').mockImplementation(() => {});
    vi.spyOn(log, 'info').mockImplementation(() => {});
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('starts what was never started under its own name, once', async () => {
    const { sweep, started, first } = await asked();
    const { applicationId, offerId } = first;

    expect(await sweep()).toBe(1);
    expect(await sweep()).toBe(0);
    expect(started).toEqual([
      { machine: 'offer', name: `KZ-19-${offerId}-1`, input: { applicationId, offerId } },
    ]);
    expect(log.warn).toHaveBeenCalledWith('OFFER_EXECUTION_RESTARTED', expect.objectContaining({ offerId }));
  });

  it('reads no form, which its function may not', async () => {
    const { world, machines, scene } = await asked();
    const commands = { ...world, records: { ...world.records, document: forbidden } };
    const round = await world.records.find(roundAggregate, scene.roundId);
    if (!round) throw new Error('The round is gone.');

    expect(await sweepSelected({ commands, machines }, round.state)).toBe(1);
  });

  it('gives an execution that ended a new attempt, which the outbox starts', async () => {
    const { world, sweep, started, executions, first } = await asked();
    executions.set(`KZ-19-${first.offerId}-1`, 'ended');

    expect(await sweep()).toBe(1);
    expect(started).toEqual([]);
    const names = [...world.records.outbox.values()].flatMap(({ body }) =>
      body.kind === 'start-execution' ? [body.name] : [],
    );
    expect(names).toContain(`KZ-19-${first.offerId}-2`);
  });

  it('leaves what runs, and offers that have ended, alone', async () => {
    const { world, sweep, started, executions, first } = await asked();
    executions.set(`KZ-19-${first.offerId}-1`, 'running');
    expect(await sweep()).toBe(0);

    granted(await declineOffer(world, { ...first, reason: 'distance' }));
    executions.clear();
    await sweep();
    expect(started.map(({ name }) => name)).not.toContain(`KZ-19-${first.offerId}-1`);
  });

  it('makes the next offer that a machine which failed has left', async () => {
    const { world, scene, sweep, first } = await asked();
    granted(await declineOffer(world, { ...first, reason: 'distance' }));

    await sweep();
    await sweep();

    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 declined', '1 MAT-001 open']);
    expect(kindsIn(world).filter((kind) => kind === 'offer-made')).toHaveLength(2);
  });

  it('looks after a placement until it is complete', async () => {
    const { world, sweep, started, executions, first } = await asked();
    const { placementId } = granted(await acceptOffer(world, first));
    const before = placementId && (await world.records.find(placementAggregate, placementId));
    if (!before) throw new Error('No placement was opened.');

    expect(await sweep()).toBe(1);
    expect(started).toEqual([
      { machine: 'onboarding', name: `KZ-19-${placementId}-1`, input: { placementId } },
    ]);

    const by = first.by.personId;
    const ticks = before.state.items.map(
      ({ code }) => ({ type: 'item-done', at: expiresAt, code, by }) as const,
    );
    const { change } = changed(placementAggregate, before.id, before, ticks);
    granted(await world.records.commit({ by: theSystem, changes: [change] }));
    executions.clear();
    expect(await sweep()).toBe(0);
  });

  it('does nothing in other stages', async () => {
    const { world, machines } = await asked();

    expect(await sweepSelected({ commands: world, machines }, aRound('claims'))).toBe(0);
  });
});
