import type { Candidacy, CandidacyEvent, Score } from '#shared/domain/candidacy.ts';
import { type Committee, inConflict, pointsCount, votersOf } from '#shared/domain/committee.ts';
import type { DocumentRef } from '#shared/domain/document.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { type Points, pointFaults, totalOf } from '#shared/domain/rubric.ts';
import type { Slot } from '#shared/domain/slot.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Decision = Result<CandidacyEvent[], Refusal>;

/** Who gives a scorecard to whom, and when. `slot` is the one that the application has booked. */
export type Interviewed = {
  candidacy: Candidacy;
  slot: Slot | undefined;
  now: Instant;
  zone: string;
};

/**
 * One member's scorecard, or a better one in its place: points for each criterion that the round file asks about in
 * interviews. Refused before the interview began, and where there was none.
 */
export const giveScorecard = (
  interviewed: Interviewed,
  card: { raterId: PersonId; points: Points },
  criteria: RoundFile['interviews']['criteria'],
): Decision => {
  const { candidacy, now } = interviewed;
  const held = begun(interviewed);
  if (!held.ok) return held;
  if (candidacy.missedInterview) return refuse({ kind: 'not-in-stage' });
  const faults = pointFaults(criteria, card.points);
  if (faults.length > 0) return refuse({ kind: 'invalid', faults });
  if (isSame(ownScorecard(candidacy, card.raterId), card.points)) return ok([]);
  const score = { ...card, total: totalOf(criteria, card.points), at: now };
  return ok([{ type: 'scorecard-given', at: now, score }]);
};

/** That somebody did not come, or came after all. Refused before the interview was to begin. */
export const noteAttendance = (interviewed: Interviewed, came: boolean): Decision => {
  const { candidacy, now } = interviewed;
  const held = begun(interviewed);
  if (!held.ok) return held;
  if (candidacy.missedInterview !== came) return ok([]);
  return ok([{ type: came ? 'interview-attended' : 'interview-missed', at: now }]);
};

/**
 * Takes a booking back that cannot be kept, for a reason that the applicant reads; they may then book again. Refused as `too-late`
 * once somebody has scored the interview; `not-in-stage` where the application is withdrawn, has not booked it or missed it.
 */
export const callOffInterview = (
  { slotId, scorecards, missedInterview, withdrawnAt }: Candidacy,
  { slot, reason }: { slot: Slot; reason: DocumentRef },
  { now, zone }: { now: Instant; zone: string },
): Decision => {
  if (withdrawnAt || slotId !== slot.id || missedInterview) return refuse({ kind: 'not-in-stage' });
  if (scorecards.length > 0) return refuse({ kind: 'too-late', closesAt: slot.startsAt, zone });
  return ok([{ type: 'interview-cancelled', at: now, slot: slot.id, reason }]);
};

const begun = ({ slot, now, zone }: Interviewed): Result<Slot, Refusal> => {
  if (!slot) return refuse({ kind: 'not-in-stage' });
  return now < slot.startsAt ? refuse({ kind: 'too-early', until: slot.startsAt, zone }) : ok(slot);
};

export const ownScorecard = ({ scorecards }: Candidacy, raterId: PersonId): Score | undefined =>
  scorecards.find((card) => card.raterId === raterId);

const isSame = (card: Score | undefined, points: Points): boolean =>
  card !== undefined && Object.entries(points).every(([code, given]) => card.points[code] === given);

/** The scorecards that count: what was given before a conflict of interest was known does not, also once it is cleared. */
export const countedScorecards = ({ applicationId, scorecards }: Candidacy, committee: Committee): Score[] =>
  scorecards.filter(({ raterId: memberId, at }) => pointsCount(committee, { memberId, at }, applicationId));

/**
 * How many scorecards an interview needs: what the round file says, or as many members as may give one, where conflicts
 * of interest leave fewer; never none.
 */
export const scorecardsNeeded = (
  { applicationId }: Candidacy,
  committee: Committee,
  { scorecards }: RoundFile['interviews'],
): number => {
  const free = votersOf(committee).filter((id) => !inConflict(committee, id, applicationId));
  return Math.max(1, Math.min(scorecards, free.length));
};
