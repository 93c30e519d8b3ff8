import type { MailTemplate } from '#shared/letters.ts';

/** One plain-text letter to one mailbox. */
export type OutgoingLetter = {
  to: string;
  /** Stable per letter: the same letter handed over twice carries the same identity. */
  letterId: string;
  template: MailTemplate;
  subject: string;
  text: string;
};

/** Hands a letter over; it is on its way once this answers. Throws when nobody took it. */
export type Mail = { send: (letter: OutgoingLetter) => Promise<void> };
