import type { MailTemplate } from '#shared/letters.ts';

/** One letter to one mailbox: plain text, and the same words as HTML. */
export type OutgoingLetter = {
  to: string;
  /** Stable per letter: the same letter handed over twice carries the same identity. */
  letterId: string;
  template: MailTemplate;
  subject: string;
  text: string;
  html: string;
};

/** Hands a letter over; it is on its way once this answers. Throws when nobody took it. */
export type Mail = { send: (letter: OutgoingLetter) => Promise<void> };
