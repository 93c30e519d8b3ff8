import { lazily } from '#functions/adapters/lazily.ts';
import type { Mail } from '#shared/ports/mail.ts';

/**
 * Letters through SES. The service writes Message-ID itself and refuses a letter that brings one, so the letter's
 * identity travels in X-Irikteu-Letter; the local home derives its Message-ID from that.
 * @param from the sender, such as `Irikteu <letters@example.kz>`
 * @param events the configuration set by which SES tells of letters that come back
 */
export const sesMail = ({ from, events }: { from: string; events: string }): Mail => {
  const ses = lazily(async () => {
    const { SESv2Client, SendEmailCommand } = await import('@aws-sdk/client-sesv2');
    return { client: new SESv2Client({}), SendEmailCommand };
  });
  return {
    send: async ({ to, letterId, template, subject, text, html }) => {
      const { client, SendEmailCommand } = await ses();
      await client.send(
        new SendEmailCommand({
          FromEmailAddress: from,
          ConfigurationSetName: events,
          Destination: { ToAddresses: [to] },
          Content: {
            Simple: {
              Subject: { Data: subject, Charset: 'UTF-8' },
              Body: { Text: { Data: text, Charset: 'UTF-8' }, Html: { Data: html, Charset: 'UTF-8' } },
              Headers: [
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
