import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inConflict } from '#shared/domain/committee.ts';
import { itemUp } from '#shared/domain/discussion.ts';
import { presentAt, roomOf, votersIn } from '#shared/domain/discussion-room.ts';
import {
  awayDuring,
  chairsDuring,
  latecomers,
  leavers,
  noteIn,
  presentIn,
  sittingOf,
  staysIn,
} from '#shared/domain/discussion-stays.ts';
import { recordMeeting } from '#shared/domain/gate-decisions.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { inTheChair } from '#shared/domain/presiding.ts';
import { tenuresIn } from '#shared/domain/tenure.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';
import {
  aMeeting,
  everybody,
  gateId,
  items,
  minute,
  type Press,
  person,
  presses,
} from './discussion-model.ts';

/** Who could sit there in each minute, by asking the committee as it was. */
type Minute = { room: Set<PersonId>; voters: number; chair: PersonId | undefined; up: string | undefined };

/** Notes of one person in pencil: what was taken back is struck out. */
type Pencil = { from: number; isThere: boolean; of: 'opening' | 'note' | 'seat' }[];

const standing = (pencil: Pencil | undefined, n: number): boolean =>
  pencil?.findLast(({ from }) => from <= n)?.isThere ?? false;

const pencilled = (pencil: Pencil, { kind, a }: Press, table: readonly Minute[]): void => {
  const now = table.length - 1;
  if (kind === 'arrive' || kind === 'leave')
    pencil.push({ from: now, isThere: kind === 'arrive', of: 'note' });
  if (kind !== 'undo') return;
  const had = (n: number): boolean => table[n]?.room.has(person(a)) ?? false;
  let since = now;
  while (since > 0 && !had(since)) since -= 1;
  while (since > 0 && had(since - 1)) since -= 1;
  const last = pencil.at(-1);
  // What counted of itself and was taken back is noted anew, not given back.
  expect(last?.of).not.toBe('seat');
  if (last?.isThere && since > last.from) pencil.push({ from: since, isThere: false, of: 'seat' });
  else if (last?.of === 'opening') last.isThere = false;
  else pencil.pop();
};

type Scene = { absent: number[]; conflicts: [number, number][]; pressed: Press[] };

const look = ({ room, discussion }: ReturnType<ReturnType<typeof aMeeting>['now']>): Minute => {
  const up = itemUp(discussion);
  return {
    room: new Set(roomOf(room)),
    voters: votersIn({ committee: room.committee }).length,
    chair: inTheChair(room),
    up: up && !up.paused ? up.applicationId : undefined,
  };
};

/** One press in each minute, in the records and in pencil; then it is ended. */
const playedOut = ({ absent, conflicts, pressed }: Scene) => {
  const meeting = aMeeting(absent, conflicts);
  const table = [look(meeting.now())];
  const pencils = new Map(
    everybody.map((id, index): [PersonId, Pencil] => {
      const isThere = !(absent.includes(index) && table[0]?.room.has(id));
      return [id, [{ from: 0, isThere, of: 'opening' }]];
    }),
  );
  const undone = new Set<PersonId>();
  /** Who may vote and is there, after each press as things stood then. */
  const present: PersonId[][] = [];
  for (const [index, press] of pressed.entries()) {
    const isDone = meeting.press(press, minute(index + 1));
    table.push(look(meeting.now()));
    if (isDone) pencilled(pencils.get(person(press.a)) ?? [], press, table);
    if (isDone && press.kind === 'undo') undone.add(person(press.a));
    const { room, discussion } = meeting.now();
    const sitting = sittingOf(discussion, room.tenures);
    for (const [id, pencil] of pencils) {
      if (pencil.at(-1)?.of === 'seat') expect(noteIn(sitting, id)).toBeUndefined();
    }
    const voters = votersIn(room).filter((id) => standing(pencils.get(id), index + 1));
    present.push(voters.toSorted());
    expect(presentIn(sitting).toSorted()).toEqual(present.at(-1));
  }
  const before = meeting.now();
  const closedAt = minute(table.length);
  meeting.close(closedAt);
  const there = (id: PersonId, n: number): boolean =>
    (table[n]?.room.has(id) ?? false) && standing(pencils.get(id), n);
  const { discussion, room, facts } = meeting.now();
  const sitting = sittingOf(discussion, room.tenures);
  return { discussion, room, facts, sitting, before, closedAt, table, there, undone };
};

const anyOf = (kinds: readonly Press['kind'][], a: readonly number[], b: readonly number[]) =>
  fc.record({ kind: fc.constantFrom(...kinds), a: fc.constantFrom(...a), b: fc.constantFrom(...b) });

const all = everybody.map((_, index) => index);

