import type { Route } from '#functions/http/authorize.ts';
import { change, formOn, leadTo, show } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { paths } from '../paths.ts';
import { postMarks, showList, showMarks } from './history.tsx';
import { postConfirmation, postRefusal, showPreview } from './preview.tsx';
import {
  postUndoing,
  postUndoingConfirmation,
  postUndoingRefusal,
  postUndoingWithdrawal,
  showUndoing,
} from './undoing.tsx';

const marks = '/:locale{kk|ru|en}/manage/rounds/:round/marks';
const one = `${marks}/files/:import`;
const undoing = `${one}/undoing`;

const toFile = leadTo(
  (locale, roundId, number) => paths.marksFile(locale, roundId, Number(number)),
  'round',
  'import',
);
const toUndoing = leadTo(
  (locale, roundId, number) => paths.marksUndoing(locale, roundId, Number(number)),
  'round',
  'import',
);

/** Marks from outside: bringing a file, what it would change, the second person, and what became of each. */
export const marksRoutes = (deps: WebDeps): readonly Route[] => [
  show('marks.read', marks, showMarks(deps)),
  show('marks.bring', `${marks}/list.csv`, showList(deps)),
  change('marks.bring', marks, 'marks-proposed', postMarks(deps)),
  show('marks.bring', one, showPreview(deps)),
  ...formOn(toFile, change('marks.import', `${one}/confirmation`, 'marks-confirmed', postConfirmation(deps))),
  ...formOn(toFile, change('marks.bring', `${one}/refusal`, 'marks-refused', postRefusal(deps))),
  show('marks.import', undoing, showUndoing(deps)),
  change('marks.import', undoing, 'marks-undoing-asked', postUndoing(deps)),
  ...formOn(
    toUndoing,
    change('marks.import', `${undoing}/confirmation`, 'marks-undone', postUndoingConfirmation(deps)),
  ),
  ...formOn(
    toUndoing,
    change('marks.import', `${undoing}/refusal`, 'marks-undoing-refused', postUndoingRefusal(deps)),
  ),
  ...formOn(
    toUndoing,
    change('marks.import', `${undoing}/withdrawal`, 'marks-undoing-withdrawn', postUndoingWithdrawal(deps)),
  ),
];
