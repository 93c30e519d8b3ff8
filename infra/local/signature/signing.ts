import { createHmac, createSecretKey, hash, type KeyObject, timingSafeEqual } from 'node:crypto';

/** What a signature is bound to besides the request: who, which day (YYYYMMDD), which region and which service. */
export type Scope = { accessKeyId: string; day: string; region: string; service: string };

export const algorithm = 'AWS4-HMAC-SHA256';

export const sha256Hex = (data: string | Buffer): string => hash('sha256', data, 'hex');

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/**
 * Four HMACs a key, and every call of one function on one day has the same one: worth remembering, as an object of its own,
 * with which an HMAC takes a fifth of the time that it takes with bytes.
 */
const remembered = new Map<string, KeyObject>();
const rememberedAtMost = 256;

const signingKey = (secret: string, { day, region, service }: Scope): KeyObject => {
  const name = `${secret}\n${day}/${region}/${service}`;
  const known = remembered.get(name);
  if (known) return known;
  const bytes = hmac(hmac(hmac(hmac(`AWS4${secret}`, day), region), service), 'aws4_request');
  const key = createSecretKey(bytes);
  if (remembered.size >= rememberedAtMost) remembered.clear();
  remembered.set(name, key);
  return key;
};

export const sign = (secret: string, scope: Scope, text: string): Buffer =>
  createHmac('sha256', signingKey(secret, scope)).update(text).digest();

export const scopeText = ({ day, region, service }: Scope): string =>
  `${day}/${region}/${service}/aws4_request`;

/** Compares a signature in hexadecimal without telling by its time how much of it was right. */
export const sameSignature = (expected: Buffer, given: string): boolean =>
  /^[0-9a-f]{64}$/.test(given) && timingSafeEqual(expected, Buffer.from(given, 'hex'));

/** `accessKeyId/day/region/service/aws4_request`; an access key may itself hold slashes, so it is read from the end. */
export const parseCredential = (credential: string): Scope | undefined => {
  const parts = credential.split('/');
  if (parts.length < 5 || parts.at(-1) !== 'aws4_request') return undefined;
  const [day = '', region = '', service = ''] = parts.slice(-4, -1);
  const accessKeyId = parts.slice(0, -4).join('/');
  return accessKeyId && /^\d{8}$/.test(day) && region && service
    ? { accessKeyId, day, region, service }
    : undefined;
};

/** `20261122T110706Z` as milliseconds since 1970. */
export const parseAmzDate = (text: string): number | undefined => {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  const instant = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`);
  return Number.isNaN(instant) ? undefined : instant;
};
