/** The policy document of a presigned POST: until when the form is good and what must be true of its fields and its file. */
import * as z from 'zod';
import { S3Error } from './errors.ts';

const Bytes = z.union([z.int().min(0), z.stringFormat('digits', /^\d{1,15}$/).transform(Number)]);
const Condition = z.union([
  z.tuple([z.literal('content-length-range'), Bytes, Bytes]),
  z.tuple([z.enum(['eq', 'starts-with']), z.string().startsWith('$'), z.string()]),
  z.record(z.string(), z.string()),
]);
const Policy = z.object({ expiration: z.iso.datetime(), conditions: z.array(Condition) });

type FieldRule = { kind: 'eq' | 'starts-with'; field: string; value: string };

export type PostPolicy = {
  /** Milliseconds since 1970. */
  expiresAt: number;
  rules: FieldRule[];
  /** Bytes, both included. */
  sizes: { least: number; most: number } | undefined;
};

const invalid = (why: string): S3Error =>
  new S3Error(
    'InvalidPolicyDocument',
    `The content of the form does not meet the conditions specified: ${why}`,
  );

const refuse = (why: string): S3Error => new S3Error('AccessDenied', `Invalid according to Policy: ${why}`);

const decodePolicy = (base64: string): unknown => {
  try {
    return JSON.parse(Buffer.from(base64, 'base64').toString('utf8'));
  } catch {
    throw invalid('Invalid Policy: Invalid JSON.');
  }
};

export const readPolicy = (base64: string): PostPolicy => {
  const parsed = Policy.safeParse(decodePolicy(base64));
  if (!parsed.success) throw invalid(`Invalid Policy: ${z.prettifyError(parsed.error)}`);
  const rules: FieldRule[] = [];
  let sizes: PostPolicy['sizes'];
  for (const condition of parsed.data.conditions) {
    if (!Array.isArray(condition)) {
      for (const [field, value] of Object.entries(condition)) {
        rules.push({ kind: 'eq', field: field.toLowerCase(), value });
      }
    } else if (condition[0] === 'content-length-range') {
      const [, least, most] = condition;
      // Two ranges in one policy both hold.
      sizes = { least: Math.max(least, sizes?.least ?? 0), most: Math.min(most, sizes?.most ?? most) };
    } else {
      const [kind, field, value] = condition;
      rules.push({ kind, field: field.slice(1).toLowerCase(), value });
    }
  }
  return { expiresAt: Date.parse(parsed.data.expiration), rules, sizes };
};

/** Fields that need no condition: the signature and what it signs, the file, and what the form says is to be ignored. */
const needsNoCondition = (field: string): boolean =>
  field === 'x-amz-signature' || field === 'policy' || field === 'file' || field.startsWith('x-ignore-');

/**
 * Throws AccessDenied unless every condition holds and every field is named by one. `fields` by lower-case name, with
 * ${filename} already replaced; `bucket` is the one of the address, whatever a field says.
 */
export const checkPolicy = (
  policy: PostPolicy,
  fields: ReadonlyMap<string, string>,
  bucket: string,
  now: number,
): void => {
  if (now > policy.expiresAt) throw refuse('Policy expired.');
  const actual = new Map(fields).set('bucket', bucket);
  if ((fields.get('bucket') ?? bucket) !== bucket) throw refuse('The bucket is another one.');
  for (const rule of policy.rules) {
    if (!holds(rule, actual.get(rule.field))) {
      throw refuse(`Policy Condition failed: ${JSON.stringify([rule.kind, `$${rule.field}`, rule.value])}`);
    }
  }
  const named = new Set(policy.rules.map(({ field }) => field));
  for (const required of ['bucket', 'key']) {
    if (!named.has(required)) throw refuse(`No condition names the ${required}.`);
  }
  const extra = [...fields.keys()].filter((field) => !named.has(field) && !needsNoCondition(field));
  if (extra.length > 0) throw refuse(`Extra input fields: ${extra.join(', ')}`);
};

const holds = ({ kind, field, value }: FieldRule, actual: string | undefined): boolean => {
  if (actual === undefined) return false;
  if (kind === 'eq') return actual === value;
  // A list of content types is checked one by one.
  const parts = field === 'content-type' ? actual.split(',') : [actual];
  return parts.every((part) => part.startsWith(value));
};
