import { describe, expect, it } from 'vitest';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { writeNote } from '#functions/commands/interview-notes.ts';
import { scoreInterview } from '#functions/commands/interview-scorecards.ts';
import { viewOneInterview } from '#functions/commands/one-interview.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import {
  allPoints,
  anInterviewRoundIn,
  applicants,
  members,
  nth,
  secretary,
} from '#test/builders/interview-scenes.ts';
import { panelKept, panelSlots } from '#test/builders/panels.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

const [m1, m2, m4] = [nth(members, 0), nth(members, 1), nth(members, 3)];

/** Aigul's interview with a panel is to begin at ten in the morning. */
const aBooking = async () => {
  const world = aWorld();
  const { roundId, candidates } = await anInterviewRoundIn(world, { people: applicants(1) });
  const [slot] = await panelSlots(world, roundId, { panel: await panelKept(world, roundId), count: 1 });
  const aigul = nth(candidates, 0);
  if (!slot) throw new Error('No time.');
  granted(await bookInterview(world, { ...aigul, slotId: slot.id }));
  const about = { roundId, applicationId: aigul.applicationId };
  return { world, about, begin: () => world.clock.to(at('2022-10-24T04:10')) };
};

describe('notes of an interview', () => {
  it('are kept for each member from its beginning on, and lie in no event', async () => {
    const { world, about, begin } = await aBooking();
    const note = { ...about, by: m1, note: 'Сабақты сұрақтан бастады.' };
    expect(await writeNote(world, note)).toMatchObject({ error: { kind: 'too-early' } });
    begin();

    granted(await writeNote(world, note));
    granted(await writeNote(world, note));
    granted(await writeNote(world, { ...note, note: 'Сабақты есептен бастады.' }));

    const found = await world.records.find(candidacyAggregate, about.applicationId);
    expect(found?.state.notes).toMatchObject([{ raterId: m1.id, text: { version: 2 } }]);
    expect(JSON.stringify(await world.records.history('candidacy', about.applicationId))).not.toContain(
      'Сабақты',
    );
    expect(granted(await viewOneInterview(world, { ...about, by: m1 })).ownNote).toBe(
      'Сабақты есептен бастады.',
    );
  });

  it('are read by others of the panel once they gave their scorecard', async () => {
    const { world, about, begin } = await aBooking();
    begin();
    granted(await writeNote(world, { ...about, by: m1, note: 'Анық түсіндіреді.' }));
    const seenBy = async (by: typeof m1) =>
      granted(await viewOneInterview(world, { ...about, by })).otherNotes;

    expect(await seenBy(m2)).toEqual([]);
    granted(await scoreInterview(world, { ...about, by: m2, points: allPoints(2) }));
    expect(await seenBy(m2)).toEqual(['Анық түсіндіреді.']);
    expect(await seenBy(secretary)).toEqual([]);
  });

  it('are of the panel alone, and say something', async () => {
    const { world, about, begin } = await aBooking();
    begin();

    expect(await writeNote(world, { ...about, by: m4, note: 'A' })).toMatchObject({
      error: { kind: 'not-assigned' },
    });
    for (const note of [' ', 'a'.repeat(5001)]) {
      expect(await writeNote(world, { ...about, by: m1, note })).toMatchObject({
        error: { kind: 'invalid', faults: [{ place: 'note' }] },
      });
    }
  });
});
