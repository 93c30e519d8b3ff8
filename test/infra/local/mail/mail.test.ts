import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SESv2ServiceException, SendEmailCommand } from '@aws-sdk/client-sesv2';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { smallDisk } from '#test/infra/local/s3/harness.ts';
import { send, startMail, subject, type TestMail, text } from './harness.ts';

let home: TestMail;
beforeEach(async () => {
  home = await startMail();
});
afterEach(() => home.close());

const sendRaw = (raw: string, to: string[] = []) =>
  home.client.send(
    new SendEmailCommand({ Destination: { ToAddresses: to }, Content: { Raw: { Data: Buffer.from(raw) } } }),
  );
const codeOf = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call;
    return 'ok';
  } catch (error) {
    if (error instanceof SESv2ServiceException) return error.name;
    throw error;
  }
};

describe('a letter', () => {
  it('is kept as it was written, in any language, for the operator to read', async () => {
    const { MessageId = '' } = await send(home.client, 'application-submitted#A1#7');
    const letter = await home.mail.letter(MessageId);
    expect(letter).toMatchObject({ to: 'aliya@applicant.example', subject, state: 'waiting' });
    expect(letter?.text.trimEnd()).toBe(text.trimEnd());
    expect(letter?.headers).toMatchObject({
      'Message-ID': `<${MessageId}@irikteu.example>`,
      'X-Irikteu-Letter': 'application-submitted#A1#7',
      'X-Irikteu-Template': 'application-submitted',
    });
  });

  it('travels in ASCII, with names and subject encoded', async () => {
    const { MessageId = '' } = await send(home.client, 'a');
    const mime = await readFile(join(home.folder, 'letters', `${MessageId}.eml`));
    expect(mime.every((byte) => byte < 0x80)).toBe(true);
    expect(mime.toString()).toMatch(/^From: =\?UTF-8\?B\?.*\?= <almaty@irikteu\.example>\r$/m);
    expect(mime.toString()).toMatch(/^Subject: =\?UTF-8\?B\?/m);
  });

  it('is there before the call is answered, and only its owner may read it', async () => {
    await send(home.client, 'a');
    const [name = ''] = await home.files('letters');
    expect((await stat(join(home.folder, 'letters', name))).mode & 0o777).toBe(0o600);
    expect((await stat(join(home.folder, 'letters'))).mode & 0o777).toBe(0o700);
    const after = await home.reopen();
    expect((await after.mail.letters()).map((letter) => letter.subject)).toEqual([subject]);
    await after.mail.close();
  });

  it('that is handed in again is the same letter, also after a restart, whatever it says now', async () => {
    const first = await send(home.client, 'a');
    const again = await send(home.client, 'a', { text: 'another text' });
    const after = await home.reopen();
    const later = await send(after.client, 'a');
    expect([again.MessageId, later.MessageId]).toEqual([first.MessageId, first.MessageId]);
    const letters = await after.mail.letters();
    expect(letters.map((letter) => letter.text.trimEnd())).toEqual([text.trimEnd()]);
    expect([...home.logged, ...after.logged]).toEqual(['LETTER_REPEATED', 'LETTER_REPEATED']);
    await after.close();
  });

  it('is written once even when it is handed in twice at the same time', async () => {
    await Promise.all(Array.from({ length: 10 }, () => send(home.client, 'a')));
    expect(await home.files('letters')).toHaveLength(1);
  });

  it('is another letter when its identity is another one', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.stringMatching(/^[!-~]{1,60}$/), { minLength: 2, maxLength: 5 }),
        async (ids) => {
          const fresh = await startMail();
          const answers = [];
          for (const id of ids) answers.push((await send(fresh.client, id)).MessageId);
          expect(new Set(answers).size).toBe(ids.length);
          expect(await fresh.files('letters')).toHaveLength(ids.length);
          await fresh.close();
        },
      ),
      { numRuns: 15 },
    );
  });

  it('is found by the mailbox it went to, the newest first', async () => {
    for (const [id, to] of [
      ['1', 'a@x.example'],
      ['2', 'B@x.example'],
      ['3', 'a@x.example'],
    ] as const) {
      await send(home.client, id, { to, text: id });
      home.advance(1000);
    }
    const found = await home.mail.letters({ to: 'A@x.example' });
    expect(found.map((letter) => letter.text.trim())).toEqual(['3', '1']);
    await send(home.client, '4', { to: 'a@x.example', text: '4' });
    expect(await home.mail.letters({ to: 'a@x.example', most: 1 })).toMatchObject([
      { text: expect.stringContaining('4') },
    ]);
  });

  it('is listed with all others by two who ask at once after a restart', async () => {
    for (const id of ['1', '2', '3']) await send(home.client, id, { text: id });
    const after = await home.reopen();

    const lists = await Promise.all([after.mail.letters(), after.mail.letters()]);

    expect(lists.map((letters) => letters.length)).toEqual([3, 3]);
    await after.close();
  });

  it('whose files somebody took away hides no other one', async () => {
    const [first, second] = [await send(home.client, '1'), await send(home.client, '2')];
    await send(home.client, '3');
    const after = await home.reopen();
    await rm(join(home.folder, 'letters', `${first.MessageId}.eml`));
    await rm(join(home.folder, 'waiting', `${second.MessageId}.json`));

    const letters = await after.mail.letters();

    expect(letters.map(({ id, subject: said }) => [id, said])).toEqual(
      expect.arrayContaining([
        [first.MessageId, ''],
        [expect.any(String), subject],
      ]),
    );
    expect(letters).toHaveLength(2);
    await after.close();
  });

  it('that came ready-made is kept with what it lacked, and blind copies stay blind', async () => {
    const raw =
      'From: a@x.example\r\nTo: =?UTF-8?B?05g=?= <b@x.example>\r\nBcc: c@hidden.example,\r\n d@hidden.example\r\nSubject: s\r\n\r\nbody\r\n';
    const { MessageId = '' } = await sendRaw(raw);
    const mime = (await readFile(join(home.folder, 'letters', `${MessageId}.eml`))).toString();
    expect(mime).not.toMatch(/^bcc:|hidden/im);
    expect(mime).toContain(`Message-ID: <${MessageId}@x.example>`);
    expect((await home.mail.letter(MessageId))?.to).toBe('b@x.example, c@hidden.example, d@hidden.example');
  });
});

