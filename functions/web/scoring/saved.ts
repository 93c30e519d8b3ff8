import type { Context } from 'hono';
import { scorecardView } from '#functions/commands/scoring-views.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import { ApplicationId } from '#shared/domain/ids.ts';
import type { WebDeps } from '../deps.ts';
import { type View, viewOf } from '../view.ts';

/** What a redirect after a score says, for the sentence that names the application and what is stored of it. */
const sentences = {
  'scoring.done.next': 'scoring.saved.next',
  'scoring.done.last': 'scoring.saved.last',
} as const;

/** The page after a score says of which application, and what total the record has of it: both are read, not handed on by the address. */
export const afterSaving = async (deps: WebDeps, c: Context, command: CommitteeCommand): Promise<View> => {
  const view = viewOf(c);
  const done = Object.entries(sentences).find(([key]) => key === c.req.query('done'));
  const applicationId = ApplicationId.safeParse(c.req.query('saved')).data;
  if (!done || !applicationId) return view;
  const card = await scorecardView(deps, { ...command, applicationId });
  if (!card.ok || !card.value.own) return view;
  const { candidate, own } = card.value;
  const facts = { number: candidate.number, total: view.t.number(own.total) };
  return { ...view, notice: view.t(done[1], facts) };
};
