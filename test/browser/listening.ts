import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export type Answer = (request: Request) => Response | Promise<Response>;

/** A real address for pages under test: a browser needs one, and passkeys need it to be `localhost`. */
export const listen = async (): Promise<{
  origin: string;
  /** From here on requests are answered; the address is known before whoever answers them is made. */
  answerWith: (answer: Answer) => void;
  stop: () => Promise<void>;
}> => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  const origin = `http://localhost:${address.port}`;
  return {
    origin,
    answerWith: (answer) => {
      server.on('request', (incoming, outgoing) => {
        pass(answer, origin, incoming, outgoing).catch(() => outgoing.destroy());
      });
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

const pass = async (
  answer: Answer,
  origin: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> => {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  const body = Buffer.concat(chunks);
  const response = await answer(
    new Request(origin + (incoming.url ?? '/'), {
      method: incoming.method ?? 'GET',
      headers: headersOf(incoming),
      ...(body.length > 0 && { body }),
    }),
  );
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) if (name !== 'set-cookie') outgoing.setHeader(name, value);
  outgoing.setHeader('set-cookie', response.headers.getSetCookie());
  outgoing.end(Buffer.from(await response.arrayBuffer()));
};

const headersOf = (incoming: IncomingMessage): Headers => {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    headers.set(name, [value ?? ''].flat().join(', '));
  }
  return headers;
};
