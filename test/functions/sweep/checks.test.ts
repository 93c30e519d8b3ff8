import { DeleteItemCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyOf, text, textOf } from '#functions/adapters/dynamodb/item.ts';
import { keys } from '#functions/adapters/dynamodb/keys.ts';
import { beginChecks, type CheckDeps, lookAfterChecks } from '#functions/sweep/checks.ts';
import { Anchor, hashOfAnchor, readAnchor } from '#shared/checks/anchor.ts';
import { chain } from '#shared/domain/event.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { anchorKey } from '#shared/ports/checks.ts';
import { noon, theSystem } from '#test/contracts/tally.ts';
import { aCheckedRegion, type CheckedRegion } from './checked-region.ts';

let region: CheckedRegion;
beforeEach(async () => {
  region = await aCheckedRegion();
});
afterEach(() => region.engine.stop());

const anchor = async (which: number): Promise<Anchor> =>
  Anchor.parse(JSON.parse(new TextDecoder().decode(region.papers.stored.get(anchorKey(which)))));

describe('the nightly checks', () => {
  it('sign how far every chain has come, once, and each anchor names the one before', async () => {
    const { night, grow } = region;
    expect(await night()).toEqual([]);
    await grow(3);
    expect(await night()).toEqual([]);

    const [first, second] = [await anchor(1), await anchor(2)];
    expect(first.statement).toMatchObject({ number: 1, region: 'KZ-19' });
    expect(second.statement).toMatchObject({ number: 2, previous: hashOfAnchor(first) });
    expect(second.statement.root).not.toBe(first.statement.root);
    expect(await readAnchor(canonicalJson(second))).toEqual(second);
    // Nothing that anybody may download tells how many records there are, or which.
    const told = ['begunAt', 'contents', 'format', 'kind', 'madeAt', 'number', 'previous', 'region', 'root'];
    expect(Object.keys(second.statement).toSorted()).toEqual(told);
    const forged = { ...second, statement: { ...second.statement, madeAt: noon } };
    expect(await readAnchor(canonicalJson(forged))).toBeUndefined();
  });

  it('find nothing in what grew honestly, with one read for each record however much it grew', async () => {
    const { counted, night, grow } = region;
    await night();
    await grow(0, 9);
    await grow(5, 2);
    counted.reads = 0;

    expect(await night()).toEqual([]);
    expect(counted.reads).toBe(12);
  });

  it('find the last events of a record gone with its snapshot, which holds by itself', async () => {
    const { person, night, grow, history, forge } = region;
    await grow(4, 2);
    await night();
    await forge(4, (await history(4)).slice(0, 2), 4);

    const finding = { invariant: 'head-missing', aggregate: 'person', id: person(4), version: 4 };
    expect(await night()).toEqual([finding]);
  });

  it('find it also once other events were put behind', async () => {
    const { person, night, grow, history, forge } = region;
    await grow(4, 2);
    await night();
    await forge(4, (await history(4)).slice(0, 2), 4);
    await grow(4, 3);

    const finding = { invariant: 'head-differs', aggregate: 'person', id: person(4), version: 4 };
    expect(await night()).toEqual([finding]);
  });

  it('find a record that is gone altogether', async () => {
    const { engine, person, night } = region;
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
    const { person, night, history, forge } = region;
    await night();
    const facts = (await history(7)).map(({ fact }) => Object.assign({}, fact, { at: addSeconds(noon, 5) }));
    await forge(7, chain({ aggregate: 'person', id: person(7), version: 0 }, theSystem, facts), 2);

    const finding = { invariant: 'head-differs', aggregate: 'person', id: person(7), version: 2 };
    expect(await night()).toEqual([finding]);
  });

  it('find an event that was changed, though its hash stands beside it as it was', async () => {
    const { engine, person, night } = region;
    await night();
    const { client, recordsTable: TableName } = engine;
    const Key = keyOf(keys.event('person', person(1), 2));
    const { Item = {} } = await client.send(new GetItemCommand({ TableName, Key }));
    const event = textOf(Item, 'event').replace(theSystem.kind === 'system' ? '"sweep"' : '', '"outbox"');
    await client.send(new PutItemCommand({ TableName, Item: { ...Item, event: text(event) } }));

    expect((await night()).map(({ invariant }) => invariant)).toEqual(['changed', 'head-differs']);
  });

  it('make no anchor of what lacks something, night after night, until the operator has one begun anew', async () => {
    const { papers, deps, night, grow, history, forge } = region;
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

  it('find an anchor that is gone, a forged one, or an older one in its place', async () => {
    const { papers, night, grow } = region;
    await night();
    const kept = papers.stored.get(anchorKey(1)) ?? new Uint8Array();
    papers.stored.delete(anchorKey(1));
    expect(await night()).toEqual([{ invariant: 'anchor-missing', id: 'anchor-1' }]);

    const other = new TextDecoder().decode(kept).replace('"number":1', '"number":2');
    papers.stored.set(anchorKey(1), new TextEncoder().encode(other));
    expect(await night()).toEqual([{ invariant: 'anchor-changed', id: 'anchor-1' }]);

    papers.stored.set(anchorKey(1), kept);
    await grow(3);
    expect(await night()).toEqual([]);
    papers.stored.set(anchorKey(2), kept);
    expect(await night()).toEqual([{ invariant: 'anchor-changed', id: 'anchor-2' }]);
  });

  it('find that the heads of an anchor were changed with the table', async () => {
    const { papers, night } = region;
    await night();
    const key = [...papers.stored.keys()].find((one) => one.includes('heads-')) ?? '';
    const heads = new TextDecoder().decode(papers.stored.get(key)).replace(/"version":2/, '"version":1');
    papers.stored.set(key, new TextEncoder().encode(heads));

    expect((await night()).map(({ invariant }) => invariant)).toEqual(['anchor-changed']);
  });

  it('compare with the anchor that lies in the bucket, not with an older one that the table names', async () => {
    const { deps, night, grow, history, forge } = region;
    await night();
    const early = await deps.reports.read();
    await grow(4, 2);
    await night();
    await forge(4, (await history(4)).slice(0, 2), 4);
    const { revision } = await deps.reports.read();
    await deps.reports.save({ ...early, revision });

    expect((await night()).map(({ invariant }) => invariant)).toEqual(['head-missing']);
  });

  it('stop in time and go on from there at the next sweep, with nothing twice', async () => {
    const { deps, time } = region;
    const small: CheckDeps = {
      ...deps,
      remaining: () => {
        time.left -= 30_000;
        return time.left;
      },
    };
    let sweeps = 0;
    time.left = 130_000;
    let state = await beginChecks(small, 'night');
    for (; state.running && sweeps < 20; sweeps += 1) {
      time.left = 130_000;
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
