import type { Locale } from '#shared/i18n/index.ts';

/** Addresses of signing in and staff; those that other pages lead to are in `functions/web/paths.ts`. */
export const accountPaths = {
  code: (locale: Locale) => `/${locale}/sign-in/code`,
  passkey: (locale: Locale) => `/${locale}/passkey`,
  /** Options and answers of the two ceremonies, as JSON. */
  passkeyOptions: (locale: Locale) => `/${locale}/passkey/options`,
  newPasskey: (locale: Locale) => `/${locale}/passkey/new`,
  newPasskeyOptions: (locale: Locale) => `/${locale}/passkey/new/options`,
  removePasskey: (locale: Locale) => `/${locale}/account/passkeys/remove`,
  enrol: (locale: Locale) => `/${locale}/enrol`,
  enrolPasskey: (locale: Locale) => `/${locale}/enrol/passkey`,
  accept: (locale: Locale) => `/${locale}/enrol/accept`,
  endSession: (locale: Locale) => `/${locale}/account/sessions/end`,
  endAllSessions: (locale: Locale) => `/${locale}/account/sessions/end-all`,
  mailbox: (locale: Locale) => `/${locale}/account/mailbox`,
  mailboxCode: (locale: Locale) => `/${locale}/account/mailbox/code`,
  name: (locale: Locale) => `/${locale}/account/name`,
  language: (locale: Locale) => `/${locale}/account/language`,
  revoke: (locale: Locale) => `/${locale}/staff/revoke`,
  askReplacement: (locale: Locale) => `/${locale}/staff/replacements`,
  withdrawReplacement: (locale: Locale) => `/${locale}/staff/replacements/withdraw`,
  voidLink: (locale: Locale) => `/${locale}/staff/invitations/void`,
  agreeReplacement: (locale: Locale) => `/${locale}/staff/replacements/agree`,
} as const;

/** Where a visitor goes on after signing in: a page of ours, never an address that somebody else wrote. */
export const safeNext = (next: string | undefined, otherwise: string): string =>
  next !== undefined && /^\/(kk|ru|en)(\/[\w-]+)*\/?(\?[\w.=&%-]*)?$/.test(next) ? next : otherwise;
