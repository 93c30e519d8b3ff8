import type { Context } from 'hono';
import type { CandidacyCommand } from '#functions/commands/candidacies.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import { type Route, requireActor } from '#functions/http/authorize.ts';
import { ApplicationId, RoundId } from '#shared/domain/ids.ts';
import { type Action, rolesFor } from '#shared/domain/permission.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Locale } from '#shared/i18n/index.ts';
import { ok, type Result, refuse } from '#shared/result.ts';
import { viewOf } from './view.ts';

/*
 * Routes that act on a round, and the commands that they give: who may use them stands in the table of permissions and is
 * not said again.
 */

export const show = (does: Action, path: string, handle: Route['handle']): Route => ({
  method: 'GET',
  path,
  who: rolesFor(does),
  does,
  handle,
});

/** @param audit the event that the change leaves */
export const change = (does: Action, path: string, audit: string, handle: Route['handle']): Route => ({
  method: 'POST',
  path,
  who: rolesFor(does),
  does,
  audit,
  handle,
});

/**
 * What an address that takes a form answers to whoever comes to it otherwise, after signing in anew or from the language links of a
 * refused form: the way to the page that the form stands on.
 * @param names of the parameters in the address that `page` takes after the language, in its order
 */
export const leadTo =
  (page: (locale: Locale, ...parameters: string[]) => string, ...names: readonly string[]): Route['handle'] =>
  (c) => {
    const parameters = names.map((name) => encodeURIComponent(c.req.param(name) ?? ''));
    return c.redirect(page(viewOf(c).t.locale, ...parameters), 303);
  };

/**
 * A form whose address is no page, with the way to the page that it stands on (`leadTo`) for whoever may send it. Nothing is shown there: the page
 * that it leads to says who may see it.
 */
export const formOn = (back: Route['handle'], form: Route): readonly Route[] => [
  { method: 'GET', path: form.path, who: form.who, ...(form.does && { does: form.does }), handle: back },
  form,
];

/** The same for an applicant's form, whose page asks anyone signed in whose application it is. */
export const twin = (path: string, handle: Route['handle']): Route => ({
  method: 'GET',
  path,
  who: 'signed-in',
  handle,
});

export const roundIdOf = (c: Context): RoundId | undefined => RoundId.safeParse(c.req.param('round')).data;

/** Who acts on which round. */
export const roundCommand = (c: Context, action: Action): Result<CommitteeCommand, Refusal> => {
  const roundId = roundIdOf(c);
  if (!roundId) return refuse({ kind: 'not-found', what: 'round' });
  return ok({ roundId, by: requireActor(c, rolesFor(action)) });
};

/** Who acts on which application of which round. */
export const candidacyCommand = (c: Context, action: Action): Result<CandidacyCommand, Refusal> => {
  const command = roundCommand(c, action);
  if (!command.ok) return command;
  const applicationId = ApplicationId.safeParse(c.req.param('application')).data;
  if (!applicationId) return refuse({ kind: 'not-found', what: 'application' });
  return ok({ ...command.value, applicationId });
};
