import { describe, expect, it } from 'vitest';
import { discussionView, isWalledItem } from '#functions/commands/discussion-view.ts';
import { moveDiscussionOf, openDiscussionOf } from '#functions/commands/discussions.ts';
import { advanceRound } from '#functions/commands/gate-decision.ts';
import { drawUpProposal, vote } from '#functions/commands/gate-work.ts';
import { gateOfRound } from '#functions/commands/gates.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { discussionsAggregate } from '#shared/domain/discussion.ts';
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
  members,
  roundIn,
  secretary,
  stranger,
} from '#test/builders/selection.ts';

/** Four applications at screening. Dana is kept from the first and third, the chair from the second. */
const aMeeting = async () => {
  const world = { ...aWorld(), people: memoryPeople() };
  const { roundId, applications } = await aScreeningIn(world, [{}, {}, {}, {}]);
  const keeps = ({ id: memberId }: Person, index: number) =>
    inConflictWith(world, roundId, nth(applications, index).id, [memberId]);
  await keeps(dana, 0);
  await keeps(dana, 2);
  await keeps(chair, 1);
  const numbers = applications.map(({ number }) => number);
  const open = (by: Person = secretary, absent: readonly Person[] = [], named: readonly string[] = numbers) =>
    openDiscussionOf(world, {
      by,
      roundId,
      suggested: false,
      numbers: named,
      absent: absent.map(({ id }) => id),
    });
  const gate = await gateOfRound(world.records, await roundIn(world, roundId));
  const state = async () =>
    (await world.records.find(discussionsAggregate, gate?.id ?? ''))?.state.meetings.at(-1);
  const seen = async () => (await world.records.find(discussionsAggregate, gate?.id ?? ''))?.version ?? 0;
  const move = async (by: Person, step: Move, at?: number) =>
    moveDiscussionOf(world, { by, roundId, seen: at ?? (await seen()), move: step });
  const view = async (by: Person) => granted(await discussionView(world, { by, roundId }));
  return { world, roundId, applications, numbers, keeps, open, state, seen, move, view };
};

const at = (place: number): Move => ({ kind: 'take-up', place });

