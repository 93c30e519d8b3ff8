import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exitCodes, HomeFault } from '#infra/local/ports.ts';

/** A port of this machine, reached by nobody else. */
export type LoopbackPort = {
  port: number;
  /** Who answers from now on; until then everything is told to come back in a moment. */
  answerWith: (listener: RequestListener) => void;
  /** Lets what is under way come to its end, at most this long. */
  close: (graceMilliseconds: number) => Promise<void>;
};

type Options = {
  /** 0 takes a free one. */
  port: number;
  /** For the message when it is taken. */
  purpose: string;
  /** How long an unused connection stays open. Milliseconds. */
  keepAlive?: number;
};

/**
 * Listens on 127.0.0.1 and, where the machine has it, on ::1, since browsers try either for "localhost".
 * @throws HomeFault when the port is taken
 */
export const openLoopback = async ({ port, purpose, keepAlive = 65_000 }: Options): Promise<LoopbackPort> => {
  let listener = notYet;
  const serve = (): Server => {
    const server = createServer((request, response) => listener(request, response));
    server.keepAliveTimeout = keepAlive;
    server.requestTimeout = slowestUpload;
    return server;
  };
  const servers = [serve()];
  const bound = await listen(servers[0], { port, host: '127.0.0.1', purpose });
  const second = serve();
  try {
    await listen(second, { port: bound, host: '::1', purpose });
    servers.push(second);
  } catch (error) {
    // Without IPv6, and for a port that was chosen by chance, one address is enough.
    if (error instanceof HomeFault && port !== 0 && error.exitCode === exitCodes.port && isTaken(error)) {
      await closeAll(servers, 0);
      throw error;
    }
  }
  return {
    port: bound,
    answerWith: (next) => {
      listener = next;
    },
    close: (grace) => closeAll(servers, grace),
  };
};

/** Documents of 20 MB over a village's 128 kbit/s take 21 minutes; Node would cut them after five. Headers still get one. */
const slowestUpload = 30 * 60_000;

const notYet: RequestListener = (_request, response) => {
  response.writeHead(503, { 'retry-after': '1', 'content-type': 'text/plain' }).end('Starting.\n');
};

const isTaken = ({ cause }: HomeFault): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';

const listen = (
  server: Server | undefined,
  { port, host, purpose }: { port: number; host: string; purpose: string },
): Promise<number> =>
  new Promise((resolve, reject) => {
    server?.once('error', (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === 'EADDRINUSE' ? 'is taken by another program' : `cannot be used (${error.message})`;
      const fault = new HomeFault(
        `Port ${port} for ${purpose} ${reason}. Give another one with --port.`,
        exitCodes.port,
      );
      fault.cause = error;
      reject(fault);
    });
    server?.listen({ port, host }, () => {
      const address: AddressInfo | string | null = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });

const closeAll = async (servers: readonly Server[], graceMilliseconds: number): Promise<void> => {
  const patience = setTimeout(() => {
    for (const server of servers) server.closeAllConnections();
  }, graceMilliseconds);
  // One that was answering is idle afterwards, and its browser would keep it open for another minute.
  const look = setInterval(() => {
    for (const server of servers) server.closeIdleConnections();
  }, 50);
  await Promise.all(
    servers.map(
      (server) =>
        new Promise<void>((resolve) => {
          server.close(() => resolve());
          server.closeIdleConnections();
        }),
    ),
  );
  clearTimeout(patience);
  clearInterval(look);
};
