import { describe, expect, it } from 'vitest';
import { evolveAll } from '#shared/domain/event.ts';
import { type Gate, type GateEvent, gateAggregate } from '#shared/domain/gate.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { GateId, PersonId, RoundId } from '#shared/domain/ids.ts';
import { remind, remindableFrom } from '#shared/domain/reminding.ts';
import { at } from '#test/builders/worlds.ts';

const timeZone = 'Asia/Almaty';
const opened: GateEvent = {
  type: 'gate-opened',
  at: at('2022-10-04T06:00'),
  id: GateId.parse('G00000000000000000G1'),
  roundId: RoundId.parse('R00000000000000000R1'),
  stage: 'scoring',
  attempt: 1,
  tokenDigest: sha256Of('token'),
};
const gateAfter = (...events: GateEvent[]): Gate => {
  const gate = evolveAll(gateAggregate, undefined, [opened, ...events]);
  if (!gate) throw new Error('There is a gate.');
  return gate;
};
const owing = ['P0000000000000000001', 'P0000000000000000002'].map((id, index) => ({
  personId: PersonId.parse(id),
  count: 5 - index,
}));
const asked = { about: 'scores', owing, confirmed: 2, timeZone } as const;
const kindOf = (answer: ReturnType<typeof remind>): string => (answer.ok ? 'granted' : answer.error.kind);

/** 10 in the morning in Almaty. */
const first = at('2022-10-05T04:00');
const reminded = gateAfter({ type: 'scores-reminded', at: first, to: owing });

describe('reminding', () => {
  it('says who was written to and how much they owed', () => {
    const answer = remind(gateAfter(), asked, first);

    expect(answer).toEqual({ ok: true, value: [{ type: 'scores-reminded', at: first, to: owing }] });
  });

  it('happens once for a second press', () => {
    expect(remind(reminded, asked, at('2022-10-05T04:09'))).toEqual({ ok: true, value: [] });
    // Also where the day ended between the two.
    const late = gateAfter({ type: 'scores-reminded', at: at('2022-10-05T17:59'), to: owing });
    expect(remind(late, asked, at('2022-10-05T18:01'))).toEqual({ ok: true, value: [] });
  });

  it('happens once a day on the clocks of the round', () => {
    const from = at('2022-10-05T18:00');

    expect(remindableFrom(first, timeZone)).toBe(from);
    expect(remind(reminded, asked, at('2022-10-05T17:59'))).toEqual({
      ok: false,
      error: { kind: 'reminded-already', last: first, from, zone: timeZone },
    });
    expect(kindOf(remind(reminded, asked, from))).toBe('granted');
  });

  it('of one thing leaves the others alone', () => {
    const vote = remind(reminded, { ...asked, about: 'vote' }, at('2022-10-05T05:00'));

    expect(vote.ok && vote.value[0]?.type).toBe('vote-reminded');
    const both = gateAfter(
      { type: 'scores-reminded', at: first, to: owing },
      { type: 'vote-reminded', at: at('2022-10-05T05:00'), to: owing },
    );
    expect(both.reminded).toEqual({ scores: first, vote: at('2022-10-05T05:00') });
  });

  it.for([1, 3, 0, Number.NaN])('is refused where %s were confirmed and two owe something', (confirmed) => {
    expect(kindOf(remind(gateAfter(), { ...asked, confirmed }, first))).toBe('recipients-differ');
  });

  it('reaches nobody where nobody owes anything', () => {
    expect(kindOf(remind(gateAfter(), { ...asked, owing: [], confirmed: 0 }, first))).toBe(
      'recipients-differ',
    );
  });

  it('is over with the gate', () => {
    const decided = gateAfter({ type: 'gate-decided', at: first, outcome: 'undone' });

    expect(kindOf(remind(decided, asked, first))).toBe('already-decided');
  });
});
