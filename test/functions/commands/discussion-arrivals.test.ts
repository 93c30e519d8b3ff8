import { describe, expect, it } from 'vitest';
import { moveDiscussionOf, openDiscussionOf } from '#functions/commands/discussions.ts';
import type { Move } from '#shared/domain/discussion-decisions.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { inConflictWith } from '#test/builders/panels.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import {
  aScreeningIn,
  chair,
  dana,
  erlan,
  gateIn,
  leaves,
  members,
  secretary,
  stranger,
} from '#test/builders/selection.ts';
import { withoutTwo } from './discussion-room.ts';

const at = (place: number): Move => ({ kind: 'take-up', place });

describe('who comes late to a discussion', () => {
  it('is noted with the time and what was begun before, and the order stays', async () => {
    const { world, found, move, arrive, view } = await withoutTwo();
    const order = (await found()).meeting?.items;
    granted(await move(at(1)));
    world.clock.pass(60);
    granted(await move(at(2)));
    world.clock.pass(60);
    const came = world.clock.now();
    granted(await arrive(dana));

    const meeting = await view(erlan);
    expect((await found()).meeting?.items).toEqual(order);
    expect(meeting?.late).toMatchObject([{ personId: dana.id, at: came, missed: [1, 2] }]);
    expect(meeting?.absent).toMatchObject([{ personId: erlan.id }]);
  });

  it('is present from then on: in the meeting that is recorded, and out of the room where in conflict', async () => {
    const { world, roundId, applications, found, move, arrive } = await withoutTwo();
    const place = (await found()).meeting?.items.findIndex(
      ({ applicationId }) => applicationId === nth(applications, 0).id,
    );
    granted(await move(at((place ?? 0) + 1)));
    granted(await arrive(dana));
    granted(await move({ kind: 'close' }));

    expect((await found()).meeting?.spans).toMatchObject([{ away: [dana.id] }]);
    const present = [chair, ...members].filter(({ id }) => id !== erlan.id).map(({ id }) => id);
    expect((await gateIn(world, roundId))?.meetings).toMatchObject([{ present: present.toSorted() }]);
  });

  it('makes a meeting quorate that too few had come to', async () => {
    const world = { ...aWorld(), people: memoryPeople() };
    const { roundId, applications } = await aScreeningIn(world, [{}]);
    const numbers = applications.map(({ number }) => number);
    const voters = [chair, ...members];
    const absent = voters.slice(1).map(({ id }) => id);
    granted(await openDiscussionOf(world, { by: secretary, roundId, suggested: false, numbers, absent }));
    let seen = 1;
    for (const personId of absent) {
      const move = { kind: 'arrive', personId } as const;
      granted(await moveDiscussionOf(world, { by: secretary, roundId, seen, move }));
      seen += 1;
    }
    granted(await moveDiscussionOf(world, { by: secretary, roundId, seen, move: { kind: 'close' } }));

    expect((await gateIn(world, roundId))?.meetings).toMatchObject([{ outcome: 'held' }]);
  });

  it('is noted once from a double press, and the second of two people is told', async () => {
    const { found, arrive } = await withoutTwo();
    const { seen } = await found();
    granted(await arrive(dana, secretary, seen));
    granted(await arrive(dana, secretary, seen));

    expect((await found()).seen).toBe(seen + 1);
    const told = { ok: false, error: { kind: 'changed-meanwhile' } };
    expect(await arrive(dana, chair, seen)).toEqual(told);
    expect(await arrive(erlan, secretary, seen)).toEqual(told);
  });

  it('has a seat in the room and was away; and nobody but who leads notes it, while it goes on', async () => {
    const { world, roundId, move, arrive } = await withoutTwo();
    const nobody = { ok: false, error: { kind: 'not-found', what: 'person' } };
    expect(await arrive(stranger)).toEqual(nobody);
    expect(await arrive(chair)).toEqual(nobody);
    expect(await arrive(dana, dana)).toEqual({ ok: false, error: { kind: 'not-allowed' } });
    await leaves(world, roundId, erlan);
    expect(await arrive(erlan)).toEqual(nobody);
    granted(await move({ kind: 'close' }));
    expect(await arrive(dana)).toEqual({ ok: false, error: { kind: 'changed-meanwhile' } });
  });

  it('lets the order be made anew where their conflicts would call them out more often', async () => {
    const { world, roundId, applications, found, move, arrive, view } = await withoutTwo();
    const items = (await found()).meeting?.items ?? [];
    const last = items.at(-1)?.applicationId;
    if (!last || last === nth(applications, 0).id) throw new Error('The closed one would come first.');
    await inConflictWith(world, roundId, last, [dana.id]);
    expect((await view(secretary))?.reorder).toBe(false);
    granted(await arrive(dana));

    expect((await view(secretary))?.reorder).toBe(true);
    granted(await move({ kind: 'order' }));
    expect((await found()).meeting?.items).not.toEqual(items);
  });
});
