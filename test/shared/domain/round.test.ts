import { describe, expect, it } from 'vitest';
import { evolveAll } from '#shared/domain/event.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { executionName } from '#shared/domain/outbox.ts';
import { Round, type RoundEvent } from '#shared/domain/round.ts';
import {
  acceptsApplications,
  cancel,
  closeRoundCall,
  extendCall,
  importRegister,
  openRound,
  replaceFile,
  restartExecution,
} from '#shared/domain/round-call.ts';
import { recordMinutes } from '#shared/domain/round-minutes.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { Stage } from '#shared/domain/stage.ts';
import { addSeconds } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';
import { aRound, closesAt, shownOf } from '#test/builders/round.ts';
import { at } from '#test/builders/worlds.ts';

const reason = {
  owner: 'round#R0VND000000000000000',
  kind: 'reason',
  version: 1,
  digest: sha256Of('r'),
} as const;
const during = at('2022-09-20T04:00');
const drawn = { number: 1, data: sha256Of('data'), files: [] };
const zone = 'Asia/Almaty';
const shown = shownOf(aRound('draft'));
const started = [...Stage.options].filter((stage) => stage !== 'draft' && stage !== 'cancelled');

/** The round after a decision that is expected to be granted. */
const after = (round: Round, decision: Result<RoundEvent[], Refusal>): Round => {
  if (!decision.ok) throw new Error(`Refused: ${decision.error.kind}`);
  return evolveAll(roundAggregate, round, decision.value) ?? round;
};

describe('opening a call', () => {
  it('pins the file and the register that the draft has', () => {
    const draft = aRound('draft');

    const open = after(draft, openRound(draft, shown, at('2022-09-14T04:00')));

    expect(open).toMatchObject({ stage: 'call', register: draft.register, closesAt, attempt: 1 });
    expect(open.plan.file).toBe(draft.plan.file);
  });

  it.for(['file', 'register'] as const)(
    'is refused when its %s is not the one that was looked at',
    (part) => {
      const other = { ...shown, [part]: sha256Of('another') };
      const refused = { ok: false, error: { kind: 'changed-meanwhile' } };

      expect(openRound(aRound('draft'), other, at('2022-09-14T04:00'))).toEqual(refused);
      expect(openRound(aRound('call'), other, during)).toEqual(refused);
    },
  );

  it('waits for vacancies', () => {
    expect(openRound(aRound('draft', { register: undefined }), shown, during)).toEqual({
      ok: false,
      error: { kind: 'no-vacancies' },
    });
  });

  it('is refused when its deadline has come', () => {
    expect(openRound(aRound('draft'), shown, closesAt)).toEqual({
      ok: false,
      error: { kind: 'too-late', closesAt, zone },
    });
  });

  it('is refused when fewer days are left than the file promises, to the second', () => {
    const promised = addSeconds(closesAt, -7 * 86_400);

    expect(openRound(aRound('draft'), shown, promised).ok).toBe(true);
    expect(openRound(aRound('draft'), shown, addSeconds(promised, 1))).toEqual({
      ok: false,
      error: { kind: 'call-too-short', minimumDays: 7, closesAt, zone },
    });
  });

  it('twice changes nothing the second time', () => {
    expect(openRound(aRound('call'), shown, during)).toEqual({ ok: true, value: [] });
  });
});

