import type { IncomingMessage } from 'node:http';

/** API Gateway's limit of a request. */
const largestBody = 10 * 1024 * 1024;

/** A body that was read; `release` when nothing holds it any more. */
export type HeldBody = { body: Buffer; release: () => void };

/**
 * Reads bodies while all that are held come to no more than a limit, so that a crowd of large requests cannot take the
 * memory of the machine. Answers why one is not read: too large by itself, or too much at once.
 * @param most bytes of all bodies together
 */
export const bodyReader = (most: number) => {
  let held = 0;

  return async (request: IncomingMessage): Promise<HeldBody | 'too-large' | 'too-much'> => {
    const announced = Number(request.headers['content-length'] ?? 0);
    if (announced > largestBody) return 'too-large';
    if (held + announced > most) return 'too-much';
    const chunks: Buffer[] = [];
    let size = 0;
    const release = (): void => {
      held -= size;
      size = 0;
    };
    try {
      for await (const chunk of request) {
        size += chunk.length;
        held += chunk.length;
        const reason = size > largestBody ? 'too-large' : 'too-much';
        if (size > largestBody || held > most) {
          release();
          return reason;
        }
        chunks.push(chunk);
      }
    } catch (error) {
      release();
      throw error;
    }
    return { body: Buffer.concat(chunks), release };
  };
};