describe('what cannot become a letter is refused and nothing is kept', () => {
  afterEach(async () => {
    expect(await home.files('letters')).toEqual([]);
  });
  const simple = { Subject: { Data: 's' }, Body: { Text: { Data: 't' } } };
  const ask = (more: object) =>
    codeOf(
      home.client.send(
        new SendEmailCommand({
          FromEmailAddress: 'a@x.example',
          Destination: { ToAddresses: ['b@x.example'] },
          Content: { Simple: simple },
          ...more,
        }),
      ),
    );

  it.each([
    ['no recipient', { Destination: {} }],
    ['something that is no mailbox', { Destination: { ToAddresses: ['nobody'] } }],
    ['two mailboxes as one', { Destination: { ToAddresses: ['b@x.example, c@x.example'] } }],
    ['a header smuggled in by the sender', { FromEmailAddress: 'a@x.example\r\nBcc: c@x.example' }],
    [
      'a header smuggled in by the subject',
      { Content: { Simple: { ...simple, Subject: { Data: 's\r\nBcc: c@x.example' } } } },
    ],
    ['no text', { Content: { Simple: { ...simple, Body: {} } } }],
    ['a template of SES', { Content: { Template: { TemplateName: 't' } } }],
  ])('%s', async (_what, more) => {
    expect(await ask(more)).toBe('BadRequestException');
  });

  it.each([
    'BCC',
    'CC',
    'Content-Disposition',
    'Content-Type',
    'Date',
    'From',
    'Message-ID',
    'MIME-Version',
    'Reply-To',
    'Return-Path',
    'Subject',
    'To',
  ])('a header that SES writes itself: %s', async (Name) => {
    const Headers = [{ Name, Value: 'c@x.example' }];
    expect(await ask({ Content: { Simple: { ...simple, Headers } } })).toBe('BadRequestException');
  });

  it('a letter without a grant', async () => {
    await home.close();
    const asked: unknown[] = [];
    home = await startMail({
      authorize: (_caller, action, resource, context) => {
        asked.push([action, resource, context]);
        throw new Error('Outbox has no grant for ses:SendEmail');
      },
    });
    expect(await codeOf(send(home.client, 'a'))).toBe('AccessDeniedException');
    expect(asked).toEqual([
      [
        'ses:SendEmail',
        'arn:aws:ses:eu-central-1:000000000000:identity/irikteu.example',
        { 'ses:FromAddress': 'almaty@irikteu.example' },
      ],
    ]);
  });

  it('a letter for which the disk has no room', async () => {
    await home.close();
    home = await startMail({ openTemporary: smallDisk(10) });
    await expect(send(home.client, 'a')).rejects.toThrow();
    expect(await home.files('incoming')).toEqual([]);
  });
});
