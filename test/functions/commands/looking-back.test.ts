import { describe, expect, it } from 'vitest';
import { candidatePlace, screeningView } from '#functions/commands/candidate-views.ts';
import { makeClaim } from '#functions/commands/claims.ts';
import { committeeClaims } from '#functions/commands/committee-claims.ts';
import { declareOwnConflict } from '#functions/commands/conflicts.ts';
import { undoLastAdvance } from '#functions/commands/gate-decision.ts';
import { slotsIn } from '#functions/commands/interview-reading.ts';
import { type Around, openPast, type Past } from '#functions/commands/looking-back.ts';
import { recordsAt } from '#functions/commands/past-records.ts';
import { draftApplicationScore } from '#functions/commands/scoring.ts';
import type { Person } from '#functions/commands/workplace.ts';
import type { Instant } from '#shared/domain/time.ts';
import { anInterviewRoundIn, nth, slotsPlanned } from '#test/builders/interview-scenes.ts';
import { aPublishedRoundIn } from '#test/builders/published.ts';
import { aTickingWorld, granted, type World } from '#test/builders/scenes.ts';
import {
  advanceIn,
  aScoringIn,
  aScreeningIn,
  auditor,
  chair,
  ratersOf,
  score,
  secretary,
} from '#test/builders/selection.ts';

it('closes a stage that was taken back, until the round comes to it again', async () => {
  const world = aTickingWorld();
  const { roundId } = await aScreeningIn(world, [{}]);
  const screening = world.clock.now();
  await advanceIn(world, roundId);
  const scoring = world.clock.now();
  const open = (until: typeof scoring) => openPast(world, { by: auditor, roundId, until });
  expect(granted(await open(scoring)).until).toBe(scoring);
  world.clock.pass(1);
  granted(await undoLastAdvance(world, { by: chair, roundId, reason: 'Тізімге артық парақ түсті.' }));

  expect(await open(scoring)).toMatchObject({ error: { kind: 'wrong-stage', stage: 'screening' } });
  expect(granted(await open(screening)).until).toBe(screening);
});

it('stores nothing, and notes who reads today', async () => {
  const world = aTickingWorld();
  const { roundId } = await aScreeningIn(world, [{}]);
  const until = world.clock.now();
  world.clock.pass(3600);
  const { reads } = granted(await openPast(world, { by: auditor, roundId, until }));

  expect(() => reads.records.commit({ by: auditor, changes: [] })).toThrow('past');
  expect(reads.clock.now()).toBe(until);
  const owner = `round#${roundId}`;
  await reads.readLog.add({ reader: auditor, owner, what: 'list', at: reads.clock.now() });
  expect((await world.readLog.of(owner)).map(({ at }) => at)).toEqual([world.clock.now()]);
});

it('leads from no moment into a stage that was taken back', async () => {
  const world = aTickingWorld();
  const { roundId } = await aScreeningIn(world, [{}]);
  await advanceIn(world, roundId);
  const scoring = world.clock.now();
  world.clock.pass(1);
  granted(await undoLastAdvance(world, { by: chair, roundId, reason: 'Тізімге артық парақ түсті.' }));
  const visited: Instant[] = [];
  let until: Instant | undefined = world.clock.now();
  while (until && visited.length < 50) {
    visited.push(until);
    const past: Past = granted(await openPast(world, { by: auditor, roundId, until }));
    await past.reads.records.history('round', roundId);
    until = (await past.around()).previous;
  }

  expect(visited.length).toBeGreaterThan(2);
  expect(visited.length).toBeLessThan(50);
  expect(visited.slice(1).every((one) => one < scoring)).toBe(true);
});

/** The moments around one, as a page tells them that reads what `reads` does. */
const told = async (
  world: World,
  about: Parameters<typeof openPast>[1],
  reads: (deps: Omit<World, keyof Past['reads']> & Past['reads']) => Promise<unknown>,
): Promise<Around> => {
  const past = granted(await openPast(world, about));
  await reads({ ...world, ...past.reads });
  return await past.around();
};

