import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { sesMail } from '#functions/adapters/mail/ses.ts';

const ses = mockClient(SESv2Client);
afterAll(() => ses.restore());
afterEach(() => ses.reset());

const letter = {
  to: 'ybyrai@example.kz',
  letterId: 'application-submitted#A1#7',
  template: 'application-submitted' as const,
  subject: 'Өтініш',
  text: 'Сәлеметсіз бе!',
  html: '<p>Сәлеметсіз бе!</p>',
};

const headersSent = () => {
  const headers = ses.commandCalls(SendEmailCommand)[0]?.args[0].input.Content?.Simple?.Headers ?? [];
  return Object.fromEntries(headers.map(({ Name, Value }) => [Name, Value]));
};

describe('letters through SES', () => {
  it('hands over one letter, as plain text and as HTML, with an identity that stays the same', async () => {
    ses.on(SendEmailCommand).resolves({});
    const mail = sesMail({ from: 'Irikteu <letters@irikteu.example>', events: 'letters' });

    await mail.send(letter);

    expect(ses.commandCalls(SendEmailCommand)[0]?.args[0].input).toMatchObject({
      FromEmailAddress: 'Irikteu <letters@irikteu.example>',
      ConfigurationSetName: 'letters',
      Destination: { ToAddresses: ['ybyrai@example.kz'] },
      Content: {
        Simple: {
          Subject: { Data: 'Өтініш' },
          Body: { Text: { Data: 'Сәлеметсіз бе!' }, Html: { Data: '<p>Сәлеметсіз бе!</p>' } },
        },
      },
    });
    expect(headersSent()).toEqual({
      'X-Irikteu-Letter': 'application-submitted#A1#7',
      'X-Irikteu-Template': 'application-submitted',
      'Auto-Submitted': 'auto-generated',
    });
  });

  it('says so when nobody took the letter', async () => {
    ses.on(SendEmailCommand).rejects(new Error('Email address is not verified.'));

    const mail = sesMail({ from: 'letters@irikteu.example', events: 'letters' });

    await expect(mail.send(letter)).rejects.toThrow('not verified');
  });
});
