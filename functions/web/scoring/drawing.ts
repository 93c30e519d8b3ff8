import type { Context } from 'hono';
import { raterDrawing } from '#functions/commands/rater-overview.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { refusalPage } from '../problem.tsx';

/** How raters were drawn, as it was recorded. */
export const showDrawing = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'raters.drawn');
  if (!command.ok) return refusalPage(c, command.error);
  const found = await raterDrawing(deps, command.value);
  if (!found.ok) return refusalPage(c, found.error);
  return c.body(found.value, 200, {
    'content-type': 'application/json; charset=utf-8',
    'content-disposition': 'attachment; filename="raters.json"',
    'cache-control': 'private, no-store',
  });
};
