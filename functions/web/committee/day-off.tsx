import type { Context } from 'hono';
import * as z from 'zod';
import { callOffDay } from '#functions/commands/interview-day-off.ts';
import { restoreDay } from '#functions/commands/interview-day-restoring.ts';
import { type DayCommand, interviewDays, viewDay } from '#functions/commands/interview-days.ts';
import { Sha256 } from '#shared/domain/ids.ts';
import { HolderName } from '#shared/domain/interview-day.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { one, readTyped, reasonError } from '../form.ts';
import { refusalPage } from '../problem.tsx';
import { viewOf } from '../view.ts';
import { type Again, DayPage, DaysPage } from './day-off-pages.tsx';
import { dayPaths } from './day-paths.ts';

const dayCommand = (c: Context): Result<DayCommand, Refusal> => {
  const command = roundCommand(c, 'interview.plan');
  if (!command.ok) return command;
  const day = z.iso.date().safeParse(c.req.param('day'));
  const holder = HolderName.safeParse(c.req.param('holder'));
  return day.success && holder.success
    ? ok({ ...command.value, day: day.data, holder: holder.data })
    : refuse({ kind: 'not-found', what: 'page' });
};

/** The days of a round's interviews, to choose one that cannot be held. */
export const showDays = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'interview.plan');
  const found = command.ok ? await interviewDays(deps, command.value) : command;
  if (!found.ok) return refusalPage(c, found.error);
  return c.html(<DaysPage view={viewOf(c)} {...found.value} />);
};

/** Before a day is called off: whom it takes a time from. */
export const showDay = (deps: WebDeps) => async (c: Context) => {
  const command = dayCommand(c);
  return command.ok ? await dayPage(deps, c, command.value) : refusalPage(c, command.error);
};

/** Calls the times off that were seen, with a reason that applicants read; where it would be others by now, these are shown first. */
export const postDayOff = (deps: WebDeps) => async (c: Context) => {
  const command = dayCommand(c);
  if (!command.ok) return refusalPage(c, command.error);
  const { t } = viewOf(c);
  const typed = await readTyped(c);
  const reason = one(typed, 'reason');
  const digest = Sha256.safeParse(one(typed, 'digest'));
  const off = digest.success
    ? await callOffDay(deps, { ...command.value, reason, digest: digest.data })
    : refuse({ kind: 'changed-meanwhile' } as const);
  if (off.ok) return done(c, command.value, 'day-off.done.off');
  if (off.error.kind === 'changed-meanwhile') {
    const errors = [{ field: 'affected', text: t('day-off.changed') }];
    return await dayPage(deps, c, command.value, { typed: reason, errors, status: 409 });
  }
  const error = reasonError(off.error, t);
  return error
    ? await dayPage(deps, c, command.value, { typed: reason, errors: [error], status: 422 })
    : refusalPage(c, off.error);
};

/** Takes it back. */
export const postDayRestored = (deps: WebDeps) => async (c: Context) => {
  const command = dayCommand(c);
  if (!command.ok) return refusalPage(c, command.error);
  const back = await restoreDay(deps, command.value);
  if (!back.ok) return refusalPage(c, back.error);
  return done(c, command.value, back.value.left > 0 ? 'day-off.done.partly' : 'day-off.done.restored');
};

const done = (c: Context, { roundId }: DayCommand, key: string): Response =>
  c.redirect(`${dayPaths.all(viewOf(c).t.locale, roundId)}?done=${key}`, 303);

const dayPage = async (deps: WebDeps, c: Context, command: DayCommand, again?: Again): Promise<Response> => {
  const found = await viewDay(deps, command);
  if (!found.ok) return refusalPage(c, found.error);
  return c.html(<DayPage view={viewOf(c)} day={found.value} again={again} />, again?.status ?? 200);
};
