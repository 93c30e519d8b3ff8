import type { Route } from '#functions/http/authorize.ts';
import * as acting from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { figuresRoutes } from '../figures/routes.ts';
import { paths } from '../paths.ts';
import { postCalendar, postFollow, postForce, showCalendar } from './calendar.tsx';
import { postCancel, showCancel } from './cancel.tsx';
import { postDismissal, postSeat, showSeats } from './committee.tsx';
import { postDeadline, showDeadline } from './deadline.tsx';
import { showHistory } from './history.tsx';
import { postNewRound, postRegister, postRoundFile } from './imports.tsx';
import { postLetters, showLetters } from './letters.tsx';
import { postOpen, showOpen } from './open.tsx';
import { showPaper, showPapers } from './papers.tsx';
import { showPreview, showPreviewVacancies } from './preview.tsx';
import { showReport, showReportFile } from './report.tsx';
import { postHold, postLiftedHold, showRetention } from './retention.tsx';
import { showRound } from './round.tsx';
import { showRounds } from './rounds.tsx';

const rounds = '/:locale{kk|ru|en}/manage/rounds';
const one = `${rounds}/:round`;
const calendar = '/:locale{kk|ru|en}/manage/calendar';

const toRound = acting.leadTo(paths.managed, 'round');
const toCalendar = acting.leadTo(paths.calendar);

/** An administrator's pages, open only after a passkey was shown. They hold no applicant's data. */
export const manageRoutes = (deps: WebDeps): readonly Route[] => [
  show('/:locale{kk|ru|en}/manage', showRounds(deps)),
  ...acting.formOn(acting.leadTo(paths.manage), change(rounds, 'round-drafted', postNewRound(deps))),
  show(one, showRound(deps)),
  ...acting.formOn(toRound, change(`${one}/round-file`, 'round-file-replaced', postRoundFile(deps))),
  ...acting.formOn(toRound, change(`${one}/vacancies`, 'vacancies-imported', postRegister(deps))),
  show(`${one}/preview`, showPreview(deps)),
  show(`${one}/preview/vacancies`, showPreviewVacancies(deps)),
  show(`${one}/open`, showOpen(deps)),
  change(`${one}/open`, 'call-opened', postOpen(deps)),
  show(`${one}/deadline`, showDeadline(deps)),
  change(`${one}/deadline`, 'deadline-extended', postDeadline(deps)),
  acting.show('round.cancel', `${one}/cancel`, showCancel(deps)),
  acting.change('round.cancel', `${one}/cancel`, 'round-cancelled', postCancel(deps)),
  acting.show('letters.release', `${one}/letters`, showLetters(deps)),
  acting.change('letters.release', `${one}/letters`, 'letters-released', postLetters(deps)),
  acting.show('round.watch', `${one}/history`, showHistory(deps)),
  acting.show('retention.read', `${one}/retention`, showRetention(deps)),
  acting.change('retention.hold', `${one}/retention`, 'retention-held', postHold(deps)),
  ...acting.formOn(
    acting.leadTo(paths.retention, 'round'),
    acting.change('retention.hold', `${one}/retention/lifted`, 'retention-hold-lifted', postLiftedHold(deps)),
  ),
  ...figuresRoutes(deps, one),
  acting.show('minutes.read', `${one}/papers`, showPapers(deps)),
  acting.show('minutes.read', `${one}/papers/:file`, showPaper(deps)),
  acting.show('report.read', '/:locale{kk|ru|en}/report', showReport(deps)),
  acting.show('report.read', '/:locale{kk|ru|en}/report.csv', showReportFile(deps)),
  acting.show('calendar.keep', calendar, showCalendar(deps)),
  acting.change('calendar.keep', calendar, 'calendar-imported', postCalendar(deps)),
  ...acting.formOn(
    toCalendar,
    acting.change('calendar.keep', `${calendar}/force`, 'calendar-put-in-force', postForce(deps)),
  ),
  ...acting.formOn(
    toCalendar,
    acting.change('round.follow-calendar', `${one}/calendar`, 'calendar-adopted', postFollow(deps)),
  ),
  acting.show('committee.read', `${one}/committee`, showSeats(deps)),
  acting.change('committee.appoint', `${one}/committee`, 'seat-given', postSeat(deps)),
  ...acting.formOn(
    acting.leadTo(paths.seats, 'round'),
    acting.change('committee.appoint', `${one}/committee/dismissal`, 'seat-left', postDismissal(deps)),
  ),
];

const show = (path: string, handle: Route['handle']): Route => ({
  method: 'GET',
  path,
  who: ['administrator'],
  handle,
});

/** @param audit the event that the change leaves */
const change = (path: string, audit: string, handle: Route['handle']): Route => ({
  method: 'POST',
  path,
  who: ['administrator'],
  audit,
  handle,
});
