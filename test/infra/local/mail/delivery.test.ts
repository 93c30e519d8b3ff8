import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPrivate } from '#infra/local/s3/disk.ts';
import { send, startMail, subject, type TestMail } from './harness.ts';
import { type SmtpServer, startSmtp } from './smtp-server.ts';

const minute = 60_000;
let smtp: SmtpServer;
let home: TestMail;
beforeEach(async () => {
  smtp = await startSmtp();
  home = await startMail({ smtpUrl: smtp.url });
});
afterEach(async () => {
  await home.close();
  await smtp.close();
});

const stateOf = async (id = '') => (await home.mail.letter(id))?.state;
const recipients = () => smtp.received.map(({ to }) => to.join());

describe('with a mail server', () => {
  it('a letter goes out once and is marked as sent', async () => {
    const { MessageId = '' } = await send(home.client, 'a');
    await expect.poll(() => stateOf(MessageId)).toBe('sent');
    await send(home.client, 'a');
    await send(home.client, 'b');
    await expect.poll(() => smtp.received).toHaveLength(2);
    const [first] = smtp.received;
    expect(first).toMatchObject({ from: 'almaty@irikteu.example', to: ['aliya@applicant.example'] });
    expect(first?.text).toContain(`Message-ID: <${MessageId}@irikteu.example>`);
    expect((await home.mail.letters()).map((letter) => letter.subject)).toEqual([subject, subject]);
    await expect.poll(() => home.mail.backlog().waiting).toBe(0);
  });

  it('that is down for a day loses nothing, and says so once', async () => {
    const { port } = smtp;
    await smtp.close();
    for (const to of ['1@x.example', '2@x.example', '3@x.example']) {
      await send(home.client, to, { to });
      home.advance(1000);
    }
    await expect.poll(() => home.logged).toEqual(['SMTP_DOWN']);
    for (let passed = 0; passed < 24 * 60 * minute; passed += 10 * minute) {
      home.advance(10 * minute);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    expect(home.mail.backlog().waiting).toBe(3);
    smtp = await startSmtp(port);
    await expect
      .poll(() => {
        home.advance(10 * minute);
        return recipients().toSorted((a, b) => a.localeCompare(b));
      })
      .toEqual(['1@x.example', '2@x.example', '3@x.example']);
    await expect.poll(() => home.logged).toEqual(['SMTP_DOWN', 'SMTP_BACK']);
  });

  it('that refuses one letter for good still gets the others', async () => {
    smtp.replies.set('gone@x.example', '550 no such mailbox');
    const { MessageId } = await send(home.client, 'a', { to: 'gone@x.example' });
    await send(home.client, 'b', { to: 'here@x.example' });
    await expect.poll(recipients).toEqual(['here@x.example']);
    expect(await stateOf(MessageId)).toBe('refused');
    home.advance(24 * 60 * minute);
    expect(home.logged).toEqual(['LETTER_REFUSED']);
  });

  it('that puts a letter off gets it later, and others meanwhile', async () => {
    smtp.replies.set('grey@x.example', '451 try later');
    await send(home.client, 'a', { to: 'grey@x.example' });
    const { MessageId = '' } = await send(home.client, 'b', { to: 'here@x.example' });
    await expect.poll(() => stateOf(MessageId)).toBe('sent');
    expect(recipients()).toEqual(['here@x.example']);
    smtp.replies.clear();
    home.advance(minute);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(recipients()).toEqual(['here@x.example']);
    home.advance(minute);
    await expect.poll(recipients).toEqual(['here@x.example', 'grey@x.example']);
    expect(home.logged).toEqual([]);
  });

  it('that is unreachable at a restart gets the letters that waited, in the next home', async () => {
    await smtp.close();
    await send(home.client, 'a');
    await expect.poll(() => home.logged).toEqual(['SMTP_DOWN']);
    await home.mail.close();
    smtp = await startSmtp(smtp.port);
    home = await home.reopen({ smtpUrl: smtp.url });
    home.advance(2 * minute);
    await expect.poll(recipients).toEqual(['aliya@applicant.example']);
  });
});

describe('a home that is killed', () => {
  it('after the server took a letter and before that was written down sends it again under the same Message-ID', async () => {
    // From the moment when the server has the letter the first home writes nothing any more.
    let dead = false;
    smtp.onData = () => {
      dead = true;
    };
    const openTemporary: typeof openPrivate = (path) =>
      dead ? Promise.reject(new Error('killed')) : openPrivate(path);
    const killed = await startMail({ smtpUrl: smtp.url, openTemporary });
    const { MessageId } = await send(killed.client, 'a');
    await expect.poll(() => killed.logged).toEqual(['OUTBOX_FAILED']);
    const after = await killed.reopen({ smtpUrl: smtp.url });
    await expect.poll(() => smtp.received).toHaveLength(2);
    const ids = smtp.received.map((letter) => /^Message-ID: (.*)$/m.exec(letter.text)?.[1]?.trim());
    expect(new Set(ids)).toEqual(new Set([`<${MessageId}@irikteu.example>`]));
    expect(after.logged).toEqual(['LETTER_MAY_REPEAT']);
    await killed.mail.close();
    await after.close();
  });

  it('after a letter was marked as sent does not send it again', async () => {
    await send(home.client, 'a');
    await expect.poll(() => home.files('sent')).toHaveLength(1);
    const after = await home.reopen({ smtpUrl: smtp.url });
    after.advance(24 * 60 * minute);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(smtp.received).toHaveLength(1);
    await after.mail.close();
  });
});