describe('a discussion', () => {
  it('is opened in the order in which people leave as seldom as possible', async () => {
    const { open, state, numbers, view } = await aMeeting();
    granted(await open());

    // Everybody hears the fourth; the chair leaves once, Dana once.
    expect((await state())?.items.map(({ number }) => numbers.indexOf(number))).toEqual([3, 0, 2, 1]);
    expect((await view(secretary)).meeting?.leavings).toBe(2);
  });

  it('does not mind who did not come', async () => {
    const { open, state, view } = await aMeeting();
    granted(await open(secretary, [dana, stranger]));

    expect((await state())?.absent).toEqual([dana.id]);
    expect((await view(secretary)).meeting?.leavings).toBe(1);
  });

  it('keeps how long each was talked about, with a pause, and who was out of the room', async () => {
    const { world, open, move, state, applications } = await aMeeting();
    granted(await open());
    granted(await move(secretary, at(1)));
    world.clock.pass(60);
    granted(await move(secretary, at(2)));
    world.clock.pass(120);
    granted(await move(secretary, { kind: 'pause' }));
    world.clock.pass(600);
    granted(await move(chair, { kind: 'resume' }));
    world.clock.pass(30);
    granted(await move(chair, { kind: 'close' }));

    const spans = (await state())?.spans.map(({ applicationId, from, until, away }) => [
      applications.findIndex(({ id }) => id === applicationId),
      (Date.parse(until ?? '') - Date.parse(from)) / 1000,
      away,
    ]);
    expect(spans).toEqual([
      [3, 60, []],
      [0, 120, [dana.id]],
      [0, 30, [dana.id]],
    ]);
  });

  it('records the meeting at the gate when it is closed, with those who came', async () => {
    const { world, roundId, open, move } = await aMeeting();
    granted(await open(secretary, [erlan]));
    granted(await move(secretary, at(1)));
    granted(await move(secretary, { kind: 'close' }));

    const meetings = (await gateIn(world, roundId))?.meetings;
    expect(meetings).toEqual([
      expect.objectContaining({
        outcome: 'held',
        present: [chair, ...members.filter(({ id }) => id !== erlan.id)].map(({ id }) => id).toSorted(),
      }),
    ]);
  });

  it('is pressed twice and moves once, and of two people the second is told', async () => {
    const { open, move, seen, world, roundId } = await aMeeting();
    granted(await open());
    granted(await open());
    const before = await seen();
    granted(await move(secretary, at(1), before));
    granted(await move(secretary, at(1), before));

    expect(await seen()).toBe(before + 1);
    expect(await move(chair, at(2), before)).toEqual({ ok: false, error: { kind: 'changed-meanwhile' } });
    expect(await move(secretary, at(3), before)).toEqual({ ok: false, error: { kind: 'changed-meanwhile' } });
    expect(await open(chair)).toEqual({ ok: false, error: { kind: 'changed-meanwhile' } });
    const now = await seen();
    granted(await move(secretary, { kind: 'close' }, now));
    granted(await move(secretary, { kind: 'close' }, now));
    expect((await gateIn(world, roundId))?.meetings).toHaveLength(1);
    expect(await move(secretary, at(2))).toEqual({ ok: false, error: { kind: 'changed-meanwhile' } });
  });

  it('is opened once by two who press at the same time', async () => {
    const { open, state, world, roundId } = await aMeeting();
    const answers = await Promise.all([open(secretary), open(chair)]);

    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const gate = await gateOfRound(world.records, await roundIn(world, roundId));
    const record = await world.records.find(discussionsAggregate, gate?.id ?? '');
    expect(record?.state.meetings).toHaveLength(1);
    expect(await state()).toBeDefined();
  });

  it('is led by nobody but secretary and chair', async () => {
    const { open, move } = await aMeeting();
    expect(await open(erlan)).toEqual({ ok: false, error: { kind: 'not-allowed' } });
    granted(await open());
    expect(await move(erlan, at(1))).toEqual({ ok: false, error: { kind: 'not-allowed' } });
    expect(await move(secretary, at(9))).toEqual({
      ok: false,
      error: { kind: 'not-found', what: 'application' },
    });
  });

  it('is led by whoever replaces the chair while the chair is out of the room', async () => {
    const { open, move, keeps } = await aMeeting();
    granted(await open());
    // What is closed to the chair is taken up by who leads and it is open to.
    expect(await move(chair, at(4))).toEqual({ ok: false, error: { kind: 'conflict-of-interest' } });
    granted(await move(secretary, at(4)));

    expect(await move(chair, at(3))).toEqual({ ok: false, error: { kind: 'conflict-of-interest' } });
    expect(await move(erlan, at(3))).toEqual({ ok: false, error: { kind: 'not-allowed' } });
    granted(await move(dana, { kind: 'pause' }));
    granted(await move(dana, { kind: 'resume' }));
    await keeps(secretary, 1);
    expect(await move(secretary, at(3))).toEqual({ ok: false, error: { kind: 'conflict-of-interest' } });
    expect(await move(dana, at(3))).toEqual({ ok: false, error: { kind: 'conflict-of-interest' } });
    // What is closed to whoever leads is taken up by who presides over it, but not from outside of what is talked about.
    expect(await move(chair, at(3))).toEqual({ ok: false, error: { kind: 'conflict-of-interest' } });
    granted(await move(dana, { kind: 'pause' }));
    granted(await move(chair, at(3)));
  });

  it.for([
    ['nothing', []],
    ['a number that is none', ['KZ19-0000-0000']],
  ] as const)('is not opened about %s', async ([, named]) => {
    const { open } = await aMeeting();
    const answer = await open(secretary, [], named);

    expect(answer).toMatchObject({ ok: false, error: { kind: 'invalid', faults: [{ place: 'numbers' }] } });
  });

  it('finds no number that is closed to who opens it, and reads the others as they are typed', async () => {
    const { open, numbers, world, roundId, state } = await aMeeting();
    const closed = await open(chair, [], [numbers[1] ?? '']);
    expect(closed).toMatchObject({ ok: false, error: { kind: 'invalid' } });

    granted(await drawUpProposal(world, { by: secretary, roundId }));
    granted(await open(chair, [], [numbers[0]?.toLowerCase() ?? '']));
    expect((await state())?.items).toHaveLength(1);
  });

  it('orders what is to come anew once somebody declares a conflict', async () => {
    const { open, move, keeps, view, state, numbers } = await aMeeting();
    granted(await open());
    granted(await move(secretary, at(1)));
    expect((await view(secretary)).meeting?.reorder).toBe(false);
    await keeps(dana, 1);
    await keeps(chair, 0);
    await keeps(dana, 3);
    expect((await view(secretary)).meeting?.reorder).toBe(true);
    granted(await move(secretary, { kind: 'order' }));
    granted(await move(secretary, { kind: 'order' }));

    expect((await state())?.items.map(({ number }) => numbers.indexOf(number))).toEqual([3, 2, 0, 1]);
    granted(await move(secretary, at(2)));
    // Whoever declared it while it was talked about had to leave then.
    expect((await state())?.spans[0]?.away).toEqual([dana.id]);
  });
});

