import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { writeWhole } from '#infra/local/files.ts';
import type { Caller } from '#infra/local/ports.ts';

/** An access key of a function or of the operator. */
export const AccessKey = z.object({ accessKeyId: z.string(), secretAccessKey: z.string() });
export type AccessKey = z.infer<typeof AccessKey>;

const Stored = z.record(z.string(), AccessKey);

/** The keys of all callers, and the callers behind the keys. */
export type AccessKeys = {
  operator: AccessKey;
  /** @param logicalId of a function of the template */
  ofFunction: (logicalId: string) => AccessKey;
  secretOf: (accessKeyId: string) => string | undefined;
  callerOf: (accessKeyId: string) => Caller;
};

/**
 * Reads the keys of a data folder and makes those that are missing. They are kept, so that an upload form signed before
 * a restart is still good after it.
 */
export const openAccessKeys = (file: string, logicalIds: readonly string[]): AccessKeys => {
  const keys = new Map(Object.entries(readStored(file)));
  const before = keys.size;
  for (const name of ['operator', ...logicalIds.map(functionKey)]) {
    if (!keys.has(name)) keys.set(name, newAccessKey());
  }
  if (keys.size > before) writeWhole(file, JSON.stringify(Object.fromEntries(keys)));
  const owners = new Map([...keys].map(([name, key]) => [key.accessKeyId, { name, key }]));

  const get = (name: string): AccessKey => {
    const key = keys.get(name);
    if (!key) throw new Error(`There is no access key for ${name}.`);
    return key;
  };

  return {
    operator: get('operator'),
    ofFunction: (logicalId) => get(functionKey(logicalId)),
    secretOf: (accessKeyId) => owners.get(accessKeyId)?.key.secretAccessKey,
    callerOf: (accessKeyId) => {
      const name = owners.get(accessKeyId)?.name;
      if (name === undefined) return { kind: 'anonymous' };
      return name === 'operator'
        ? { kind: 'operator' }
        : { kind: 'function', logicalId: name.slice(functionPrefix.length) };
    },
  };
};

const functionPrefix = 'function/';
const functionKey = (logicalId: string): string => `${functionPrefix}${logicalId}`;

const newAccessKey = (): AccessKey => ({
  accessKeyId: `AKIA${randomBytes(8).toString('hex').toUpperCase()}`,
  secretAccessKey: randomBytes(30).toString('base64url'),
});

const readStored = (file: string): z.infer<typeof Stored> => {
  try {
    return Stored.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // The first start, or a damaged file: new keys only make forms that were already handed out invalid.
    return {};
  }
};
