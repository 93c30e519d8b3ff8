import { describe, expect, it } from 'vitest';
import { callInSubstitute, sendSubstituteBack } from '#functions/commands/committee.ts';
import { discussionView } from '#functions/commands/discussion-view.ts';
import type { Move } from '#shared/domain/discussion-decisions.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { inConflictWith } from '#test/builders/panels.ts';
import { granted } from '#test/builders/scenes.ts';
import {
  chair,
  erlan,
  gateIn,
  leaves,
  members,
  seatIn,
  secretary,
  stranger,
} from '#test/builders/selection.ts';
import { withoutTwo } from './discussion-room.ts';

const at = (place: number): Move => ({ kind: 'take-up', place });
const gone = nth(members, 3);
const novice = { ...stranger, id: PersonId.parse('N0V1CE'.padEnd(20, '0')) };

/** A discussion of three applications a minute after its first was begun, with a substitute whom nobody has called. */
const withSubstitute = async () => {
  const table = await withoutTwo();
  const { world, roundId, move } = table;
  await seatIn(world, roundId, [[stranger, 'substitute']]);
  granted(await move(at(1)));
  world.clock.pass(60);
  const called = { by: secretary, roundId, personId: stranger.id };
  return {
    ...table,
    call: () => callInSubstitute(world, { ...called, standsInFor: gone.id }),
    sendBack: () => sendSubstituteBack(world, called),
    present: async () => (await gateIn(world, roundId))?.meetings.at(-1)?.present,
  };
};

describe('a seat that changes while a discussion goes on', () => {
  it('counts a substitute from the call, and not whom they stand in for, to the end', async () => {
    const { world, call, view, move, present } = await withSubstitute();
    const before = await view(erlan);
    expect(before?.notes.map(({ personId }) => personId)).not.toContain(stranger.id);
    const called = world.clock.now();
    granted(await call());
    world.clock.pass(60);

    const seen = await view(erlan);
    const since = { at: called, missed: [1] };
    const inFor = { kind: 'called-in', other: gone.id };
    const replaced = { kind: 'replaced', other: stranger.id };
    expect(seen?.late).toMatchObject([{ personId: stranger.id, ...since, why: inFor }]);
    expect(seen?.left).toMatchObject([{ personId: gone.id, ...since, why: replaced, back: undefined }]);
    expect(seen?.notes).toContainEqual(
      expect.objectContaining({ personId: stranger.id, what: 'seat', at: called, isIn: true }),
    );
    expect(seen?.quorum).toEqual(before?.quorum);
    granted(await move({ kind: 'close' }));
    expect(await present()).toContain(stranger.id);
    expect(await present()).not.toContain(gone.id);
  });

  it('counts a member again from when the substitute is sent back', async () => {
    const { world, call, sendBack, view, move, present } = await withSubstitute();
    granted(await call());
    world.clock.pass(60);
    granted(await move(at(2)));
    world.clock.pass(60);
    const back = world.clock.now();
    granted(await sendBack());

    const seen = await view(erlan);
    expect(seen?.left).toMatchObject([
      { personId: gone.id, back, backWhy: { kind: 'returned', other: stranger.id }, missed: [1, 2] },
      { personId: stranger.id, at: back, why: { kind: 'sent-back', other: gone.id }, missed: [2] },
    ]);
    granted(await move({ kind: 'close' }));
    expect(await present()).toContain(gone.id);
    expect(await present()).not.toContain(stranger.id);
  });

  it('names whoever leaves the committee, and lets a mistaken note of them be taken back afterwards', async () => {
    const { world, roundId, view, move } = await withSubstitute();
    const left = world.clock.now();
    await leaves(world, roundId, gone);
    world.clock.pass(60);

    const seen = await view(erlan);
    const why = { kind: 'left-committee', seat: 'member' };
    expect(seen?.left).toMatchObject([{ personId: gone.id, at: left, why, missed: [1] }]);
    const note = seen?.notes.find(({ personId }) => personId === gone.id);
    expect(note).toMatchObject({ what: 'presence', isIn: false });
    granted(await move({ kind: 'undo', personId: gone.id, noted: note?.at ?? left }));
    expect((await view(erlan))?.left).toEqual([]);
  });

  it('lets who has a seat and is not there be noted so, and noted again once they come', async () => {
    const { world, roundId, view, move, arrive, present } = await withSubstitute();
    await leaves(world, roundId, gone);
    const given = world.clock.now();
    await seatIn(world, roundId, [[novice, 'member']]);
    const why = { kind: 'appointed', seat: 'member' };
    expect((await view(erlan))?.late).toMatchObject([{ personId: novice.id, at: given, why }]);
    world.clock.pass(60);
    granted(await move({ kind: 'undo', personId: novice.id, noted: given }));
    const seen = await view(erlan);
    expect(seen?.late).toEqual([]);
    expect(seen?.absent.map(({ personId }) => personId)).toContain(novice.id);
    expect(seen?.undone).toMatchObject([{ personId: novice.id, what: 'seat', noted: given }]);
    const came = world.clock.now();
    granted(await arrive(novice));
    expect((await view(erlan))?.late).toMatchObject([{ personId: novice.id, at: came, why: undefined }]);
    granted(await move({ kind: 'close' }));
    expect(await present()).toContain(novice.id);
  });

  it('says who held the chair when, and what was over stays as it was', async () => {
    const { world, roundId, view, move } = await withSubstitute();
    const opened = (await view(erlan))?.openedAt;
    expect((await view(erlan))?.chairs).toEqual([]);
    const handed = world.clock.now();
    await leaves(world, roundId, chair);
    await leaves(world, roundId, gone);
    await seatIn(world, roundId, [[gone, 'chair']]);
    world.clock.pass(60);
    granted(await move({ kind: 'close' }));
    const over = await view(erlan);
    expect(over?.chairs).toMatchObject([
      { personId: chair.id, from: opened, until: handed },
      { personId: gone.id, from: handed, until: undefined },
    ]);
    // Whoever changes seats without a break was there all the time.
    expect(over?.left.map(({ personId }) => personId)).toEqual([chair.id]);
    world.clock.pass(60);
    await leaves(world, roundId, gone);
    const later = granted(await discussionView(world, { by: secretary, roundId })).meeting;
    expect(later?.quorum).toEqual(over?.quorum);
    expect(later?.left).toEqual(over?.left);
    expect(later?.late).toEqual(over?.late);
  });

  it('keeps on record who was out for a conflict of interest only while they stood in', async () => {
    const { world, roundId, call, sendBack, found, move, away } = await withSubstitute();
    const up = nth((await found()).meeting?.items ?? [], 0).applicationId;
    await inConflictWith(world, roundId, up, [stranger.id]);
    granted(await call());
    world.clock.pass(60);
    granted(await sendBack());
    world.clock.pass(60);
    granted(await move({ kind: 'close' }));

    expect((await found()).meeting?.spans.at(-1)?.away).toEqual([stranger.id]);
    expect(await away((await found()).meeting, up)).toEqual([stranger.id]);
  });
});
