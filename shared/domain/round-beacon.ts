import {
  type BeaconDue,
  type BeaconRule,
  type BeaconValue,
  beaconDue,
  type DrawBasis,
  seedFrom,
  waivableAt,
} from '#shared/domain/beacon.ts';
import type { DocumentRef } from '#shared/domain/document.ts';
import type { Sha256 } from '#shared/domain/ids.ts';
import { type GatedRound, type Round, type RoundEvent, wrongStage } from '#shared/domain/round.ts';
import { isGatedRound } from '#shared/domain/round-record.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Decision = Result<RoundEvent[], Refusal>;

/**
 * Whether a pasted value is the one that the draws of a round wait for, before its signature is looked at: `too-early` before its time,
 * `invalid` for another round of the beacon.
 */
export const isAwaited = (
  pasted: Pick<BeaconValue, 'round' | 'signature'>,
  due: BeaconDue,
  { now, zone }: { now: Instant; zone: string },
): Result<BeaconValue, Refusal> => {
  if (now < due.at) return refuse({ kind: 'too-early', until: due.at, zone });
  const { round, signature } = pasted;
  if (round !== due.round) {
    return invalid({
      place: 'value',
      message: 'beacon.fault.other-round',
      facts: { round, expected: due.round },
    });
  }
  return ok({ chain: due.chain, round, signature });
};

/** Takes a value whose signature was found right. Only one is, so a second time changes nothing. */
export const recordBeacon = (round: Round, value: BeaconValue, now: Instant): Decision => {
  if (!isGatedRound(round)) return wrongStage(round);
  return ok(round.beacon ? [] : [{ type: 'beacon-recorded', at: now, value }]);
};

/**
 * Lets the draws do without the value that never came: where the file allows it, so long after its time as it says. The committee votes
 * on the proposal that is drawn up then and names it. A value that comes after all still counts as long as none lies on the table.
 */
export const waiveBeacon = (
  round: Round,
  { rule, reason }: { rule: BeaconRule; reason: DocumentRef },
  now: Instant,
): Decision => {
  if (!isGatedRound(round)) return wrongStage(round);
  if (round.beacon) return refuse({ kind: 'beacon-known' });
  const from = waivableAt(rule, beaconDue(rule, round.closesAt));
  if (from === undefined) return refuse({ kind: 'not-allowed' });
  if (now < from) return refuse({ kind: 'too-early', until: from, zone: round.plan.timeZone });
  return ok(round.beaconWaived ? [] : [{ type: 'beacon-waived', at: now, reason }]);
};

/** The seed of a round's draws, and what it comes from where its file names a beacon. */
export type SettledDraw = { drawSeed: Sha256; drawnFrom?: DrawBasis };

/** Refused as `beacon-needed` while the value is still to be brought. */
export const settledDraw = (
  round: GatedRound,
  rule: BeaconRule | undefined,
  receipts: Sha256,
): Result<SettledDraw, Refusal> => {
  if (!rule) return ok({ drawSeed: receipts });
  const { beacon, beaconWaived, closesAt } = round;
  if (!beacon && !beaconWaived) {
    const { round: number, at } = beaconDue(rule, closesAt);
    return refuse({ kind: 'beacon-needed', round: number, dueAt: at, zone: round.plan.timeZone });
  }
  const drawnFrom = { receipts, callClosedAt: closesAt, ...(beacon && { beacon }) };
  return ok({ drawSeed: seedFrom(drawnFrom), drawnFrom });
};

const invalid = (fault: Fault): Result<never, Refusal> => refuse({ kind: 'invalid', faults: [fault] });
