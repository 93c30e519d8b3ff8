import { describe, expect, it } from 'vitest';
import { candidateTimeline } from '#functions/commands/application-timeline.ts';
import { discussionView } from '#functions/commands/discussion-view.ts';
import { moveDiscussionOf, openDiscussionOf } from '#functions/commands/discussions.ts';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { scoreInterview } from '#functions/commands/interview-scorecards.ts';
import { reasonText } from '#functions/commands/reasons.ts';
import { declineApplication } from '#functions/commands/scoring.ts';
import type { Person } from '#functions/commands/workplace.ts';
import type { Move } from '#shared/domain/discussion-decisions.ts';
import {
  allPoints,
  anInterviewRoundIn,
  chair as interviewChair,
  members as interviewers,
  nth,
  slotsPlanned,
} from '#test/builders/interview-scenes.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { owesAnew, replacing } from '#test/builders/owed-cards.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import {
  aScoringIn,
  candidacyOf,
  chair,
  leaves,
  members,
  ratersOf,
  score,
  secretary,
} from '#test/builders/selection.ts';

/** Scoring of two applications by two raters each, nothing on the table. */
const aScoring = async () => {
  const world = { ...aWorld(), people: memoryPeople() };
  const { roundId, applications } = await aScoringIn(world, [{}, {}]);
  const numbers = applications.map(({ number }) => number);
  const ids = applications.map(({ id }) => id);
  const open = (by: Person, named: readonly string[] = numbers, reason?: string) =>
    openDiscussionOf(world, { by, roundId, suggested: false, numbers: named, absent: [], reason });
  const move = async (by: Person, step: Move, reason?: string) => {
    const { seen } = granted(await discussionView(world, { by, roundId }));
    return await moveDiscussionOf(world, { by, roundId, seen, move: step, reason });
  };
  const scored = async (index: number, from = 0) => {
    for (const by of (await ratersOf(world, nth(ids, index))).slice(from))
      granted(await score({ world, roundId }, by, nth(ids, index)));
  };
  const view = async (by: Person) => granted(await discussionView(world, { by, roundId }));
  return { world, roundId, numbers, ids, open, move, scored, view };
};

const at = (place: number): Move => ({ kind: 'take-up', place });
const why = 'Сарапшы науқас, отырысты кейінге қалдыруға болмайды.';

