import type { DocumentWrite } from '#shared/domain/document.ts';
import { chain, type StoredEvent } from '#shared/domain/event.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import type { Change, Commit, CommitRefusal, Records } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Viewed = { place: string; id: string; version: number; body: unknown };
type Stored = { events: StoredEvent[]; snapshot: unknown; lists: Change['lists'] };

/** What a test may look at or break behind the port. */
export type MemoryRecords = Records & {
  outbox: Map<string, OutboxMessage>;
  documents: Map<string, DocumentWrite>;
  secrets: Map<string, string>;
  commits: Commit[];
  /** Runs once, just before the next commit is looked at: another writer who comes between read and write. */
  interfere: (work: () => Promise<unknown>) => void;
};

/** Records in memory, for tests of commands: the same contract as the real store (test/contracts/records.ts). */
export const memoryRecords = (): MemoryRecords => {
  const records = new Map<string, Stored>();
  const claims = new Map<string, string>();
  const views = new Map<string, Viewed>();
  const blobs = new Map<string, string>();
  const tokens = new Map<string, string>();
  const secrets = new Map<string, string>();
  const outbox = new Map<string, OutboxMessage>();
  const documents = new Map<string, DocumentWrite>();
  const commits: Commit[] = [];
  let interference: (() => Promise<unknown>) | undefined;

  const versionOf = (name: string, id: string): number => records.get(`${name}#${id}`)?.events.length ?? 0;

  const refusalOf = (commit: Commit): CommitRefusal | undefined => {
    const expected = [
      ...commit.changes.map(({ aggregate, id, expectedVersion: version }) => ({ aggregate, id, version })),
      ...(commit.requires ?? []),
    ];
    const moved = expected.find(({ aggregate, id, version }) => versionOf(aggregate, id) !== version);
    if (moved) return { kind: 'changed-meanwhile', aggregate: moved.aggregate, id: moved.id };
    return takenBy(commit);
  };

  const takenBy = ({
    claims: wanted = [],
    releases = [],
    outbox: rows = [],
  }: Commit): CommitRefusal | undefined => {
    const released = new Set(releases.map(({ key }) => key));
    const taken =
      releases.find(({ key, value }) => claims.get(key) !== value) ??
      wanted.find(({ key }) => claims.has(key) && !released.has(key));
    if (taken) return { kind: 'already-claimed', claim: taken };
    const row = rows.find(({ id }) => outbox.has(id));
    return row && { kind: 'already-claimed', claim: { key: `outbox#${row.id}`, value: row.id } };
  };

  const chained = (commit: Commit, { aggregate, id, expectedVersion, facts }: Change): StoredEvent[] => {
    const before = records.get(`${aggregate}#${id}`)?.events ?? [];
    const hash = before[expectedVersion - 1]?.hash;
    return chain({ aggregate, id, version: expectedVersion, hash }, commit.by, facts);
  };

  const isStored = (commit: Commit): boolean =>
    commit.changes.length > 0 &&
    commit.changes.every((change) => {
      const before = records.get(`${change.aggregate}#${change.id}`)?.events ?? [];
      return chained(commit, change).every((event) => before[event.version - 1]?.hash === event.hash);
    });

  const write = (commit: Commit): void => {
    for (const change of commit.changes) {
      const { aggregate, id, snapshot, lists, view } = change;
      const before = records.get(`${aggregate}#${id}`)?.events ?? [];
      const events = [...before, ...chained(commit, change)];
      records.set(`${aggregate}#${id}`, { events, snapshot: asStored(snapshot), lists });
      if (view) {
        const place = `${aggregate}#${view.group}`;
        views.set(`${place}#${id}`, { place, id, version: events.length, body: asStored(view.body) });
      }
    }
    for (const { key } of commit.releases ?? []) claims.delete(key);
    for (const { key, value } of commit.claims ?? []) claims.set(key, value);
    writeTexts(commit);
  };

  const writeTexts = (commit: Commit): void => {
    for (const message of commit.outbox ?? []) outbox.set(message.id, message);
    for (const document of commit.documents ?? []) documents.set(placeOf(document.ref), document);
    for (const { awaited, token } of commit.taskTokens ?? [])
      tokens.set(`${awaited.kind}#${awaited.id}`, token);
    for (const { sha256, text } of commit.blobs ?? []) blobs.set(sha256, text);
  };

  const listed = (aggregate: string, index: 'list' | 'owner', key: string) =>
    [...records]
      .flatMap(([place, stored]) => {
        const entry = stored.lists[index];
        const id = place.slice(aggregate.length + 1);
        const stands = place.startsWith(`${aggregate}#`) && entry?.key === key;
        return stands && entry ? [{ id, stored, sort: `${entry.sort}#${id}` }] : [];
      })
      .toSorted((a, b) => (a.sort < b.sort ? -1 : 1));

  const commit = async (wanted: Commit): Promise<Result<void, CommitRefusal>> => {
    const between = interference;
    interference = undefined;
    await between?.();
    for (const { sha256, text } of wanted.blobs ?? []) {
      if (sha256Of(text) !== sha256) throw new Error('A text was given another SHA-256 than its own.');
    }
    if (sizeOf(wanted) > 100) throw new Error(`${sizeOf(wanted)} items, but one transaction holds 100.`);
    if (isStored(wanted)) return ok(undefined);
    const refusal = refusalOf(wanted);
    if (refusal) return refuse(refusal);
    write(wanted);
    commits.push(wanted);
    return ok(undefined);
  };

  return {
    outbox,
    documents,
    secrets,
    commits,
    interfere: (work) => {
      interference = work;
    },
    commit,
    find: async (aggregate, id) => {
      const stored = records.get(`${aggregate.name}#${id}`);
      return (
        stored && { id, version: stored.events.length, state: aggregate.snapshot.parse(stored.snapshot) }
      );
    },
    history: async (aggregate, id, part = { after: 0, most: Number.POSITIVE_INFINITY }) =>
      (records.get(`${aggregate}#${id}`)?.events ?? []).slice(part.after, part.after + part.most),
    versions: async (aggregate, index, key) =>
      listed(aggregate.name, index, key).map(({ id, stored }) => ({ id, version: stored.events.length })),
    claimed: async (key) => claims.get(key),
    views: async (aggregate, group) =>
      [...views.values()].flatMap(({ place, ...view }) => (place === `${aggregate}#${group}` ? [view] : [])),
    list: async (aggregate, index, key, { limit = 100, after, newestFirst } = {}) => {
      const forward = listed(aggregate.name, index, key);
      const entries = newestFirst ? forward.toReversed() : forward;
      const start = after === undefined ? 0 : entries.findIndex(({ sort }) => sort === after) + 1;
      const page = entries.slice(start, start + limit);
      const next = start + limit < entries.length ? page.at(-1)?.sort : undefined;
      return {
        items: page.map(({ id, stored }) => ({
          id,
          version: stored.events.length,
          state: aggregate.snapshot.parse(stored.snapshot),
        })),
        ...(next !== undefined && { next }),
      };
    },
    blob: async (sha256) => {
      const text = blobs.get(sha256);
      if (text === undefined) throw new Error(`The text ${sha256} is missing.`);
      return text;
    },
    document: async (ref) => {
      const written = documents.get(placeOf(ref));
      if (written && written.ref.digest !== ref.digest) throw new Error('A document was changed.');
      return written && asStored(written.body);
    },
    secret: async (name, candidate) => {
      const secret = secrets.get(name) ?? candidate;
      secrets.set(name, secret);
      return secret;
    },
    lettersTo: async (personId) =>
      [...outbox.values()].flatMap(({ at, body }) =>
        body.kind === 'letter' && body.personId === personId
          ? [{ at, template: body.template, facts: body.facts }]
          : [],
      ),
    taskToken: async ({ kind, id }) => tokens.get(`${kind}#${id}`),
  };
};

/** What survives storage: JSON. */
const asStored = (value: unknown): unknown => JSON.parse(canonicalJson(value));

const placeOf = ({ owner, kind, version }: DocumentWrite['ref']): string => `${owner}#${kind}#${version}`;

const sizeOf = (commit: Commit): number =>
  commit.changes.reduce((sum, { facts, view }) => sum + facts.length + (view ? 2 : 1), 0) +
  [
    commit.requires,
    commit.documents,
    commit.claims,
    commit.releases,
    commit.outbox,
    commit.taskTokens,
  ].reduce((sum, part) => sum + (part?.length ?? 0), 0);