const scenes: fc.Arbitrary<Scene> = fc.record({
  absent: fc.uniqueArray(fc.nat({ max: 7 }), { maxLength: 4 }),
  conflicts: fc.uniqueArray(fc.tuple(fc.nat({ max: 7 }), fc.nat({ max: 2 })), {
    maxLength: 10,
    selector: ([who, about]) => `${who} ${about}`,
  }),
  // Of all presses alone most would be refused.
  pressed: fc.array(
    fc.oneof(
      anyOf(presses, all, all),
      anyOf(['call'], [5, 6], [1, 2, 3, 4]),
      anyOf(['release', 'leave-seat'], [5, 6], [0]),
      anyOf(['undo', 'leave', 'arrive', 'hand-over'], [1, 5], [1, 7]),
      anyOf(['take-up'], [0, 1, 2], [0]),
    ),
    { maxLength: 40 },
  ),
});

const covers = ({ from, until }: { from: Instant; until?: Instant | undefined }, at: Instant): boolean =>
  from <= at && (until === undefined || at < until);

const playing = (check: (played: ReturnType<typeof playedOut>) => void): void =>
  fc.assert(
    fc.property(scenes, (scene) => check(playedOut(scene))),
    { numRuns: 200 },
  );

describe('whatever happens to seats while a discussion goes on', { timeout: 60_000 }, () => {
  it('everybody was there in just the minutes in which they had a place and were noted as there', () => {
    playing(({ room, sitting, table, there }) => {
      const stays = staysIn(sitting);
      for (const [n, { room: seated }] of table.entries()) {
        const at = addSeconds(minute(n), 30);
        const idsOf = (
          times: readonly { personId: PersonId; from: Instant; until?: Instant | undefined }[],
        ) => times.flatMap((one) => (covers(one, at) ? [one.personId] : [])).toSorted();
        expect(idsOf(room.tenures)).toEqual([...seated].toSorted());
        expect(idsOf(stays)).toEqual(everybody.filter((id) => there(id, n)).toSorted());
      }
    });
  });

  it('a quorum is counted of who had a vote at that moment, and the chair is whoever held it', () => {
    playing(({ discussion, facts, sitting, before, closedAt, table }) => {
      const chairs = chairsDuring(discussion, facts);
      for (const [n, { voters, chair }] of table.entries()) {
        const at = addSeconds(minute(n), 30);
        const whole = sittingOf(discussion, tenuresIn({ ...facts, absences: [] }), at).tenures;
        expect(whole.filter(({ votes, until }) => votes && until === undefined)).toHaveLength(voters);
        const chaired = chairs.find((one) => covers(one, at))?.personId;
        expect(chairs.length === 0 ? table[0]?.chair : chaired).toBe(chair);
      }
      const present = presentAt(before.room, discussion).toSorted();
      expect(presentIn(sitting).toSorted()).toEqual(present);
      const quorum = { numerator: 2, denominator: 3 };
      const meeting = { gate: gateId, after: 0, postponed: false, present, quorum };
      const recorded = recordMeeting(before.gate, before.committee, meeting, closedAt);
      const isHeld = present.length * 3 >= (table.at(-1)?.voters ?? 0) * 2;
      const outcome = isHeld ? 'held' : 'inquorate';
      expect(recorded).toMatchObject({ ok: true, value: [{ meeting: { present, outcome } }] });
    });
  });

  it('who came and went is told with the time, and why where it was with their place', () => {
    playing(({ sitting, table, there }) => {
      for (const id of everybody) {
        const wasThere = table.map((_, n) => there(id, n));
        const turns = wasThere.flatMap((isThere, n) => (n > 0 && isThere !== wasThere[n - 1] ? [n] : []));
        const came = turns.filter((n) => wasThere[n]).map(minute);
        const went = turns.filter((n) => !wasThere[n]).map(minute);
        const late = latecomers(sitting).filter(({ personId }) => personId === id);
        const left = leavers(sitting).filter(({ personId }) => personId === id);
        const back = wasThere[0] ? came : came.slice(1);

        expect(late.map(({ at }) => at)).toEqual(wasThere[0] ? [] : came.slice(0, 1));
        expect(left.map(({ at }) => at)).toEqual(went);
        expect(left.map((one) => one.back)).toEqual(went.map((_, index) => back[index]));
        for (const { at, why } of [...late, ...left]) {
          const n = table.findIndex((_, index) => minute(index) === at);
          expect(why !== undefined).toBe(table[n]?.room.has(id) !== table[n - 1]?.room.has(id));
        }
      }
    });
  });

  it('who was out of the room for a conflict of interest is told of all who were there, however short', () => {
    playing(({ sitting, before, table, there, undone }) => {
      // Who is found to have been there after all says nothing of what was over by then.
      const certain = everybody.filter((id) => !undone.has(id));
      for (const { applicationId } of items) {
        const isOut = (id: PersonId): boolean =>
          inConflict(before.committee, id, applicationId) &&
          table.some(({ up }, n) => up === applicationId && there(id, n));
        const away = awayDuring(sitting, applicationId).filter((id) => certain.includes(id));
        expect(away.toSorted()).toEqual(certain.filter(isOut).toSorted());
      }
    });
  });
});