describe('what a member follows', () => {
  it('is nothing but the place where a conflict of interest keeps them out', async () => {
    const { open, move, view, numbers } = await aMeeting();
    granted(await open());
    granted(await move(secretary, at(2)));
    const { meeting, leads } = await view(dana);

    expect(leads).toBe(false);
    expect(meeting?.items[1]).toEqual({ place: 2, state: 'up', walled: 'conflict' });
    expect(JSON.stringify(meeting)).not.toContain(numbers[0]);
    expect(meeting?.items.filter(isWalledItem).map(({ place }) => place)).toEqual([2, 3]);
    // Dana comes back with the last; whom the closed place before it kept out is not told.
    expect(meeting?.items[3]).toMatchObject({ comeBack: { count: 0 }, leave: { count: 1 } });
  });

  it('names who leaves and who comes back, and who holds the chair then', async () => {
    const { open, view } = await aMeeting();
    granted(await open());
    const { meeting } = await view(secretary);

    expect(meeting?.items[3]).toMatchObject({
      leave: { count: 1, names: [chair.id] },
      comeBack: { count: 1, names: [dana.id] },
      outside: { names: [chair.id] },
      presides: dana.id,
    });
    expect(meeting?.items[1]).toMatchObject({ leave: { names: [dana.id] }, presides: undefined });
    // Whom somebody is joined with could tell who an applicant is, where nobody may know it.
    expect((await view(erlan)).meeting?.items[3]).toMatchObject({
      leave: { count: 1, names: undefined },
      comeBack: { count: 1, names: undefined },
      outside: { names: undefined },
    });
  });

  it('is told to nobody without a seat', async () => {
    const { world, roundId } = await aMeeting();
    expect(await discussionView(world, { by: stranger, roundId })).toEqual({
      ok: false,
      error: { kind: 'not-found', what: 'round' },
    });
  });

  it('ends with the decision, also where nobody closed it', async () => {
    const { world, roundId, open, move } = await aMeeting();
    granted(await open());
    granted(await move(secretary, at(1)));
    const proposal = granted(await drawUpProposal(world, { by: secretary, roundId })).state.proposal;
    if (!proposal) throw new Error('Nothing lies on the table.');
    for (const by of [chair, ...members]) {
      granted(await vote(world, { by, roundId, proposal, choice: 'for', reason: '' }));
    }
    granted(await advanceRound(world, { by: chair, roundId, proposal }));

    expect(await move(secretary, at(2))).toMatchObject({ ok: false, error: { kind: 'gate-not-open' } });
  });
});
