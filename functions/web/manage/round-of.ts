import type { Context } from 'hono';
import { previewRound, type RoundView } from '#functions/commands/rounds.ts';
import type { Workplace } from '#functions/commands/workplace.ts';
import { requireActor } from '#functions/http/authorize.ts';
import type { Actor } from '#shared/domain/event.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Locale } from '#shared/i18n/index.ts';
import { type Result, refuse } from '#shared/result.ts';
import { roundIdOf } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { paths } from '../paths.ts';

export const administratorOf = (c: Context): Actor => requireActor(c, ['administrator']);

/** Where somebody works on a round: an administrator, or who sits on its committee. */
export const workOf = (locale: Locale, { by, round }: Pick<Workplace, 'by' | 'round'>): string =>
  by.role === 'administrator' ? paths.managed(locale, round.id) : paths.committee(locale, round.id);

/** The round that an address names, in any stage. */
export const managedRound = async (deps: WebDeps, c: Context): Promise<Result<RoundView, Refusal>> => {
  const id = roundIdOf(c);
  return id ? previewRound(deps, id) : refuse({ kind: 'not-found', what: 'round' });
};
