import { lazily } from '#functions/adapters/lazily.ts';
import type { Mail } from '#shared/ports/mail.ts';

/**
 * Letters through SES. The service replaces Message-ID with its own on AWS, so the letter's identity travels in
 * X-Irikteu-Letter as well; the local home keeps both.
 * @param from the sender, such as `Irikteu <letters@example.kz>`
 */
export const sesMail = ({ from }: { from: string }): Mail => {
  const ses = lazily(async () => {
    const { SESv2Client, SendEmailCommand } = await import('@aws-sdk/client-sesv2');
    return { client: new SESv2Client({}), SendEmailCommand };
  });
  return {
    send: async ({ to, letterId, template, subject, text }) => {
      const { client, SendEmailCommand } = await ses();
      await client.send(
        new SendEmailCommand({
          FromEmailAddress: from,
          Destination: { ToAddresses: [to] },
          Content: {
            Simple: {
              Subject: { Data: subject, Charset: 'UTF-8' },
              Body: { Text: { Data: text, Charset: 'UTF-8' } },
              Headers: [
                { Name: 'Message-ID', Value: messageId(letterId, from) },
                { Name: 'X-Irikteu-Letter', Value: letterId },
                { Name: 'X-Irikteu-Template', Value: template },
                { Name: 'Auto-Submitted', Value: 'auto-generated' },
              ],
            },
          },
        }),
      );
    },
  };
};

/** RFC 5322, 3.6.4: letters, digits, dots and hyphens at the sender's own domain. */
const messageId = (letterId: string, from: string): string => {
  const domain = /@([^\s>]+)/.exec(from)?.[1] ?? 'irikteu.invalid';
  return `<${letterId.replace(/[^A-Za-z0-9.-]+/g, '.')}@${domain}>`;
};
