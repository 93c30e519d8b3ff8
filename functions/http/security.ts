import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { csrf } from 'hono/csrf';
import { HTTPException } from 'hono/http-exception';
import type { Refusal } from '#shared/errors.ts';

/** Of an ordinary form or JSON document: a long motivation in Cyrillic, percent-encoded, is about 120 KB. */
const ordinaryBody = 256 * 1024;

/** An imported register or round file with its multipart frame; in base64 it must fit Lambda's 6 MB. */
const importBody = 4 * 1024 * 1024;

/**
 * What another site sends in a visitor's name changes nothing: the browser says where a request comes from
 * (Sec-Fetch-Site, or Origin in older ones), with or without JavaScript. A form must say so; JSON, which no form can
 * post, may come from a program that is no browser and says nothing.
 */
export const sameOriginOnly = (publicOrigin: string): MiddlewareHandler => {
  const forms = csrf({ origin: publicOrigin, secFetchSite: 'same-origin' });
  return (c, next) => {
    const site = c.req.header('sec-fetch-site');
    const origin = c.req.header('origin');
    const said = site !== undefined || origin !== undefined;
    const ours = site === 'same-origin' || origin === publicOrigin;
    if (said && !ours && !['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)) throw new HTTPException(403);
    return forms(c, next);
  };
};

/**
 * A body that says it is a form is one, and where a form is expected nothing else comes: otherwise it would be read
 * as a form with nothing in it.
 * @param json paths (as patterns) that take JSON
 */
export const readableForms =
  (
    answer: (c: Context, refusal: Refusal) => Response | Promise<Response>,
    json: readonly RegExp[],
  ): MiddlewareHandler =>
  async (c, next) => {
    const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
    if (c.req.method !== 'POST' || type === undefined || json.some((path) => path.test(c.req.path)))
      return next();
    const isForm = type === 'application/x-www-form-urlencoded' || type === 'multipart/form-data';
    const read = isForm ? await c.req.parseBody().catch(() => undefined) : undefined;
    return read ? next() : answer(c, { kind: 'unreadable', expected: 'multipart/form-data' });
  };

/**
 * Refuses a body above a size before it is read into memory.
 * @param larger paths (as patterns) that may bring an import
 */
export const limitBodies = (
  answer: (c: Context, refusal: Refusal) => Response | Promise<Response>,
  larger: readonly RegExp[] = [],
): MiddlewareHandler => {
  const limitTo = (bytes: number) =>
    bodyLimit({ maxSize: bytes, onError: (c) => answer(c, { kind: 'too-large', limitBytes: bytes }) });
  const ordinary = limitTo(ordinaryBody);
  const imports = limitTo(importBody);
  return (c, next) => (larger.some((path) => path.test(c.req.path)) ? imports : ordinary)(c, next);
};

/**
 * Headers of every answer. No inline script or style runs, nobody may frame a page, nothing is kept in a cache
 * unless its route said so. `formTarget` in the context is the storage origin that this page's upload form posts to.
 */
export const securityHeaders = (publicOrigin: string): MiddlewareHandler => {
  const secure = publicOrigin.startsWith('https:');
  return async (c, next) => {
    await next();
    const { headers } = c.res;
    headers.set('content-security-policy', contentPolicy(targetOf(c)));
    headers.set('x-content-type-options', 'nosniff');
    headers.set('x-frame-options', 'DENY');
    // Not `no-referrer`: that would also blank the Origin of our own forms.
    headers.set('referrer-policy', 'same-origin');
    headers.set('cross-origin-opener-policy', 'same-origin');
    headers.set('cross-origin-resource-policy', 'same-origin');
    headers.set('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()');
    if (secure) headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains');
    if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
  };
};

const targetOf = (c: Context): string => {
  const target: unknown = c.get('formTarget');
  return typeof target === 'string' ? ` ${target}` : '';
};

const contentPolicy = (target: string): string =>
  [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self'${target}`,
    `form-action 'self'${target}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
