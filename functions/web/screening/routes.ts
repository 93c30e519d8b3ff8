import type { Route } from '#functions/http/authorize.ts';
import { change, formOn, leadTo, show } from '../acting.ts';
import { showReads } from '../audit/reads.tsx';
import type { WebDeps } from '../deps.ts';
import { paths } from '../paths.ts';
import { showDrawing } from '../scoring/drawing.ts';
import { showSheetFile, showSheets, showSheetsFile } from '../scoring/evaluation-sheets.tsx';
import { postReassign, showScoring } from '../scoring/list.tsx';
import { postNearLine, showNearLine } from '../scoring/near-line.tsx';
import { postDecline, postScorecard, showScorecard } from '../scoring/scorecard.tsx';
import { showVersions } from '../scoring/versions.tsx';
import { openFile, showAnswers } from './answers.tsx';
import { postConfirmation, postConflict, postJudgement, showCandidate } from './candidate.tsx';
import { postQuestion, postTakingBack } from './inquiries.tsx';
import { postPrepare, showScreening } from './list.tsx';
import { showTimeline } from './timeline.tsx';

const round = '/:locale{kk|ru|en}/committee/rounds/:round';
const screened = `${round}/screening/:application`;
const scored = `${round}/scoring/:application`;

const toCandidate = leadTo(paths.candidate, 'round', 'application');

/** Screening and scoring. Who may do what stands in the table of permissions; a conflict of interest closes an application. */
export const selectionRoutes = (deps: WebDeps): readonly Route[] => [
  show('candidacy.read', `${round}/screening`, showScreening(deps)),
  change('screening.prepare', `${round}/screening`, 'candidacy-opened', postPrepare(deps)),
  show('candidacy.read', screened, showCandidate(deps)),
  show('candidacy.read', `${screened}/timeline`, showTimeline(deps)),
  change('screening.judge', screened, 'application-judged', postJudgement(deps)),
  ...formOn(
    toCandidate,
    change('screening.judge', `${screened}/confirmation`, 'judgement-confirmed', postConfirmation(deps)),
  ),
  show('candidacy.read', `${screened}/inquiries`, showCandidate(deps)),
  change('inquiry.make', `${screened}/inquiries`, 'inquiry-made', postQuestion(deps)),
  show('candidacy.read', `${screened}/inquiries/withdrawal`, showCandidate(deps)),
  change('inquiry.make', `${screened}/inquiries/withdrawal`, 'inquiry-withdrawn', postTakingBack(deps)),
  show('answers.read', `${screened}/answers`, showAnswers(deps)),
  show('answers.read', `${screened}/files/:document`, openFile(deps)),
  ...formOn(
    toCandidate,
    change('conflict.declare', `${screened}/conflict`, 'conflict-declared', postConflict(deps)),
  ),
  show('scoring.read', `${round}/scoring`, showScoring(deps)),
  change('raters.reassign', `${round}/scoring`, 'rater-replaced', postReassign(deps)),
  show('raters.drawn', `${round}/raters/drawing.json`, showDrawing(deps)),
  show('raters.further', `${round}/near-line`, showNearLine(deps)),
  change('raters.further', `${round}/near-line`, 'further-rating-asked', postNearLine(deps)),
  show('scoring.read', scored, showScorecard(deps)),
  change('scoring.score', scored, 'score-given', postScorecard(deps)),
  show('scoring.read', `${scored}/versions`, showVersions(deps)),
  show('scoring.read', `${scored}/declining`, showScorecard(deps)),
  change('scoring.score', `${scored}/declining`, 'rater-declined', postDecline(deps)),
  show('evaluation-sheets.read', `${round}/evaluation-sheets`, showSheets(deps)),
  show('evaluation-sheets.read', `${round}/evaluation-sheets/:file`, showSheetsFile(deps)),
  show('evaluation-sheets.read', `${scored}/evaluation-sheet/:file`, showSheetFile(deps)),
  show('reads.read', '/:locale{kk|ru|en}/audit', showReads(deps)),
];
