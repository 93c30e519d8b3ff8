import { absenceAt } from '#shared/domain/chair-absence.ts';
import { votersOf } from '#shared/domain/committee.ts';
import { openRules } from '#shared/domain/eligibility.ts';
import type { Gate, Meeting, Vote } from '#shared/domain/gate.ts';
import { tallyOf } from '#shared/domain/gate-decisions.ts';
import type { GateId } from '#shared/domain/ids.ts';
import { awayFrom } from '#shared/domain/recusal.ts';
import { RoundEvent } from '#shared/domain/round.ts';
import type { GatedStage } from '#shared/domain/stage.ts';
import type { Standing } from '#shared/domain/standing.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Gathered } from './gathered.ts';
import { gatheredDiscussions } from './gathered-discussions.ts';
import { gatheredFurther } from './gathered-further.ts';
import { gatheredLots } from './gathered-lots.ts';
import { gatheredPolls } from './gathered-polls.ts';
import { gatheredDrawing } from './gathered-raters.ts';
import { committeeAt, seatFactsIn } from './gathered-seats.ts';
import type { MinutesGate } from './minutes.ts';
import { gatheredAfterCards } from './minutes-ratings.ts';

/** Each gate in the order in which it opened (those of one instant as they are given), with the committee that it had when it was decided. */
export const gatheredGates = (gathered: Gathered): MinutesGate[] => {
  const undone = undoneIn(gathered);
  return gathered.gates
    .toSorted((a, b) => (a.openedAt < b.openedAt ? -1 : Number(a.openedAt > b.openedAt)))
    .map((gate) => gateOf(gate, gathered, undone.get(gate.id)));
};

const gateOf = (gate: Gate, gathered: Gathered, undone: MinutesGate['undone']): MinutesGate => {
  const { stage, attempt, openedAt, meetings, votes } = gate;
  const { said, committee: history, file, round } = gathered;
  const end = gate.status === 'decided' ? gate.decidedAt : round.endedAt;
  const committee = committeeAt(history, end);
  if (!committee) throw new Error(`Gate ${gate.id} has no committee.`);
  const voters = votersOf(committee);
  const absence = absenceAt(gate, committee);
  const away = awayFrom({ committee, rule: file.committee }, standingsOn(gate, gathered));
  return {
    stage,
    attempt,
    openedAt,
    ...(gate.status === 'decided' && gate.recusals && { recusals: gate.recusals }),
    ...(gate.status === 'decided' && { decidedAt: gate.decidedAt, outcome: gate.outcome }),
    ...(absence && { chaired: { by: absence.standIn, ...because(said(absence.reason)) } }),
    meetings: meetings.map((meeting) => meetingOf(meeting, said(meeting.reason))),
    ...gatheredDiscussions(gate, gathered, { committee, end, facts: seatFactsIn(history) }),
    ...gatheredPolls(gate, gathered),
    needed: tallyOf(gate, committee, { rule: file.committee, away }).needed,
    voters: voters.length,
    votes: votes.map((vote) =>
      voteOf(vote, said(vote.reason), voters.includes(vote.memberId) && !away.includes(vote.memberId)),
    ),
    departures:
      stage === 'screening' ? screeningDepartures(gate, end, gathered) : departuresIn(gate, gathered),
    ...(stage === 'screening' && file.screeningCheck && { confirmed: confirmedBy(end, gathered) }),
    ...gatheredDrawing(gathered, gate, end),
    ...gatheredFurther(gathered.candidacies, gate, end),
    ...gatheredAfterCards(gate, gathered, end),
    ...gatheredLots(gate, gathered),
    ...handedBackAt(gate, gathered),
    ...adjustmentAt(gate, gathered),
    ...lineAt(gate, gathered),
    ...(undone && { undone }),
  };
};

/** The list that was voted on. */
const standingsOn = ({ proposal }: Gate, { lists }: Gathered): readonly Standing[] =>
  (proposal && lists.get(proposal)?.standings) || [];

/** Ratings that raters did not take on themselves, and others gave in their place. */
const handedBackAt = ({ stage }: Gate, { candidacies }: Gathered): Pick<MinutesGate, 'handedBack'> => {
  const handedBack = candidacies.reduce((sum, { declined = [] }) => sum + declined.length, 0);
  return stage === 'scoring' && handedBack > 0 ? { handedBack } : {};
};

