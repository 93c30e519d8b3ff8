import { generateKeyPairSync } from 'node:crypto';
import { DeleteItemCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dynamoCheckReports } from '#functions/adapters/dynamodb/check-reports.ts';
import { dynamoHeads } from '#functions/adapters/dynamodb/heads.ts';
import { keyOf, number, text, textOf } from '#functions/adapters/dynamodb/item.ts';
import { keys } from '#functions/adapters/dynamodb/keys.ts';
import { dynamoRecordNames } from '#functions/adapters/dynamodb/record-names.ts';
import { dynamoRecords } from '#functions/adapters/dynamodb/records.ts';
import { changed } from '#functions/commands/storing.ts';
import { beginChecks, type CheckDeps, lookAfterChecks } from '#functions/sweep/checks.ts';
import { Anchor, hashOfAnchor, readAnchor } from '#shared/checks/anchor.ts';
import type { CheckFinding } from '#shared/checks/finding.ts';
import { checkRecord } from '#shared/domain/audit.ts';
import { chain, fold, type StoredEvent } from '#shared/domain/event.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import { endSessions, personAggregate } from '#shared/domain/person.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { anchorKey } from '#shared/ports/checks.ts';
import { type MemoryPapers, memoryPapers } from '#test/builders/memory-papers.ts';
import { signerOf } from '#test/builders/signer.ts';
import { aClock } from '#test/builders/worlds.ts';
import { storePeople } from '#test/contracts/people.ts';
import { noon, theSystem } from '#test/contracts/tally.ts';
import { type Engine, startEngine } from '#test/engine.ts';

