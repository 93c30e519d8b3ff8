/**
 * Letters at rest. A letter is a file as it travels, and beside it a small file that says where it stands; that one's folder
 * is its state. A letter exists from the moment when the small file does, and for ever after its id is taken, so handing
 * the same letter in again changes nothing.
 */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import {
  clearFolder,
  keyedLock,
  makeFolder,
  type OpenTemporary,
  openPrivate,
  syncFolder,
  writeDurably,
} from '#infra/local/s3/disk.ts';
import { type Held, openHeld } from './held.ts';
import type { Composed } from './mime.ts';

/** In the order in which a letter passes through them: of two marks the later one counts. */
export const letterStates = ['held', 'waiting', 'sent', 'refused'] as const;
export type LetterState = (typeof letterStates)[number];

const Entry = z.object({
  id: z.string(),
  /** Milliseconds since 1970. */
  at: z.int(),
  from: z.string(),
  to: z.array(z.string()),
  /** Times that the letter itself was turned away for now, not that the server was out of reach. */
  deferrals: z.int(),
  /** Not before this instant. */
  nextAt: z.int(),
  /** Set while it is handed over: a letter that has it at a start may have been sent already. */
  startedAt: z.int().optional(),
  endedAt: z.int().optional(),
  /** The server's last words, without addresses. */
  lastCode: z.string().optional(),
  /** Under which it was handed in; letters without one are told of to nobody. */
  configurationSet: z.string().optional(),
  /** Since when it is known to whoever handed it in that the server refused it. */
  returnToldAt: z.int().optional(),
});
export type Entry = z.infer<typeof Entry>;

export type Outbox = {
  /** Keeps a letter unless its id is taken; answers whether it is new. One that cannot have left before is never held. */
  keep: (letter: Composed, at: number) => Promise<boolean>;
  held: Held;
  /** Letters that wait, the oldest first. */
  waiting: () => Entry[];
  /** Writes down how a waiting letter stands. */
  update: (entry: Entry) => Promise<void>;
  finish: (entry: Entry, state: 'sent' | 'refused') => Promise<void>;
  /** Letters that were refused, and that nobody was told of. */
  untold: () => Promise<Entry[]>;
  /** Writes down that somebody was. */
  told: (entry: Entry) => Promise<void>;
  mime: (id: string) => Promise<Buffer>;
  find: (id: string) => Promise<{ entry: Entry; state: LetterState } | undefined>;
  stateOf: (id: string) => LetterState;
  /** Every letter, the newest first. */
  all: () => Promise<Entry[]>;
};

export const openOutbox = async (
  folder: string,
  openTemporary: OpenTemporary = openPrivate,
): Promise<Outbox> => {
  const temporary = join(folder, 'incoming');
  const letters = join(folder, 'letters');
  for (const path of [temporary, letters, ...letterStates.map((state) => join(folder, state))])
    await makeFolder(path);
  await clearFolder(temporary);
  const stateOf = await readStates(folder);
  const waiting = await readWaiting(folder, stateOf);
  const known = entryCache(folder, stateOf);
  const locked = keyedLock();
  const write = (name: string, target: string, content: string | Buffer): Promise<void> =>
    writeDurably({ temporary, folder: join(folder, target), name, content, openTemporary });

  const put = async (entry: Entry, state: LetterState): Promise<void> => {
    await write(`${entry.id}.json`, state, JSON.stringify(entry));
    stateOf.set(entry.id, state);
    known.changed(entry);
    if (state === 'waiting') waiting.set(entry.id, entry);
    else waiting.delete(entry.id);
  };

  const move = async (entry: Entry, from: LetterState, to: LetterState): Promise<void> => {
    await put(entry, to);
    await rm(join(folder, from, `${entry.id}.json`), { force: true });
    await syncFolder(join(folder, from));
  };

  const held = await openHeld(folder, {
    idsHeld: () => [...stateOf].flatMap(([id, state]) => (state === 'held' ? [id] : [])),
    read: (id, state) => readEntry(folder, state, id),
    move,
    locked,
    stateOf: (id) => stateOf.get(id),
  });

  return {
    keep: (letter, at) =>
      locked(letter.id, async () => {
        if (stateOf.has(letter.id)) return false;
        await write(`${letter.id}.eml`, 'letters', letter.mime);
        const entry = newEntry(letter, at);
        const state = held.since() !== undefined && !letter.alwaysNew ? 'held' : 'waiting';
        await put(entry, state);
        // A release that came in between could not see it.
        if (state === 'held' && held.since() === undefined) await move(entry, 'held', 'waiting');
        return true;
      }),
    held,
    waiting: () => [...waiting.values()].toSorted((a, b) => a.at - b.at),
    update: (entry) => put(entry, 'waiting'),
    finish: (entry, state) => move(entry, 'waiting', state),
    untold: () => untoldIn(folder, stateOf),
    told: (entry) => put(entry, 'refused'),
    mime: (id) => readFile(join(letters, `${id}.eml`)),
    find: async (id) => {
      const state = stateOf.get(id);
      return state && { entry: await readEntry(folder, state, id), state };
    },
    stateOf: (id) => stateOf.get(id) ?? 'waiting',
    all: known.all,
  };
};

