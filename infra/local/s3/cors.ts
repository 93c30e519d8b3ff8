/** Cross-origin requests of browsers by the bucket's CORS rules: the first rule that matches origin and method answers. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CorsRule } from './bucket.ts';
import { S3Error } from './errors.ts';

/** One asterisk stands for any text, as in S3's rules. */
const matches = (pattern: string, text: string): boolean => {
  const star = pattern.indexOf('*');
  if (star === -1) return pattern === text;
  const before = pattern.slice(0, star);
  const after = pattern.slice(star + 1);
  return text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after);
};

const ruleFor = (rules: readonly CorsRule[], origin: string, method: string): CorsRule | undefined =>
  rules.find(
    ({ allowedOrigins, allowedMethods }) =>
      allowedMethods.includes(method) && allowedOrigins.some((pattern) => matches(pattern, origin)),
  );

const allow = (response: ServerResponse, rule: CorsRule, origin: string): void => {
  const everyone = rule.allowedOrigins.includes('*');
  response.setHeader('access-control-allow-origin', everyone ? '*' : origin);
  response.setHeader('access-control-allow-methods', rule.allowedMethods.join(', '));
  if (rule.exposedHeaders?.length) {
    response.setHeader('access-control-expose-headers', rule.exposedHeaders.join(', '));
  }
  response.setHeader('vary', 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method');
};

/** Lets the page that sent a request read its answer, where a rule says so. */
export const allowOrigin = (
  request: IncomingMessage,
  response: ServerResponse,
  rules: readonly CorsRule[],
): void => {
  const { origin } = request.headers;
  const rule = origin === undefined ? undefined : ruleFor(rules, origin, request.method ?? '');
  if (origin !== undefined && rule) allow(response, rule, origin);
};

/** Answers a preflight, or refuses it as S3 does. */
export const answerPreflight = (
  request: IncomingMessage,
  response: ServerResponse,
  rules: readonly CorsRule[],
): void => {
  const { origin } = request.headers;
  const method = request.headers['access-control-request-method'];
  const asked = (request.headers['access-control-request-headers'] ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  const rule = origin === undefined || method === undefined ? undefined : ruleFor(rules, origin, method);
  const allowed = (rule?.allowedHeaders ?? []).map((pattern) => pattern.toLowerCase());
  const headersAllowed = asked.every((name) => allowed.some((pattern) => matches(pattern, name)));
  if (origin === undefined || !rule || !headersAllowed) {
    throw new S3Error('AccessDenied', 'CORSResponse: This CORS request is not allowed.');
  }
  allow(response, rule, origin);
  if (asked.length > 0) response.setHeader('access-control-allow-headers', asked.join(', '));
  if (rule.maxAge !== undefined) response.setHeader('access-control-max-age', rule.maxAge);
  response.writeHead(200, { 'content-length': 0 }).end();
};
