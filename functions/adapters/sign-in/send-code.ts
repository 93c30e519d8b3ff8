import type { SendCode } from '#functions/commands/sign-in-deps.ts';
import { renderLetter, type Sender } from '#shared/letters.ts';
import type { Mail } from '#shared/ports/mail.ts';

/** Sends the sign-in code as a letter in the visitor's language. */
export const codeByMail =
  (mail: Mail, sender: Sender): SendCode =>
  async ({ to, locale, code, minutes, letterId }) => {
    const letter = { template: 'sign-in-code' as const, facts: { code, minutes } };
    await mail.send({ to, letterId, template: letter.template, ...renderLetter(letter, locale, sender) });
  };
