import type { Context } from 'hono';
import { personAtDesk } from '#functions/commands/assistance.ts';
import { deskWorker } from '#functions/http/applicant.ts';
import { statusOf } from '#functions/http/problem.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Refusal } from '#shared/errors.ts';
import { mailboxAttempt, mailIn, sendMailboxCode, tryMailboxCode } from '../account/mailbox.ts';
import { CodePage, mailErrors } from '../account/sign-in.tsx';
import type { WebDeps } from '../deps.ts';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { viewOf } from '../view.ts';
import { nobodyHere } from './people.tsx';
import { page, personOf } from './person.tsx';

/** Sends a code to the mailbox that the person has now; it is read out at the desk. */
export const postMailbox = (deps: WebDeps) => async (c: Context) => {
  const personId = personOf(c);
  if (!personId) return await refusalPage(c, nobodyHere);
  const found = await personAtDesk(deps, { by: deskWorker(c), personId });
  if (!found.ok) return await refusalPage(c, found.error);
  const { t } = viewOf(c);
  const { typed, mail } = await mailIn(c);
  if (!mail) {
    const errors = [{ field: 'mail', text: t('account.signIn.mail.invalid') }];
    return await page(deps, c, { mail: typed, errors });
  }
  const locale = found.value.profile?.locale ?? t.locale;
  const sent = await sendMailboxCode(c, deps, { joins: personId, mail, locale });
  if (!sent.ok) return await page(deps, c, { mail: typed, errors: mailErrors(t, sent.error) });
  return c.redirect(paths.deskMailboxCode(t.locale, personId), 303);
};

export const showMailboxCode = (deps: WebDeps) => async (c: Context) => {
  const personId = personOf(c);
  return personId ? await codePage(deps, c, personId) : await refusalPage(c, nobodyHere);
};

/** The person has the application from here on; the desk sees it no more. */
export const postMailboxCode = (deps: WebDeps) => async (c: Context) => {
  const personId = personOf(c);
  if (!personId) return await refusalPage(c, nobodyHere);
  const by = deskWorker(c);
  const found = await personAtDesk(deps, { by, personId });
  if (!found.ok) return await refusalPage(c, found.error);
  const proved = await tryMailboxCode(c, deps, { by, personId });
  if (!proved.ok) return await codePage(deps, c, personId, proved.error);
  return c.redirect(`${paths.desk(viewOf(c).t.locale)}?done=desk.done.takenOver`, 303);
};

const codePage = async (
  deps: WebDeps,
  c: Context,
  personId: PersonId,
  refusal?: Refusal,
): Promise<Response> => {
  const view = viewOf(c);
  const { t } = view;
  const { locale } = t;
  const attempt = await mailboxAttempt(c, deps, personId);
  const back = paths.deskPerson(locale, personId);
  if (!attempt) return c.redirect(back, 303);
  const to = {
    code: paths.deskMailboxCode(locale, personId),
    again: paths.deskMailbox(locale, personId),
    back,
  };
  const code = { to, refusal, mail: attempt.mail, submit: t('account.mailbox.confirm') };
  const drawn = <CodePage view={view} {...code} />;
  return c.html(drawn, refusal ? statusOf(refusal) : 200);
};
