import type { Files } from '#shared/ports/files.ts';

export type MemoryFiles = Files & {
  stored: Map<string, Uint8Array>;
  put: (key: string, content: string) => void;
};

/** Files in memory, for tests of commands. Each character of `put` is one byte. */
export const memoryFiles = (): MemoryFiles => {
  const stored = new Map<string, Uint8Array>();
  return {
    stored,
    put: (key, content) => {
      stored.set(key, Buffer.from(content, 'latin1'));
    },
    presignUpload: async ({ key, maxBytes, seconds, redirect }) => ({
      url: 'https://storage.example',
      fields: { key, maxBytes: String(maxBytes), seconds: String(seconds), redirect: redirect ?? '' },
    }),
    read: async (key) => {
      const file = stored.get(key);
      return file && inPieces(file);
    },
    move: async (from, to) => {
      const file = stored.get(from);
      if (!file && !stored.has(to)) throw new Error(`There is neither a file ${from} nor ${to}.`);
      if (file) stored.set(to, file);
      stored.delete(from);
    },
    remove: async (key) => {
      stored.delete(key);
    },
  };
};

/** As storage answers: in pieces, the first shorter than what sniffing needs. */
async function* inPieces(file: Uint8Array): AsyncIterable<Uint8Array> {
  yield file.subarray(0, 3);
  yield file.subarray(3);
}
