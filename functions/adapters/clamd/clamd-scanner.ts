import { connect, type Socket } from 'node:net';
import type { ScanSays } from '#shared/domain/application-documents.ts';
import type { Scanner } from '#shared/ports/scanner.ts';

/** Silence for so long means that the daemon hangs. */
const patienceMilliseconds = 60_000;

/**
 * A scanner that asks clamd, the daemon of ClamAV, by its INSTREAM command (clamd(8)): each piece behind its length in four
 * bytes, an empty one at the end, one line as the answer.
 * @param address `host:port`, or the path of a socket
 */
export const clamdScanner =
  (address: string): Scanner =>
  async (bytes) => {
    const socket = connect(placeOf(address));
    // The daemon may answer and hang up before it has heard everything, as with a file beyond its limit.
    const verdict = answerOf(socket);
    verdict.catch(() => undefined);
    try {
      await send(socket, Buffer.from('zINSTREAM\0'));
      for await (const piece of bytes) {
        if (socket.readableEnded || socket.destroyed) break;
        if (piece.length > 0) await send(socket, Buffer.concat([lengthOf(piece.length), piece]));
      }
      if (!socket.destroyed) await send(socket, lengthOf(0));
      return read(await verdict);
    } finally {
      socket.destroy();
    }
  };

const placeOf = (address: string): { path: string } | { host: string; port: number } => {
  if (address.startsWith('/')) return { path: address };
  const { hostname, port } = new URL(`tcp://${address}`);
  return { host: hostname.replaceAll(/[[\]]/g, ''), port: Number(port) };
};

const lengthOf = (length: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(length);
  return bytes;
};

/** Resolves when the daemon has room for more; a connection that is gone shows in the answer. */
const send = (socket: Socket, bytes: Buffer): Promise<void> =>
  new Promise((resolve) => {
    socket.write(bytes, () => resolve());
  });

const answerOf = (socket: Socket): Promise<string> =>
  new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    socket.setTimeout(patienceMilliseconds, () => socket.destroy(new Error('clamd is silent.')));
    socket.on('data', (piece) => pieces.push(piece));
    socket.on('error', reject);
    socket.on('end', () => resolve(Buffer.concat(pieces).toString('utf8')));
    socket.on('close', () => reject(new Error('clamd hung up without an answer.')));
  });

/**
 * What clamd finds where it cannot look into a file: behind a password (`AlertEncrypted`, clamd.conf(5)), or beyond its limits
 * (`AlertExceedsMax`, `StreamMaxLength`).
 */
const unreadable =
  /^stream: Heuristics\.(?:Encrypted|Limits\.Exceeded)\b.* FOUND$|^INSTREAM size limit exceeded/;

/** `stream: OK`, `stream: NAME FOUND`, or an error. */
const read = (answer: string): ScanSays => {
  const line = answer.replaceAll('\0', '').trim();
  if (line === 'stream: OK') return 'clean';
  if (unreadable.test(line)) return 'unreadable';
  if (/^stream: .+ FOUND$/.test(line)) return 'infected';
  throw new Error(`clamd gave no verdict: ${line.slice(0, 200)}`);
};
