import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { constant, heading, inTurn, record } from './harness.ts';

/** What a function has to read before it can answer: KB of code and milliseconds until it is imported. */
export const run = async (root: string): Promise<void> => {
  heading('Start of a function (beside a typical API bundle made in this run)');
  const folder = mkdtempSync(join(tmpdir(), 'irikteu-bench-'));
  const typical = await typicalBundle(root, folder);
  for (const name of ['web', 'api']) {
    const ours = join(root, 'dist', 'functions', name, 'index.mjs');
    record({
      section: '3 start',
      what: `${name}: code read at the start`,
      unit: 'KB',
      ours: constant(startupBytes(ours) / 1024),
      against: { what: 'typical bundle', figure: constant(readFileSync(typical).length / 1024) },
      goal: 'ratio at most 0.7',
    });
    const [first, second] = await inTurn(
      15,
      () => importTime(ours),
      () => importTime(typical),
    );
    record({
      section: '3 start',
      what: `${name}: import in a new process`,
      unit: 'ms',
      ours: first,
      against: { what: 'typical bundle', figure: second },
      goal: 'ratio at most 0.7',
    });
  }
  sizes(root);
  rmSync(folder, { recursive: true });
};

/** middy, hono, zod, Powertools and three clients, as such an API is usually put together. */
const typicalBundle = async (root: string, folder: string): Promise<string> => {
  const entry = join(folder, 'typical.ts');
  writeFileSync(
    entry,
    `import middy from '@middy/core';
import { Hono } from 'hono';
import { handle } from 'hono/aws-lambda';
import { z } from 'zod';
import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3';
const logger = new Logger();
const clients = [new DynamoDBClient({}), new SFNClient({}), new S3Client({})];
const Body = z.object({ name: z.string() });
const app = new Hono().post('/', async (c) => {
  logger.info('asked', { n: clients.length, c: [GetItemCommand, StartExecutionCommand, PutObjectCommand].length });
  return c.json(Body.parse(await c.req.json()));
});
export const handler = middy(handle(app));
`,
  );
  const outfile = join(folder, 'typical.mjs');
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    nodePaths: [join(root, 'node_modules')],
    logLevel: 'error',
  });
  return outfile;
};

/** Follows static imports from the entry: what is loaded later by import() is not read at the start. */
const startupBytes = (entry: string, seen = new Set<string>()): number => {
  if (seen.has(entry)) return 0;
  seen.add(entry);
  const code = readFileSync(entry, 'utf8');
  const imports = [
    ...code.matchAll(
      /(?:^|[;}\s])(?:import|export)[^"'();]*?from\s*"(\.\/[^"]+)"|(?:^|;)import"(\.\/[^"]+)"/g,
    ),
  ];
  const others = imports.map(([, from, bare]) => join(entry, '..', from ?? bare ?? ''));
  return Buffer.byteLength(code) + others.reduce((sum, file) => sum + startupBytes(file, seen), 0);
};

const importTime = (file: string): number => {
  const script = `const a=performance.now();await import(${JSON.stringify(file)});console.log(performance.now()-a)`;
  const env = { ...process.env, ...environment };
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', script], { env }).toString());
};

/** Anything that lets the functions read their settings; nothing is called. */
const environment = {
  AWS_REGION: 'eu-central-1',
  REGION_CODE: 'KZ-19',
  RECORDS_TABLE: 'records',
  PERSONS_TABLE: 'persons',
  DOCUMENTS_BUCKET: 'documents',
  OUTBOX_FUNCTION: 'outbox',
  PUBLIC_ORIGIN: 'http://localhost:3000',
  MAIL_FROM: 'no-reply@example.kz',
  SCANNING: 'off',
  SELECTION_ROUND_ARN: 'arn:aws:states:eu-central-1:000000000000:stateMachine:selection-round',
};

const sizes = (root: string): void => {
  process.stdout.write('\n  bundle        files   KB in all   KB gzip   KB at start\n');
  for (const name of readdirSync(join(root, 'dist', 'functions')).toSorted()) {
    const folder = join(root, 'dist', 'functions', name);
    const files = readdirSync(folder).filter((file) => file.endsWith('.mjs'));
    const codes = files.map((file) => readFileSync(join(folder, file)));
    const whole = codes.reduce((sum, code) => sum + code.length, 0);
    const zipped = codes.reduce((sum, code) => sum + gzipSync(code).length, 0);
    const start = startupBytes(join(folder, 'index.mjs'));
    process.stdout.write(
      `  ${name.padEnd(12)} ${String(files.length).padStart(6)}  ${kb(whole)} ${kb(zipped)}  ${kb(start)}\n`,
    );
  }
};

const kb = (bytes: number): string => (bytes / 1024).toFixed(0).padStart(9);
