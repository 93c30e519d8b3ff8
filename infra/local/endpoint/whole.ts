import type { IncomingMessage } from 'node:http';

/**
 * All bytes of a message, by its events: every call of a service passes here twice, and an iterator costs a third of that way.
 * @param most bytes; of a longer one the rest is read and dropped
 * @returns undefined for a longer one
 * @throws when it breaks off
 */
export const wholeUpTo = (message: IncomingMessage, most: number): Promise<Buffer | undefined> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    message.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= most) chunks.push(chunk);
      else chunks.length = 0;
    });
    message.once('end', () => {
      const [only] = chunks;
      if (size > most) resolve(undefined);
      else resolve(chunks.length === 1 ? only : Buffer.concat(chunks));
    });
    message.once('error', reject);
  });

export const wholeOf = async (message: IncomingMessage): Promise<Buffer> =>
  (await wholeUpTo(message, Infinity)) ?? Buffer.alloc(0);