describe('the moments around one', () => {
  it('do not tell whoever is still to score when others did', async () => {
    const world = aTickingWorld();
    const { roundId, applications } = await aScoringIn(world, [{}, {}, {}, {}]);
    const rated = await Promise.all(
      applications.map(async ({ id }) => ({ id, raters: await ratersOf(world, id) })),
    );
    const own = rated.find(({ raters }) => raters.some(({ id }) => id === chair.id));
    const other = own?.raters.find(({ id }) => id !== chair.id);
    if (!own || !other) throw new Error('The chair scores nothing.');
    // The first score of a stage is an event of the round too.
    const first = rated.find(({ id }) => id !== own.id);
    const [rater] = first?.raters ?? [];
    if (!first || !rater) throw new Error('Nothing else is scored.');
    granted(await score({ world, roundId }, rater, first.id));
    world.clock.pass(60);
    const given = world.clock.now();
    granted(await score({ world, roundId }, other, own.id));
    world.clock.pass(60);
    const around = (by: Person) => {
      const page = { by, roundId, applicationId: own.id };
      return told(world, { ...page, until: world.clock.now() }, (deps) => candidatePlace(deps, page));
    };

    expect((await around(secretary)).since).toBe(given);
    expect(Object.values(await around(chair))).not.toContain(given);
    granted(await score({ world, roundId }, chair, own.id));
    expect((await around(chair)).previous).toBe(given);
  });

  it('are none of a claim that a conflict of interest closes', async () => {
    const world = aTickingWorld();
    const { roundId, bolat } = await aPublishedRoundIn(world);
    const { by, applicationId } = bolat;
    const filed = world.clock.now();
    granted(await makeClaim(world, { by, applicationId, grounds: 'scoring-error', text: 'Қате бар.' }));
    world.clock.pass(60);
    const until = world.clock.now();
    world.clock.pass(60);
    granted(await declareOwnConflict(world, { by: chair, roundId, applicationId }));
    world.clock.pass(60);
    const around = (reader: Person) => {
      const page = { by: reader, roundId };
      return told(world, { ...page, until }, (deps) => committeeClaims(deps, page));
    };

    expect((await around(secretary)).since).toBe(filed);
    expect(Object.values(await around(chair))).not.toContain(filed);
  });
});

it('leads from moment to moment in both directions, days apart, past what nobody is told', async () => {
  const world = aTickingWorld();
  const { roundId, applications } = await aScoringIn(world, [{}, {}]);
  const first = world.clock.now();
  const days: Instant[] = [];
  const threeDays = () => world.clock.pass(3 * 24 * 3600);
  for (const [index, { id: applicationId }] of applications.entries()) {
    const raters = await ratersOf(world, applicationId);
    for (let draft = 0; draft < 12 * index; draft += 1) {
      threeDays();
      const card = { points: {}, comments: { committee: `Ой ${draft}.` } };
      granted(await draftApplicationScore(world, { by: nth(raters, 0), roundId, applicationId, ...card }));
    }
    for (const rater of raters) {
      threeDays();
      days.push(world.clock.now());
      granted(await score({ world, roundId }, rater, applicationId));
    }
  }
  world.clock.pass(30 * 24 * 3600);
  const last = world.clock.now();
  const page = { by: auditor, roundId };
  const walked = async (from: Instant, to: 'next' | 'previous'): Promise<Instant[]> => {
    const { since, [to]: further } = await told(world, { ...page, until: from }, (deps) =>
      screeningView(deps, page),
    );
    if (!since) throw new Error('Nothing is older.');
    return further && further >= first ? [since, ...(await walked(further, to))] : [since];
  };

  const forward = await walked(first, 'next');

  expect(forward.slice(1)).toEqual(days);
  expect((await walked(last, 'previous')).toReversed()).toEqual(days);
});

/** How often a page of the past reads each record, where so many applied. */
const readsOf = async (applied: number): Promise<string[]> => {
  const world = aTickingWorld();
  const { roundId } = await aScreeningIn(
    world,
    Array.from({ length: applied }, () => ({})),
  );
  const page = { by: auditor, roundId };
  const reads: string[] = [];
  const { find, history, list } = world.records;
  const noted =
    <Asked extends unknown[], Answer>(
      read: (...asked: Asked) => Answer,
      nameOf: (...asked: NoInfer<Asked>) => string,
    ) =>
    (...asked: Asked): Answer => {
      reads.push(nameOf(...asked));
      return read(...asked);
    };
  Object.assign(world.records, {
    find: noted(find, (aggregate, id) => `${aggregate.name} ${id}`),
    history: noted(history, (...[name, id]) => `history ${name} ${id}`),
    list: noted(list, () => 'list'),
  });
  const past = granted(await openPast(world, { ...page, until: world.clock.now() }));
  granted(await screeningView({ ...world, ...past.reads }, page));
  await past.around();
  return reads;
};

it('reads the history of each application that a list shows once, and no more for it', async () => {
  const [few, many] = [await readsOf(3), await readsOf(7)];

  expect(many.length - few.length).toBe(4);
  const histories = many.filter((one) => one.startsWith('history'));
  expect(histories.filter((one) => one.startsWith('history candidacy'))).toHaveLength(7);
});

it('finds a time that moved between two lists while these were read', async () => {
  const world = aTickingWorld();
  const { roundId } = await anInterviewRoundIn(world);
  const planned = await slotsPlanned(world, roundId);
  const moved = nth(planned, 1).id;
  const { versions } = world.records;
  let looks = 0;
  const records: World['records'] = {
    ...world.records,
    versions: async (...asked) => {
      const listed = await versions(...asked);
      looks += 1;
      return looks > 3 ? listed : listed.filter(({ id }) => id !== moved);
    },
  };
  const then = recordsAt(records, roundId, { until: world.clock.now(), now: world.clock.now() });

  expect(await slotsIn(then.records, roundId)).toHaveLength(planned.length);
});
