import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readAssets } from '#functions/web/assets.ts';
import { buildAssets } from '#infra/build/assets.ts';
import { type Home, startHome } from '#test/functions/web/account/home.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The pages with their real style sheet and scripts, at a real address: passkeys need one. */
export const serveHome = async (): Promise<Home & { origin: string }> => {
  const folder = mkdtempSync(join(tmpdir(), 'irikteu-assets-'));
  for (const { path, bytes } of (await buildAssets(root, 'assets')).outputs) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  let home: Home | undefined;
  const server = createServer((request, response) => {
    void answer(home, request, response);
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
  const origin = `http://localhost:${port}`;
  const started = await startHome({ origin, assets: readAssets(join(folder, 'assets')) });
  home = started;
  return {
    ...started,
    origin,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true, force: true });
      await started.stop();
    },
  };
};

const answer = async (
  home: Home | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers))
    headers.set(name, [value ?? ''].flat().join(', '));
  const url = `http://${request.headers.host}${request.url}`;
  const body = chunks.length > 0 ? { body: Buffer.concat(chunks) } : {};
  const answered = await home?.app.request(url, { method: request.method ?? 'GET', headers, ...body });
  response.statusCode = answered?.status ?? 503;
  answered?.headers.forEach((value, name) => {
    if (name !== 'set-cookie') response.setHeader(name, value);
  });
  response.setHeader('set-cookie', answered?.headers.getSetCookie() ?? []);
  response.end(Buffer.from((await answered?.arrayBuffer()) ?? new ArrayBuffer(0)));
};
