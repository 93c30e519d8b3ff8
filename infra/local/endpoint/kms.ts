import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { jsonError } from '#infra/local/endpoint/dynamodb.ts';
import { syncFolder, writeWhole } from '#infra/local/files.ts';
import type { Authorize, ServiceAnswer, ServiceRequest } from '#infra/local/ports.ts';

type SigningKey = { logicalId: string; arn: string };

type Options = {
  /** Of the key files, in the data folder. */
  folder: string;
  keys: readonly SigningKey[];
  /** Alias of a key, by the key's ARN. */
  aliases: ReadonlyMap<string, string>;
  authorize: Authorize;
};

const algorithm = 'ECDSA_SHA_256';

const Sign = z.object({
  KeyId: z.string(),
  Message: z.base64(),
  MessageType: z.literal('RAW').default('RAW'),
  SigningAlgorithm: z.literal(algorithm),
});
const GetPublicKey = z.object({ KeyId: z.string() });

/** KMS signs at most so much of a raw message. */
const largestMessage = 4096;

/**
 * The part of KMS that signs: Sign over a raw message and GetPublicKey, with keys of P-256. A key is a file that its owner alone may
 * read, made at its first use; it is never renewed by itself, and a backup holds it.
 */
export const kmsService = ({ folder, keys, aliases, authorize }: Options) => {
  const opened = new Map<string, KeyObject>();
  const privateKey = ({ logicalId }: SigningKey): KeyObject => {
    const key = opened.get(logicalId) ?? openKey(folder, logicalId);
    opened.set(logicalId, key);
    return key;
  };
  /** The key that a request names, once its caller may use it so. */
  const allowed = (
    { caller }: ServiceRequest,
    operation: string,
    name: string,
  ): SigningKey | ServiceAnswer => {
    const key = keys.find(({ arn, logicalId }) => [arn, logicalId, aliases.get(arn)].includes(name));
    if (!key) return jsonError(400, 'NotFoundException', `There is no key ${name}.`);
    const alias = aliases.get(key.arn);
    try {
      authorize(caller, `kms:${operation}`, key.arn, { ...(alias && { 'kms:ResourceAliases': alias }) });
    } catch (error) {
      return jsonError(400, 'AccessDeniedException', error instanceof Error ? error.message : String(error));
    }
    return key;
  };

  const signed = (request: ServiceRequest): ServiceAnswer => {
    const asked = read(Sign, request);
    const message = Buffer.from(asked?.Message ?? '', 'base64');
    if (!asked || message.length === 0 || message.length > largestMessage)
      return jsonError(
        400,
        'ValidationException',
        `This home signs 1 to ${largestMessage} raw bytes by ${algorithm}.`,
      );
    const key = allowed(request, 'Sign', asked.KeyId);
    if ('status' in key) return key;
    const signature = sign('sha256', message, privateKey(key)).toString('base64');
    return json({ KeyId: key.arn, Signature: signature, SigningAlgorithm: algorithm });
  };

  const told = (request: ServiceRequest): ServiceAnswer => {
    const asked = read(GetPublicKey, request);
    if (!asked) return jsonError(400, 'ValidationException', 'The request names no key.');
    const key = allowed(request, 'GetPublicKey', asked.KeyId);
    if ('status' in key) return key;
    const facts = { KeyId: key.arn, KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' };
    return json({ ...facts, SigningAlgorithms: [algorithm], PublicKey: publicKey(privateKey(key)) });
  };

  const answer = async (request: ServiceRequest): Promise<ServiceAnswer> => {
    const target = request.headers['x-amz-target'];
    if (target === 'TrentService.Sign') return signed(request);
    if (target === 'TrentService.GetPublicKey') return told(request);
    return jsonError(400, 'UnknownOperationException', 'This home knows only Sign and GetPublicKey.');
  };
  return { answer };
};

const publicKey = (key: KeyObject): string =>
  createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64');

const openKey = (folder: string, logicalId: string): KeyObject => {
  const path = join(folder, `${logicalId}.pem`);
  if (existsSync(path)) return createPrivateKey(readFileSync(path));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  writeWhole(path, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  syncFolder(folder);
  return privateKey;
};

const read = <T>(schema: z.ZodType<T>, { body }: ServiceRequest): T | undefined => {
  try {
    return schema.safeParse(JSON.parse(body.toString('utf8'))).data;
  } catch {
    return undefined;
  }
};

const json = (value: unknown): ServiceAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/x-amz-json-1.1' },
  body: JSON.stringify(value),
});
