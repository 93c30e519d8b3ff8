import type { Route } from '#functions/http/authorize.ts';
import { change, show } from '../acting.ts';
import { showCharts } from '../charts/page.tsx';
import type { WebDeps } from '../deps.ts';
import { showListFile } from '../lists/file.ts';
import { postBeacon, postWaiver, showBeacon } from './beacon.tsx';
import { postCallOff, showCallOff } from './call-off.tsx';
import { postDecision, showClaim, showClaims } from './claims.tsx';
import { showCounterfactual } from './counterfactual.tsx';
import { postAttendance, postNote, postScorecard, showInterview } from './interview.tsx';
import { postRemoval, postSlots, showInterviews } from './interviews.tsx';
import { openSheet, postMeeting, postPaperVotes, postScan, postSubstitute } from './meeting.tsx';
import { postPanel, showPanel, showPanels } from './panels.tsx';
import { showReplay } from './replay.tsx';
import { postProposal, postTakeBack, showGate } from './round.tsx';
import { showCommittees } from './rounds.tsx';
import { postTimetable, showTimetable } from './timetable.tsx';
import { postAdvance, postUndo, postVote } from './votes.tsx';

const one = '/:locale{kk|ru|en}/committee/rounds/:round';

/** Where committees work. Who may do what stands in the table of permissions; who has no seat finds no round. */
export const committeeRoutes = (deps: WebDeps): readonly Route[] => [
  show('gate.read', '/:locale{kk|ru|en}/committee', showCommittees(deps)),
  show('gate.read', one, showGate(deps)),
  change('gate.draw-up', `${one}/proposal`, 'proposal-drawn-up', postProposal(deps)),
  change('gate.draw-up', `${one}/proposal/withdrawal`, 'proposal-withdrawn', postTakeBack(deps)),
  change('gate.vote', `${one}/vote`, 'vote-cast', postVote(deps)),
  change('gate.record', `${one}/meeting`, 'meeting-recorded', postMeeting(deps)),
  change('gate.record', `${one}/scan`, 'scan-announced', postScan(deps)),
  show('sheet.open', `${one}/sheets/:scan`, openSheet(deps)),
  change('gate.record', `${one}/paper-votes`, 'vote-cast', postPaperVotes(deps)),
  change('substitute.call', `${one}/substitute`, 'substitute-called', postSubstitute(deps)),
  change('gate.decide', `${one}/advance`, 'stage-advanced', postAdvance(deps)),
  show('gate.read', `${one}/beacon`, showBeacon(deps)),
  change('beacon.record', `${one}/beacon`, 'beacon-recorded', postBeacon(deps)),
  change('beacon.waive', `${one}/beacon/waiver`, 'beacon-waived', postWaiver(deps)),
  show('candidacy.read', `${one}/interviews`, showInterviews(deps)),
  change('interview.plan', `${one}/interviews`, 'slot-planned', postSlots(deps)),
  change('interview.plan', `${one}/interviews/removal`, 'slot-removed', postRemoval(deps)),
  show('interview.plan', `${one}/interviews/slots/:slot`, showCallOff(deps)),
  change('interview.plan', `${one}/interviews/slots/:slot`, 'interview-cancelled', postCallOff(deps)),
  show('interview.plan', `${one}/interviews/timetable`, showTimetable(deps)),
  change('interview.plan', `${one}/interviews/timetable`, 'interview-booked', postTimetable(deps)),
  show('interview.plan', `${one}/interviews/panels`, showPanels(deps)),
  change('interview.plan', `${one}/interviews/panels`, 'panel-composed', postPanel(deps)),
  show('interview.plan', `${one}/interviews/panels/:panel`, showPanel(deps)),
  change('interview.plan', `${one}/interviews/panels/:panel`, 'panel-changed', postPanel(deps)),
  show('interview.read', `${one}/interviews/:application`, showInterview(deps)),
  change('interview.score', `${one}/interviews/:application`, 'scorecard-given', postScorecard(deps)),
  change('interview.score', `${one}/interviews/:application/note`, 'interview-noted', postNote(deps)),
  change(
    'interview.attend',
    `${one}/interviews/:application/attendance`,
    'interview-missed',
    postAttendance(deps),
  ),
  show('claim.read', `${one}/claims`, showClaims(deps)),
  show('claim.read', `${one}/claims/:claim`, showClaim(deps)),
  change('claim.decide', `${one}/claims/:claim`, 'claim-upheld', postDecision(deps)),
  show('charts.read', `${one}/charts`, showCharts(deps)),
  show('round.replay', `${one}/replay`, showReplay(deps)),
  show('correction.try', `${one}/counterfactual`, showCounterfactual(deps)),
  show('lists.export', `${one}/lists/:file`, showListFile(deps)),
  change('advance.undo', `${one}/undo`, 'advance-undone', postUndo(deps)),
];
