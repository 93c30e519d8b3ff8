import * as z from 'zod';
import { MailAddress } from '#shared/domain/sign-in.ts';

/** What EventBridge tells of a letter that came back (Amazon SES Developer Guide, "Contents of event data"). */
const Bounced = z.object({
  'detail-type': z.literal('Email Bounced'),
  detail: z.object({
    bounce: z.object({ bouncedRecipients: z.array(z.object({ emailAddress: z.string() })) }),
    mail: z.object({ headers: z.array(z.object({ name: z.string(), value: z.string() })).default([]) }),
  }),
});

export type Bounce = { mailboxes: MailAddress[]; letter: string };

/** Which letter came back from where; undefined for any other event. */
export const readBounce = (event: unknown): Bounce | undefined => {
  const bounced = Bounced.safeParse(event).data?.detail;
  if (!bounced) return undefined;
  const letter = bounced.mail.headers.find(({ name }) => name.toLowerCase() === 'x-irikteu-letter')?.value;
  const mailboxes = bounced.bounce.bouncedRecipients.flatMap(
    ({ emailAddress }) => MailAddress.safeParse(emailAddress).data ?? [],
  );
  return { mailboxes, letter: letter ?? '' };
};
