import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evolveAll } from '#shared/domain/event.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { RoundId } from '#shared/domain/ids.ts';
import { Round, type RoundEvent } from '#shared/domain/round.ts';
import {
  cancel,
  closeRoundCall,
  draftRound,
  extendCall,
  importRegister,
  openRound,
  replaceFile,
  restartExecution,
} from '#shared/domain/round-call.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Result } from '#shared/result.ts';
import { aRound, shownOf } from '#test/builders/round.ts';
import { at } from '#test/builders/worlds.ts';

const reason = {
  owner: 'round#R0VND000000000000000',
  kind: 'reason',
  version: 1,
  digest: sha256Of('r'),
} as const;

/** The round after a decision that is expected to be granted. */
const after = (round: Round, decision: Result<RoundEvent[], Refusal>): Round => {
  if (!decision.ok) throw new Error(`Refused: ${decision.error.kind}`);
  return evolveAll(roundAggregate, round, decision.value) ?? round;
};

describe('a round, whatever is done to it', () => {
  const id = RoundId.parse('R0VND000000000000000');
  const plan = aRound('draft').plan;
  type Act = (round: Round, now: Instant) => Result<RoundEvent[], Refusal>;
  const acts: Act[] = [
    (round, now) => openRound(round, shownOf(round), now),
    (round, now) => closeRoundCall(round, now),
    (round, now) => extendCall(round, addSeconds(now, 20 * 86_400), now),
    (round, now) => cancel(round, reason, now),
    (round, now) => restartExecution(round, 'attempt' in round ? (round.attempt ?? 1) : 1, now),
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
        for (const event of live([
          { act: (round, now) => openRound(round, shownOf(round), now), days: 0 },
          ...life,
        ]).events) {
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
