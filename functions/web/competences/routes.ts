import type { Route } from '#functions/http/authorize.ts';
import { change, show } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { showCompetences } from './list.tsx';
import { postCompetence, showCompetence } from './one.tsx';

const competences = '/:locale{kk|ru|en}/committee/rounds/:round/competences';

/** Which languages and subjects raters can score. */
export const competenceRoutes = (deps: WebDeps): readonly Route[] => [
  show('competence.tell', competences, showCompetences(deps)),
  show('competence.tell', `${competences}/:person`, showCompetence(deps)),
  change('competence.tell', `${competences}/:person`, 'competence-told', postCompetence(deps)),
];
