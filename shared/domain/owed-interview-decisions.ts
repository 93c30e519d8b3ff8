import type { Candidacy } from '#shared/domain/candidacy.ts';
import type { Committee } from '#shared/domain/committee.ts';
import type { DocumentRef } from '#shared/domain/document.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { countedScorecards, saidNotHeld, scorecardsNeeded } from '#shared/domain/interview.ts';
import type { InterviewRule } from '#shared/domain/interview-rule.ts';
import type { FoundBy, OwedInterview, OwedInterviewEvent } from '#shared/domain/owed-interview.ts';
import type { Panel } from '#shared/domain/panel.ts';
import type { Slot } from '#shared/domain/slot.ts';
import { interviewTotal, type Station, stationsOf } from '#shared/domain/station.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { OwedLeft, Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Decision = Result<OwedInterviewEvent[], Refusal>;

/** Whether an interview is still to be decided on, planned, held or counted: no final results are decided over it. */
export const isOutstanding = ({ status, missedInterview }: OwedInterview): boolean =>
  status === 'waiting' || status === 'granted' || (status === 'planned' && !missedInterview);

/** What still keeps a stage from its decision: other work, and interviews that are owed; undefined where nothing does. */
export const unfinished = (
  work: { remaining: number; of: 'claims' | 'offers' },
  interviews: OwedLeft | undefined,
): Extract<Refusal, { kind: 'unfinished-work' }> | undefined => {
  const beside = interviews && { interviews };
  if (work.remaining > 0) return { kind: 'unfinished-work', ...work, ...beside };
  return (
    interviews && { kind: 'unfinished-work', remaining: interviews.count, of: 'owed-interviews', interviews }
  );
};

/**
 * Asks that somebody be given the interview that they were owed; it counts once a second person grants it. The same once more changes
 * nothing while it waits or counts, and what was refused can be asked for anew. Refused as `invalid` at `application` where nothing found
 * that an interview is owed, and for who had one.
 * @param found by what it was found; undefined where by nothing
 */
export const askOwedInterview = (
  owed: OwedInterview | undefined,
  { candidacy, found }: { candidacy: Candidacy; found: FoundBy | undefined },
  { by, reason }: { by: PersonId; reason: DocumentRef },
  now: Instant,
): Decision => {
  if (owed && owed.status !== 'refused') return ok([]);
  const fault = whyNotOwed(candidacy, found);
  if (fault || !found)
    return refuse({ kind: 'invalid', faults: [{ place: 'application', message: fault ?? '' }] });
  const { applicationId, roundId, number } = candidacy;
  return ok([{ type: 'owed-interview-asked', at: now, applicationId, roundId, number, found, by, reason }]);
};

/** As a message; undefined where an interview is owed. */
export const whyNotOwed = (
  { withdrawnAt, scorecards, corrected }: Candidacy,
  found: FoundBy | undefined,
): string | undefined => {
  if (withdrawnAt) return 'owed-interview.fault.withdrawn';
  if (scorecards.length > 0) return 'owed-interview.fault.had';
  if (corrected.interview !== undefined) return 'owed-interview.fault.total';
  return found ? undefined : 'owed-interview.fault.found';
};

type Owed = OwedInterview | undefined;

/** Grants what another person asked for; once more by anybody else changes nothing. */
export const grantOwedInterview = (owed: Owed, by: PersonId, now: Instant): Decision => {
  if (!owed) return refuse({ kind: 'not-found', what: 'page' });
  if (owed.by === by) return refuse({ kind: 'second-person-needed' });
  if (owed.status === 'refused') return refuse({ kind: 'changed-meanwhile' });
  return ok(owed.status === 'waiting' ? [{ type: 'owed-interview-granted', at: now, by }] : []);
};

/** Ends what was asked for before it is granted, with a reason; whoever asked may as well. */
export const refuseOwedInterview = (
  owed: Owed,
  { by, reason }: { by: PersonId; reason: DocumentRef },
  now: Instant,
): Decision => {
  if (!owed) return refuse({ kind: 'not-found', what: 'page' });
  if (owed.status === 'refused') return ok([]);
  if (owed.status !== 'waiting') return refuse({ kind: 'changed-meanwhile' });
  return ok([{ type: 'owed-interview-refused', at: now, by, reason }]);
};

/** Gives an interview that was granted its time. One that has a time keeps it until that is cancelled. */
export const planOwedInterview = (owed: Owed, slot: Pick<Slot, 'id'>, now: Instant): Decision => {
  if (!owed) return refuse({ kind: 'not-found', what: 'page' });
  if (owed.status !== 'granted') return refuse({ kind: 'changed-meanwhile' });
  return ok([{ type: 'owed-interview-planned', at: now, slot: slot.id }]);
};

/** Takes the time back, for a reason that the applicant reads; another one is owed as before. `too-late` once somebody has given a card. */
export const cancelOwedInterview = (
  owed: OwedInterview,
  { slot, reason, notHeld }: { slot: Slot; reason: DocumentRef; notHeld?: boolean | undefined },
  { now, zone }: { now: Instant; zone: string },
): Decision => {
  if (owed.status !== 'planned') return ok([]);
  if (owed.scorecards.length > 0) return refuse({ kind: 'too-late', closesAt: slot.startsAt, zone });
  // That nobody came was said already.
  const said = owed.missedInterview ? ok({}) : saidNotHeld({ slot, notHeld }, now);
  if (!said.ok) return said;
  return ok([{ type: 'owed-interview-cancelled', at: now, slot: slot.id, reason, ...said.value }]);
};

/** Counts what its cards come to, with the correction that brings it in; nothing while `owedTotal` has none. */
export const countOwedInterview = (
  { status, missedInterview }: OwedInterview,
  { correction, total }: { correction: number; total: number | undefined },
  now: Instant,
): OwedInterviewEvent[] =>
  status === 'planned' && !missedInterview && total !== undefined
    ? [{ type: 'owed-interview-counted', at: now, correction, total }]
    : [];

/** Counts it no more once the very correction that brought it in is taken back. */
export const uncountOwedInterview = (
  { counted }: OwedInterview,
  correction: number,
  now: Instant,
): OwedInterviewEvent[] =>
  counted?.correction === correction ? [{ type: 'owed-interview-uncounted', at: now, correction }] : [];

/** How an interview that was owed is held. */
type Holding = {
  committee: Committee;
  interviews: InterviewRule;
  panelOf: (station: Station) => Panel | undefined;
};

/** What its cards come to in percent, by the same sums as every interview; undefined while a station wants one, and for who did not come. */
export const owedTotal = (
  owed: OwedInterview,
  { committee, interviews, panelOf }: Holding,
): number | undefined => {
  if (owed.status !== 'planned' || owed.missedInterview) return undefined;
  const cards = countedScorecards(owed, committee);
  const isWhole = stationsOf(interviews).every((station) => {
    const given = cards.filter((card) => card.station === station.code).length;
    return given >= scorecardsNeeded(owed, { committee, panel: panelOf(station) }, station);
  });
  return isWhole ? interviewTotal(cards, interviews) : undefined;
};
