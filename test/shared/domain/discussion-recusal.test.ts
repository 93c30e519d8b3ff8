import { array, constantFrom, assert as holds, nat, property, subarray, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Committee, inConflict, votersOf } from '#shared/domain/committee.ts';
import { type Discussions, discussionsAggregate } from '#shared/domain/discussion.ts';
import { moveDiscussion, openDiscussion, wantsOrder } from '#shared/domain/discussion-decisions.ts';
import {
  awayFrom,
  chairDuring,
  leavesFor,
  type MeetingRoom,
  mayLead,
  mayTakeUp,
} from '#shared/domain/discussion-room.ts';
import { ApplicationId, ApplicationNumber, GateId, PersonId, RoundId } from '#shared/domain/ids.ts';
import { goneFromList } from '#shared/domain/recusal.ts';
import type { VotingRule } from '#shared/domain/recusal-rule.ts';
import { tenuresIn } from '#shared/domain/tenure.ts';
import { numberOf } from '#test/builders/minutes.ts';
import { at } from '#test/builders/worlds.ts';

const now = at('2022-10-04T12:00');
const roundId = RoundId.parse('R0VND000000000000000');
const gate = GateId.parse('G'.repeat(20));
const person = (index: number) => PersonId.parse(`P${index}`.padEnd(20, '0'));
const people = [0, 1, 2, 3, 4].map(person);
const secretary = person(9);
/** More than are discussed: a list has others. */
const list = [0, 1, 2, 3, 4, 5].map((index) => ({
  applicationId: ApplicationId.parse(`A${index}`.padEnd(20, '0')),
  number: ApplicationNumber.parse(numberOf(index)),
}));

const committee = (pairs: readonly (readonly [number, number])[]): Committee => ({
  roundId,
  seats: [...people, secretary].map((personId, index) => ({
    personId,
    seat: index === 0 ? 'chair' : index === people.length ? 'secretary' : 'member',
    appointedAt: now,
  })),
  conflicts: pairs.map(([member, about]) => ({
    memberId: person(member),
    applicationId: list[about]?.applicationId ?? ApplicationId.parse(''),
    declaredAt: now,
  })),
});

const ruleOf = (leaves: 'application' | 'list'): VotingRule => ({
  quorum: { numerator: 2, denominator: 3 },
  recusal: { leaves, quorum: { of: 'committee' }, substitutes: 'when-short' },
});

/** Opened, and every place taken up in turn; who was away from each. */
const led = (room: MeetingRoom, items: typeof list, absent: readonly PersonId[]) => {
  let state: Discussions | undefined;
  const evolve = (events: readonly Parameters<typeof discussionsAggregate.evolve>[1][]) => {
    for (const event of events) state = discussionsAggregate.evolve(state, event);
  };
  const lead = people.concat(secretary).find((id) => mayLead(room, undefined, id)) ?? secretary;
  const opened = openDiscussion(undefined, room, { gate, roundId, by: lead, absent, items }, now);
  if (!opened.ok || !opened.value[0]) throw new Error(JSON.stringify(opened));
  evolve(opened.value);
  for (const place of items.keys()) {
    if (!state) throw new Error('Nothing was opened.');
    const discussion = state.meetings.at(-1);
    const about = discussion?.items[place]?.applicationId;
    const by = [...people, secretary].find(
      (id) => discussion && about && mayTakeUp(room, discussion, id, about),
    );
    if (!by) throw new Error('Somebody takes it up.');
    const move = { kind: 'take-up', place: place + 1 } as const;
    const facts = { seats: room.committee.seats, calls: [], absences: [] };
    const there = { ...room, facts, tenures: tenuresIn(facts) };
    const moved = moveDiscussion({ state, version: place }, there, { by, seen: place, move }, now);
    if (!moved.ok) throw new Error(JSON.stringify(moved));
    evolve(moved.value);
  }
  const meeting = state?.meetings.at(-1);
  if (!meeting) throw new Error('Nothing was discussed.');
  return meeting;
};

const somePairs = array(tuple(nat({ max: 4 }), nat({ max: 5 })), { maxLength: 8 });

describe('who is out of the room', () => {
  it('is out for the whole list or for one application, as the round file says, whatever the conflicts', () => {
    holds(
      property(
        somePairs,
        constantFrom('application' as const, 'list' as const),
        subarray(list, { minLength: 1 }),
        subarray(people),
        (pairs, leaves, items, absent) => {
          const seated = committee(pairs);
          const room = {
            committee: seated,
            gone: goneFromList({ committee: seated, rule: ruleOf(leaves) }, list),
          };
          const meeting = led(room, items, absent);
          const barred = (id: PersonId, about: readonly { applicationId: ApplicationId }[]) =>
            about.some(({ applicationId }) => inConflict(seated, id, applicationId));

          expect(meeting.spans).toHaveLength(items.length);
          for (const { applicationId, away } of meeting.spans) {
            const expected = votersOf(seated).filter(
              (id) => !absent.includes(id) && barred(id, leaves === 'list' ? list : [{ applicationId }]),
            );
            expect(away).toEqual(expected);
          }
          expect(wantsOrder(meeting, room)).toBe(false);
        },
      ),
    );
  });

  it('leads nothing of it, unless nobody else is left to', () => {
    holds(
      property(somePairs, (pairs) => {
        const seated = committee(pairs);
        const gone = goneFromList({ committee: seated, rule: ruleOf('list') }, list);
        const room = { committee: seated, gone };

        expect(mayLead(room, undefined, secretary)).toBe(true);
        for (const id of gone) expect(mayLead(room, undefined, id)).toBe(false);
      }),
    );
  });

  it('takes nothing up that is closed to them; in a pause somebody does, as long as anybody is left to preside', () => {
    const places = array(nat({ max: 5 }), { maxLength: 2 });
    holds(
      property(
        somePairs,
        subarray(list, { minLength: 1 }),
        subarray([...people, secretary]),
        places,
        (pairs, items, absent, talked) => {
          const room = { committee: committee(pairs), gone: [] };
          const spans = talked.flatMap((place) => {
            const { applicationId } = items[place % items.length] ?? {};
            return applicationId ? [{ applicationId, from: now, until: now, away: [] }] : [];
          });
          const discussion = { openedAt: now, items, spans, absent, by: secretary };
          for (const { applicationId } of items) {
            const takers = [...people, secretary].filter((id) =>
              mayTakeUp(room, discussion, id, applicationId),
            );

            expect(takers.filter((id) => leavesFor(room, id, applicationId))).toEqual([]);
            expect(takers.length > 0).toBe(
              chairDuring(room, applicationId) !== undefined || takers.includes(secretary),
            );
            if (takers.length === 0)
              expect(people.every((id) => leavesFor(room, id, applicationId))).toBe(true);
          }
        },
      ),
    );
  });

  it('is who had a conflict of interest with anything on the list, even where that is not discussed', () => {
    const seated = committee([[0, 5]]);
    const room = { committee: seated, gone: goneFromList({ committee: seated, rule: ruleOf('list') }, list) };

    expect(room.gone).toEqual([person(0)]);
    expect(led(room, list.slice(0, 2), []).spans.map(({ away }) => away)).toEqual([[person(0)], [person(0)]]);
    expect(leavesFor(room, person(1), list[5]?.applicationId ?? ApplicationId.parse(''))).toBe(false);
    expect(
      awayFrom(
        { committee: seated, gone: [] },
        { absent: [] },
        list[0]?.applicationId ?? ApplicationId.parse(''),
      ),
    ).toEqual([]);
  });
});
