/** What an attempt to send a letter came to, and what follows from it: pure, so that a year of a bad server plays in a test. */
import * as z from 'zod';
import type { Entry } from './outbox.ts';

export type Outcome = { kind: 'sent' } | { kind: 'refused' | 'deferred' | 'unreachable'; code: string };

/** How the server stands: failures in a row, and the instant before which it is left alone. */
export type ServerState = { failures: number; openAt: number };

export type Verdict = {
  entry: Entry;
  /** The letter's end, if it is one. */
  end?: 'sent' | 'refused';
  server: ServerState;
};

const minute = 60_000;
/** A server out of reach is tried after 1, 2, 4, … minutes, then every half an hour. */
const longestPause = 30 * minute;
/** A letter that is put off (greylisting, a full mailbox) is tried after 2, 4, 8, … minutes, then every two hours … */
const longestDeferral = 120 * minute;
/** … and given up after five days, as RFC 5321 (4.5.4.1) has it. */
const patience = 5 * 24 * 60 * minute;
/** The letter that met the silence goes behind the others, in case it was its cause. */
const stepBack = 10_000;

const doubled = (times: number, most: number): number => Math.min(most, minute * 2 ** Math.min(times, 20));

/** `started` is the letter as it was marked before the attempt; `now` in milliseconds since 1970. */
export const judge = (started: Entry, outcome: Outcome, server: ServerState, now: number): Verdict => {
  const { startedAt: _started, ...entry } = started;
  if (outcome.kind === 'sent') {
    return { entry: { ...entry, endedAt: now }, end: 'sent', server: { failures: 0, openAt: 0 } };
  }
  const lastCode = outcome.code;
  if (outcome.kind === 'unreachable') {
    const failures = server.failures + 1;
    const openAt = now + doubled(failures - 1, longestPause);
    return { entry: { ...entry, nextAt: openAt + stepBack, lastCode }, server: { failures, openAt } };
  }
  const answering = { failures: 0, openAt: 0 };
  if (outcome.kind === 'refused' || now - entry.at > patience) {
    return { entry: { ...entry, endedAt: now, lastCode }, end: 'refused', server: answering };
  }
  const deferrals = entry.deferrals + 1;
  const nextAt = now + doubled(deferrals, longestDeferral);
  return { entry: { ...entry, deferrals, nextAt, lastCode }, server: answering };
};

/** Errors about the letter; everything else is the server's, the network's or the password's. */
const ofLetter = new Set(['EENVELOPE', 'EMESSAGE', 'EMAXRECIPIENTS']);

const MailError = z.object({
  code: z.string().optional(),
  responseCode: z.number().optional(),
  /** What the server answered to. */
  command: z.string().optional(),
  permanent: z.boolean().optional(),
});

/** Reads nodemailer's errors. */
export const outcomeOf = (error: unknown): Outcome => {
  const { code = 'unknown', responseCode, permanent, command } = MailError.safeParse(error).data ?? {};
  // The letter's own file is gone: nothing can be sent any more.
  if (code === 'ENOENT') return { kind: 'refused', code };
  if (!ofLetter.has(code)) return { kind: 'unreachable', code };
  if (responseCode !== undefined) {
    // A sender that the server does not want says nothing of the mailbox.
    const about = command === 'MAIL FROM' ? 'sender ' : '';
    return { kind: permanent === true ? 'refused' : 'deferred', code: `${about}${responseCode}` };
  }
  // Without a reply of the server: an envelope that nodemailer itself will not send, or a connection cut in the letter.
  return { kind: code === 'EMESSAGE' ? 'unreachable' : 'refused', code };
};
