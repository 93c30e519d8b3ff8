import type { Route } from '#functions/http/authorize.ts';
import { change, formOn, leadTo, show } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { paths } from '../paths.ts';
import { showFeedback } from '../scoring/feedback.tsx';
import { postReport, showStored, showStoredFile } from '../scoring/stored.tsx';
import { postAskPractice, showPractice } from './practice.tsx';
import { postText, showText } from './text.tsx';

const practice = '/:locale{kk|ru|en}/committee/rounds/:round/practice';
const ownScores = '/:locale{kk|ru|en}/committee/rounds/:round/own-scores';

/** Practice on synthetic applications, where a round asks its raters for it, and what is stored of their scores and what these say of them. */
export const practiceRoutes = (deps: WebDeps): readonly Route[] => [
  show('practice.score', practice, showPractice(deps)),
  show('practice.score', `${practice}/:text`, showText(deps)),
  change('practice.score', `${practice}/:text`, 'practice-scored', postText(deps)),
  show('own-scores.read', ownScores, showStored(deps)),
  change('own-scores.report', ownScores, 'score-reported', postReport(deps)),
  show('own-scores.read', `${ownScores}/:file`, showStoredFile(deps)),
  show('feedback.read', '/:locale{kk|ru|en}/committee/rounds/:round/feedback', showFeedback(deps)),
  ...formOn(
    leadTo(paths.seats, 'round'),
    change(
      'practice.ask',
      '/:locale{kk|ru|en}/manage/rounds/:round/committee/practice',
      'practice-asked',
      postAskPractice(deps),
    ),
  ),
];
