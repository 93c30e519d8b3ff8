/**
 * Checks AWS Signature Version 4 of requests that reach the home: in the Authorization header, as the SDK calls services,
 * and in the query, as presigned addresses carry it. The rules are those of the Signature Version 4 page of the IAM User
 * Guide and of "Authenticating Requests (AWS Signature Version 4)" in the S3 API reference; no kept-up library verifies
 * (they all sign). Time is an argument and secrets are compared in constant time.
 */
import {
  canonicalHeaders,
  canonicalPath,
  canonicalQuery,
  MalformedUrl,
  type QueryParameter,
  type SignedRequest,
  splitUrl,
} from './canonical.ts';
import {
  algorithm,
  parseAmzDate,
  parseCredential,
  type Scope,
  sameSignature,
  scopeText,
  sha256Hex,
  sign,
} from './signing.ts';

type SignatureFaultCode =
  | 'SignatureDoesNotMatch'
  | 'InvalidAccessKeyId'
  | 'RequestTimeTooSkewed'
  /** No signature, an expired one, or a header that should have been signed. */
  | 'AccessDenied'
  | 'AuthorizationHeaderMalformed'
  | 'AuthorizationQueryParametersError'
  | 'InvalidURI'
  | 'XAmzContentSHA256Mismatch';

export type SignatureFault = { ok: false; code: SignatureFaultCode; message: string };

export type Verified = {
  ok: true;
  accessKeyId: string;
  /** The service of the credential's scope: s3, dynamodb, states, lambda, ses. */
  service: string;
  form: 'header' | 'query';
  /** SHA-256 in hexadecimal that the sender declared for the body, or UNSIGNED-PAYLOAD, or STREAMING-…. */
  payload: string;
};

export type SecretOf = (accessKeyId: string) => string | undefined;

/** A request is good for fifteen minutes around its own time, and a presigned address for seven days at most. */
const skewAllowed = 15 * 60 * 1000;
const longestExpiry = 7 * 24 * 60 * 60;

const fault = (code: SignatureFaultCode, message: string): SignatureFault => ({ ok: false, code, message });

type Claim = {
  form: 'header' | 'query';
  scope: Scope;
  signedHeaders: string[];
  signature: string;
  amzDate: string;
  /** Seconds; only of a presigned address. */
  expires?: number;
};

/** `request` is verified at `now` (milliseconds since 1970) against the secret of the access key it names. */
export const verifyRequest = (
  request: SignedRequest,
  secretOf: SecretOf,
  now: number,
): Verified | SignatureFault => {
  try {
    const { path, query } = splitUrl(request.url);
    const claim = claimOf(request, query);
    if ('ok' in claim) return claim;
    const refused = unacceptable(claim, request, now);
    if (refused) return refused;
    const secret = secretOf(claim.scope.accessKeyId);
    if (secret === undefined) {
      return fault('InvalidAccessKeyId', 'The access key id is not known here.');
    }
    const payload = payloadOf(request, claim, query);
    if (typeof payload !== 'string') return payload;
    const canonical = `${request.method}\n${canonicalPath(path, claim.scope.service)}\n${canonicalQuery(query)}\n${canonicalHeaders(
      request.headers,
      claim.signedHeaders,
    )}\n${claim.signedHeaders.join(';')}\n${payload}`;
    const text = `${algorithm}\n${claim.amzDate}\n${scopeText(claim.scope)}\n${sha256Hex(canonical)}`;
    if (!sameSignature(sign(secret, claim.scope, text), claim.signature)) {
      return fault('SignatureDoesNotMatch', 'The signature is not the one calculated from the request.');
    }
    const { accessKeyId, service } = claim.scope;
    return { ok: true, accessKeyId, service, form: claim.form, payload };
  } catch (error) {
    if (error instanceof MalformedUrl) return fault('InvalidURI', error.message);
    throw error;
  }
};

const only = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? undefined : value;

const claimOf = (request: SignedRequest, query: readonly QueryParameter[]): Claim | SignatureFault => {
  const authorization = only(request.headers['authorization']);
  const presigned = query.some(({ name }) => name === 'X-Amz-Algorithm');
  if (authorization !== undefined && presigned) {
    return fault('AccessDenied', 'Only one way of signing is allowed: the header or the query.');
  }
  if (authorization !== undefined) return headerClaim(authorization, request);
  if (presigned) return queryClaim(query);
  return fault('AccessDenied', 'The request is not signed.');
};

const authorizationForm =
  /^AWS4-HMAC-SHA256 Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([^,\s]+)$/;

