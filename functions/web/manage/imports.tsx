import type { Context } from 'hono';
import { importRoundFile, importVacancies } from '#functions/commands/round-import.ts';
import { statusOf } from '#functions/http/problem.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import type { Result } from '#shared/result.ts';
import { roundIdOf } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { bytesOf } from '../form.ts';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { viewOf } from '../view.ts';
import { countApplications } from './counts.ts';
import { RoundPage } from './round.tsx';
import { administratorOf, managedRound } from './round-of.ts';
import { RoundsPage, roundsOf } from './rounds.tsx';

/** A round begins with its round file. A file with faults changes nothing and is answered with all of them. */
export const postNewRound = (deps: WebDeps) => async (c: Context) => {
  const view = viewOf(c);
  const file = await bytesOf(c, 'file');
  const drafted = file.ok ? await importRoundFile(deps, { by: administratorOf(c), file: file.value }) : file;
  if (drafted.ok) {
    const address = paths.managed(view.t.locale, drafted.value.id);
    return c.redirect(`${address}?done=manage.done.drafted`, 303);
  }
  const faults = faultsOf(drafted.error);
  if (!faults) return refusalPage(c, drafted.error);
  const page = <RoundsPage view={view} rounds={await roundsOf(deps)} faults={faults} />;
  return c.html(page, statusOf(drafted.error));
};

export const postRoundFile = (deps: WebDeps) => async (c: Context) => {
  const roundId = roundIdOf(c);
  if (!roundId) return refusalPage(c, { kind: 'not-found', what: 'round' });
  const file = await bytesOf(c, 'file');
  const replaced = file.ok
    ? await importRoundFile(deps, { by: administratorOf(c), file: file.value, roundId })
    : file;
  return answerImport(deps, c, replaced, 'manage.done.replaced');
};

export const postRegister = (deps: WebDeps) => async (c: Context) => {
  const roundId = roundIdOf(c);
  if (!roundId) return refusalPage(c, { kind: 'not-found', what: 'round' });
  const file = await bytesOf(c, 'register');
  const imported = file.ok
    ? await importVacancies(deps, { by: administratorOf(c), file: file.value, roundId })
    : file;
  return answerImport(deps, c, imported, 'manage.done.imported');
};

const answerImport = async (
  deps: WebDeps,
  c: Context,
  answer: Result<unknown, Refusal>,
  done: 'manage.done.replaced' | 'manage.done.imported',
): Promise<Response> => {
  const view = viewOf(c);
  const found = await managedRound(deps, c);
  if (!found.ok) return refusalPage(c, found.error);
  const { id } = found.value.round;
  if (answer.ok) return c.redirect(`${paths.managed(view.t.locale, id)}?done=${done}`, 303);
  const faults = faultsOf(answer.error);
  if (!faults) return refusalPage(c, answer.error);
  const counts = await countApplications(deps.records, id);
  const page = <RoundPage view={view} managed={found.value} counts={counts} faults={faults} />;
  return c.html(page, statusOf(answer.error));
};

export const faultsOf = (refusal: Refusal): readonly Fault[] | undefined =>
  refusal.kind === 'invalid' ? refusal.faults : undefined;
