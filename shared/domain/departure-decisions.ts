import { type Committee, inConflict, pointsCount, votersOf } from '#shared/domain/committee.ts';
import { type Departure, departureReason, type Motion } from '#shared/domain/departure.ts';
import type { Gate, GateEvent } from '#shared/domain/gate.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { GatedStage } from '#shared/domain/stage.ts';
import type { Standing, StandingList } from '#shared/domain/standing.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Rules = Pick<RoundFile, 'shortlist' | 'results'>;

/** Whether the committee may decide otherwise at the gate of a stage than the points propose: only where the round file says so. */
export const mayDepart = (stage: GatedStage, { shortlist, results }: Rules): boolean => {
  if (stage === 'scoring') return shortlist.departures === 'with-reason';
  if (stage === 'interviews' || stage === 'claims') return results.departures === 'with-reason';
  return false;
};

/** A motion as it is made. `proposal` is what its page showed, `list` what lies on the table. */
type Moving = Omit<Motion, 'at'> & { list: Pick<StandingList, 'standings'> | undefined };

/**
 * Moves that the committee depart from the proposal on the table at one application; a new proposal must then be drawn up. Refused
 * where the round file allows none, to who has no vote or is in conflict with the application, of one that has no place in the ranking,
 * and once somebody has voted: their vote was about another list. What the list says already changes nothing, nor does the same motion again.
 */
export const moveDeparture = (
  gate: Gate,
  { committee, file }: { committee: Committee; file: Rules },
  { list, ...motion }: Moving,
  now: Instant,
): Result<GateEvent[], Refusal> => {
  if (gate.status === 'decided') return refuse({ kind: 'already-decided', decidedAt: gate.decidedAt });
  if (!mayDepart(gate.stage, file)) return refuse({ kind: 'no-departures' });
  if (gate.motions?.some((one) => isSame(one, motion))) return ok([]);
  if (!gate.proposal || !list) return refuse({ kind: 'no-proposal' });
  if (gate.proposal !== motion.proposal) return refuse({ kind: 'changed-meanwhile' });
  const { by, applicationId, outcome } = motion;
  if (!votersOf(committee).includes(by)) return refuse({ kind: 'not-allowed' });
  if (inConflict(committee, by, applicationId)) return refuse({ kind: 'conflict-of-interest' });
  const standing = list.standings.find((one) => one.applicationId === applicationId);
  if (standing?.rank === undefined) return refuse({ kind: 'not-in-stage' });
  if (standing.outcome === outcome) return ok([]);
  if (gate.votes.length > 0) return refuse({ kind: 'vote-stands' });
  return ok([{ type: 'departure-moved', at: now, motion: { ...motion, at: now } }]);
};

/** The same button pressed twice. */
const isSame = (a: Omit<Motion, 'at'>, b: Omit<Motion, 'at'>): boolean =>
  a.applicationId === b.applicationId &&
  a.outcome === b.outcome &&
  a.by === b.by &&
  a.proposal === b.proposal;

/** Motions that count: not of who is in conflict with the application by now. */
export const standingMotions = ({ motions = [] }: Pick<Gate, 'motions'>, committee: Committee): Motion[] =>
  motions.filter(({ by, at, applicationId }) => pointsCount(committee, { memberId: by, at }, applicationId));

export type Outcomes = Pick<StandingList, 'standings' | 'departures'>;

/** What the committee wants of one application, whatever its points propose. */
export type Wanted = Pick<Motion, 'applicationId' | 'outcome' | 'reason'>;

/** What was decided of applications by a list that departs from the points, as motions are made of it. */
export const decidedIn = ({ standings, departures = [] }: Outcomes): Wanted[] => {
  const byId = new Map(standings.map((one) => [one.applicationId, one]));
  return departures.flatMap(({ applicationId, reason }) => {
    const outcome = byId.get(applicationId)?.outcome;
    return outcome ? [{ applicationId, outcome, reason }] : [];
  });
};

/** The list as the points alone propose it. */
export const asProposed = ({ standings, departures = [] }: Outcomes): Standing[] => {
  const instead = new Map(departures.map((one) => [one.applicationId, one.instead]));
  return standings.map((standing) => {
    const reasons = instead.get(standing.applicationId);
    return reasons ? { ...standing, outcome: reasons.length > 0 ? 'stops' : 'goes-on', reasons } : standing;
  });
};

/**
 * A list that follows from points, as the committee decides on it: what was decided before and what was moved since, the later in the place of the
 * former. Points, totals and ranks stay; nobody else is let in or kept out by it. What comes to the same as the points propose is no departure, and
 * may become one again where points are counted anew.
 */
export const departing = (standings: readonly Standing[], moved: readonly Wanted[]): Outcomes => {
  const newest = new Map(moved.map((one) => [one.applicationId, one]));
  const departures: Departure[] = [];
  const decided = standings.map((standing) => {
    const { applicationId, rank, outcome, reasons } = standing;
    const motion = newest.get(applicationId);
    if (!motion || rank === undefined || motion.outcome === outcome) return standing;
    departures.push({ applicationId, instead: reasons, reason: motion.reason });
    return {
      ...standing,
      outcome: motion.outcome,
      reasons: motion.outcome === 'stops' ? [departureReason] : [],
    };
  });
  return { standings: decided, ...(departures.length > 0 && { departures }) };
};
