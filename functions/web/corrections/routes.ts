import type { Route } from '#functions/http/authorize.ts';
import { change, formOn, leadTo, show } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { paths } from '../paths.ts';
import { showEditionDebts } from './debts.tsx';
import { postCorrection, postReportClosing, showCorrections } from './list.tsx';
import {
  postApplication,
  postCorrectionRefusal,
  postCorrectionWithdrawal,
  showOneCorrection,
} from './one.tsx';

const all = '/:locale{kk|ru|en}/manage/rounds/:round/corrections';
const one = `${all}/:correction`;

const toOne = leadTo(
  (locale, roundId, number) => paths.correction(locale, roundId, Number(number)),
  'round',
  'correction',
);

/** Corrections of results: what was asked for, whom it concerns, and the second person. */
export const correctionRoutes = (deps: WebDeps): readonly Route[] => [
  show('correction.read', all, showCorrections(deps)),
  change('correction.apply', all, 'correction-asked', postCorrection(deps)),
  ...formOn(
    leadTo(paths.corrections, 'round'),
    change('correction.apply', `${all}/reports/:report`, 'score-report-closed', postReportClosing(deps)),
  ),
  show('correction.read', one, showOneCorrection(deps)),
  show('correction.read', '/:locale{kk|ru|en}/manage/rounds/:round/edition-debts', showEditionDebts(deps)),
  ...formOn(
    toOne,
    change('correction.apply', `${one}/application`, 'correction-applied', postApplication(deps)),
  ),
  ...formOn(
    toOne,
    change('correction.apply', `${one}/refusal`, 'correction-refused', postCorrectionRefusal(deps)),
  ),
  ...formOn(
    toOne,
    change('correction.apply', `${one}/withdrawal`, 'correction-withdrawn', postCorrectionWithdrawal(deps)),
  ),
];
