import type { Route } from '#functions/http/authorize.ts';
import { change, formOn, leadTo, show } from '../acting.ts';
import { showCharts } from '../charts/page.tsx';
import { claimPaths } from '../claim-paths.ts';
import type { WebDeps } from '../deps.ts';
import { formulaRoutes } from '../formulas/routes.ts';
import { showListFile } from '../lists/file.ts';
import { paths } from '../paths.ts';
import { pastRoutes } from '../replay/then.tsx';
import { postAbsence } from './absence.ts';
import { postBeacon, postWaiver, showBeacon } from './beacon.tsx';
import { postCallOff, showCallOff } from './call-off.tsx';
import {
  postReopening,
  postReopeningConfirmation,
  postReopeningRefusal,
  showReopening,
} from './claim-reopening.tsx';
import { postDecision, showClaim, showClaims } from './claims.tsx';
import { showCounterfactual } from './counterfactual.tsx';
import { postDayOff, postDayRestored, showDay, showDays } from './day-off.tsx';
import { dayPaths } from './day-paths.ts';
import { postDeparture } from './departures.ts';
import { postAttendance, postNote, postScorecard, showInterview } from './interview.tsx';
import { postRemoval, postSlots, showInterviews } from './interviews.tsx';
import { openSheet, postMeeting, postPaperVotes, postScan, postSubstitute, showScan } from './meeting.tsx';
import { postNeeds } from './needs.tsx';
import { postPanel, showPanel, showPanels } from './panels.tsx';
import { postReminder, showReminders } from './reminders.tsx';
import { showReplay } from './replay.tsx';
import { postProposal, postTakeBack, showGate } from './round.tsx';
import { showCommittees } from './rounds.tsx';
import { downloadSittings } from './sittings.ts';
import { postStationMove, showStationMove } from './station-move.tsx';
import { postSteps } from './steps.tsx';
import { postTimetable, showTimetable } from './timetable.tsx';
import { postAdvance, postUndo, postVote } from './votes.tsx';

const one = '/:locale{kk|ru|en}/committee/rounds/:round';

const toGate = leadTo(paths.committee, 'round');
const toInterview = leadTo(paths.interviewed, 'round', 'application');

/** Where committees work. Who may do what stands in the table of permissions; who has no seat finds no round. */
export const committeeRoutes = (deps: WebDeps): readonly Route[] => [
  show('gate.read', '/:locale{kk|ru|en}/committee', showCommittees(deps)),
  show('gate.read', one, showGate(deps)),
  ...formOn(toGate, change('gate.draw-up', `${one}/proposal`, 'proposal-drawn-up', postProposal(deps))),
  ...formOn(
    toGate,
    change('gate.draw-up', `${one}/proposal/withdrawal`, 'proposal-withdrawn', postTakeBack(deps)),
  ),
  ...formOn(toGate, change('gate.vote', `${one}/vote`, 'vote-cast', postVote(deps))),
  ...formOn(toGate, change('gate.depart', `${one}/departure`, 'departure-moved', postDeparture(deps))),
  ...formOn(toGate, change('gate.record', `${one}/meeting`, 'meeting-recorded', postMeeting(deps))),
  ...formOn(toGate, change('gate.record', `${one}/chair-absence`, 'chair-absent', postAbsence(deps))),
  show('gate.record', `${one}/scan`, showScan(deps)),
  change('gate.record', `${one}/scan`, 'scan-announced', postScan(deps)),
  show('sheet.open', `${one}/sheets/:scan`, openSheet(deps)),
  ...formOn(toGate, change('gate.record', `${one}/paper-votes`, 'vote-cast', postPaperVotes(deps))),
  ...formOn(
    toGate,
    change('substitute.call', `${one}/substitute`, 'substitute-called', postSubstitute(deps)),
  ),
  show('members.remind', `${one}/reminders`, showReminders(deps)),
  change('members.remind', `${one}/reminders`, 'scores-reminded', postReminder(deps)),
  ...formOn(toGate, change('gate.decide', `${one}/advance`, 'stage-advanced', postAdvance(deps))),
  show('gate.read', `${one}/beacon`, showBeacon(deps)),
  change('beacon.record', `${one}/beacon`, 'beacon-recorded', postBeacon(deps)),
  ...formOn(
    leadTo(paths.beacon, 'round'),
    change('beacon.waive', `${one}/beacon/waiver`, 'beacon-waived', postWaiver(deps)),
  ),
  ...timeRoutes(deps),
  ...interviewRoutes(deps),
  show('claim.read', `${one}/claims`, showClaims(deps)),
  show('claim.read', `${one}/claims/:claim`, showClaim(deps)),
  change('claim.decide', `${one}/claims/:claim`, 'claim-upheld', postDecision(deps)),
  ...reopeningRoutes(deps),
  show('charts.read', `${one}/charts`, showCharts(deps)),
  ...formulaRoutes(deps),
  show('round.replay', `${one}/replay`, showReplay(deps)),
  ...pastRoutes(deps),
  show('correction.try', `${one}/counterfactual`, showCounterfactual(deps)),
  show('lists.export', `${one}/lists/:file`, showListFile(deps)),
  ...formOn(toGate, change('advance.undo', `${one}/undo`, 'advance-undone', postUndo(deps))),
];

