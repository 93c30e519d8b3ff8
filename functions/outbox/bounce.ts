import * as z from 'zod';
import { MailAddress } from '#shared/domain/sign-in.ts';

/** What EventBridge tells of a letter that came back (Amazon SES Developer Guide, "Contents of event data"). */
const Bounced = z.object({
  'detail-type': z.literal('Email Bounced'),
  detail: z.object({
    bounce: z.object({ bounceType: z.string(), bounceSubType: z.string().optional() }),
    mail: z.object({
      /** To whom it was written: who bounced may be another mailbox, to which theirs forwards. */
      destination: z.array(z.string()),
      headers: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
    }),
  }),
});

export type Bounce = { mailboxes: MailAddress[]; letter: string };

type Told = z.infer<typeof Bounced>['detail'];

/** SES tells of an automatic answer ("I am on leave") as of a passing bounce without a cause: that letter most likely arrived. */
const mayHaveArrived = ({ bounce: { bounceType, bounceSubType } }: Told): boolean =>
  bounceType === 'Transient' && bounceSubType === 'General';

/** Which letter came back from where, of nobody where it may have arrived after all; undefined for any other event. */
export const readBounce = (event: unknown): Bounce | undefined => {
  const bounced = Bounced.safeParse(event).data?.detail;
  if (!bounced) return undefined;
  const letter = bounced.mail.headers.find(({ name }) => name.toLowerCase() === 'x-irikteu-letter')?.value;
  const written = mayHaveArrived(bounced) ? [] : bounced.mail.destination;
  const mailboxes = written.flatMap((address) => MailAddress.safeParse(address).data ?? []);
  return { mailboxes, letter: letter ?? '' };
};
