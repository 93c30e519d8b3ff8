import { createWriteStream, openSync, renameSync, statSync, type WriteStream } from 'node:fs';

/** A log file that is moved aside when it has grown large, so that a home that runs for years fills no disk. */
export type RotatingFile = { write: (text: string) => void; close: () => Promise<void> };

const largest = 20 * 1024 * 1024;
/** Between two tries to open a file that could not be written. */
const pauseMilliseconds = 1_000;

/**
 * Appends to a file, readable by its owner only; one older file is kept as `<path>.1`. What cannot be written is lost: a
 * full disk must not stop the work that is logged.
 */
export const openRotatingFile = (path: string): RotatingFile => {
  let size = sizeOf(path);
  let stream = open(path);
  let openedAt = Date.now();
  let closed = false;

  /** A stream that met a full disk stays closed for ever; there may be room again. */
  const reopen = (): void => {
    if (closed || stream?.writable || Date.now() - openedAt < pauseMilliseconds) return;
    stream = open(path);
    openedAt = Date.now();
  };

  const turn = (): void => {
    stream?.end();
    size = 0;
    try {
      renameSync(path, `${path}.1`);
    } catch {
      // Then the file goes on growing, until it has grown as much again.
    }
    stream = open(path);
  };

  return {
    write: (text) => {
      if (closed) return;
      reopen();
      if (size > largest) turn();
      size += Buffer.byteLength(text);
      if (stream?.writable) stream.write(text);
    },
    close: () => {
      closed = true;
      return new Promise((resolve) => (stream?.writable ? stream.end(() => resolve()) : resolve()));
    },
  };
};

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** The file is there at once, so that it can be moved aside at any time; undefined where it cannot be opened. */
const open = (path: string): WriteStream | undefined => {
  try {
    const stream = createWriteStream(path, { fd: openSync(path, 'a', 0o600) });
    stream.on('error', () => stream.destroy());
    return stream;
  } catch {
    return undefined;
  }
};
