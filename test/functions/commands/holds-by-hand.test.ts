import { beforeEach, describe, expect, it } from 'vitest';
import { answerDataRequest } from '#functions/commands/data-request-answers.ts';
import { askCorrection, askErasure } from '#functions/commands/data-requests.ts';
import { erase } from '#functions/commands/erasing.ts';
import { heldApplication } from '#functions/commands/held-application.ts';
import { holdApplication, liftHoldOf, type TypedHold } from '#functions/commands/holds-by-hand.ts';
import { reasonText } from '#functions/commands/reasons.ts';
import { retentionPlan } from '#functions/commands/retention.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { sweepRetention } from '#functions/sweep/retention.ts';
import type { Application } from '#shared/domain/application.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { dataRequestAggregate, dataRequestsOf } from '#shared/domain/data-request.ts';
import { ApplicationId, type RoundId } from '#shared/domain/ids.ts';
import { aClosedRoundIn, minutesIn } from '#test/builders/closed-round.ts';
import { memoryEraser, memoryErasures } from '#test/builders/memory-erasure.ts';
import { administrator, aWorld, granted, type World } from '#test/builders/scenes.ts';
import { anApplicant, aScoringIn, chair, secretary } from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';

let world: World;
let roundId: RoundId;
let number: string;
let id: ApplicationId;

/** When the time of those who took part is over. */
const over = at('2025-12-15T19:00');
const owner = anApplicant(2);

beforeEach(async () => {
  world = aWorld();
  const round = await aClosedRoundIn(world);
  roundId = round.roundId;
  id = ApplicationId.parse(round.applications[2]?.id);
  number = (await stored()).number;
  await minutesIn(world, roundId);
});

const stored = async (): Promise<Application> => {
  const found = await world.records.find(applicationAggregate, id);
  if (!found) throw new Error('The application is gone.');
  return found.state;
};

const hold = (typed: Partial<TypedHold> = {}, by: Person = administrator, of: RoundId = roundId) =>
  holdApplication(world, {
    by,
    roundId: of,
    number,
    because: 'court',
    reason: 'Letter 7 of the court',
    until: '',
    ...typed,
  });

const lift = (because: 'court' | 'audit') =>
  liftHoldOf(world, { by: administrator, roundId, number, because });

/** Sweeps as on each day, and delivers what is due. */
const night = async (day: string): Promise<void> => {
  world.clock.to(at(`${day}T02:00`));
  await sweepRetention(world);
  world.clock.to(at(`${day}T23:00`));
  await deliver();
};

const deliver = async (): Promise<void> => {
  const deps = { ...world, eraser: memoryEraser(world.records), erasures: memoryErasures() };
  for (const [row, { at: due, body }] of Array.from(world.records.outbox)) {
    if (body.kind !== 'erase' || due > world.clock.now()) continue;
    world.records.outbox.delete(row);
    await erase(deps, body.of, body.because);
  }
};

const isErased = async (): Promise<boolean> => (await stored()).erasedAt !== undefined;

const facts = async () => (await world.records.history('application', id)).map(({ fact }) => fact.type);

