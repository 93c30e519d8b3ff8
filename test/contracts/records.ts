import { expect, it } from 'vitest';
import { writeDocument } from '#shared/domain/document.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { GateId } from '#shared/domain/ids.ts';
import type { Records } from '#shared/ports/records.ts';
import { aLetter } from '#test/contracts/a-letter.ts';
import { added, changeOf, fresh, newId, noon, tally, theSystem } from '#test/contracts/tally.ts';

const by = theSystem;
/** What any store of records must do (DESIGN 3.1), whatever it is made of. */
export const recordsContract = (store: () => Records): void => {
  it('finds a record as it was folded, with the number of its last event', async () => {
    const id = newId();

    const stored = await store().commit({ by, changes: [changeOf(id, fresh, [added(3), added(4)])] });

    expect(stored.ok).toBe(true);
    expect(await store().find(tally, id)).toEqual({
      id,
      version: 2,
      state: { sum: 7, open: true, at: noon },
    });
  });

  it('knows nothing of a record that was never written', async () => {
    expect(await store().find(tally, newId())).toBeUndefined();
    expect(await store().history('round', newId())).toEqual([]);
  });

  it('lets only one of two simultaneous changes win, and tells the other', async () => {
    const records = store();
    const id = newId();
    await records.commit({ by, changes: [changeOf(id, fresh, [added(1)])] });
    const before = { version: 1, state: { sum: 1, open: true, at: noon } };

    const answers = await Promise.all(
      [10, 20, 30, 40].map((amount) =>
        store().commit({ by, changes: [changeOf(id, before, [added(amount)])] }),
      ),
    );

    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.filter(({ ok }) => !ok)).toContainEqual({
      ok: false,
      error: { kind: 'changed-meanwhile', aggregate: 'round', id },
    });
    expect(await records.history('round', id)).toHaveLength(2);
  });

  it('refuses to create a record twice, and to continue one that does not exist', async () => {
    const id = newId();
    const unborn = newId();
    await store().commit({ by, changes: [changeOf(id, fresh, [added(1)])] });

    const twice = await store().commit({ by, changes: [changeOf(id, fresh, [added(2)])] });
    const ahead = await store().commit({ by, changes: [changeOf(unborn, { version: 5 }, [added(2)])] });

    expect(twice).toEqual({ ok: false, error: { kind: 'changed-meanwhile', aggregate: 'round', id } });
    expect(ahead).toEqual({
      ok: false,
      error: { kind: 'changed-meanwhile', aggregate: 'round', id: unborn },
    });
  });

  it('answers a repeated call as the first one and stores nothing twice', async () => {
    const records = store();
    const id = newId();
    const message = aLetter(`letter-${id}`);
    const commit = { by, changes: [changeOf(id, fresh, [added(5)])], outbox: [message] };

    const first = await records.commit(commit);
    const again = await records.commit(commit);

    expect([first.ok, again.ok]).toEqual([true, true]);
    expect(await records.history('round', id)).toHaveLength(1);
  });

  it('recognises its own work also when the record has moved on since', async () => {
    const id = newId();
    const commit = { by, changes: [changeOf(id, fresh, [added(5)])] };
    await store().commit(commit);
    await store().commit({ by, changes: [changeOf(id, { version: 1 }, [added(6)])] });

    const again = await store().commit(commit);

    expect(again.ok).toBe(true);
    expect(await store().history('round', id)).toHaveLength(2);
  });

  it('stores a refused commit when it comes again and nothing stands in its way any more', async () => {
    const id = newId();
    const key = `name:${newId()}`;
    const commit = { by, changes: [changeOf(id, fresh, [added(5)])], claims: [{ key, value: id }] };
    await store().commit({ by, changes: [], claims: [{ key, value: 'another' }] });
    const first = await store().commit(commit);
    await store().commit({ by, changes: [], releases: [{ key, value: 'another' }] });

    const second = await store().commit(commit);

    expect([first.ok, second.ok]).toEqual([false, true]);
    expect((await store().find(tally, id))?.version).toBe(1);
  });

  it('gives a claimed name to one record only', async () => {
    const key = `number:${newId()}`;
    const [first, second] = [newId(), newId()];
    await store().commit({
      by,
      changes: [changeOf(first, fresh, [added(1)])],
      claims: [{ key, value: first }],
    });

    const taken = await store().commit({
      by,
      changes: [changeOf(second, fresh, [added(1)])],
      claims: [{ key, value: second }],
    });

    expect(taken).toEqual({ ok: false, error: { kind: 'already-claimed', claim: { key, value: second } } });
    expect(await store().claimed(key)).toBe(first);
    expect(await store().find(tally, second)).toBeUndefined();
  });

  it('frees a released name for the next, and only its holder can release it', async () => {
    const key = `name:${newId()}`;
    await store().commit({ by, changes: [], claims: [{ key, value: 'first' }] });

    const stranger = await store().commit({ by, changes: [], releases: [{ key, value: 'second' }] });
    const holder = await store().commit({ by, changes: [], releases: [{ key, value: 'first' }] });

    expect(stranger).toEqual({
      ok: false,
      error: { kind: 'already-claimed', claim: { key, value: 'second' } },
    });
    expect(holder.ok).toBe(true);
    expect(await store().claimed(key)).toBeUndefined();
    expect((await store().commit({ by, changes: [], claims: [{ key, value: 'first' }] })).ok).toBe(true);
  });

  it('hands a name over in one step', async () => {
    const key = `name:${newId()}`;
    await store().commit({ by, changes: [], claims: [{ key, value: 'old' }] });

    const handed = await store().commit({
      by,
      changes: [],
      claims: [{ key, value: 'new' }],
      releases: [{ key, value: 'old' }],
    });

    expect(handed.ok).toBe(true);
    expect(await store().claimed(key)).toBe('new');
  });

  it('stores all of a commit or nothing, over records, documents, claims and letters', async () => {
    const records = store();
    const [stale, other] = [newId(), newId()];
    const key = `whole:${newId()}`;
    await records.commit({ by, changes: [changeOf(stale, fresh, [added(1)])] });
    const document = writeDocument({ owner: `round#${other}`, kind: 'form', version: 1 }, { a: 1 }, 'salt');

    const answer = await records.commit({
      by,
      changes: [changeOf(other, fresh, [added(1)]), changeOf(stale, fresh, [added(9)])],
      documents: [document],
      claims: [{ key, value: other }],
      outbox: [aLetter(`letter-${other}`)],
    });

    expect(answer).toEqual({
      ok: false,
      error: { kind: 'changed-meanwhile', aggregate: 'round', id: stale },
    });
    expect(await records.find(tally, other)).toBeUndefined();
    expect(await records.history('round', other)).toEqual([]);
    expect(await records.document(document.ref)).toBeUndefined();
    expect(await records.claimed(key)).toBeUndefined();
  });

  it.each([0, 1])('stores only while a record that was read still stands at version %i', async (version) => {
    const [read, changed] = [newId(), newId()];
    const step = (from: number) =>
      store().commit({ by, changes: [changeOf(read, from === 0 ? fresh : { version: from }, [added(1)])] });
    for (let before = 0; before < version; before += 1) await step(before);
    const requires = [{ aggregate: tally.name, id: read, version }];

    const standing = await store().commit({ by, changes: [changeOf(changed, fresh, [added(1)])], requires });
    await step(version);
    const moved = await store().commit({
      by,
      changes: [changeOf(changed, { version: 1 }, [added(1)])],
      requires,
    });

    expect(standing.ok).toBe(true);
    expect(moved).toEqual({ ok: false, error: { kind: 'changed-meanwhile', aggregate: 'round', id: read } });
    expect((await store().find(tally, changed))?.version).toBe(1);
  });

  it('keeps the newest token of a gate, and none of a refused commit', async () => {
    const id = newId();
    const gateId = GateId.parse('0123456789ABCDEFGHJK');
    const issue = (expected: number, token: string) =>
      store().commit({
        by,
        changes: [changeOf(id, { version: expected }, [added(1)])],
        taskTokens: [{ awaited: { kind: 'gate', id: gateId }, token }],
      });

    await issue(0, 'first');
    await issue(1, 'second');
    await issue(1, 'too late');

    expect(await store().taskToken({ kind: 'gate', id: gateId })).toBe('second');
  });

  it('has one secret a name, whoever asked for it first, also of several at once', async () => {
    const name = `iin#${newId()}`;

    const asked = await Promise.all(
      ['one', 'two', 'three'].map((candidate) => store().secret(name, candidate)),
    );

    expect(new Set(asked).size).toBe(1);
    expect(await store().secret(name, 'four')).toBe(asked[0]);
    expect(await store().secret(`${name}#other`, 'five')).toBe('five');
  });

  it('keeps every version of what a person typed', async () => {
    const id = newId();
    const owner = `round#${id}`;
    const first = writeDocument({ owner, kind: 'form', version: 1 }, { name: 'Ыбырай' }, 'salt-1');
    const second = writeDocument({ owner, kind: 'form', version: 2 }, { name: 'Ыбырай А.' }, 'salt-2');
    await store().commit({ by, changes: [changeOf(id, fresh, [added(1)])], documents: [first] });
    await store().commit({ by, changes: [changeOf(id, { version: 1 }, [added(1)])], documents: [second] });

    expect(await store().document(first.ref)).toEqual({ name: 'Ыбырай' });
    expect(await store().document(second.ref)).toEqual({ name: 'Ыбырай А.' });
  });

  it('notices a document that is not the one its event names', async () => {
    const id = newId();
    const document = writeDocument({ owner: `round#${id}`, kind: 'form', version: 1 }, { a: 1 }, 'salt');
    await store().commit({ by, changes: [changeOf(id, fresh, [added(1)])], documents: [document] });

    await expect(store().document({ ...document.ref, digest: sha256Of('another') })).rejects.toThrow(
      'changed',
    );
  });

  it('keeps a large text whole under its SHA-256, and refuses one with another name', async () => {
    const whole = 'Қазақстан — '.repeat(60_000);
    const sha256 = sha256Of(whole);

    await store().commit({ by, changes: [], blobs: [{ sha256, text: whole }] });

    expect(await store().blob(sha256)).toBe(whole);
    await expect(store().blob(sha256Of('never stored'))).rejects.toThrow('missing');
    await expect(
      store().commit({ by, changes: [], blobs: [{ sha256: sha256Of('one'), text: 'two' }] }),
    ).rejects.toThrow('another SHA-256');
  });

  it('writes the outbox row of an event once, whoever asks again', async () => {
    const id = newId();
    const outbox = [aLetter(`letter-${id}`)];
    await store().commit({ by, changes: [changeOf(id, fresh, [added(1)])], outbox });

    const again = await store().commit({ by, changes: [changeOf(newId(), fresh, [added(1)])], outbox });

    expect(again).toMatchObject({
      error: { kind: 'already-claimed', claim: { key: `outbox#letter-${id}` } },
    });
  });

  it('refuses loudly what does not fit into one transaction', async () => {
    const claims = Array.from({ length: 101 }, () => ({ key: `many:${newId()}`, value: 'one' }));

    await expect(store().commit({ by, changes: [], claims })).rejects.toThrow('one transaction holds 100');
  });
};
