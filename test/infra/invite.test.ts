import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '#infra/invite.ts';
import { type HomeFile, homeFilePath } from '#infra/local/home-file.ts';

let folder: string;
let server: Server;
let asked: {
  url: string | undefined;
  type: string | undefined;
  shown: string | undefined;
  body: string;
}[];
let answer: { status: number; body: unknown };

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'irikteu-invite-'));
  asked = [];
  answer = {
    status: 200,
    body: { link: 'http://localhost:3000/ru/enrol#token', expiresAt: '2022-08-03T04:00:00.000Z' },
  };
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      const { 'content-type': type, authorization: shown } = request.headers;
      asked.push({ url: request.url, type, shown, body });
      response.writeHead(answer.status).end(JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const operator = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const home: HomeFile = {
    pid: 1,
    region: 'KZ-19',
    rehearsal: true,
    origin: 'http://localhost:3000',
    operator,
    operatorSecret: 'from-home.json',
    endpoint: operator,
    awsRegion: 'eu-central-1',
    accessKeyId: 'x',
    secretAccessKey: 'x',
    environment: {},
  };
  writeFileSync(homeFilePath(folder), JSON.stringify(home));
});
afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const run = async (...args: string[]): Promise<{ code: number; said: string }> => {
  const lines: string[] = [];
  const code = await main(args, (line) => {
    lines.push(line);
  });
  return { code, said: lines.join('\n') };
};

describe('npm run invite', () => {
  it('asks the running home for a link and prints it first', async () => {
    const { code, said } = await run('--role', 'administrator', '--locale', 'ru', '--data', folder);

    expect(code).toBe(0);
    expect(said.split('\n')[0]).toBe('http://localhost:3000/ru/enrol#token');
    expect(asked).toEqual([
      {
        url: '/invitations',
        type: 'application/json',
        shown: 'Bearer from-home.json',
        body: '{"role":"administrator","locale":"ru"}',
      },
    ]);
  });

  it('says why there is no link', async () => {
    answer = { status: 422, body: { title: 'There is no role king.' } };

    const { code, said } = await run('--role', 'king', '--data', folder);

    expect(code).toBe(64);
    expect(said).toContain('There is no role king.');
  });

  it.for([
    [[], 'Which role?'],
    [['--rolle', 'chair'], '--role ROLE'],
  ] as const)('explains itself when called with %j', async ([args, text]) => {
    const { code, said } = await run(...args);

    expect(code).toBe(64);
    expect(said).toContain(text);
    expect(asked).toEqual([]);
  });

  it('says that no home runs on a folder', async () => {
    const { code, said } = await run('--role', 'chair', '--data', join(folder, 'nothing'));

    expect(code).toBe(65);
    expect(said).toContain('npm start');
  });

  it('says that the home does not answer when it was killed', async () => {
    server.close();
    server.closeAllConnections();

    const { code, said } = await run('--role', 'chair', '--data', folder);

    expect(code).toBe(65);
    expect(said).toContain('does not answer');
  });
});
