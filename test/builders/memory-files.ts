import type { Files } from '#shared/ports/files.ts';

export type MemoryFiles = Files & {
  stored: Map<string, Uint8Array>;
  put: (key: string, content: string) => void;
};

/** Files in memory, for tests of commands. Each character of `put` is one byte. */
export const memoryFiles = (): MemoryFiles => {
  const stored = new Map<string, Uint8Array>();
  const versions = new WeakMap<Uint8Array, string>();
  let written = 0;
  const write = (key: string, file: Uint8Array): void => {
    written += 1;
    const copy = new Uint8Array(file);
    versions.set(copy, `version ${written}`);
    stored.set(key, copy);
  };
  const versionOf = (key: string): string | undefined => {
    const file = stored.get(key);
    return file && versions.get(file);
  };
  return {
    stored,
    put: (key, content) => write(key, Buffer.from(content, 'latin1')),
    presignUpload: async ({ key, minBytes, maxBytes, seconds, redirect }) => ({
      url: 'https://storage.example',
      fields: {
        key,
        ...(minBytes !== undefined && { minBytes: String(minBytes) }),
        maxBytes: String(maxBytes),
        seconds: String(seconds),
        redirect: redirect ?? '',
      },
    }),
    presignDownload: async ({ key, seconds, filename }) =>
      `https://storage.example/${key}?seconds=${seconds}&filename=${encodeURIComponent(filename)}`,
    read: async (key) => {
      const file = stored.get(key);
      return file && { version: versions.get(file) ?? '', bytes: inPieces(file) };
    },
    versionOf: async (key) => versionOf(key),
    list: async (prefix) =>
      [...stored]
        .filter(([key]) => key.startsWith(prefix))
        .map(([key, file]) => ({ key, bytes: file.length }))
        .toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    write: async (key, file) => write(key, file),
    move: async ({ from, version, to, replaces }) => {
      const file = stored.get(from);
      if (!file || versionOf(from) !== version || versionOf(to) !== replaces) return false;
      write(to, file);
      stored.delete(from);
      return true;
    },
    remove: async (key, version) => {
      if (version === undefined || versionOf(key) === version) stored.delete(key);
    },
  };
};

/** As storage answers: in pieces, the first shorter than what sniffing needs. */
async function* inPieces(file: Uint8Array): AsyncIterable<Uint8Array> {
  yield file.subarray(0, 3);
  yield file.subarray(3);
}
