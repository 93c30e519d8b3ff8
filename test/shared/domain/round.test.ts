import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evolveAll } from '#shared/domain/event.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { RoundId } from '#shared/domain/ids.ts';
import {
  acceptsApplications,
  cancel,
  closeRoundCall,
  draftRound,
  executionName,
  extendCall,
  importRegister,
  openRound,
  Round,
  type RoundEvent,
  replaceFile,
  restartExecution,
  roundAggregate,
  Stage,
} from '#shared/domain/round.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Result } from '#shared/result.ts';
import { aRound, closesAt } from '#test/builders/round.ts';
import { at } from '#test/builders/worlds.ts';

const reason = {
  owner: 'round#R0VND000000000000000',
  kind: 'reason',
  version: 1,
  digest: sha256Of('r'),
} as const;
const during = at('2022-09-20T04:00');
const started = [...Stage.options].filter((stage) => stage !== 'draft' && stage !== 'cancelled');

/** The round after a decision that is expected to be granted. */
const after = (round: Round, decision: Result<RoundEvent[], Refusal>): Round => {
  if (!decision.ok) throw new Error(`Refused: ${decision.error.kind}`);
  return evolveAll(roundAggregate, round, decision.value) ?? round;
};

describe('opening a call', () => {
  it('pins the file and the register that the draft has', () => {
    const draft = aRound('draft');

    const open = after(draft, openRound(draft, at('2022-09-14T04:00')));

    expect(open).toMatchObject({ stage: 'call', register: draft.register, closesAt, attempt: 1 });
    expect(open.plan.file).toBe(draft.plan.file);
  });

  it('waits for vacancies', () => {
    expect(openRound(aRound('draft', { register: undefined }), during)).toEqual({
      ok: false,
      error: { kind: 'no-vacancies' },
    });
  });

  it('is refused when its deadline has come', () => {
    expect(openRound(aRound('draft'), closesAt)).toEqual({
      ok: false,
      error: { kind: 'too-late', closesAt },
    });
  });

  it('is refused when fewer days are left than the file promises, to the second', () => {
    const promised = addSeconds(closesAt, -7 * 86_400);

    expect(openRound(aRound('draft'), promised).ok).toBe(true);
    expect(openRound(aRound('draft'), addSeconds(promised, 1))).toEqual({
      ok: false,
      error: { kind: 'call-too-short', minimumDays: 7, closesAt },
    });
  });

  it('twice changes nothing the second time', () => {
    expect(openRound(aRound('call'), during)).toEqual({ ok: true, value: [] });
  });
});

describe('an open call', () => {
  it('takes applications until the deadline, and not at it', () => {
    const round = aRound('call');

    expect(acceptsApplications(round, addSeconds(closesAt, -0.001)).ok).toBe(true);
    expect(acceptsApplications(round, closesAt)).toEqual({
      ok: false,
      error: { kind: 'too-late', closesAt },
    });
  });

  it('that begins later takes none before', () => {
    const opensAt = at('2022-09-15T03:00');
    const round = aRound('call', { plan: { ...aRound('call').plan, opensAt } });

    expect(acceptsApplications(round, at('2022-09-15T02:59'))).toEqual({
      ok: false,
      error: { kind: 'too-early', until: opensAt },
    });
    expect(acceptsApplications(round, opensAt).ok).toBe(true);
  });

  it('can only be extended: nobody loses time that was promised', () => {
    const later = at('2022-10-07T12:00');
    const round = aRound('call');

    expect(after(round, extendCall(round, later, during))).toMatchObject({ closesAt: later });
    expect(extendCall(round, at('2022-10-03T12:00'), during)).toEqual({
      ok: false,
      error: { kind: 'deadline-not-later', closesAt },
    });
    expect(extendCall(round, closesAt, during)).toEqual({ ok: true, value: [] });
  });

  it('cannot be extended once its deadline has passed', () => {
    expect(extendCall(aRound('call'), at('2022-10-07T12:00'), closesAt)).toEqual({
      ok: false,
      error: { kind: 'too-late', closesAt },
    });
  });

  it('is not closed a millisecond early, whoever asks', () => {
    const round = aRound('call');

    expect(closeRoundCall(round, addSeconds(closesAt, -0.001))).toEqual({
      ok: false,
      error: { kind: 'too-early', until: closesAt },
    });
    expect(after(round, closeRoundCall(round, closesAt))).toMatchObject({
      stage: 'screening',
      closedAt: closesAt,
    });
  });

  it('closes once', () => {
    expect(closeRoundCall(aRound('screening'), at('2022-10-05T00:00'))).toEqual({ ok: true, value: [] });
  });
});

