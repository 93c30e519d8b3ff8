import { figuresAction } from '#functions/commands/round-figures.ts';
import type { Route } from '#functions/http/authorize.ts';
import { FiguresKind } from '#shared/domain/round.ts';
import { change, show } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { postFigures, showFigures, showFiguresFile } from './page.tsx';

/** @param round the address of a round */
export const figuresRoutes = (deps: WebDeps, round: string): Route[] =>
  FiguresKind.options.flatMap((kind) => [
    show(figuresAction[kind], `${round}/${kind}`, showFigures(deps, kind)),
    change(figuresAction[kind], `${round}/${kind}`, 'figures-drawn', postFigures(deps, kind)),
    show(figuresAction[kind], `${round}/${kind}/:file`, showFiguresFile(deps, kind)),
  ]);
