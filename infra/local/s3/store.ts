/** One bucket at rest: objects appear whole, are replaced whole, and are gone when their removal was answered. */

import type { FileHandle } from 'node:fs/promises';
import { open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Declared } from './digests.ts';
import {
  clearFolder,
  type Draft,
  keyedLock,
  makeFolder,
  type OpenTemporary,
  startDraft,
  syncFolder,
} from './disk.ts';
import { isMissing, S3Error } from './errors.ts';
import { fileNameOf, type ObjectFacts, readFacts } from './object-file.ts';

/** What must be true of the object that a write would replace. Quotation marks stay as sent. */
export type WriteCondition = { ifNoneMatch?: string | undefined; ifMatch?: string | undefined };

export type OpenObject = { facts: ObjectFacts; file: FileHandle };

export type ObjectStore = {
  draft: (declared: Declared) => Promise<Draft>;
  /** Makes a sealed draft, with the facts it was sealed with, the object of its key. */
  publish: (draft: Draft, facts: ObjectFacts, condition: WriteCondition) => Promise<void>;
  /** The caller closes the file. */
  open: (key: string) => Promise<OpenObject | undefined>;
  facts: (key: string) => Promise<ObjectFacts | undefined>;
  /** With a `writeId`, only while that write is the one that is stored. Answers whether there was anything to remove. */
  remove: (key: string, writeId?: string) => Promise<boolean>;
  /** Removes what a caller's If-Match still names. */
  removeMatching: (key: string, ifMatch: string) => Promise<void>;
  /** Every object whose key begins so, in the order of its key's bytes. Read from disk the first time, then kept up to date in memory. */
  all: (prefix?: string) => Promise<readonly ObjectFacts[]>;
};

export const openStore = async (
  folder: string,
  openTemporary: OpenTemporary,
): Promise<{ store: ObjectStore; leftovers: number }> => {
  const objects = join(folder, 'objects');
  const incoming = join(folder, 'incoming');
  await makeFolder(objects);
  await makeFolder(incoming);
  const leftovers = await clearFolder(incoming);
  const locked = keyedLock();
  const index = makeIndex(objects);

  const openObject = (key: string) => openAt(join(objects, fileNameOf(key)));
  const factsOf = async (key: string): Promise<ObjectFacts | undefined> => {
    const found = await openObject(key);
    await found?.file.close();
    return found?.facts;
  };

  const erase = async (key: string): Promise<void> => {
    await rm(join(objects, fileNameOf(key)), { force: true });
    await syncFolder(objects);
    index.changed(key, undefined);
  };

  const store: ObjectStore = {
    draft: (declared) => startDraft(incoming, declared, openTemporary),
    publish: (draft, facts, condition) =>
      locked(facts.key, async () => {
        if (condition.ifMatch !== undefined || condition.ifNoneMatch !== undefined) {
          requireCondition(condition, await factsOf(facts.key));
        }
        await draft.publish(objects, fileNameOf(facts.key));
        index.changed(facts.key, facts);
      }),
    open: openObject,
    facts: factsOf,
    remove: (key, writeId) =>
      locked(key, async () => {
        const stored = writeId === undefined ? undefined : await factsOf(key);
        if (stored?.writeId !== writeId) return false;
        await erase(key);
        return true;
      }),
    removeMatching: (key, ifMatch) =>
      locked(key, async () => {
        requireCondition({ ifMatch }, await factsOf(key));
        await erase(key);
      }),
    all: index.all,
  };
  return { store, leftovers };
};

const openAt = async (path: string): Promise<OpenObject | undefined> => {
  const file = await open(path, 'r').catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (!file) return undefined;
  try {
    return { facts: await readFacts(file), file };
  } catch (error) {
    await file.close();
    throw error;
  }
};

const requireCondition = (
  { ifMatch, ifNoneMatch }: WriteCondition,
  stored: ObjectFacts | undefined,
): void => {
  if (ifMatch !== undefined && !stored) throw new S3Error('NoSuchKey', 'The specified key does not exist.');
  const failed =
    (ifMatch !== undefined && !etagMatches(ifMatch, stored)) ||
    (ifNoneMatch !== undefined && etagMatches(ifNoneMatch, stored));
  if (failed) {
    throw new S3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
      Condition: ifMatch === undefined ? 'If-None-Match' : 'If-Match',
    });
  }
};

/** Whether one of the entity tags of a condition, or its `*`, is the object's. */
export const etagMatches = (condition: string, stored: ObjectFacts | undefined): boolean =>
  stored !== undefined &&
  condition
    .split(',')
    .map((tag) => tag.trim().replaceAll('"', ''))
    .some((tag) => tag === '*' || tag === stored.etag);

type Index = { changed: (key: string, facts: ObjectFacts | undefined) => void; all: ObjectStore['all'] };

/** Listing needs every key in order, which hashed names do not give; most homes never list, so it loads when asked. */
const makeIndex = (objects: string): Index => {
  let loading: Promise<Map<string, ObjectFacts>> | undefined;
  let changes = new Map<string, ObjectFacts | undefined>();
  /** Of the last listing, whose next page is asked for as a rule. */
  let sorted: { prefix: string; facts: ObjectFacts[] } | undefined;
  return {
    changed: (key, facts) => {
      if (loading) changes.set(key, facts);
      sorted = undefined;
    },
    all: async (prefix = '') => {
      loading ??= loadIndex(objects);
      const known = await loading.catch((error: unknown) => {
        loading = undefined;
        throw error;
      });
      for (const [key, facts] of changes) {
        if (facts) known.set(key, facts);
        else known.delete(key);
      }
      changes = new Map();
      if (sorted?.prefix !== prefix) sorted = { prefix, facts: inOrder(known, prefix) };
      return sorted.facts;
    },
  };
};

/** Sorted once it is filtered: a listing of a few keys among very many costs little. */
const inOrder = (known: ReadonlyMap<string, ObjectFacts>, prefix: string): ObjectFacts[] =>
  [...known.values()]
    .filter(({ key }) => key.startsWith(prefix))
    .map((facts) => ({ facts, bytes: Buffer.from(facts.key) }))
    .toSorted((a, b) => Buffer.compare(a.bytes, b.bytes))
    .map(({ facts }) => facts);

const readAtOnce = 16;

const loadIndex = async (objects: string): Promise<Map<string, ObjectFacts>> => {
  const names = await readdir(objects);
  const known = new Map<string, ObjectFacts>();
  for (let start = 0; start < names.length; start += readAtOnce) {
    const some = names.slice(start, start + readAtOnce);
    for (const facts of await Promise.all(some.map((name) => factsIn(join(objects, name))))) {
      if (facts) known.set(facts.key, facts);
    }
  }
  return known;
};

const factsIn = async (path: string): Promise<ObjectFacts | undefined> => {
  const file = await open(path, 'r').catch(() => undefined);
  if (!file) return undefined;
  try {
    return await readFacts(file);
  } finally {
    await file.close();
  }
};
