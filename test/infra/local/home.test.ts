import { existsSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { afterEach, describe, expect, it } from 'vitest';
import { type Home, startHome } from '#infra/local/home.ts';
import { readHomeFile } from '#infra/local/home-file.ts';
import type { HomeOptions } from '#infra/local/options.ts';
import { aFolder, anAssembly, aRegion, writingCode } from '#test/infra/local/assembly.ts';
import { startSmtp } from '#test/infra/local/mail/smtp-server.ts';

const open: Home[] = [];
afterEach(async () => {
  for (const home of open.splice(0)) await home.stop();
});

const lines: string[] = [];

const aHome = async (over: Partial<HomeOptions> = {}): Promise<Home> => {
  const home = await startHome(
    { region: 'KZ-19', port: 0, dataFolder: aFolder(), rehearsal: false, assembly: anAssembly(), ...over },
    (line) => void lines.push(line),
  );
  open.push(home);
  return home;
};

const visit = async (home: Home, path = '/kk/') => {
  const response = await fetch(home.origin + path);
  return { status: response.status, body: JSON.parse(await response.text()) };
};

const keysOf = ({ endpoint, awsRegion, accessKeyId, secretAccessKey }: Home) => ({
  endpoint,
  region: awsRegion,
  credentials: { accessKeyId, secretAccessKey },
});

const healthOf = async ({ operator }: Home): Promise<unknown> => (await fetch(`${operator}/health`)).json();

const moveClock = async (home: Home, move: object) => {
  const response = await fetch(`${home.operator}/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(move),
  });
  return response.json();
};

describe('a home', () => {
  it('serves the routes of the template from its functions and tables', async () => {
    const home = await aHome();

    expect(await visit(home)).toMatchObject({ status: 200, body: { visits: 1 } });
    expect(await visit(home)).toMatchObject({ status: 200, body: { visits: 2 } });
  });

  it('goes on where it stopped', async () => {
    const dataFolder = aFolder();
    const first = await aHome({ dataFolder });
    await visit(first);
    await first.stop();

    const second = await aHome({ dataFolder });

    expect(await visit(second)).toMatchObject({ body: { visits: 2 } });
  });

  it('is well while nothing is broken, and not when letters cannot leave', async () => {
    const well = await aHome();
    const cut = await aHome({ smtpUrl: 'smtp://127.0.0.1:1' });
    const letters = new SESv2Client(keysOf(cut));

    await letters.send(
      new SendEmailCommand({
        FromEmailAddress: 'almaty@irikteu.example',
        Destination: { ToAddresses: ['aliya@applicant.example'] },
        Content: { Simple: { Subject: { Data: 'Received' }, Body: { Text: { Data: 'Received.' } } } },
      }),
    );

    letters.destroy();
    expect(await healthOf(well)).toMatchObject({ ok: true, problems: [], letters: { leaves: false } });
    await expect
      .poll(() => healthOf(cut))
      .toMatchObject({
        ok: false,
        problems: [{ code: 'SMTP_DOWN', count: 1 }],
        letters: { waiting: 1, leaves: true },
      });
  });

  it('invites only for who can read its folder', async () => {
    const home = await aHome();
    const ask = (authorization: string) =>
      fetch(`${home.operator}/invitations`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization },
        body: '{"role":"administrator"}',
      });

    const { operatorSecret } = readHomeFile(home.dataFolder);

    expect((await ask('Bearer guessed')).status).toBe(403);
    // This small region has no function that writes links.
    expect((await ask(`Bearer ${operatorSecret}`)).status).toBe(422);
  });

  it('refuses a call whose grant is missing in the template, and names it', async () => {
    const home = await aHome({ assembly: anAssembly({ resources: aRegion('dynamodb:GetItem') }) });

    const { status } = await visit(home);

    expect(status).toBe(500);
    expect(lines.findLast((line) => line.includes('GRANT_MISSING'))).toMatch(
      /function\/Web may not dynamodb:UpdateItem.*"resource":"arn:aws:dynamodb:[^"]*table\/region-records"/,
    );
  });

  it('tells its owner, and nobody else, where it is and how to reach it', async () => {
    const home = await aHome();
    const path = join(home.dataFolder, 'home.json');

    expect(readHomeFile(home.dataFolder)).toMatchObject({
      pid: process.pid,
      origin: home.origin,
      environment: { RECORDS_TABLE: 'region-records' },
    });
    expect(statSync(path).mode & 0o077).toBe(0);
    expect(statSync(join(home.dataFolder, 'keys.json')).mode & 0o077).toBe(0);
  });

  it('lets the operator read and write past the roles', async () => {
    const home = await aHome();
    await visit(home, '/ru/');
    const client = new DynamoDBClient(keysOf(home));

    const { Items } = await client.send(new ScanCommand({ TableName: 'region-records' }));

    client.destroy();
    expect(Items).toMatchObject([{ pk: { S: 'VISITS' }, sk: { S: '/ru/' }, visits: { N: '1' } }]);
  });

  it('refuses a key that it did not give out, and a signature that is wrong', async () => {
    const home = await aHome();
    const call = async (credentials: { accessKeyId: string; secretAccessKey: string }) => {
      const client = new DynamoDBClient({ ...keysOf(home), credentials, maxAttempts: 1 });
      try {
        await client.send(
          new PutItemCommand({ TableName: 'region-records', Item: { pk: { S: 'a' }, sk: { S: 'b' } } }),
        );
        return 'stored';
      } catch (error) {
        return error instanceof Error ? error.name : 'unknown';
      } finally {
        client.destroy();
      }
    };

    expect(await call({ accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'x' })).toBe('InvalidAccessKeyId');
    expect(await call({ accessKeyId: home.accessKeyId, secretAccessKey: 'wrong' })).toBe(
      'SignatureDoesNotMatch',
    );
  });

  it('invokes functions as Lambda does, with or without waiting', async () => {
    const home = await aHome();
    const lambda = new LambdaClient(keysOf(home));
    const invoke = (FunctionName: string, InvocationType: 'Event' | 'RequestResponse') =>
      lambda.send(
        new InvokeCommand({
          FunctionName,
          InvocationType,
          Payload: Buffer.from(JSON.stringify({ rawPath: '/x' })),
        }),
      );

    const waited = await invoke('region-web', 'RequestResponse');
    const sent = await invoke('region-web', 'Event');
    const unknown = await invoke('other', 'Event').catch((error: Error) => error.name);
    await home.idle();

    lambda.destroy();
    expect(JSON.parse(Buffer.from(waited.Payload ?? []).toString())).toMatchObject({ statusCode: 200 });
    expect([sent.StatusCode, unknown]).toEqual([202, 'ResourceNotFoundException']);
    expect(await visit(home, '/x')).toMatchObject({ body: { visits: 3 } });
  });

  it('lets a function that still runs at the stop send its letter', async () => {
    const smtp = await startSmtp();
    const resources = aRegion('ses:SendEmail', '*');
    const home = await aHome({ smtpUrl: smtp.url, assembly: anAssembly({ resources, code: writingCode }) });
    const lambda = new LambdaClient(keysOf(home));
    await lambda.send(new InvokeCommand({ FunctionName: 'region-web', InvocationType: 'Event' }));
    const output = join(home.dataFolder, 'functions.log');
    await expect
      .poll(() => existsSync(output) && readFileSync(output, 'utf8'), { timeout: 60_000 })
      .toContain('begun');

    await home.stop();

    lambda.destroy();
    await smtp.close();
    expect(smtp.received).toMatchObject([{ to: ['aliya@applicant.example'] }]);
  });

  it('stops at a template that it cannot host, and leaves the folder free', async () => {
    const dataFolder = aFolder();
    const resources = { ...aRegion(), Cluster: { Type: 'AWS::MSK::Cluster' } };

    await expect(aHome({ dataFolder, assembly: anAssembly({ resources }) })).rejects.toMatchObject({
      exitCode: 69,
      message: expect.stringContaining('cannot host AWS::MSK::Cluster (Cluster in region)'),
    });
    await expect(aHome({ dataFolder })).resolves.toBeDefined();
  });

  it('that finds the disk full while it starts says so, and leaves the folder free', async () => {
    const dataFolder = aFolder();
    symlinkSync('/dev/full', join(dataFolder, 'home.json.new'));

    await expect(aHome({ dataFolder })).rejects.toMatchObject({ exitCode: 74 });
    rmSync(join(dataFolder, 'home.json.new'));

    expect(await visit(await aHome({ dataFolder }))).toMatchObject({ body: { visits: 1 } });
  });

  it('does not start twice on one folder', async () => {
    const home = await aHome();

    await expect(aHome({ dataFolder: home.dataFolder })).rejects.toMatchObject({
      exitCode: 75,
      message: expect.stringContaining(`process ${process.pid} at ${home.origin}`),
    });
    expect(readHomeFile(home.dataFolder).origin).toBe(home.origin);
  });
});

describe('a rehearsal', () => {
  it('plays three months at once, its functions in its time, each missed schedule once a stop', async () => {
    const home = await aHome({ rehearsal: true });
    await moveClock(home, { to: '2022-09-14T00:00:00Z' });
    const before = await visit(home);

    await moveClock(home, { to: '2022-12-14T00:00:00Z' });
    const after = await visit(home);
    const client = new DynamoDBClient(keysOf(home));
    const { Items = [] } = await client.send(new ScanCommand({ TableName: 'region-records' }));
    client.destroy();

    expect(before.body.at).toMatch(/^2022-09-14T00:0/);
    expect(after.body.at).toMatch(/^2022-12-14T00:0/);
    // 131,040 minutes have passed between two stops.
    expect(Items.find(({ sk }) => sk?.S === 'schedule')).toMatchObject({ visits: { N: '1' } });
  });

  it('remembers its time', async () => {
    const dataFolder = aFolder();
    const first = await aHome({ rehearsal: true, dataFolder });
    await moveClock(first, { to: '2022-09-14T00:00:00Z' });
    await first.stop();

    const second = await aHome({ rehearsal: true, dataFolder });

    expect((await visit(second)).body.at).toMatch(/^2022-09-14T00:0/);
  });

  it('says in the folder that its data is not real', async () => {
    const { dataFolder } = await aHome({ rehearsal: true });

    expect(JSON.parse(readFileSync(join(dataFolder, 'folder.json'), 'utf8'))).toMatchObject({
      rehearsal: true,
    });
  });
});