describe('an application whose scores are not all in', () => {
  it('is not opened, by secretary and chair alike, and the refusal says of how many', async () => {
    const { numbers, open, scored, view, ids, world } = await aScoring();
    await scored(0);
    await scored(1, 1);
    const [owing] = await ratersOf(world, nth(ids, 1));
    const cards = [{ number: nth(numbers, 1), count: 1, members: 1, guests: 0 }];

    expect(await open(chair)).toEqual({ ok: false, error: { kind: 'cards-awaited', cards } });
    // Scoring is blind: who judges what is told to the secretary alone.
    expect(await open(secretary)).toEqual({
      ok: false,
      error: { kind: 'cards-awaited', cards: [{ ...nth(cards, 0), people: [owing?.id] }] },
    });
    expect((await view(secretary)).meeting).toBeUndefined();
    granted(await open(secretary, numbers.slice(0, 1)));
  });

  it('is opened by the chair alone, who says why; the reason and what was missing stay', async () => {
    const { world, roundId, ids, numbers, open, scored, view, move } = await aScoring();
    await scored(0);
    expect((await open(secretary, numbers, why)).ok).toBe(false);
    expect((await open(chair, numbers, '  ')).ok).toBe(false);

    const { state } = granted(await open(chair, numbers, why));
    const { despite } = nth(state.meetings, 0);
    const { raters } = await candidacyOf(world, nth(ids, 1));
    expect(despite).toMatchObject([
      { by: chair.id, awaited: [{ applicationId: nth(ids, 1), count: 2, people: raters }] },
    ]);
    expect(await reasonText(world.records, despite?.[0]?.reason)).toBe(why);
    expect((await view(members[0] ?? chair)).meeting?.despite).toMatchObject([
      { numbers: [nth(numbers, 1)], by: chair.id, reason: why },
    ]);
    for (const place of [1, 2]) granted(await move(secretary, at(place)));
    const late = { by: secretary, roundId, applicationId: nth(ids, 1) };
    const { events } = granted(await candidateTimeline(world, late));
    expect(events).toContainEqual({
      at: world.clock.now(),
      type: 'discussed-despite',
      by: 'chair',
      stage: 'scoring',
    });
    const first = granted(await candidateTimeline(world, { ...late, applicationId: nth(ids, 0) }));
    expect(first.events.map(({ type }) => type)).not.toContain('discussed-despite');
  });

  it('may be discussed once its raters have given, handed over or declined, or cannot any more', async () => {
    const { world, roundId, ids, open, scored } = await aScoring();
    await scored(0);
    const [first, second] = await ratersOf(world, nth(ids, 1));
    if (!first || !second) throw new Error('Two are asked.');
    granted(await score({ world, roundId }, first, nth(ids, 1)));
    const reason = 'Бірге жұмыс істегенбіз.';
    granted(await declineApplication(world, { by: second, roundId, applicationId: nth(ids, 1), reason }));
    // Somebody else was asked in the place of who declined, and owes what they owed.
    expect((await open(chair)).ok).toBe(false);
    await scored(1, 1);

    granted(await open(chair));
  });

  it('waits for whoever is to be found where a rater has left', async () => {
    const { world, roundId, ids, numbers, open, scored } = await aScoring();
    await scored(0);
    await scored(1, 1);
    const [gone] = await ratersOf(world, nth(ids, 1));
    if (!gone) throw new Error('Two are asked.');
    await leaves(world, roundId, gone);

    const cards = [{ number: nth(numbers, 1), count: 1, members: 0, guests: 0 }];
    const by = gone.id === chair.id ? secretary : chair;
    expect(await open(by)).toMatchObject({ ok: false, error: { kind: 'cards-awaited', cards } });
  });

  it('is passed over where a score came to be owed after the opening, until it is in', async () => {
    const { world, roundId, ids, numbers, open, scored, view, move } = await aScoring();
    await scored(0);
    await scored(1);
    granted(await open(secretary));
    const items = (await view(secretary)).meeting?.items.map(({ place }) => place);
    expect(items).toEqual([1, 2]);
    const by = await owesAnew(world, roundId, nth(ids, 0));

    const shown = (await view(secretary)).meeting;
    const waits = shown?.waiting.map(({ number, people }) => ({ number, people }));
    expect(waits).toEqual([{ number: nth(numbers, 0), people: [by.id] }]);
    const place = nth(shown?.waiting ?? [], 0).place;
    expect(shown?.next).toBe(place === 1 ? 2 : 1);
    expect(await move(secretary, at(place))).toMatchObject({ error: { kind: 'cards-awaited' } });
    granted(await move(secretary, at(shown?.next ?? 0)));
    granted(await score({ world, roundId }, by, nth(ids, 0)));
    expect((await view(secretary)).meeting).toMatchObject({ waiting: [], next: place });
    granted(await move(secretary, at(place)));
  });

  it('is not opened where its raters change while it is read', async () => {
    const { world, ids, open, scored } = await aScoring();
    await scored(0);
    await scored(1);
    const [off] = await ratersOf(world, nth(ids, 0));
    const { raters } = await candidacyOf(world, nth(ids, 0));
    const on = [chair, ...members].find(({ id }) => !raters.includes(id));
    if (!off || !on) throw new Error('Somebody is left.');
    const { commit } = world.records;
    world.records.commit = async (wanted) => {
      world.records.commit = commit;
      const changes = [await replacing(world, nth(ids, 0), { off, on })];
      granted(await commit({ by: { kind: 'operator' }, changes }));
      return await commit(wanted);
    };

    expect(await open(secretary)).toMatchObject({ ok: false, error: { kind: 'cards-awaited' } });
  });
});

describe('an interview whose scorecards are not all in', () => {
  it('is discussed once as many are in as it needs, and while nobody booked one', async () => {
    const world = { ...aWorld(), people: memoryPeople() };
    const { roundId, candidates } = await anInterviewRoundIn(world);
    const [slot] = await slotsPlanned(world, roundId);
    const { by, applicationId, application } = nth(candidates, 0);
    if (!slot) throw new Error('No time is planned.');
    const open = () =>
      openDiscussionOf(world, {
        by: interviewChair,
        roundId,
        suggested: false,
        numbers: candidates.map((one) => one.application.number),
        absent: [],
      });
    granted(await bookInterview(world, { by, applicationId, slotId: slot.id }));
    world.clock.to(slot.startsAt);
    const refused = await open();
    if (refused.ok || refused.error.kind !== 'cards-awaited') throw new Error('Nothing is awaited.');
    const { count, people, number } = nth(refused.error.cards, 0);
    expect(number).toBe(application.number);
    expect(people).toEqual([interviewChair, ...interviewers].map(({ id }) => id));
    for (const judge of interviewers.slice(0, count)) {
      expect((await open()).ok).toBe(false);
      granted(await scoreInterview(world, { by: judge, roundId, applicationId, points: allPoints(3) }));
    }

    granted(await open());
  });
});
