import { SendEmailCommand } from '@aws-sdk/client-sesv2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bounce, readBounce } from '#functions/outbox/bounce.ts';
import type { Bounced } from '#infra/local/mail/returned.ts';
import { startMail, type TestMail } from './harness.ts';
import { type SmtpServer, startSmtp } from './smtp-server.ts';

const minute = 60_000;
const gone = 'gone@x.example';

let smtp: SmtpServer;
let home: TestMail;
let events: Bounced[];
let broken: boolean;

const onReturned = async (event: Bounced): Promise<void> => {
  if (broken) throw new Error('The function failed.');
  events.push(event);
};

beforeEach(async () => {
  events = [];
  broken = false;
  smtp = await startSmtp();
  smtp.replies.set(gone, '550 no such mailbox');
  home = await startMail({ smtpUrl: smtp.url, onReturned });
});
afterEach(async () => {
  await home.close();
  await smtp.close();
});

const send = async (
  letter: string,
  under: { ConfigurationSetName?: string } = { ConfigurationSetName: 'set' },
) =>
  await home.client.send(
    new SendEmailCommand({
      ...under,
      FromEmailAddress: 'almaty@irikteu.example',
      Destination: { ToAddresses: [gone] },
      Content: {
        Simple: {
          Subject: { Data: 'Өтініш' },
          Body: { Text: { Data: 'Сәлеметсіз бе!' } },
          Headers: [{ Name: 'X-Irikteu-Letter', Value: letter }],
        },
      },
    }),
  );

const told = (): (Bounce | undefined)[] => events.map(readBounce);

describe('a letter that the mail server refuses for good', () => {
  it('is told of as SES tells of it, once, also after a restart', async () => {
    await send('inquiry-made#1');
    await expect.poll(told).toEqual([{ mailboxes: [gone], letter: 'inquiry-made#1' }]);

    expect(events[0]?.detail.bounce.bounceType).toBe('Permanent');
    expect(events[0]?.detail.mail.tags).toEqual({ 'ses:configuration-set': ['set'] });
    await home.mail.close();
    home = await home.reopen({ smtpUrl: smtp.url, onReturned });
    await send('inquiry-made#2');
    await expect.poll(() => told().map((one) => one?.letter)).toEqual(['inquiry-made#1', 'inquiry-made#2']);
  });

  it('is told of again while nobody takes it, and at the next start', async () => {
    broken = true;
    await send('a');
    await expect.poll(() => home.logged).toEqual(['LETTER_REFUSED', 'LETTER_RETURN_NOT_TAKEN']);
    home.advance(15 * minute);
    await expect.poll(() => home.logged).toHaveLength(3);

    broken = false;
    await home.mail.close();
    home = await home.reopen({ smtpUrl: smtp.url, onReturned });

    await expect.poll(() => told().map((one) => one?.letter)).toEqual(['a']);
  });

  it('is told of to nobody where its sender asked for nothing', async () => {
    await send('a', {});
    await expect.poll(() => home.logged).toEqual(['LETTER_REFUSED']);
    await send('b');

    await expect.poll(() => told().map((one) => one?.letter)).toEqual(['b']);
  });
});
