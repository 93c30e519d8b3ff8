import type { HttpAnswer } from '#infra/local/http-api/answer.ts';
import type { CorsProperties } from '#infra/local/template/properties.ts';

type Asking = {
  method: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
};

/**
 * CORS as an HTTP API does it where the template configures it: it answers preflights itself, whatever routes there are, and
 * its own headers take the place of those of a function. (API Gateway Developer Guide, "Configure CORS for HTTP APIs".)
 */
export const corsOf = (cors: CorsProperties) => {
  const allowedOrigin = ({ headers: { origin } }: Asking): string | undefined => {
    if (typeof origin !== 'string') return undefined;
    const fits = cors.AllowOrigins.some(
      (allowed) =>
        allowed === origin ||
        allowed === '*' ||
        (allowed.endsWith('://*') && origin.startsWith(allowed.slice(0, -1))),
    );
    if (!fits) return undefined;
    return cors.AllowOrigins.includes('*') && !cors.AllowCredentials ? '*' : origin;
  };

  const common = (origin: string): HttpAnswer['headers'] => ({
    'access-control-allow-origin': origin,
    ...(origin !== '*' && { vary: 'origin' }),
    ...(cors.AllowCredentials && { 'access-control-allow-credentials': 'true' }),
    ...(cors.ExposeHeaders.length > 0 && { 'access-control-expose-headers': cors.ExposeHeaders.join(',') }),
  });

  /** The answer to a preflight; undefined for any other request. */
  const preflight = (asking: Asking): HttpAnswer | undefined => {
    if (asking.method !== 'OPTIONS' || asking.headers['access-control-request-method'] === undefined) {
      return undefined;
    }
    const origin = allowedOrigin(asking);
    const headers: HttpAnswer['headers'] =
      origin === undefined
        ? {}
        : {
            ...common(origin),
            ...(cors.AllowMethods.length > 0 && {
              'access-control-allow-methods': cors.AllowMethods.join(','),
            }),
            ...(cors.AllowHeaders.length > 0 && {
              'access-control-allow-headers': cors.AllowHeaders.join(','),
            }),
            ...(cors.MaxAge !== undefined && { 'access-control-max-age': String(cors.MaxAge) }),
          };
    return { status: 204, headers, body: Buffer.alloc(0) };
  };

  const dress = (asking: Asking, answer: HttpAnswer): HttpAnswer => {
    const own = Object.fromEntries(
      Object.entries(answer.headers).filter(([name]) => !name.startsWith('access-control-')),
    );
    const origin = allowedOrigin(asking);
    if (origin === undefined) return { ...answer, headers: own };
    const ours = common(origin);
    const vary = [own['vary'] ?? [], ours['vary'] ?? []].flat().join(', ');
    return { ...answer, headers: { ...own, ...ours, ...(vary !== '' && { vary }) } };
  };

  return { preflight, dress };
};
