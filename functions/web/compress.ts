import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { MiddlewareHandler } from 'hono';

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** Below this a page fits one packet anyway. */
const worthBytes = 1024;

type Encoding = 'br' | 'gzip';

/** The best encoding that a browser accepts; an explicit `q=0` is a no (RFC 9110, 12.5.3). */
export const acceptedEncoding = (header: string | undefined): Encoding | undefined => {
  const accepted = new Set(
    (header ?? '')
      .split(',')
      .filter((range) => !/;\s*q=0(\.0*)?\s*$/.test(range))
      .map((range) => range.split(';')[0]?.trim().toLowerCase()),
  );
  if (accepted.has('br')) return 'br';
  return accepted.has('gzip') ? 'gzip' : undefined;
};

/** Compresses pages, since an HTTP API compresses nothing. Brotli 5: half a millisecond for a long page. */
export const compressPages = (): MiddlewareHandler => async (c, next) => {
  await next();
  const { headers } = c.res;
  if (headers.has('content-encoding') || !headers.get('content-type')?.startsWith('text/html')) return;
  headers.append('vary', 'accept-encoding');
  const encoding = acceptedEncoding(c.req.header('accept-encoding'));
  if (encoding === undefined || c.req.method === 'HEAD') return;
  const body = Buffer.from(await c.res.arrayBuffer());
  const small = body.length < worthBytes;
  const packed = small ? body : await compress(body, encoding);
  c.res = new Response(new Uint8Array(packed), { status: c.res.status, headers });
  c.res.headers.delete('content-length');
  if (!small) c.res.headers.set('content-encoding', encoding);
};

/** As pages are sent. */
export const compress = (body: Buffer, encoding: Encoding): Promise<Buffer> =>
  encoding === 'br'
    ? brotli(body, {
        params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
      })
    : zip(body, { level: 6 });
