import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { expectJson, type HttpClient, httpClient, nothing } from '#infra/rehearsal/http-client.ts';
import { translator } from '#shared/i18n/index.ts';
import { type SmtpServer, startSmtp } from '#test/infra/local/mail/smtp-server.ts';
import { type HomeProcess, homeProcess } from './home-process.ts';

/*
 * A real home, whose letters leave: what the mail server refuses comes back by the rule of the template, the function's grants and
 * the page, which only a home joins.
 */

const mail = 'aigul@applicant.example';
const t = translator('en');

let smtp: SmtpServer;
let home: HomeProcess;

beforeAll(async () => {
  smtp = await startSmtp();
  home = await homeProcess({ rehearsal: false, env: { SMTP_URL: smtp.url } });
  await home.start();
}, 240_000);

afterAll(async () => {
  await home.remove();
  await smtp.close();
}, 60_000);

const once = async <T>(look: () => Promise<T | undefined> | T | undefined): Promise<T> => {
  for (let tries = 0; tries < 600; tries += 1) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await sleep(100);
  }
  throw new Error('It did not come within a minute.');
};

const askForCode = (client: HttpClient): Promise<{ attempt: string }> => {
  const sent = { method: 'POST', json: { mail, locale: 'en' } } as const;
  return expectJson(client, '/api/sign-in/codes', sent, z.object({ attempt: z.string() }));
};

/** As its reader finds it in the mailbox. */
const codeInMail = (): Promise<string> =>
  once(() => {
    const plain = /^content-type: text\/plain.*?\r\n\r\n(.*?)\r\n--/ims.exec(
      smtp.received.at(-1)?.text ?? '',
    );
    const text = Buffer.from(plain?.[1] ?? '', 'base64').toString('utf8');
    return /\b\d{6}\b/.exec(text)?.[0];
  });

describe('a letter that the mail server refuses', () => {
  it('is told to its reader where they are signed in', async () => {
    const reader = httpClient(home.origin);
    const { attempt } = await askForCode(reader);
    const json = { attempt, code: await codeInMail() };
    await expectJson(reader, '/api/session', { method: 'POST', json }, nothing);
    const before = await reader.ask('/en/account');

    smtp.replies.set(mail, '550 no such mailbox');
    await askForCode(httpClient(home.origin));
    const told = await once(async () => {
      const { text } = await reader.ask('/en/account');
      return text.includes(t('account.returned.change')) ? text : undefined;
    });

    expect([before.status, before.text.includes(t('account.returned.change'))]).toEqual([200, false]);
    expect(told).toContain(t('account.returned.text'));
  });
});
