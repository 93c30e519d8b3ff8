import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

const options = { prefix: 'host', secure: true, httpOnly: true, sameSite: 'Lax', path: '/' } as const;

/** A secret that one browser keeps for a while, out of reach of scripts and of addresses that are logged. */
const kept = (name: string, maxAge: number) => ({
  of: (c: Context): string | undefined => getCookie(c, name, 'host'),
  give: (c: Context, value: string): void => setCookie(c, name, value, { ...options, maxAge }),
  take: (c: Context): void => {
    deleteCookie(c, name, options);
  },
});

/** Ties a code to the browser that asked for it; kept past the code's end, to tell an old code from none. */
export const codeSecret = kept('irikteu-code', 3600);

/** The same for a code that makes a mailbox somebody's own. */
export const mailboxSecret = kept('irikteu-mailbox', 3600);

/** The token of a referee's link, while they write. */
export const referenceToken = kept('irikteu-reference', 4 * 3600);

/** The token of an enrolment link, from opening it until the passkey is made. */
export const invitationToken = kept('irikteu-invitation', 3600);
