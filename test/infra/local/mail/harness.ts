import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { createHold } from '#infra/local/hold.ts';
import { type Mail, type MailOptions, openMail } from '#infra/local/mail/mail.ts';
import { handClock } from '#test/infra/local/s3/harness.ts';
import { listen, readAll } from '#test/infra/local/signature/listen.ts';

export type TestMail = {
  mail: Mail;
  client: SESv2Client;
  folder: string;
  logged: string[];
  advance: (milliseconds: number) => void;
  files: (under: string) => Promise<string[]>;
  /** Opens another home on the same folder, as after a kill: the first is not asked to close. */
  reopen: (more?: Partial<MailOptions>) => Promise<TestMail>;
  close: () => Promise<void>;
};

export const startMail = async (more: Partial<MailOptions> = {}): Promise<TestMail> => {
  const folder = more.folder ?? (await mkdtemp(join(tmpdir(), 'irikteu-mail-')));
  const logged: string[] = [];
  const { clock, advance } = handClock();
  const mail = await openMail({
    folder,
    clock,
    log: (code) => void logged.push(code),
    authorize: () => undefined,
    account: '000000000000',
    region: 'eu-central-1',
    hold: createHold(),
    ...more,
  });
  const { endpoint, close } = await listen(async (request, response) => {
    const { method = '', url = '' } = request;
    const caller = { kind: 'function', logicalId: 'Outbox' } as const;
    const answer = await mail.handle({ method, url, headers: {}, body: await readAll(request), caller });
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  const credentials = { accessKeyId: 'HOMEOUTBOX', secretAccessKey: 'a-secret' };
  const client = new SESv2Client({ endpoint, region: 'eu-central-1', credentials, maxAttempts: 1 });
  return {
    mail,
    client,
    folder,
    logged,
    advance,
    files: async (under) => (await readdir(join(folder, under))).toSorted((a, b) => a.localeCompare(b)),
    reopen: async (again = {}) => {
      await close();
      return startMail({ ...again, folder });
    },
    close: async () => {
      await mail.close();
      client.destroy();
      await close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

export const subject = 'Өтінішіңіз қабылданды: «Ауыл мектебі» № 7';
export const text = 'Құрметті Әлия Ғабитқызы!\n\nӨтініш қабылданды.\n.\nС уважением, комиссия\n';

/** Hands a letter in as the outbox function does. */
export const send = (client: SESv2Client, letterId: string, more: { to?: string; text?: string } = {}) =>
  client.send(
    new SendEmailCommand({
      FromEmailAddress: '"Іріктеу" <almaty@irikteu.example>',
      Destination: { ToAddresses: [more.to ?? 'aliya@applicant.example'] },
      Content: {
        Simple: {
          Subject: { Data: subject, Charset: 'UTF-8' },
          Body: { Text: { Data: more.text ?? text, Charset: 'UTF-8' } },
          Headers: [
            { Name: 'X-Irikteu-Letter', Value: letterId },
            { Name: 'X-Irikteu-Template', Value: 'application-submitted' },
          ],
        },
      },
    }),
  );