const headerClaim = (authorization: string, request: SignedRequest): Claim | SignatureFault => {
  const [, credential, signedHeaders, signature] = authorizationForm.exec(authorization) ?? [];
  const scope = credential === undefined ? undefined : parseCredential(credential);
  const amzDate = only(request.headers['x-amz-date']);
  if (!scope || signedHeaders === undefined || signature === undefined || amzDate === undefined) {
    return fault('AuthorizationHeaderMalformed', 'The Authorization header or X-Amz-Date is malformed.');
  }
  return { form: 'header', scope, signedHeaders: signedHeaders.split(';'), signature, amzDate };
};

const queryClaim = (query: readonly QueryParameter[]): Claim | SignatureFault => {
  const one = (name: string): string => {
    const values = query.filter((parameter) => parameter.name === name);
    return values.length === 1 ? (values[0]?.value ?? '') : '';
  };
  const scope = parseCredential(one('X-Amz-Credential'));
  const seconds = one('X-Amz-Expires');
  const expires = /^\d{1,7}$/.test(seconds) ? Number(seconds) : Number.NaN;
  const sound =
    scope && one('X-Amz-Algorithm') === algorithm && one('X-Amz-SignedHeaders') && one('X-Amz-Signature');
  if (!sound || !(expires >= 1 && expires <= longestExpiry)) {
    return fault('AuthorizationQueryParametersError', 'The signature parameters of the query are malformed.');
  }
  const signedHeaders = one('X-Amz-SignedHeaders').split(';');
  const signature = one('X-Amz-Signature');
  return { form: 'query', scope, signedHeaders, signature, amzDate: one('X-Amz-Date'), expires };
};

/** Everything that can be refused before a secret is touched: time, day of the scope, and headers left unsigned. */
const unacceptable = (claim: Claim, request: SignedRequest, now: number): SignatureFault | undefined => {
  const signedAt = parseAmzDate(claim.amzDate);
  if (signedAt === undefined || !claim.amzDate.startsWith(claim.scope.day)) {
    return claim.form === 'header'
      ? fault('AuthorizationHeaderMalformed', 'X-Amz-Date and the day of the credential do not agree.')
      : fault('AuthorizationQueryParametersError', 'X-Amz-Date and the day of the credential do not agree.');
  }
  if (claim.form === 'header' && Math.abs(now - signedAt) > skewAllowed) {
    return fault('RequestTimeTooSkewed', 'The time of the request is too far from the time here.');
  }
  if (claim.expires !== undefined && now > signedAt + claim.expires * 1000) {
    return fault('AccessDenied', 'Request has expired');
  }
  if (claim.expires !== undefined && signedAt > now + skewAllowed) {
    return fault('AccessDenied', 'Request is not yet valid');
  }
  return unsignedHeader(claim, request);
};

/** Host binds a request to this home; an x-amz header decides what is done, so neither may be added by someone else. */
const unsignedHeader = (claim: Claim, { headers }: SignedRequest): SignatureFault | undefined => {
  const { signedHeaders } = claim;
  if (!signedHeaders.includes('host')) return fault('AccessDenied', 'The host header must be signed.');
  for (const name in headers) {
    if (name.startsWith('x-amz-') && headers[name] !== undefined && !signedHeaders.includes(name)) {
      return fault(
        'AccessDenied',
        `There were headers present in the request which were not signed: ${name}`,
      );
    }
  }
  return undefined;
};

/** What stands for the body in the signature. Only S3 takes a body that is not covered by it. */
const payloadOf = (
  { headers, body }: SignedRequest,
  claim: Claim,
  query: readonly QueryParameter[],
): string | SignatureFault => {
  const declared =
    only(headers['x-amz-content-sha256']) ??
    query.find(({ name }) => name.toLowerCase() === 'x-amz-content-sha256')?.value;
  if (claim.scope.service === 's3') {
    if (declared !== undefined) return bodyMatches(declared, body) ?? declared;
    return claim.form === 'query'
      ? 'UNSIGNED-PAYLOAD'
      : fault('AccessDenied', 'Missing required header for this request: x-amz-content-sha256');
  }
  const actual = sha256Hex(body ?? '');
  if (declared === undefined || declared === actual) return actual;
  return fault('XAmzContentSHA256Mismatch', 'The body is not the one whose hash was signed.');
};

const bodyMatches = (declared: string, body: Buffer | undefined): SignatureFault | undefined =>
  body !== undefined && /^[0-9a-f]{64}$/.test(declared) && sha256Hex(body) !== declared
    ? fault('XAmzContentSHA256Mismatch', 'The body is not the one whose hash was signed.')
    : undefined;
