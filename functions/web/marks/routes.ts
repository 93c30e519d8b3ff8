import type { Route } from '#functions/http/authorize.ts';
import { change, show } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { postMarks, postUndoing, showList, showMarks } from './history.tsx';
import { postConfirmation, postRefusal, showPreview } from './preview.tsx';

const marks = '/:locale{kk|ru|en}/manage/rounds/:round/marks';
const one = `${marks}/files/:import`;

/** Marks from outside: bringing a file, what it would change, the second person, and what became of each. */
export const marksRoutes = (deps: WebDeps): readonly Route[] => [
  show('marks.read', marks, showMarks(deps)),
  show('marks.import', `${marks}/list.csv`, showList(deps)),
  change('marks.import', marks, 'marks-proposed', postMarks(deps)),
  show('marks.import', one, showPreview(deps)),
  change('marks.import', `${one}/confirmation`, 'marks-confirmed', postConfirmation(deps)),
  change('marks.import', `${one}/refusal`, 'marks-refused', postRefusal(deps)),
  change('marks.import', `${one}/undoing`, 'marks-undone', postUndoing(deps)),
];
