import { array, assert as holds, nat, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Committee, inConflict } from '#shared/domain/committee.ts';
import type { Gate, VoteChoice } from '#shared/domain/gate.ts';
import { tallyOf } from '#shared/domain/gate-decisions.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { ApplicationId, ApplicationNumber, GateId, PersonId, RoundId } from '#shared/domain/ids.ts';
import { chairOn } from '#shared/domain/presiding.ts';
import { awayFrom, recusalsOf, recusedVotes } from '#shared/domain/recusal.ts';
import type { VotingRule } from '#shared/domain/recusal-rule.ts';
import type { Standing } from '#shared/domain/standing.ts';
import { at } from '#test/builders/worlds.ts';

const now = at('2022-10-04T12:00');
const roundId = RoundId.parse('R0VND000000000000000');
const person = (index: number) => PersonId.parse(`P${index}`.padEnd(20, '0'));
const application = (index: number) => ApplicationId.parse(`A${index}`.padEnd(20, '0'));
const people = [0, 1, 2, 3, 4].map(person);
const whole: VotingRule = { quorum: { numerator: 2, denominator: 3 } };
const unblinded = new Set<PersonId>();

const standings = [0, 1, 2].map(
  (index): Standing => ({
    applicationId: application(index),
    number: ApplicationNumber.parse(`KZ19-0000-000${index}`),
    outcome: 'goes-on',
    reasons: [],
  }),
);

/** Five voters, the first in the chair. @param pairs who is in conflict with which application */
const committee = (pairs: readonly (readonly [number, number])[]): Committee => ({
  roundId,
  seats: people.map((personId, index) => ({
    personId,
    seat: index === 0 ? 'chair' : 'member',
    appointedAt: now,
  })),
  conflicts: pairs.map(([member, about]) => ({
    memberId: person(member),
    applicationId: application(about),
    declaredAt: now,
  })),
});

/** @param choices of the voters in their order; nothing where somebody has not voted */
const gate = (choices: readonly (VoteChoice | undefined)[]): Gate => ({
  id: GateId.parse('GATE0000000000000000'),
  roundId,
  stage: 'scoring',
  attempt: 1,
  openedAt: now,
  issues: 1,
  tokenDigest: sha256Of('token'),
  proposal: sha256Of('proposal'),
  votes: choices.flatMap((choice, index) => (choice ? [{ memberId: person(index), choice, at: now }] : [])),
  meetings: [],
  scans: [],
  status: 'open',
});

const votes = (
  choices: Parameters<typeof gate>[0],
  pairs: Parameters<typeof committee>[0],
  rule: VotingRule = whole,
) => recusedVotes({ gate: gate(choices), committee: committee(pairs), rule, unblinded }, standings);

const yes = ['for', 'for', 'for', 'for', 'for'] as const;

describe('a vote on a list', () => {
  it('counts for no application with which the voter is in conflict, and for all others', () => {
    const [only, ...more] = votes(yes, [[2, 1]]);

    expect(more).toEqual([]);
    expect(only).toMatchObject({
      members: [person(2)],
      applications: [{ applicationId: application(1) }],
      tally: { for: 4, against: 0, needed: 4, carried: true },
      stands: 'carried',
    });
  });

  it('lacks the quorum of the whole committee where too few are left, until they all vote', () => {
    const pairs = [
      [1, 0],
      [2, 0],
    ] as const;
    expect(votes(yes, pairs)[0]).toMatchObject({ stands: 'no-quorum', tally: { for: 3, needed: 4 } });
    expect(recusalsOf(votes(yes, pairs), whole)).toEqual({
      ok: false,
      error: { kind: 'recused-undecided', applications: 1 },
    });
  });

  it('is carried by the majority of those who take part alone', () => {
    const choices = ['for', 'for', 'for', 'against', 'against'] as const;
    expect(votes(choices, [[1, 0]])[0]?.stands).toBe('carried');
    // Two and two: without the chair nobody decides the tie but who replaces them.
    expect(votes(choices, [[0, 0]])[0]).toMatchObject({ presiding: person(1), stands: 'carried' });
    const other = ['for', 'against', 'for', 'against', 'for'] as const;
    expect(votes(other, [[0, 0]])[0]).toMatchObject({ presiding: person(1), stands: 'not-carried' });
  });

  it('of a chair in conflict waits for the vote of whoever replaces them', () => {
    const choices = ['for', undefined, 'for', 'for', 'for'] as const;
    const few = { quorum: { numerator: 1, denominator: 2 } };
    expect(votes(choices, [[0, 0]], few)[0]?.stands).toBe('stand-in-needed');
  });

  it('stands in the decision with who took no part in what, and who decided instead of the chair', () => {
    const pairs = [
      [0, 0],
      [3, 2],
    ] as const;
    expect(recusalsOf(votes(yes, pairs), whole)).toEqual({
      ok: true,
      value: [
        { members: [person(0)], applications: [standings[0]?.number], presided: person(1) },
        { members: [person(3)], applications: [standings[2]?.number] },
      ],
    });
  });

  it('counts nowhere where its voter takes part in nothing', () => {
    const everything = [0, 1, 2].map((index) => [4, index] as const);
    const room = { committee: committee(everything), rule: whole };
    expect(awayFrom(room, standings)).toEqual([person(4)]);
    expect(awayFrom(room, [])).toEqual([]);
  });
});

