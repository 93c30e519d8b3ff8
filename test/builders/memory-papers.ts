import type { DrawPaper, Papers } from '#shared/ports/papers.ts';

export type MemoryPapers = Papers & { stored: Map<string, Uint8Array> };

/** Papers in memory, for tests of commands. */
export const memoryPapers = (): MemoryPapers => {
  const stored = new Map<string, Uint8Array>();
  return {
    stored,
    put: async ({ key, bytes }) => {
      if (stored.has(key)) return false;
      stored.set(key, new Uint8Array(bytes));
      return true;
    },
    read: async (key) => stored.get(key),
    exists: async (key) => stored.has(key),
    remove: async (key) => {
      stored.delete(key);
    },
    presign: async ({ key, seconds, filename }) =>
      `https://storage.example/${key}?seconds=${seconds}&as=${filename}`,
  };
};

/** Answers what it was asked to draw instead of a drawing, so that a test can read it. */
export const readableDrawing: DrawPaper = async (order) => new TextEncoder().encode(JSON.stringify(order));
