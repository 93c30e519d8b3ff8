import type { Context } from 'hono';
import { askApplicant, takeQuestionBack } from '#functions/commands/inquiries.ts';
import { InquiryId } from '#shared/domain/ids.ts';
import { candidacyCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { fieldErrors, one, readTyped } from '../form.ts';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { viewOf } from '../view.ts';
import { candidatePage } from './candidate.tsx';

/** Asks the applicant; what was typed comes back when it is refused. */
export const postQuestion = (deps: WebDeps) => async (c: Context) => {
  const command = candidacyCommand(c, 'inquiry.make');
  if (!command.ok) return refusalPage(c, command.error);
  const { t } = viewOf(c);
  const typed = await readTyped(c);
  const requirement = one(typed, 'requirement') || undefined;
  const days = one(typed, 'workingDays').trim();
  const workingDays = /^\d{1,3}$/.test(days) ? Number(days) : 0;
  const question = one(typed, 'question');
  const asked = await askApplicant(deps, { ...command.value, question, requirement, workingDays });
  if (!asked.ok) {
    const { error } = asked;
    if (error.kind !== 'invalid') return refusalPage(c, error);
    return await candidatePage(deps, c, command.value, { typed, errors: fieldErrors(error.faults, t) });
  }
  const { roundId, applicationId } = command.value;
  return c.redirect(`${paths.candidate(t.locale, roundId, applicationId)}?done=inquiry.done.asked`, 303);
};

export const postTakingBack = (deps: WebDeps) => async (c: Context) => {
  const command = candidacyCommand(c, 'inquiry.make');
  if (!command.ok) return refusalPage(c, command.error);
  const inquiry = InquiryId.safeParse(one(await readTyped(c), 'inquiry'));
  if (!inquiry.success) return refusalPage(c, { kind: 'not-found', what: 'inquiry' });
  const taken = await takeQuestionBack(deps, { ...command.value, inquiry: inquiry.data });
  if (!taken.ok) return refusalPage(c, taken.error);
  const { roundId, applicationId } = command.value;
  const address = paths.candidate(viewOf(c).t.locale, roundId, applicationId);
  return c.redirect(`${address}?done=inquiry.done.takenBack`, 303);
};
