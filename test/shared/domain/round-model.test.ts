import { describe, expect, it } from 'vitest';
import { evolveAll } from '#shared/domain/event.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import { GateId, RoundId } from '#shared/domain/ids.ts';
import { Round, type RoundEvent } from '#shared/domain/round.ts';
import {
  acceptsClaims,
  advanceStage,
  isUndoable,
  releaseLetters,
  takeEffect,
  undoAdvance,
} from '#shared/domain/round-advance.ts';
import { adoptCalendar } from '#shared/domain/round-calendar.ts';
import {
  acceptsApplications,
  cancel,
  closeRoundCall,
  draftRound,
  extendCall,
  importRegister,
  openRound,
  replaceFile,
  restartExecution,
} from '#shared/domain/round-call.ts';
import { recordMinutes } from '#shared/domain/round-minutes.ts';
import { isGatedRound, roundAggregate } from '#shared/domain/round-record.ts';
import { type GatedStage, gatedStages, Stage, stageAfter } from '#shared/domain/stage.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';
import { aRound, closesAt, shownOf } from '#test/builders/round.ts';
import { at } from '#test/builders/worlds.ts';

/*
 * Every state that a round can reach × everything that anybody can ask of it, walked to the end (ANCHORS F11: a new stage
 * breaks a cascade, a guard forgets a dead state). An impossible pair is a refusal, never an exception.
 */

type Decision = Result<RoundEvent[], Refusal>;
type Ask = { name: string; decide: (round: Round, now: Instant) => Decision };

const reason = {
  owner: 'round#R0VND000000000000000',
  kind: 'reason',
  version: 1,
  digest: sha256Of('r'),
} as const;
const gate = GateId.parse('GATE0000000000000000');
const plan = aRound('draft').plan;
const register = { sha256: sha256Of('register'), vacancies: 1, posts: 1 };
const claimsCloseAt = at('2022-11-07T13:00');
const minutes = { number: 1, data: sha256Of('data'), files: [] };

/** Before the deadline of the call, after it, and after the claims window: all that time can mean to a round. */
const moments: Instant[] = [at('2022-09-14T04:00'), addSeconds(closesAt, 60), addSeconds(claimsCloseAt, 60)];

const advanceFrom = (from: GatedStage): Ask => ({
  name: `advance from ${from}`,
  decide: (round, now) => advanceStage(round, { from, gate, decision: sha256Of(from), claimsCloseAt }, now),
});

const unalarmed = { alarms: [], ticked: [], reason: undefined };

const release = (about: GatedStage, confirmed: number): Ask => ({
  name: `release letters about ${about}, ${confirmed} confirmed`,
  decide: (round, now) =>
    releaseLetters(round, { about, recipients: 2, confirmed, claimsCloseAt, seen: unalarmed }, now),
});

const asks: Ask[] = [
  {
    name: 'replace the file',
    decide: (round, now) => replaceFile(round, { ...plan, file: sha256Of('b') }, now),
  },
  { name: 'import vacancies', decide: (round, now) => importRegister(round, register, now) },
  { name: 'open', decide: (round, now) => openRound(round, shownOf(round), now) },
  { name: 'extend', decide: (round, now) => extendCall(round, addSeconds(closesAt, 86_400), now) },
  { name: 'close the call', decide: closeRoundCall },
  { name: 'restart the execution', decide: (round, now) => restartExecution(round, 1, now) },
  { name: 'apply', decide: (round, now) => nothing(acceptsApplications(round, now)) },
  { name: 'claim', decide: (round, now) => nothing(acceptsClaims(round, now)) },
  { name: 'undo the advance', decide: (round, now) => undoAdvance(round, reason, now) },
  {
    name: 'follow the calendar',
    decide: (round, now) => adoptCalendar(round, sha256Of('c'), now),
  },
  { name: 'have an effect', decide: (round, now) => ok(isGatedRound(round) ? takeEffect(round, now) : []) },
  { name: 'cancel', decide: (round, now) => cancel(round, reason, now) },
  { name: 'note the minutes', decide: (round, now) => recordMinutes(round, minutes, now) },
  ...gatedStages.map(advanceFrom),
  ...gatedStages.flatMap((about) => [release(about, 2), release(about, 3)]),
];