/** The table of a region, with people of two events each, and the bucket beside it. */
describe('the nightly checks', () => {
  let engine: Engine;
  let ids: string[];
  let papers: MemoryPapers;
  let deps: CheckDeps;
  let left: number;
  let reads: number;

  const person = (index: number): string => ids[index] ?? '';

  /** What the newest run has found. */
  const night = async (): Promise<CheckFinding[]> => {
    deps.commands.clock = aClock(addSeconds(deps.commands.clock.now(), 86_400));
    return (await beginChecks(deps, 'night')).night?.findings ?? [];
  };

  const grow = async (index: number, count = 1): Promise<void> => {
    for (let more = 0; more < count; more += 1) {
      const before = await deps.records.find(personAggregate, person(index));
      const events = endSessions(1, deps.commands.clock.now());
      const { change } = changed(personAggregate, person(index), before, events);
      await deps.commands.records.commit({ by: theSystem, changes: [change] });
    }
  };

  const history = (index: number) => deps.records.history('person', person(index));

  /** The record as it would stand if it had only these events: by itself nothing is wrong with it. */
  const forge = async (index: number, events: readonly StoredEvent[], before: number): Promise<void> => {
    const { client, recordsTable: TableName } = engine;
    for (let version = 1; version <= before; version += 1) {
      const Key = keyOf(keys.event('person', person(index), version));
      await client.send(new DeleteItemCommand({ TableName, Key }));
    }
    for (const event of events) {
      const Key = keyOf(keys.event('person', person(index), event.version));
      const Item = { ...Key, hash: text(event.hash), event: text(canonicalJson(event)) };
      await client.send(new PutItemCommand({ TableName, Item }));
    }
    const Key = keyOf(keys.snapshot('person', person(index)));
    const state = text(canonicalJson(fold(personAggregate, events)));
    const last = events.at(-1);
    const Item = { ...Key, version: number(events.length), hash: text(last?.hash ?? ''), state };
    await client.send(new PutItemCommand({ TableName, Item }));
    expect(await checkRecord(deps.records, { aggregate: 'person', id: person(index) })).toEqual({
      events: events.length,
    });
  };

  const anchor = async (which: number): Promise<Anchor> =>
    Anchor.parse(JSON.parse(new TextDecoder().decode(papers.stored.get(anchorKey(which)))));

  beforeEach(async () => {
    engine = await startEngine();
    const records = dynamoRecords(engine);
    ids = await storePeople(records, 12);
    papers = memoryPapers();
    left = 900_000;
    reads = 0;
    const heads = dynamoHeads(engine);
    deps = {
      commands: { records, clock: aClock(noon), region: 'KZ-19' },
      records,
      names: dynamoRecordNames(engine),
      heads: {
        ...heads,
        at: async (head) => {
          reads += 1;
          return await heads.at(head);
        },
      },
      reports: dynamoCheckReports(engine),
      papers,
      signer: signerOf(generateKeyPairSync('ec', { namedCurve: 'P-256' })),
      region: 'KZ-19',
      remaining: () => left,
    };
  });
  afterEach(() => engine.stop());

  it('sign how far every chain has come, once, and each anchor names the one before', async () => {
    expect(await night()).toEqual([]);
    await grow(3);
    expect(await night()).toEqual([]);

    const [first, second] = [await anchor(1), await anchor(2)];
    expect(first.statement).toMatchObject({ number: 1, heads: 12, region: 'KZ-19' });
    expect(second.statement).toMatchObject({ number: 2, heads: 12, previous: hashOfAnchor(first) });
    expect(second.statement.root).not.toBe(first.statement.root);
    expect(await readAnchor(canonicalJson(second))).toEqual(second);
    const forged = { ...second, statement: { ...second.statement, madeAt: noon } };
    expect(await readAnchor(canonicalJson(forged))).toBeUndefined();
  });

  it('find nothing in what grew honestly, with one read for each record however much it grew', async () => {
    await night();
    await grow(0, 9);
    await grow(5, 2);
    reads = 0;

    expect(await night()).toEqual([]);
    expect(reads).toBe(12);
  });

  it('find the last events of a record gone with its snapshot, which holds by itself', async () => {
    await grow(4, 2);
    await night();
    await forge(4, (await history(4)).slice(0, 2), 4);

    const finding = { invariant: 'head-missing', aggregate: 'person', id: person(4), version: 4 };
    expect(await night()).toEqual([finding]);
  });

  it('find it also once other events were put behind', async () => {
    await grow(4, 2);
    await night();
    await forge(4, (await history(4)).slice(0, 2), 4);
    await grow(4, 3);

    const finding = { invariant: 'head-differs', aggregate: 'person', id: person(4), version: 4 };
    expect(await night()).toEqual([finding]);
  });

  it('find a record that is gone altogether', async () => {
    await night();
    const { client, recordsTable: TableName } = engine;
    for (const key of [
      keys.snapshot('person', person(2)),
      ...[1, 2].map((at) => keys.event('person', person(2), at)),
    ])
      await client.send(new DeleteItemCommand({ TableName, Key: keyOf(key) }));

    const finding = { invariant: 'head-missing', aggregate: 'person', id: person(2), version: 2 };
    expect(await night()).toEqual([finding]);
  });

  it('find a history that was written anew, with a chain that holds', async () => {
    await night();
    const facts = (await history(7)).map(({ fact }) => Object.assign({}, fact, { at: addSeconds(noon, 5) }));
    await forge(7, chain({ aggregate: 'person', id: person(7), version: 0 }, theSystem, facts), 2);

    const finding = { invariant: 'head-differs', aggregate: 'person', id: person(7), version: 2 };
    expect(await night()).toEqual([finding]);
  });

  it('find an event that was changed, though its hash stands beside it as it was', async () => {
    await night();
    const { client, recordsTable: TableName } = engine;
    const Key = keyOf(keys.event('person', person(1), 2));
    const { Item = {} } = await client.send(new GetItemCommand({ TableName, Key }));
    const event = textOf(Item, 'event').replace(theSystem.kind === 'system' ? '"sweep"' : '', '"outbox"');
    await client.send(new PutItemCommand({ TableName, Item: { ...Item, event: text(event) } }));

    expect((await night()).map(({ invariant }) => invariant)).toEqual(['changed', 'head-differs']);
  });

  it('make no anchor of what lacks something, night after night, until the operator has one begun anew', async () => {
    await grow(4, 2);
    await night();
    await forge(4, (await history(4)).slice(0, 2), 4);
    expect(await night()).toHaveLength(1);
    expect(await night()).toHaveLength(1);
    expect(papers.stored.has(anchorKey(2))).toBe(false);

    const { anchor: made } = await beginChecks(deps, 'anew');

    expect(made?.number).toBe(2);
    expect((await anchor(2)).statement.previous).toBe(hashOfAnchor(await anchor(1)));
    expect(await night()).toEqual([]);
  });

  it('find an anchor that is gone, or another one in its place', async () => {
    await night();
    const kept = papers.stored.get(anchorKey(1)) ?? new Uint8Array();
    papers.stored.delete(anchorKey(1));
    expect(await night()).toEqual([{ invariant: 'anchor-missing', id: 'anchor-1' }]);

    const other = new TextDecoder().decode(kept).replace('"number":1', '"number":2');
    papers.stored.set(anchorKey(1), new TextEncoder().encode(other));
    expect(await night()).toEqual([{ invariant: 'anchor-changed', id: 'anchor-1' }]);
  });

  it('find that the heads of an anchor were changed with the table', async () => {
    await night();
    const key = [...papers.stored.keys()].find((one) => one.includes('heads-')) ?? '';
    const heads = new TextDecoder().decode(papers.stored.get(key)).replace(/"version":2/, '"version":1');
    papers.stored.set(key, new TextEncoder().encode(heads));

    expect((await night()).map(({ invariant }) => invariant)).toEqual(['anchor-changed']);
  });

  it('compare with the anchor that lies in the bucket, not with an older one that the table names', async () => {
    await night();
    const early = await deps.reports.read();
    await grow(4, 2);
    await night();
    await forge(4, (await history(4)).slice(0, 2), 4);
    await deps.reports.save(early);

    expect((await night()).map(({ invariant }) => invariant)).toEqual(['head-missing']);
  });

  it('stop in time and go on from there at the next sweep, with nothing twice', async () => {
    const small: CheckDeps = {
      ...deps,
      remaining: () => {
        left -= 30_000;
        return left;
      },
    };
    let sweeps = 0;
    left = 100_000;
    let state = await beginChecks(small, 'night');
    for (; state.running && sweeps < 20; sweeps += 1) {
      left = 100_000;
      await lookAfterChecks(small);
      state = await deps.reports.read();
    }

    expect(sweeps).toBeGreaterThan(1);
    expect(state.night).toMatchObject({ records: 12, findings: [], anchor: { number: 1, heads: 12 } });
  });
});

describe('an anchor', () => {
  it('is none where the text is none', async () => {
    expect(await readAnchor('')).toBeUndefined();
    expect(await readAnchor(canonicalJson({ statement: sha256Of('x') }))).toBeUndefined();
  });
});