/** What adjusting scores came to, as the list says that was voted on. */
const adjustmentAt = ({ proposal }: Gate, { lists }: Gathered): Pick<MinutesGate, 'adjustment'> => {
  const adjustment = proposal && lists.get(proposal)?.adjustment;
  return adjustment ? { adjustment } : {};
};

/** Whom the list that was voted on calls near the line, by number. */
const lineAt = ({ proposal }: Gate, { lists }: Gathered): Pick<MinutesGate, 'line'> => {
  const { line, standings = [] } = (proposal && lists.get(proposal)) || {};
  if (!line) return {};
  const numbers = new Map(standings.map(({ applicationId, number }) => [applicationId, number]));
  return { line: { ...line, near: line.near.flatMap((id) => numbers.get(id) ?? []) } };
};

/** Judgements that a second member had confirmed by a moment, of those that stand. */
const confirmedBy = (end: Instant, { candidacies }: Gathered): number =>
  candidacies.filter(({ judgement }) => judgement?.confirmed && judgement.confirmed.at <= end).length;

const meetingOf = ({ at, outcome, present }: Meeting, reason: string | undefined) => ({
  at,
  outcome,
  present,
  ...because(reason),
});

const voteOf = ({ memberId, choice, scan }: Vote, reason: string | undefined, counts: boolean) => ({
  personId: memberId,
  choice,
  onPaper: scan !== undefined,
  ...(counts ? {} : { uncounted: true as const }),
  ...because(reason),
});

/** A reason that was typed, as a member of its own; nothing where there is none. */
const because = (reason: string | undefined): { reason?: string } => (reason === undefined ? {} : { reason });

/** Where a committee decided otherwise than points propose; the preliminary list only repeats those of the interviews. */
const departuresIn = ({ stage, proposal }: Gate, { lists, said }: Gathered): MinutesGate['departures'] => {
  const { departures = [], standings = [] } =
    (stage !== 'preliminary' && proposal && lists.get(proposal)) || {};
  const byId = new Map(standings.map((one) => [one.applicationId, one]));
  return departures.flatMap(({ applicationId, instead, reason }) => {
    const standing = byId.get(applicationId);
    if (!standing) return [];
    const proposed = instead.length > 0 ? 'does-not-go-on' : 'goes-on';
    return [{ number: standing.number, proposed, decided: decidedOf(standing), ...because(said(reason)) }];
  });
};

/**
 * Where the committee came to something else than the program had found: who was refused though the program proposed to
 * admit, and who was admitted though a rule was not shown to be met.
 */
const screeningDepartures = (gate: Gate, end: Instant, gathered: Gathered): MinutesGate['departures'] => {
  const { candidacies, lists, judgements, said, file } = gathered;
  const list = gate.proposal && lists.get(gate.proposal);
  const standings = new Map((list ? list.standings : []).map((one) => [one.applicationId, one]));
  return candidacies.flatMap(({ applicationId, number, screened }) => {
    const standing = standings.get(applicationId);
    if (!standing || standing.reasons.includes('withdrawn')) return [];
    const proposed = screened.proposal === 'admitted' ? 'goes-on' : 'unclear';
    const decided = decidedOf(standing);
    const against = openRules(screened.rules, file).length > 0;
    const departs = decided === 'goes-on' ? proposed === 'unclear' && against : proposed === 'goes-on';
    if (!departs) return [];
    const judgement = (judgements.get(applicationId) ?? []).findLast(({ at }) => at <= end);
    return [{ number, proposed, decided, ...because(said(judgement?.reason)) }];
  });
};

const decidedOf = ({ outcome }: Standing) => (outcome === 'goes-on' ? 'goes-on' : 'does-not-go-on');

/** Advances that were taken back, by the gate whose decision they were. */
const undoneIn = ({ history, said }: Gathered): Map<GateId, NonNullable<MinutesGate['undone']>> => {
  const advanced = new Map<GatedStage, GateId>();
  const undone = new Map<GateId, NonNullable<MinutesGate['undone']>>();
  for (const { fact } of history) {
    const event = RoundEvent.parse(fact);
    if (event.type === 'stage-advanced') advanced.set(event.from, event.gate);
    if (event.type !== 'advance-undone') continue;
    const gate = advanced.get(event.to);
    if (gate) undone.set(gate, { at: event.at, ...because(said(event.reason)) });
  }
  return undone;
};