/** Asking whether something is accepted changes nothing. */
const nothing = (answer: Result<unknown, Refusal>): Decision => (answer.ok ? ok([]) : answer);

/** States that differ only in when and how often are one: visits beyond the second, instants, attempts. */
const shapeOf = (round: Round): string => {
  const visits = 'visits' in round ? (round.visits ?? {}) : {};
  return canonicalJson({
    stage: round.stage,
    register: round.register !== undefined,
    file: round.plan.file,
    extended: 'closesAt' in round && round.closesAt !== plan.closesAt,
    restarted: 'attempt' in round && round.attempt !== 1,
    effective: 'effectiveAt' in round && round.effectiveAt !== undefined,
    decisions: 'decisions' in round ? Object.keys(round.decisions).toSorted() : [],
    told: 'told' in round ? Object.keys(round.told).toSorted() : [],
    twice: Object.values(visits).some((count) => count > 1),
    minutes: round.stage === 'closed' && round.minutes !== undefined,
  });
};

const walk = () => {
  const drafted = Round.parse(
    evolveAll(
      roundAggregate,
      undefined,
      draftRound(RoundId.parse('R0VND000000000000000'), 'KZ-19', plan, moments[0] ?? closesAt),
    ),
  );
  const seen = new Map<string, Round>([[shapeOf(drafted), drafted]]);
  const open = [drafted];
  const thrown: string[] = [];
  const refused = new Set<string>();
  let pairs = 0;
  const tries = asks.flatMap((ask) => moments.map((now) => ({ ask, now })));
  for (let round = open.pop(); round; round = open.pop()) {
    for (const { ask, now } of tries) {
      pairs += 1;
      const next = step(round, ask, now, { thrown, refused });
      if (!next || seen.has(shapeOf(next))) continue;
      seen.set(shapeOf(next), next);
      open.push(next);
    }
  }
  return { states: [...seen.values()], thrown, refused, pairs };
};

const step = (
  round: Round,
  ask: Ask,
  now: Instant,
  notes: { thrown: string[]; refused: Set<string> },
): Round | undefined => {
  try {
    const decision = ask.decide(round, now);
    if (!decision.ok) {
      notes.refused.add(`${ask.name} in ${round.stage}`);
      return undefined;
    }
    return Round.parse(evolveAll(roundAggregate, round, decision.value));
  } catch (error) {
    notes.thrown.push(`${ask.name} in ${round.stage}: ${String(error)}`);
    return undefined;
  }
};

describe('every state that a round reaches × everything that is asked of it', () => {
  const { states, thrown, refused, pairs } = walk();

  it('is granted or refused, and never throws', () => {
    expect(thrown).toEqual([]);
    expect(pairs).toBe(states.length * asks.length * moments.length);
  });

  it('reaches every stage', () => {
    expect(new Set(states.map(({ stage }) => stage))).toEqual(new Set(Stage.options));
  });

  it('never advances a round from a stage that it is not in', () => {
    for (const round of states) {
      for (const from of gatedStages.filter((stage) => stage !== round.stage)) {
        expect(advanceFrom(from).decide(round, addSeconds(claimsCloseAt, 60)).ok).toBe(false);
      }
    }
  });

  it('undoes only what nobody outside has noticed, and then only into the stage before', () => {
    for (const round of states) {
      const undone = undoAdvance(round, reason, closesAt);
      expect(undone.ok).toBe(isUndoable(round));
      if (!undone.ok || !isGatedRound(round)) continue;
      const back = Round.parse(evolveAll(roundAggregate, round, undone.value));
      expect(isGatedRound(back) && stageAfter(back.stage)).toBe(round.stage);
      expect(isUndoable(back)).toBe(false);
    }
  });

  it('leaves a cancelled round as it is, and a closed one once its minutes are drawn', () => {
    const over = states.filter(
      (round) => round.stage === 'cancelled' || ('minutes' in round && round.minutes),
    );
    for (const round of over) {
      for (const ask of asks) {
        const decision = ask.decide(round, addSeconds(claimsCloseAt, 60));
        expect(decision.ok ? decision.value : []).toEqual([]);
      }
    }
  });

  it('refuses most pairs: the table of what is possible is small', () => {
    expect(refused.size).toBeGreaterThan(150);
  });
});
