import type { Route } from '#functions/http/authorize.ts';
import { change, formOn, leadTo, show } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { paths } from '../paths.ts';
import { postFormula, postRemoval, showFormula, showFormulas } from './page.tsx';

const all = '/:locale{kk|ru|en}/committee/rounds/:round/formulas';

/** Formulas over scores, which inform a committee and decide nothing. */
export const formulaRoutes = (deps: WebDeps): readonly Route[] => [
  show('formulas.read', all, showFormulas(deps)),
  change('formulas.keep', all, 'formula-saved', postFormula(deps)),
  show('formulas.read', `${all}/:formula`, showFormula(deps)),
  ...formOn(
    leadTo(paths.formula, 'round', 'formula'),
    change('formulas.keep', `${all}/:formula/removal`, 'formula-removed', postRemoval(deps)),
  ),
];
