/** Checks the signature of a presigned POST: the policy document of a form, signed by whoever handed the form out. */
import { algorithm, parseAmzDate, parseCredential, sameSignature, sign } from './signing.ts';
import type { SecretOf, SignatureFault } from './verify.ts';

const day = 24 * 60 * 60 * 1000;
const skewAllowed = 15 * 60 * 1000;

const fault = (code: SignatureFault['code'], message: string): SignatureFault => ({
  ok: false,
  code,
  message,
});

/**
 * `fields` are the form's fields by lower-case name. The text that is signed is the policy itself, in base64 as sent.
 * Answers the access key; when the form stops being good is the policy's own expiration, checked with its conditions.
 */
export const verifyPolicy = (
  fields: ReadonlyMap<string, string>,
  secretOf: SecretOf,
  now: number,
): { ok: true; accessKeyId: string } | SignatureFault => {
  const policy = fields.get('policy');
  const signature = fields.get('x-amz-signature');
  const amzDate = fields.get('x-amz-date') ?? '';
  if (policy === undefined || signature === undefined) {
    return fault('AccessDenied', 'The form has no signed policy.');
  }
  if (fields.get('x-amz-algorithm') !== algorithm) {
    return fault('AccessDenied', `Only ${algorithm} is known here.`);
  }
  const scope = parseCredential(fields.get('x-amz-credential') ?? '');
  const signedAt = parseAmzDate(amzDate);
  if (!scope || scope.service !== 's3' || signedAt === undefined || !amzDate.startsWith(scope.day)) {
    return fault('AccessDenied', 'The credential or date of the form is malformed.');
  }
  if (signedAt > now + skewAllowed || now - signedAt > 7 * day) {
    return fault('AccessDenied', 'The form was signed too long ago or in the future.');
  }
  const secret = secretOf(scope.accessKeyId);
  if (secret === undefined) return fault('InvalidAccessKeyId', 'The access key id is not known here.');
  return sameSignature(sign(secret, scope, policy), signature)
    ? { ok: true, accessKeyId: scope.accessKeyId }
    : fault('SignatureDoesNotMatch', 'The signature is not the one calculated from the policy.');
};
