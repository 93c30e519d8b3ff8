import type { Context } from 'hono';
import { type PlacementCommand, tick, untick } from '#functions/commands/placements.ts';
import type { WebDeps } from '../deps.ts';
import { one, readTyped } from '../form.ts';
import { refusalPage } from '../problem.tsx';

/** Ticks the item of a posted form, and leads back to the page that it stands on. */
export const tickFrom = async (deps: WebDeps, c: Context, command: PlacementCommand, back: string) => {
  const ticked = await tick(deps, { ...command, code: one(await readTyped(c), 'code') });
  return ticked.ok ? c.redirect(`${back}?done=placement.done.ticked`, 303) : refusalPage(c, ticked.error);
};

/** Takes the tick of a posted form back, with its reason. */
export const undoFrom = async (deps: WebDeps, c: Context, command: PlacementCommand, back: string) => {
  const typed = await readTyped(c);
  const undone = await untick(deps, { ...command, code: one(typed, 'code'), reason: one(typed, 'reason') });
  return undone.ok ? c.redirect(`${back}?done=placement.done.undone`, 303) : refusalPage(c, undone.error);
};