const rule = (recusal: NonNullable<VotingRule['recusal']>): VotingRule => ({ ...whole, recusal });

const takingPart = (atLeast: number) =>
  rule({ leaves: 'application', quorum: { of: 'taking-part', atLeast }, substitutes: 'when-short' });

/** Two substitutes, whom nobody has called. */
const withSubstitutes = (room: Committee): Committee => ({
  ...room,
  seats: [
    ...room.seats,
    ...[5, 6].map((index) => ({ personId: person(index), seat: 'substitute' as const, appointedAt: now })),
  ],
});

describe('a rule of recusal', () => {
  const twoAway = [
    [1, 0],
    [2, 0],
  ] as const;

  it('counts the quorum of those who take part, with a floor', () => {
    const none = undefined;
    expect(votes(yes, twoAway, takingPart(2))[0]).toMatchObject({ stands: 'carried', tally: { needed: 2 } });
    expect(votes(yes, twoAway, takingPart(3))[0]).toMatchObject({ stands: 'carried', tally: { needed: 3 } });
    expect(votes(['for', none, none, 'for', none], twoAway, takingPart(3))[0]?.stands).toBe('no-quorum');
    expect(votes(['for', none, none, 'for', none], twoAway, takingPart(2))[0]?.stands).toBe('carried');
  });

  it('never lets fewer decide than the floor, however many are in conflict', () => {
    const fourAway = [1, 2, 3, 4].map((index) => [index, 0] as const);
    expect(votes(yes, fourAway, takingPart(2))[0]?.stands).toBe('no-quorum');
  });

  it('keeps somebody in conflict out of the whole list where it says so, and the decision says that', () => {
    const list = rule({ leaves: 'list', quorum: { of: 'committee' }, substitutes: 'when-short' });
    const found = votes(yes, [[2, 1]], list);
    expect(found).toMatchObject([{ members: [person(2)], stands: 'carried' }]);
    expect(found[0]?.applications).toHaveLength(3);
    expect(awayFrom({ committee: committee([[2, 1]]), rule: list }, standings)).toEqual([person(2)]);
    expect(recusalsOf(found, list)).toMatchObject({
      value: [{ members: [person(2)], needed: 4, wholeList: true }],
    });
  });

  it('waits for a substitute as long as one without a conflict is free, where it says so', () => {
    const always = rule({ leaves: 'application', quorum: { of: 'committee' }, substitutes: 'while-free' });
    const standsIn = (room: Committee, seen: ReadonlySet<PersonId> = unblinded) =>
      recusedVotes({ gate: gate(yes), committee: room, rule: always, unblinded: seen }, standings)[0];

    const callable = { substitutes: [person(5), person(6)], insteadOf: [person(2)], voted: [person(2)] };
    expect(standsIn(withSubstitutes(committee([[2, 1]])))).toMatchObject({
      stands: 'substitute-due',
      callable,
    });
    const oneLeft = [
      [2, 1],
      [5, 1],
    ] as const;
    expect(standsIn(withSubstitutes(committee(oneLeft)))?.callable.substitutes).toEqual([person(6)]);
    const noneLeft = withSubstitutes(committee([...oneLeft, [6, 1]]));
    expect(standsIn(noneLeft)?.stands).toBe('carried');
    const seen = new Set([person(5), person(6)]);
    expect(standsIn(withSubstitutes(committee([[2, 1]])), seen)?.stands).toBe('carried');
    // A chair is replaced by a voter, not by a substitute.
    expect(standsIn(withSubstitutes(committee([[0, 1]])))?.stands).toBe('carried');
  });
});

describe('a tie over a list that is closed to the chair as a whole', () => {
  it('is decided by who replaces the chair', () => {
    const all = committee([0, 1, 2].map((index) => [0, index] as const));
    const tied = gate([undefined, 'for', 'for', 'against', 'against']);
    expect(tallyOf(tied, all, { rule: whole, away: [person(0)] }).carried).toBe(true);
    const other = gate([undefined, 'against', 'for', 'for', 'against']);
    expect(tallyOf(other, all, { rule: whole, away: [person(0)] }).carried).toBe(false);
  });
});

describe('the chair on one application', () => {
  it('is never in conflict with it, and the chair themselves where they are not', () => {
    const pair = tuple(nat(4), nat(2));
    holds(
      property(array(pair), nat(2), (pairs, about) => {
        const room = committee(pairs);
        const found = chairOn({ committee: room, gate: gate([]) }, application(about));
        const free = people.find((id) => !inConflict(room, id, application(about)));
        expect(found).toBe(free);
      }),
    );
  });
});
