import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Discussion } from '#shared/domain/discussion.ts';
import {
  type Attendance,
  type AttendanceEvent,
  evolveAttendance,
  noteOf,
} from '#shared/domain/discussion-attendance.ts';
import { latecomers, leavers, type Sitting, wasThere } from '#shared/domain/discussion-stays.ts';
import { ApplicationId, ApplicationNumber, PersonId } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';
import { numberOf } from '#test/builders/minutes.ts';

const person = PersonId.parse('P'.repeat(20));
const by = PersonId.parse('S'.repeat(20));
const minute = (n: number): Instant => Instant.parse(new Date(Date.UTC(2022, 9, 12, 4, n)).toISOString());
const applicationId = ApplicationId.parse('A'.repeat(20));
const item = { applicationId, number: ApplicationNumber.parse(numberOf(0)) };

const after = (before: Attendance, event: AttendanceEvent): Attendance =>
  Object.assign({ ...before }, evolveAttendance(before, event));

/** What was noted of one person each minute, and what stands of it: a stack, as somebody with a pencil would keep it. */
const afterPresses = (began: boolean, presses: readonly ('press' | 'undo')[]) => {
  let attendance: Attendance = { openedAt: minute(0), absent: began ? [] : [person] };
  const stack: Instant[] = [];
  let there = began;
  let hasBegun = began;
  for (const [index, press] of presses.entries()) {
    const at = minute(index + 1);
    const note = noteOf(attendance, person);
    if (press === 'undo') {
      if (!note) continue;
      const undone = {
        type: 'attendance-undone',
        at,
        by,
        personId: person,
        what: note.what,
        noted: note.at,
      } as const;
      attendance = after(attendance, undone);
      if (stack.length === 0) hasBegun = false;
      stack.pop();
      there = !there;
    } else {
      const type = there ? 'member-left' : 'member-arrived';
      attendance = after(attendance, { type, at, by, personId: person });
      stack.push(at);
      there = !there;
    }
  }
  return { attendance, stack, there, hasBegun };
};

/** Of somebody who had a place in the room all the time. */
const throughout = (attendance: Attendance, spans: Discussion['spans'] = []): Sitting => ({
  discussion: { ...attendance, items: [item], spans, by },
  tenures: [
    { personId: person, votes: true, from: minute(-1), began: { kind: 'appointed', seat: 'member' } },
  ],
});

it('stands as if what was taken back had never been noted, whatever was pressed', () => {
  const presses = fc.array(fc.constantFrom('press', 'press', 'undo'), { maxLength: 12 });
  fc.assert(
    fc.property(fc.boolean(), presses, (began, pressed) => {
      const { attendance, stack, there, hasBegun } = afterPresses(began, pressed);

      expect(!attendance.absent.includes(person)).toBe(there);
      const plain = afterPresses(hasBegun, []);
      let expected = plain.attendance;
      for (const [index, at] of stack.entries()) {
        const type = (index % 2 === 0) === hasBegun ? 'member-left' : 'member-arrived';
        expected = after(expected, { type, at, by, personId: person });
      }
      expect(noteOf(attendance, person)).toEqual(noteOf(expected, person));
      for (let n = 0; n <= pressed.length + 1; n += 1) {
        const [from, until] = [minute(n), minute(n + 0.5)];
        const passed = stack.filter((at) => at <= from).length;
        // In the minute after an odd number of changes, whoever began there is not, unless it changes just then.
        const isThere = (passed % 2 === 0) === hasBegun;
        const changesNow = stack.includes(from);
        expect(wasThere(throughout(attendance), person, { applicationId, from, until })).toBe(
          isThere || changesNow,
        );
      }
      const spans = [{ applicationId, from: minute(0), until: minute(pressed.length + 2), away: [] }];
      const arrivals = stack.filter((_, index) => (index % 2 === 0) !== hasBegun);
      const departures = stack.filter((_, index) => (index % 2 === 0) === hasBegun);
      expect(latecomers(throughout(attendance, spans)).map(({ at }) => at)).toEqual(
        hasBegun ? [] : arrivals.slice(0, 1),
      );
      const back = hasBegun ? arrivals : arrivals.slice(1);
      expect(leavers(throughout(attendance, spans))).toEqual(
        departures.map((at, index) => ({ personId: person, at, back: back[index], missed: [applicationId] })),
      );
    }),
    { numRuns: 500 },
  );
});