const toReopening = leadTo(
  (locale, round, claim) => claimPaths.reopening(locale, round, claim),
  'round',
  'claim',
);

/** How a decided claim is opened again. */
const reopeningRoutes = (deps: WebDeps): readonly Route[] => [
  show('claim.reopen', `${one}/claims/:claim/reopening`, showReopening(deps)),
  change('claim.reopen', `${one}/claims/:claim/reopening`, 'claim-reopening-asked', postReopening(deps)),
  ...formOn(
    toReopening,
    change(
      'claim.reopen',
      `${one}/claims/:claim/reopening/confirmation`,
      'claim-reopened',
      postReopeningConfirmation(deps),
    ),
  ),
  ...formOn(
    toReopening,
    change(
      'claim.reopen',
      `${one}/claims/:claim/reopening/refusal`,
      'claim-reopening-refused',
      postReopeningRefusal(deps),
    ),
  ),
];

/** The times of interviews. */
const timeRoutes = (deps: WebDeps): readonly Route[] => [
  show('candidacy.read', `${one}/interviews`, showInterviews(deps)),
  show('interview.sittings', `${one}/interviews.ics`, downloadSittings(deps)),
  change('interview.plan', `${one}/interviews`, 'slot-planned', postSlots(deps)),
  ...formOn(
    leadTo(paths.interviews, 'round'),
    change('interview.plan', `${one}/interviews/removal`, 'slot-removed', postRemoval(deps)),
  ),
  show('interview.plan', `${one}/interviews/slots/:slot`, showCallOff(deps)),
  change('interview.plan', `${one}/interviews/slots/:slot`, 'interview-cancelled', postCallOff(deps)),
  ...formOn(
    leadTo(paths.interviews, 'round'),
    change('interview.plan', `${one}/interviews/steps`, 'slot-steps-told', postSteps(deps)),
  ),
];

/** Days, timetable, panels and the interviews themselves. */
const interviewRoutes = (deps: WebDeps): readonly Route[] => [
  show('interview.plan', `${one}/interviews/days`, showDays(deps)),
  show('interview.plan', `${one}/interviews/days/:day/:holder`, showDay(deps)),
  change('interview.plan', `${one}/interviews/days/:day/:holder`, 'interview-cancelled', postDayOff(deps)),
  ...formOn(
    leadTo(dayPaths.one, 'round', 'day', 'holder'),
    change(
      'interview.plan',
      `${one}/interviews/days/:day/:holder/restoration`,
      'slot-restored',
      postDayRestored(deps),
    ),
  ),
  show('interview.plan', `${one}/interviews/timetable`, showTimetable(deps)),
  change('interview.plan', `${one}/interviews/timetable`, 'interview-booked', postTimetable(deps)),
  show('panel.compose', `${one}/interviews/panels`, showPanels(deps)),
  change('panel.compose', `${one}/interviews/panels`, 'panel-composed', postPanel(deps)),
  show('panel.compose', `${one}/interviews/panels/:panel`, showPanel(deps)),
  change('panel.compose', `${one}/interviews/panels/:panel`, 'panel-changed', postPanel(deps)),
  show('interview.read', `${one}/interviews/:application`, showInterview(deps)),
  change('interview.score', `${one}/interviews/:application`, 'scorecard-given', postScorecard(deps)),
  show('interview.plan', `${one}/interviews/:application/stations/:station`, showStationMove(deps)),
  change(
    'interview.plan',
    `${one}/interviews/:application/stations/:station`,
    'interview-moved',
    postStationMove(deps),
  ),
  ...formOn(
    toInterview,
    change('interview.score', `${one}/interviews/:application/note`, 'interview-noted', postNote(deps)),
  ),
  ...formOn(
    toInterview,
    change(
      'interview.plan',
      `${one}/interviews/:application/needs`,
      'interview-needs-arranged',
      postNeeds(deps),
    ),
  ),
  ...formOn(
    toInterview,
    change(
      'interview.attend',
      `${one}/interviews/:application/attendance`,
      'interview-missed',
      postAttendance(deps),
    ),
  ),
];
