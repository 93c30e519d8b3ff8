import type { Context } from 'hono';
import { proveMailbox } from '#functions/commands/mailbox.ts';
import { askForCode } from '#functions/commands/sign-in.ts';
import { networkOf } from '#functions/http/request.ts';
import { one, readTyped } from '#functions/web/form.ts';
import type { Actor } from '#shared/domain/event.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { type CodeAttempt, MailAddress } from '#shared/domain/sign-in.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Locale } from '#shared/i18n/index.ts';
import { ok, type Result, refuse } from '#shared/result.ts';
import type { WebDeps } from '../deps.ts';
import { mailboxSecret } from './cookies.ts';
import { CodeText } from './sign-in-routes.tsx';

/*
 * The two steps by which a mailbox becomes somebody's own, on the account's page and at the desk: a code goes there, and is
 * typed into the browser that asked for it.
 */

/** Sends the code, whoever the mailbox may belong to: the answer tells nothing of that. */
export const sendMailboxCode = async (
  c: Context,
  deps: WebDeps,
  given: { joins: PersonId; mail: MailAddress; locale: Locale },
): Promise<Result<void, Refusal>> => {
  const asked = await askForCode(deps, { ...given, network: networkOf(c), replaces: mailboxSecret.of(c) });
  if (!asked.ok) return asked;
  mailboxSecret.give(c, asked.value.secret);
  return ok(undefined);
};

/** The mailbox that a posted form names; undefined when it is none. */
export const mailIn = async (c: Context): Promise<{ typed: string; mail: MailAddress | undefined }> => {
  const typed = one(await readTyped(c), 'mail');
  return { typed, mail: MailAddress.safeParse(typed).data };
};

/** What this browser waits for with a code, for this person. */
export const mailboxAttempt = async (
  c: Context,
  deps: WebDeps,
  joins: PersonId,
): Promise<CodeAttempt | undefined> => {
  const secret = mailboxSecret.of(c);
  const attempt = secret === undefined ? undefined : await deps.people.codes.find(sha256Of(secret));
  return attempt?.joins === joins ? attempt : undefined;
};

/** Tries the code that was typed. */
export const tryMailboxCode = async (
  c: Context,
  deps: WebDeps,
  given: { by: Actor; personId: PersonId },
): Promise<Result<void, Refusal>> => {
  const secret = mailboxSecret.of(c);
  if (secret === undefined) return refuse({ kind: 'code-expired' });
  const code = CodeText.safeParse(one(await readTyped(c), 'code'));
  if (!code.success) {
    return refuse({ kind: 'invalid', faults: [{ place: 'code', message: 'account.code.invalid' }] });
  }
  const proved = await proveMailbox(deps, { ...given, secret, code: code.data, network: networkOf(c) });
  if (proved.ok) mailboxSecret.take(c);
  return proved;
};
