import { describe, expect, it } from 'vitest';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { writeNote } from '#functions/commands/interview-notes.ts';
import { scoreInterview } from '#functions/commands/interview-scorecards.ts';
import { viewOneInterview } from '#functions/commands/one-interview.ts';
import { changed } from '#functions/commands/storing.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { writeDocument } from '#shared/domain/document.ts';
import {
  allPoints,
  anInterviewRoundIn,
  applicants,
  members,
  nth,
  secretary,
} from '#test/builders/interview-scenes.ts';
import { panelKept, panelSlots, stationsPlanned } from '#test/builders/panels.ts';
import { withStations } from '#test/builders/round-file.ts';
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
    expect(await seenBy(m2)).toEqual([{ text: 'Анық түсіндіреді.' }]);
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

/** Both stations have begun; the first of the members sits at both. */
const atStations = async () => {
  const world = aWorld();
  const file = withStations();
  const { roundId, candidates } = await anInterviewRoundIn(world, { people: applicants(1), file });
  const aigul = nth(candidates, 0);
  const [slot] = await stationsPlanned(world, roundId, 1);
  if (!slot) throw new Error('No time.');
  granted(await bookInterview(world, { ...aigul, slotId: slot.id }));
  world.clock.to(at('2022-10-24T04:10'));
  const about = { roundId, applicationId: aigul.applicationId };
  const shown = async (by: typeof m1) => granted(await viewOneInterview(world, { ...about, by }));
  return { world, about, slot, shown };
};

describe('a note of one station', () => {
  it('belongs to it, from its beginning on, and says which where its writer sits at several', async () => {
    const { world, about, slot, shown } = await atStations();
    const of = { ...about, by: m1 };
    expect(await writeNote(world, { ...of, note: 'Сабақ' })).toMatchObject({
      error: { kind: 'invalid', faults: [{ place: 'station' }] },
    });
    granted(await writeNote(world, { ...of, note: 'Сабақ', station: 'lesson' }));
    const conversation = { ...of, note: 'Әңгіме', station: 'conversation' };
    expect(await writeNote(world, conversation)).toMatchObject({ error: { kind: 'too-early' } });
    world.clock.to(slot.endsAt);
    granted(await writeNote(world, conversation));
    granted(await writeNote(world, { ...of, note: 'Сабақ анық', station: 'lesson' }));

    const { cards, ownNote } = await shown(m1);
    expect(cards.map(({ station, note }) => [station.code, note])).toEqual([
      ['lesson', 'Сабақ анық'],
      ['conversation', 'Әңгіме'],
    ]);
    expect(ownNote).toBe(undefined);
  });

  it('stands beside an older one of the whole interview, and is read by others with its station', async () => {
    const { world, about, shown } = await atStations();
    const text = writeDocument({ owner: 'old', kind: 'note', version: 1 }, { note: 'Бәрі туралы' }, 'salt');
    const before = await world.records.find(candidacyAggregate, about.applicationId);
    const older = { raterId: m1.id, text: text.ref, at: world.clock.now() };
    const { change } = changed(candidacyAggregate, about.applicationId, before, [
      { type: 'interview-noted', at: older.at, note: older },
    ]);
    granted(await world.records.commit({ by: m1, changes: [change], documents: [text] }));
    granted(await writeNote(world, { ...about, by: m1, note: 'Сабақ', station: 'lesson' }));
    const points = { 'subject-teaching': 3, 'sample-lesson': 3 };
    granted(await scoreInterview(world, { ...about, by: m2, points, station: 'lesson' }));

    expect((await shown(m1)).ownNote).toBe('Бәрі туралы');
    expect((await shown(m2)).otherNotes).toEqual([
      { text: 'Бәрі туралы' },
      { station: 'lesson', text: 'Сабақ' },
    ]);
  });
});
