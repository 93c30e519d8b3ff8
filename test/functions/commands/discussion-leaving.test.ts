import { describe, expect, it } from 'vitest';
import { DiscussionsEvent, discussionsAggregate } from '#shared/domain/discussion.ts';
import type { Move } from '#shared/domain/discussion-decisions.ts';
import { GateId } from '#shared/domain/ids.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { inConflictWith } from '#test/builders/panels.ts';
import { granted } from '#test/builders/scenes.ts';
import {
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
const voters = [chair, ...members];
const told = { ok: false, error: { kind: 'changed-meanwhile' } };
const nobody = { ok: false, error: { kind: 'not-found', what: 'person' } };

describe('who leaves a discussion early', () => {
  it('is noted with the time, what is discussed without them, and when they come back', async () => {
    const { world, move, leave, arrive, view } = await withoutTwo();
    const gone = nth(members, 3);
    granted(await move(at(1)));
    world.clock.pass(60);
    const left = world.clock.now();
    granted(await leave(gone));
    world.clock.pass(60);
    granted(await move(at(2)));
    world.clock.pass(60);

    expect((await view(erlan))?.left).toMatchObject([{ personId: gone.id, at: left, missed: [1, 2] }]);
    const back = world.clock.now();
    granted(await arrive(gone));
    world.clock.pass(60);
    granted(await move(at(3)));
    const { left: noted, late, absent } = (await view(erlan)) ?? {};
    expect(noted).toMatchObject([{ personId: gone.id, at: left, back, missed: [1, 2] }]);
    expect(late).toEqual([]);
    expect(absent?.map(({ personId }) => personId)).not.toContain(gone.id);
  });

  it('counts for nothing from then on: not for the quorum, and not in the meeting that is recorded', async () => {
    const { world, roundId, move, leave, view } = await withoutTwo();
    const { quorum } = (await view(secretary)) ?? {};
    expect(quorum?.present).toBe(voters.length - 2);
    const needed = quorum?.needed ?? 0;
    const gone = voters
      .filter(({ id }) => ![dana.id, erlan.id].includes(id))
      .slice(0, voters.length - 1 - needed);
    for (const person of gone) granted(await leave(person));

    expect((await view(secretary))?.quorum).toEqual({ present: needed - 1, needed });
    granted(await move({ kind: 'close' }));
    const [meeting] = (await gateIn(world, roundId))?.meetings ?? [];
    expect(meeting?.outcome).toBe('inquorate');
    expect(meeting?.present).toHaveLength(needed - 1);
  });

  it('is no more out of the room for a conflict of interest', async () => {
    const { applications, found, move, arrive, leave } = await withoutTwo();
    granted(await arrive(dana));
    granted(await leave(dana));
    const items = (await found()).meeting?.items ?? [];
    const place = items.findIndex(({ applicationId }) => applicationId === nth(applications, 0).id) + 1;
    granted(await move(at(place)));
    granted(await move({ kind: 'pause' }));

    expect((await found()).meeting?.spans).toMatchObject([{ away: [] }]);
  });

  it('was out of the room for what was talked about then, also with a conflict that came up meanwhile', async () => {
    const { world, roundId, found, move, leave, away } = await withoutTwo();
    const gone = nth(members, 3);
    granted(await move(at(1)));
    const up = nth((await found()).meeting?.items ?? [], 0).applicationId;
    world.clock.pass(60);
    await inConflictWith(world, roundId, up, [gone.id]);
    world.clock.pass(60);
    granted(await leave(gone));
    world.clock.pass(60);
    granted(await move({ kind: 'pause' }));

    const { meeting } = await found();
    expect(await away(meeting, up)).toEqual([gone.id]);
    granted(await move(at(2)));
    granted(await move({ kind: 'pause' }));
    const after = (await found()).meeting;
    expect(after?.spans.at(-1)?.away).not.toContain(gone.id);
  });

  it('was out of it also where they came meanwhile with a conflict of interest', async () => {
    const { world, applications, found, move, arrive, leave, away } = await withoutTwo();
    const closed = nth(applications, 0).id;
    const items = (await found()).meeting?.items ?? [];
    granted(await move(at(items.findIndex(({ applicationId }) => applicationId === closed) + 1)));
    world.clock.pass(60);
    granted(await arrive(dana));
    expect((await found()).meeting?.spans.at(-1)?.away).toEqual([dana.id]);
    world.clock.pass(60);
    granted(await leave(dana));
    granted(await move({ kind: 'close' }));

    const { meeting } = await found();
    expect(await away(meeting, closed)).toEqual([dana.id]);
  });

  it('was out of nothing in a pause', async () => {
    const { world, applications, found, move, arrive, leave } = await withoutTwo();
    const closed = nth(applications, 0).id;
    const items = (await found()).meeting?.items ?? [];
    granted(await move(at(items.findIndex(({ applicationId }) => applicationId === closed) + 1)));
    world.clock.pass(60);
    granted(await move({ kind: 'pause' }));
    world.clock.pass(60);
    granted(await arrive(dana));
    granted(await leave(dana));

    expect((await found()).meeting?.spans.map(({ away }) => away)).toEqual([[]]);
  });

  it('stands as before where an older record does not say who was out', async () => {
    const { world, roundId, found, move } = await withoutTwo();
    granted(await move(at(1)));
    const { meeting } = await found();
    if (!meeting) throw new Error('Nothing is discussed.');
    const gate = GateId.parse('G'.repeat(20));
    const noted = { at: world.clock.now(), by: secretary.id, personId: chair.id };
    const left = DiscussionsEvent.parse({ type: 'member-left', ...noted });
    const after = discussionsAggregate.evolve({ gate, roundId, meetings: [meeting] }, left).meetings.at(-1);

    expect(after?.spans).toEqual(meeting.spans);
    expect(after?.absent).toContain(chair.id);
  });

  it('is noted once from a double press; only of who is there, and only by who leads', async () => {
    const { world, roundId, found, leave, arrive } = await withoutTwo();
    const { seen } = await found();
    granted(await leave(chair, secretary, seen));
    granted(await leave(chair, secretary, seen));
    expect((await found()).seen).toBe(seen + 1);

    expect(await leave(nth(members, 3), secretary, seen)).toEqual(told);
    for (const person of [stranger, dana]) expect(await leave(person)).toEqual(nobody);
    expect(await leave(erlan, erlan)).toEqual({ ok: false, error: { kind: 'not-allowed' } });
    granted(await arrive(chair));
    await leaves(world, roundId, nth(members, 3));
    expect(await leave(nth(members, 3))).toEqual(nobody);
  });
});

describe('a note that was made by mistake', () => {
  it('of an arrival is taken back: they have not come, and were out of the room for nothing', async () => {
    const { world, applications, found, move, arrive, undoing, view, away } = await withoutTwo();
    const closed = nth(applications, 0).id;
    const place =
      (await found()).meeting?.items.findIndex(({ applicationId }) => applicationId === closed) ?? 0;
    granted(await move(at(place + 1)));
    world.clock.pass(60);
    const noted = world.clock.now();
    granted(await arrive(dana));
    world.clock.pass(60);
    granted(await move({ kind: 'pause' }));
    const { meeting: before } = await found();
    expect(await away(before, closed)).toEqual([dana.id]);
    granted(await move(await undoing(dana)));

    const { meeting } = await found();
    expect(meeting?.undone).toEqual([{ personId: dana.id, what: 'arrival', noted, at: world.clock.now() }]);
    expect(await away(meeting, closed)).toEqual([]);
    const seen = await view(erlan);
    expect(seen?.late).toEqual([]);
    expect(seen?.absent.map(({ personId }) => personId)).toEqual([dana.id, erlan.id]);
    expect(seen?.undone).toMatchObject([{ personId: dana.id, what: 'arrival' }]);
  });

  it('of a departure is taken back: they were there all the time', async () => {
    const { world, roundId, move, leave, undoing, view } = await withoutTwo();
    granted(await leave(chair));
    world.clock.pass(60);
    granted(await move(await undoing(chair)));

    expect((await view(erlan))?.left).toEqual([]);
    granted(await move({ kind: 'close' }));
    expect((await gateIn(world, roundId))?.meetings[0]?.present).toContain(chair.id);
  });

  it('of who was ticked at the opening is taken back: they did not come', async () => {
    const { world, roundId, move, undoing, view } = await withoutTwo();
    granted(await move(await undoing(chair)));

    const seen = await view(erlan);
    expect(seen?.absent.map(({ personId }) => personId)).toContain(chair.id);
    expect(seen?.undone).toMatchObject([{ personId: chair.id, what: 'presence' }]);
    granted(await move({ kind: 'close' }));
    expect((await gateIn(world, roundId))?.meetings[0]?.present).not.toContain(chair.id);
  });

  it('is taken back once from a double press, one note after the other, and each as it was shown', async () => {
    const { world, found, arrive, leave, move, undoing } = await withoutTwo();
    granted(await arrive(dana));
    world.clock.pass(60);
    granted(await leave(dana));
    world.clock.pass(60);
    granted(await arrive(dana));
    const { seen } = await found();
    const [first, other] = [
      await undoing(dana),
      { kind: 'undo', personId: dana.id, noted: world.clock.now() } as const,
    ];
    expect(first).toEqual(other);
    granted(await move(first, secretary, seen));
    granted(await move(first, secretary, seen));
    expect((await found()).seen).toBe(seen + 1);
    expect((await found()).meeting?.left).toHaveLength(1);

    expect(await move(await undoing(dana), chair, seen)).toEqual(told);
    world.clock.pass(60);
    expect(await move({ kind: 'undo', personId: dana.id, noted: world.clock.now() })).toEqual(told);
    expect(await move({ kind: 'undo', personId: erlan.id, noted: world.clock.now() })).toEqual(told);
    expect(await move({ kind: 'undo', personId: stranger.id, noted: world.clock.now() })).toEqual(nobody);
    granted(await move(await undoing(dana)));
    expect((await found()).meeting?.left).toEqual([]);
    granted(await move({ kind: 'close' }));
    expect(await move(await undoing(dana))).toEqual(told);
  });
});