describe('an application that somebody keeps by hand', () => {
  it('stays beyond its time until it is lifted, whoever else is erased', async () => {
    granted(await hold());

    await night('2026-01-01');
    expect(await isErased()).toBe(false);
    const { groups, byHand, mayHold } = granted(await retentionPlan(world, { by: secretary, roundId }));
    expect(groups.find(({ group }) => group === 'took-part')?.erased).toBe(5);
    expect(byHand).toMatchObject([{ number, because: 'court', reason: 'Letter 7 of the court' }]);
    expect(mayHold).toBe(false);

    granted(await lift('court'));
    await night('2026-01-02');
    expect(await isErased()).toBe(true);
    expect(await reasonText(world.records, (await held())?.reason)).toBeUndefined();
  });

  it('is told to the chair once nobody judges any more', async () => {
    granted(await hold());

    expect(granted(await retentionPlan(world, { by: chair, roundId })).byHand).toHaveLength(1);
  });

  it('stays also where the sweep had begun before it was held', async () => {
    world.clock.to(over);
    expect(await sweepRetention(world)).toBe(6);
    granted(await hold());
    world.clock.to(at('2025-12-16T23:00'));
    await deliver();

    expect(await isErased()).toBe(false);
  });

  it('stays to the end of the day that was named, and no longer', async () => {
    granted(await hold({ until: '2026-02-01' }));
    await night('2026-01-31');
    expect(await isErased()).toBe(false);
    await night('2026-02-02');
    expect(await isErased()).toBe(true);
  });

  it('is kept for each cause by itself, and a new day takes the place of the old one', async () => {
    granted(await hold({ until: '2026-02-01' }));
    granted(await hold({ until: '2026-03-01' }));
    granted(await hold({ because: 'audit', reason: 'Order 3' }));
    granted(await lift('court'));
    granted(await lift('court'));

    expect(Object.keys((await stored()).holds ?? {})).toEqual(['audit']);
    const last = ['retention-held', 'retention-held', 'retention-held', 'retention-hold-lifted'];
    expect((await facts()).slice(-4)).toEqual(last);
  });

  it('is held once however often the button is pressed, also at once', async () => {
    await Promise.all([hold(), hold()]);
    granted(await hold());

    expect((await facts()).filter((type) => type === 'retention-held')).toHaveLength(1);
  });

  it('is not erased at its owner’s word either, who is told what it is kept for', async () => {
    granted(await hold({ until: '2026-02-01' }));

    expect(await askErasure(world, { by: owner })).toMatchObject({
      error: { kind: 'not-erasable', because: 'held' },
    });
    const { holds } = await heldApplication(world, await stored(), owner);
    expect(holds).toEqual([{ because: 'court', until: at('2026-02-01T19:00') }]);
    world.clock.to(at('2026-02-01T19:00'));
    granted(await askErasure(world, { by: owner }));
    expect(await heldApplication(world, await stored(), owner)).not.toHaveProperty('holds');
  });
});

const held = async () => {
  const events = await world.records.history('application', id);
  return events.map(({ fact }) => applicationAggregate.event.parse(fact)).find(isHeld);
};

const isHeld = <T extends { type: string }>(event: T): event is Extract<T, { type: 'retention-held' }> =>
  event.type === 'retention-held';

describe('keeping an application by hand', () => {
  it.for([
    [{ number: 'KZ19-0000-0000' }, 'number'],
    [{ because: 'revenge' }, 'because'],
    [{ until: '2022-01-01' }, 'until'],
    [{ until: '2026-02-30' }, 'until'],
    [{ until: '9999-12-31' }, 'until'],
    [{ reason: 'x'.repeat(2001) }, 'reason'],
  ] as const)('with %j is refused at its place', async ([typed, place]) => {
    expect(await hold(typed)).toMatchObject({ error: { kind: 'invalid', faults: [{ place }] } });
    expect((await stored()).holds).toBeUndefined();
  });

  it('needs a reason, and somebody who may', async () => {
    expect(await hold({ reason: ' ' })).toMatchObject({ error: { kind: 'reason-needed' } });
    expect(await hold({}, secretary)).toMatchObject({ error: { kind: 'not-allowed' } });
  });
});

it('in a round that is judged by number, is not told to the chair, whom the words about it would tell who somebody is', async () => {
  world = aWorld();
  const { roundId: scored, applications } = await aScoringIn(world);
  const [first] = applications;
  granted(await hold({ number: first?.number ?? '' }, administrator, scored));

  const byHandFor = async (by: Person) => granted(await retentionPlan(world, { by, roundId: scored })).byHand;
  expect(await byHandFor(secretary)).toHaveLength(1);
  expect(await byHandFor(chair)).toEqual([]);
});

it('what was asked about an application is erased with it, and about the account with the last one', async () => {
  const correction = granted(await askCorrection(world, { by: owner, applicationId: id, text: 'MARKER 1' }));
  const erasure = granted(await askErasure(world, { by: owner }));
  for (const { state } of [correction, erasure]) {
    const answer = { by: administrator, id: state.id, outcome: 'refused', text: 'MARKER 2' } as const;
    granted(await answerDataRequest(world, answer));
  }
  const texts = async () => {
    const found = await world.records.list(dataRequestAggregate, 'owner', dataRequestsOf(owner.personId));
    const refs = found.items.flatMap(({ state }) => [state.text, state.answered?.text]);
    return await Promise.all(refs.map((ref) => reasonText(world.records, ref)));
  };

  expect((await texts()).filter((text) => text !== undefined)).toHaveLength(3);
  await night('2026-01-01');
  expect(await isErased()).toBe(true);
  expect((await texts()).filter((text) => text !== undefined)).toEqual([]);
});
