import type { DocumentRef } from '#shared/domain/document.ts';
import type { GateId, Sha256 } from '#shared/domain/ids.ts';
import { type Heeding, heed } from '#shared/domain/release-alarms.ts';
import {
  type GatedRound,
  type Round,
  type RoundEvent,
  type RoundIn,
  wrongStage,
} from '#shared/domain/round.ts';
import { isGatedRound } from '#shared/domain/round-record.ts';
import { type GatedStage, stageAfter, stageBefore } from '#shared/domain/stage.ts';
import { type Tellable, tellableStages } from '#shared/domain/telling.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Decision = Result<RoundEvent[], Refusal>;

/** What the gate of a stage came to: the standing list that was voted on. */
export type Advance = {
  from: GatedStage;
  gate: GateId;
  decision: Sha256;
  /** Needed where preliminary results are published by it. */
  claimsCloseAt?: Instant;
};

/**
 * Moves a round to the stage after the one whose gate was decided. Refused as `wrong-stage` where the round has left
 * it, and as `too-early` while claims may still be made.
 */
export const advanceStage = (round: Round, advance: Advance, now: Instant): Decision => {
  if (!isGatedRound(round) || round.stage !== advance.from) return wrongStage(round);
  if (round.stage === 'claims' && now < round.claimsCloseAt) {
    return refuse({ kind: 'too-early', until: round.claimsCloseAt, zone: round.plan.timeZone });
  }
  const { from, gate, decision, claimsCloseAt } = advance;
  const to = stageAfter(from);
  if (to === 'claims' && !claimsCloseAt) throw new Error('Results are published with an end of claims.');
  const until = to === 'claims' && claimsCloseAt ? { claimsCloseAt } : {};
  return ok([{ type: 'stage-advanced', at: now, from, to, gate, decision, ...until }]);
};

/** Whether the advance into the round's stage may still be taken back: not once anyone outside has noticed it. */
export const isUndoable = (round: Round): round is GatedRound =>
  isGatedRound(round) && round.effectiveAt === undefined && stageBefore(round.stage) !== undefined;

/** Takes the last advance back, with a reason; the former stage's gate opens anew and its votes start again. */
export const undoAdvance = (round: Round, reason: DocumentRef, now: Instant): Decision => {
  if (!isGatedRound(round)) return wrongStage(round);
  const to = stageBefore(round.stage);
  if (!to) return wrongStage(round);
  if (round.effectiveAt !== undefined) return refuse({ kind: 'took-effect', stage: round.stage });
  return ok([{ type: 'advance-undone', at: now, from: round.stage, to, reason }]);
};

/** Notes that the stage has had an effect outside the committee; the first time only. */
export const takeEffect = (round: GatedRound, now: Instant): RoundEvent[] =>
  round.effectiveAt === undefined ? [{ type: 'stage-took-effect', at: now, stage: round.stage }] : [];

type Release = {
  about: GatedStage;
  recipients: number;
  confirmed: number;
  seen: Heeding;
  /** Of preliminary results: until when claims may be made by who is told of them now. */
  claimsCloseAt: Instant;
};

/**
 * Releases the letters about a decision that was made, once. `confirmed` is the number of recipients that a person
 * looked at; refused as `recipients-differ` when there are now more or fewer (ANCHORS F17), and as `heed` refuses (F5). Those about preliminary
 * results set the end of claims, and are `too-late` once results are final: they would promise a claim that nobody can make.
 */
export const releaseLetters = (round: Round, letters: Release, now: Instant): Decision => {
  if (!isGatedRound(round)) return wrongStage(round);
  const { about, recipients, confirmed, seen } = letters;
  if (round.decisions[about] === undefined) return wrongStage(round);
  if (round.told[about] !== undefined) return ok([]);
  if (isOver(round, about)) {
    return refuse({
      kind: 'too-late',
      closesAt: round.claimsCloseAt,
      zone: round.plan.timeZone,
      of: 'claims',
    });
  }
  if (recipients !== confirmed) return refuse({ kind: 'recipients-differ', recipients, confirmed });
  const heeding = heed(seen);
  if (!heeding.ok) return heeding;
  const until = about === 'preliminary' ? { claimsCloseAt: letters.claimsCloseAt } : {};
  return ok([{ type: 'letters-released', at: now, about, recipients, ...until, ...heeding.value }]);
};

/** Whether letters about a decision have nothing true to say any more. */
const isOver = (round: GatedRound, about: GatedStage): round is RoundIn<'claims' | 'offers' | 'onboarding'> =>
  about === 'preliminary' && 'claimsCloseAt' in round && round.stage !== 'claims';

/** Whether claims ended without a letter to anybody that they may be made, as an older round could let them. */
export const isMissed = (round: Round): boolean =>
  isGatedRound(round) &&
  round.decisions.preliminary !== undefined &&
  round.told.preliminary === undefined &&
  isOver(round, 'preliminary');

/** The decisions that people wait to be told of, the earliest first. */
export const untold = (round: Round): Tellable[] =>
  isGatedRound(round)
    ? tellableStages.filter(
        (about) =>
          round.decisions[about] !== undefined && round.told[about] === undefined && !isOver(round, about),
      )
    : [];

/** Claims may be made until the window closes; the deadline itself is already too late. */
export const acceptsClaims = (round: Round, now: Instant): Result<RoundIn<'claims'>, Refusal> => {
  if (round.stage !== 'claims') return wrongStage(round);
  const { claimsCloseAt: closesAt } = round;
  const { timeZone: zone } = round.plan;
  return now < closesAt ? ok(round) : refuse({ kind: 'too-late', closesAt, zone, of: 'claims' });
};