const newEntry = ({ id, envelope, configurationSet }: Composed, at: number): Entry => ({
  id,
  at,
  ...envelope,
  deferrals: 0,
  nextAt: at,
  ...(configurationSet !== undefined && { configurationSet }),
});

const untoldIn = async (folder: string, stateOf: ReadonlyMap<string, LetterState>): Promise<Entry[]> => {
  const refused = [...stateOf].flatMap(([id, state]) => (state === 'refused' ? [id] : []));
  const entries = await Promise.all(refused.map((id) => readEntry(folder, 'refused', id)));
  return entries.filter(
    ({ configurationSet, returnToldAt }) => configurationSet !== undefined && returnToldAt === undefined,
  );
};

/** Where each letter stands. One that was marked as ended counts as ended, also when the mark before is still there. */
const readStates = async (folder: string): Promise<Map<string, LetterState>> => {
  const found = new Map<string, LetterState>();
  for (const state of letterStates) {
    for (const name of await readdir(join(folder, state))) {
      const id = name.replace(/\.json$/, '');
      const before = found.get(id);
      if (before !== undefined) await rm(join(folder, before, name), { force: true });
      found.set(id, state);
    }
  }
  return found;
};

const readWaiting = async (folder: string, stateOf: ReadonlyMap<string, LetterState>) => {
  const waiting = new Map<string, Entry>();
  for (const [id, state] of stateOf) {
    if (state === 'waiting') waiting.set(id, await readEntry(folder, state, id));
  }
  return waiting;
};

const readEntry = async (folder: string, state: LetterState, id: string): Promise<Entry> =>
  Entry.parse(JSON.parse(await readFile(join(folder, state, `${id}.json`), 'utf8')));

/** Undefined for a file that is not there. */
export const ifThere = async <T>(reading: Promise<T>): Promise<T | undefined> => {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
};

/** Read when the operator first asks for letters, then kept up to date. A reading that fails is begun anew. */
const entryCache = (folder: string, stateOf: ReadonlyMap<string, LetterState>) => {
  /** What changed since the home opened is newer than what a reading finds. */
  const changed = new Map<string, Entry>();
  let reading: Promise<Map<string, Entry>> | undefined;
  const read = async (): Promise<Map<string, Entry>> => {
    const found = new Map<string, Entry>();
    for (const id of stateOf.keys()) {
      // Its file moves when it is sent; its state is then the new one.
      const entry = changed.get(id) ?? (await ifThere(readEntry(folder, stateOf.get(id) ?? 'waiting', id)));
      if (entry) found.set(id, entry);
    }
    return found;
  };
  return {
    changed: (entry: Entry): void => void changed.set(entry.id, entry),
    all: async (): Promise<Entry[]> => {
      reading ??= read();
      try {
        const entries = new Map([...(await reading), ...changed]);
        return [...entries.values()].toSorted((a, b) => b.at - a.at);
      } catch (error) {
        reading = undefined;
        throw error;
      }
    },
  };
};