describe('what a draft may change', () => {
  const plan = { ...aRound('draft').plan, file: sha256Of('another file') };
  const register = { sha256: sha256Of('another register'), vacancies: 1, posts: 2 };

  it('is its file and its vacancies', () => {
    const draft = aRound('draft');

    expect(after(draft, replaceFile(draft, plan, during))).toMatchObject({ plan });
    expect(after(draft, importRegister(draft, register, during))).toMatchObject({ register });
  });

  it('is nothing when it is the same', () => {
    const draft = aRound('draft');
    if (!draft.register) throw new Error('The builder gives a register.');

    expect(replaceFile(draft, draft.plan, during)).toEqual({ ok: true, value: [] });
    expect(importRegister(draft, draft.register, during)).toEqual({ ok: true, value: [] });
  });

  it.for(started)('is nothing in %s', (stage) => {
    const refused = { ok: false, error: { kind: 'wrong-stage', stage } };

    expect(replaceFile(aRound(stage), plan, during)).toEqual(refused);
    expect(importRegister(aRound(stage), register, during)).toEqual(refused);
  });
});

describe('cancelling', () => {
  it.for(started.filter((stage) => stage !== 'closed'))('is possible in %s and keeps what was', (stage) => {
    const round = aRound(stage);

    expect(after(round, cancel(round, reason, during))).toMatchObject({
      stage: 'cancelled',
      from: stage,
      openedAt: round.openedAt,
      closesAt,
      attempt: 1,
      reason,
    });
  });

  it('a draft leaves no dates behind', () => {
    const draft = aRound('draft');

    expect(after(draft, cancel(draft, reason, during))).not.toHaveProperty('openedAt');
  });

  it('is too late for a closed round and happens once', () => {
    expect(cancel(aRound('closed'), reason, during)).toEqual({
      ok: false,
      error: { kind: 'wrong-stage', stage: 'closed' },
    });
    expect(cancel(aRound('cancelled'), reason, during)).toEqual({ ok: true, value: [] });
  });
});

describe('an execution that is gone', () => {
  it('is replaced under a new name, which fits into 80 characters', () => {
    const round = aRound('call');

    const restarted = after(round, restartExecution(round, during));

    if (restarted.stage !== 'call') throw new Error('A restart moves no stage.');
    expect(executionName(restarted)).toBe('KZ-19-R0VND000000000000000-2');
    expect(executionName({ ...restarted, attempt: 999_999 }).length).toBeLessThanOrEqual(80);
  });

  it.for(['draft', 'closed', 'cancelled'] as const)('is not missed in %s', (stage) => {
    expect(restartExecution(aRound(stage), during)).toMatchObject({ error: { kind: 'wrong-stage' } });
  });
});

describe('a round, whatever is done to it', () => {
  const id = RoundId.parse('R0VND000000000000000');
  const plan = aRound('draft').plan;
  type Act = (round: Round, now: Instant) => Result<RoundEvent[], Refusal>;
  const acts: Act[] = [
    (round, now) => openRound(round, now),
    (round, now) => closeRoundCall(round, now),
    (round, now) => extendCall(round, addSeconds(now, 20 * 86_400), now),
    (round, now) => cancel(round, reason, now),
    (round, now) => restartExecution(round, now),
    (round, now) => importRegister(round, { sha256: sha256Of(now), vacancies: 1, posts: 1 }, now),
    (round, now) => replaceFile(round, { ...plan, file: sha256Of(now) }, now),
  ];
  const anyLife = fc.array(
    fc.record({ act: fc.constantFrom(...acts), days: fc.integer({ min: 0, max: 15 }) }),
    { minLength: 5, maxLength: 30 },
  );

  const register = { sha256: sha256Of('register'), vacancies: 1, posts: 1 };

  const live = (life: { act: Act; days: number }[]): { round: Round; events: RoundEvent[] } => {
    let now = at('2022-09-01T00:00');
    const events = draftRound(id, 'KZ-19', plan, now);
    events.push({ type: 'vacancies-imported', at: now, register });
    let round = Round.parse(evolveAll(roundAggregate, undefined, events));
    for (const { act, days } of life) {
      now = addSeconds(now, days * 86_400);
      const decision = act(round, now);
      if (!decision.ok) continue;
      events.push(...decision.value);
      round = after(round, decision);
    }
    return { round, events };
  };

  it('is the fold of its events, as its schema describes it', () => {
    fc.assert(
      fc.property(anyLife, (life) => {
        const { round, events } = live(life);
        const stored = events.map((event) => roundAggregate.event.parse(JSON.parse(JSON.stringify(event))));
        expect(evolveAll(roundAggregate, undefined, stored)).toEqual(round);
        expect(Round.parse(JSON.parse(JSON.stringify(round)))).toEqual(round);
      }),
    );
  });

  it('never closes before its deadline, and its deadline never moves back', () => {
    let closed = 0;
    let extended = 0;

    fc.assert(
      fc.property(anyLife, (life) => {
        let deadline: string | undefined;
        for (const event of live([{ act: openRound, days: 0 }, ...life]).events) {
          if (event.type === 'call-opened') deadline = event.closesAt;
          if (event.type === 'deadline-extended') {
            expect(event.closesAt > (deadline ?? '')).toBe(true);
            deadline = event.closesAt;
            extended += 1;
          }
          if (event.type === 'call-closed') {
            expect(event.at >= (deadline ?? '9')).toBe(true);
            closed += 1;
          }
        }
      }),
      { numRuns: 500 },
    );

    expect(Math.min(closed, extended)).toBeGreaterThan(0);
  });
});
