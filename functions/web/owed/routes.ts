import type { Route } from '#functions/http/authorize.ts';
import { change, formOn, leadTo, show } from '../acting.ts';
import { postAttendance, postNote, postScorecard, showInterview } from '../committee/interview.tsx';
import { postNeeds } from '../committee/needs.tsx';
import type { WebDeps } from '../deps.ts';
import { postOwedInterview, showOwedInterviews } from './list.tsx';
import { postCancellation, postGrant, postRefusal, postTime, showOwedInterview } from './one.tsx';
import { owedPaths } from './paths.ts';

const all = '/:locale{kk|ru|en}/committee/rounds/:round/owed-interviews';
const one = `${all}/:application`;
const held = `${one}/interview`;

const toOne = leadTo(owedPaths.one, 'round', 'application');
const toHeld = leadTo(owedPaths.held, 'round', 'application');

/** Interviews that somebody was owed: granted by two people, planned, held, and counted as a correction. */
export const owedRoutes = (deps: WebDeps): readonly Route[] => [
  show('owed-interview.read', all, showOwedInterviews(deps)),
  change('owed-interview.grant', all, 'owed-interview-asked', postOwedInterview(deps)),
  show('owed-interview.read', one, showOwedInterview(deps)),
  ...formOn(toOne, change('owed-interview.grant', `${one}/grant`, 'owed-interview-granted', postGrant(deps))),
  ...formOn(
    toOne,
    change('owed-interview.grant', `${one}/refusal`, 'owed-interview-refused', postRefusal(deps)),
  ),
  ...formOn(toOne, change('owed-interview.plan', `${one}/time`, 'owed-interview-planned', postTime(deps))),
  ...formOn(
    toOne,
    change('owed-interview.plan', `${one}/cancellation`, 'owed-interview-cancelled', postCancellation(deps)),
  ),
  show('owed-interview.attend', held, showInterview(deps, 'owed')),
  change('owed-interview.score', held, 'scorecard-given', postScorecard(deps, 'owed')),
  ...formOn(
    toHeld,
    change('owed-interview.score', `${held}/note`, 'interview-noted', postNote(deps, 'owed')),
  ),
  ...formOn(
    toHeld,
    change('owed-interview.plan', `${held}/attendance`, 'interview-missed', postAttendance(deps, 'owed')),
  ),
  ...formOn(
    toHeld,
    change('owed-interview.plan', `${held}/needs`, 'interview-needs-arranged', postNeeds(deps, true)),
  ),
];
