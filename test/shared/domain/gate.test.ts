import { describe, expect, it } from 'vitest';
import { evolveAll } from '#shared/domain/event.ts';
import { Gate, gateAggregate, issueGate, letGateGo } from '#shared/domain/gate.ts';
import { resumeWork } from '#shared/domain/gate-decisions.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { GateId, RoundId } from '#shared/domain/ids.ts';
import { at } from '#test/builders/worlds.ts';

const place = {
  id: GateId.parse('GATE0000000000000000'),
  roundId: RoundId.parse('R0VND000000000000000'),
  stage: 'screening',
  attempt: 1,
} as const;
const now = at('2022-10-04T12:00');
const later = at('2022-11-03T12:00');

const opened = Gate.parse(
  evolveAll(gateAggregate, undefined, issueGate(undefined, place, sha256Of('first'), now)),
);

describe('a gate', () => {
  it('opens with the digest of its token, never the token', () => {
    expect(opened).toEqual({
      ...place,
      openedAt: now,
      issues: 1,
      tokenDigest: sha256Of('first'),
      votes: [],
      meetings: [],
      scans: [],
      status: 'open',
    });
  });

  it('is issued again with another token and stays the same gate', () => {
    const again = evolveAll(gateAggregate, opened, issueGate(opened, place, sha256Of('second'), later));

    expect(again).toEqual({ ...opened, issues: 2, tokenDigest: sha256Of('second') });
  });

  it('is not issued twice for one token', () => {
    expect(issueGate(opened, place, sha256Of('first'), later)).toEqual([]);
  });

  it('is decided once, and takes no token after that', () => {
    const decided = Gate.parse(evolveAll(gateAggregate, opened, letGateGo(opened, 'cancelled', later)));

    expect(decided).toMatchObject({ status: 'decided', outcome: 'cancelled', decidedAt: later });
    expect(letGateGo(decided, 'cancelled', later)).toEqual([]);
    expect(issueGate(decided, place, sha256Of('third'), later)).toEqual([]);
  });

  it('lets work go on for who stopped it, and not under somebody who stopped it later', () => {
    const stopped = Gate.parse(evolveAll(gateAggregate, opened, [{ type: 'work-stopped', at: later }]));

    expect(resumeWork(stopped, later, now)).toEqual({ ok: true, value: [] });
    const resumed = { ok: true, value: [{ type: 'work-resumed', at: later }] };
    expect(resumeWork(stopped, later, later)).toEqual(resumed);
    expect(resumeWork(stopped, later)).toEqual(resumed);
  });
});
