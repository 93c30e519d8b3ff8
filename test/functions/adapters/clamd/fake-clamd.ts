import { createServer, type Server, type Socket } from 'node:net';

/** What the daemon was sent, and how it answers: by looking for EICAR's signature, or with a line of the test's own. */
export type FakeClamd = {
  address: string;
  streams: Buffer[];
  say: (line: string | undefined) => void;
  stop: () => Promise<void>;
};

/** A daemon of a few lines that speaks INSTREAM as clamd(8) describes it, and hangs up after its answer. */
export const fakeClamd = async (): Promise<FakeClamd> => {
  const streams: Buffer[] = [];
  let own: string | undefined;
  const server = createServer((socket) =>
    listen(socket, (stream) => {
      streams.push(stream);
      return own ?? (stream.includes(signature) ? 'stream: Eicar-Test-Signature FOUND' : 'stream: OK');
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${portOf(server)}`,
    streams,
    say: (line) => {
      own = line;
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
};

/** In two parts, so that no scanner takes this file for the test virus. */
const signature = ['EICAR-STANDARD', 'ANTIVIRUS-TEST-FILE'].join('-');

/** The test file that every scanner finds (eicar.org), behind the first bytes of a PDF. */
export const eicar = String.raw`%PDF-1.4 X5O!P%@AP[4\PZX54(P^)7CC)7}$` + `${signature}!$H+H*`;

const listen = (socket: Socket, judge: (stream: Buffer) => string): void => {
  let heard = Buffer.alloc(0);
  socket.on('error', () => undefined);
  socket.on('data', (piece) => {
    heard = Buffer.concat([heard, piece]);
    const stream = streamIn(heard);
    if (stream) socket.end(`${judge(stream)}\0`);
  });
};

/** The bytes of all pieces, once the empty one has come. */
const streamIn = (heard: Buffer): Buffer | undefined => {
  const command = Buffer.from('zINSTREAM\0');
  if (!heard.subarray(0, command.length).equals(command)) return undefined;
  const pieces: Buffer[] = [];
  for (let at = command.length; at + 4 <= heard.length; ) {
    const length = heard.readUInt32BE(at);
    if (length === 0) return Buffer.concat(pieces);
    pieces.push(heard.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return undefined;
};

const portOf = (server: Server): number => {
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('The daemon listens nowhere.');
  return address.port;
};