describe('an open call', () => {
  it('takes applications until the deadline, and not at it', () => {
    const round = aRound('call');

    expect(acceptsApplications(round, addSeconds(closesAt, -0.001)).ok).toBe(true);
    expect(acceptsApplications(round, closesAt)).toEqual({
      ok: false,
      error: { kind: 'too-late', closesAt, zone, of: 'applications' },
    });
  });

  it('that begins later takes none before', () => {
    const opensAt = at('2022-09-15T03:00');
    const round = aRound('call', { plan: { ...aRound('call').plan, opensAt } });

    expect(acceptsApplications(round, at('2022-09-15T02:59'))).toEqual({
      ok: false,
      error: { kind: 'too-early', until: opensAt, zone },
    });
    expect(acceptsApplications(round, opensAt).ok).toBe(true);
  });

  it('can only be extended: nobody loses time that was promised', () => {
    const later = at('2022-10-07T12:00');
    const round = aRound('call');

    expect(after(round, extendCall(round, later, during))).toMatchObject({ closesAt: later });
    expect(extendCall(round, at('2022-10-03T12:00'), during)).toEqual({
      ok: false,
      error: { kind: 'deadline-not-later', closesAt, zone },
    });
    expect(extendCall(round, closesAt, during)).toEqual({ ok: true, value: [] });
  });

  it('is extended by less than a year from now', () => {
    const inOneYear = addSeconds(during, 365 * 86_400);

    expect(extendCall(aRound('call'), addSeconds(inOneYear, -1), during).ok).toBe(true);
    expect(extendCall(aRound('call'), inOneYear, during)).toEqual({
      ok: false,
      error: { kind: 'deadline-too-late', before: inOneYear, zone },
    });
  });

  it('is not extended into a stage that ends at a moment', () => {
    const stageEndsAt = at('2022-10-20T12:00');
    const round = aRound('call', { plan: { ...aRound('call').plan, stageEndsAt } });

    expect(extendCall(round, addSeconds(stageEndsAt, -1), during).ok).toBe(true);
    expect(extendCall(round, stageEndsAt, during)).toEqual({
      ok: false,
      error: { kind: 'deadline-too-late', before: stageEndsAt, zone },
    });
  });

  it('cannot be extended once its deadline has passed', () => {
    expect(extendCall(aRound('call'), at('2022-10-07T12:00'), closesAt)).toEqual({
      ok: false,
      error: { kind: 'too-late', closesAt, zone },
    });
  });

  it('is not closed a millisecond early, whoever asks', () => {
    const round = aRound('call');

    expect(closeRoundCall(round, addSeconds(closesAt, -0.001))).toEqual({
      ok: false,
      error: { kind: 'too-early', until: closesAt, zone },
    });
    expect(after(round, closeRoundCall(round, closesAt))).toMatchObject({
      stage: 'screening',
      enteredAt: closesAt,
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

    const restarted = after(round, restartExecution(round, 1, during));

    if (restarted.stage !== 'call') throw new Error('A restart moves no stage.');
    expect(executionName(restarted.region, restarted)).toBe('KZ-19-R0VND000000000000000-2');
    expect(executionName(restarted.region, { ...restarted, attempt: 999_999 }).length).toBeLessThanOrEqual(
      80,
    );
  });

  it('that was replaced already is not replaced again', () => {
    expect(restartExecution(aRound('call', { attempt: 2 }), 1, during)).toEqual({
      ok: false,
      error: { kind: 'changed-meanwhile' },
    });
  });

  it.for(['draft', 'cancelled'] as const)('is not missed in %s', (stage) => {
    expect(restartExecution(aRound(stage), 1, during)).toMatchObject({ error: { kind: 'wrong-stage' } });
  });

  it('is missed in a closed round until its minutes are drawn', () => {
    const closed = aRound('closed');
    const written = after(closed, recordMinutes(closed, drawn, during));

    expect(restartExecution(closed, 1, during)).toMatchObject({ ok: true });
    expect(restartExecution(written, 1, during)).toMatchObject({ error: { kind: 'wrong-stage' } });
  });
});

describe('the minutes of a round', () => {
  it('are noted once, with what was drawn', () => {
    const closed = aRound('closed');
    const written = after(closed, recordMinutes(closed, drawn, during));

    expect(written).toMatchObject({ stage: 'closed', minutes: { ...drawn, drawnAt: during } });
    expect(recordMinutes(written, { ...drawn, data: sha256Of('others') }, during)).toEqual(ok([]));
  });

  it.for(['onboarding', 'cancelled'] as const)('are not noted in %s', (stage) => {
    expect(recordMinutes(aRound(stage), drawn, during)).toMatchObject({ error: { kind: 'wrong-stage' } });
  });
});
