import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kmsService } from '#infra/local/endpoint/kms.ts';
import { isSigned, signatureOf, signedText } from '#shared/bundle/signature.ts';
import { sha256Of } from '#shared/domain/hash.ts';

const alias = 'alias/irikteu-kz-19-results';
const arn = 'arn:aws:kms:eu-central-1:000000000000:key/ResultsKey';

let folder: string;
let asked: unknown[];

const service = (refuses = false) =>
  kmsService({
    folder: join(folder, 'keys'),
    keys: [{ logicalId: 'ResultsKey', arn }],
    aliases: new Map([[arn, alias]]),
    authorize: (...wish) => {
      asked.push(wish);
      if (refuses) throw new Error('not granted');
    },
  });

const ask = async (kms: ReturnType<typeof service>, operation: string, body: object) => {
  const { status, body: text } = await kms.answer({
    method: 'POST',
    url: '/',
    headers: { 'x-amz-target': `TrentService.${operation}` },
    body: Buffer.from(JSON.stringify(body)),
    caller: { kind: 'function', logicalId: 'Outbox' },
  });
  return { status, ...JSON.parse(text.toString()) };
};

const signing = (message: string) => ({
  KeyId: alias,
  Message: Buffer.from(message).toString('base64'),
  MessageType: 'RAW',
  SigningAlgorithm: 'ECDSA_SHA_256',
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'irikteu-kms-'));
  asked = [];
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('a key that signs, on one machine', () => {
  it('signs what anyone can check with its public half', async () => {
    const statement = sha256Of('a statement');
    const kms = service();

    const { Signature } = await ask(kms, 'Sign', signing(signedText(statement)));
    const { PublicKey } = await ask(kms, 'GetPublicKey', { KeyId: alias });

    const signature = signatureOf(Buffer.from(PublicKey, 'base64'), Buffer.from(Signature, 'base64'));
    expect(await isSigned(statement, signature)).toBe(true);
    expect(await isSigned(sha256Of('another'), signature)).toBe(false);
  });

  it('is a file that its owner alone may read, and the same one after a restart', async () => {
    const first = await ask(service(), 'GetPublicKey', { KeyId: alias });
    const second = await ask(service(), 'GetPublicKey', { KeyId: arn });

    expect(second.PublicKey).toBe(first.PublicKey);
    expect(statSync(join(folder, 'keys', 'ResultsKey.pem')).mode & 0o777).toBe(0o600);
    expect(createHash('sha256').update(first.PublicKey).digest('hex')).toHaveLength(64);
  });

  it('asks the caller’s policies, by the alias as on AWS', async () => {
    const { status, __type } = await ask(service(true), 'Sign', signing('x'));

    expect([status, __type]).toEqual([400, 'AccessDeniedException']);
    const caller = { kind: 'function', logicalId: 'Outbox' };
    expect(asked).toEqual([[caller, 'kms:Sign', arn, { 'kms:ResourceAliases': alias }]]);
  });

  it.for<[string, string, object, string]>([
    ['a key that the template does not have', 'GetPublicKey', { KeyId: 'alias/other' }, 'NotFoundException'],
    [
      'a digest instead of a message',
      'Sign',
      { ...signing('x'), MessageType: 'DIGEST' },
      'ValidationException',
    ],
    ['a message that KMS would not take', 'Sign', signing('x'.repeat(4097)), 'ValidationException'],
    ['what it does not host', 'Decrypt', { KeyId: alias }, 'UnknownOperationException'],
  ])('refuses %s', async ([, operation, body, type]) => {
    expect(await ask(service(), operation, body)).toMatchObject({ status: 400, __type: type });
  });
});
