import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createHold } from '#infra/local/hold.ts';
import { type OpenTemporary, openPrivate } from '#infra/local/s3/disk.ts';
import { send, startMail, type TestMail } from './harness.ts';

/** As a restore leaves the folder when the home was lost. */
const afterRestore = async (hold = createHold(), openTemporary: OpenTemporary = openPrivate) => {
  const folder = await mkdtemp(join(tmpdir(), 'irikteu-mail-'));
  await writeFile(join(folder, 'hold.json'), '{}');
  const home = await startMail({ folder, hold, openTemporary });
  onTestFinished(() => home.close());
  const [aliya = '', bolat = ''] = [await idOf(home, 'a'), await idOf(home, 'b')];
  const states = async () => (await home.mail.letters()).map(({ state }) => state);
  return { home, aliya, bolat, states };
};

/** A disk that can be told to stop before the first, second or a later file. */
const aDisk = () => {
  const reached = Promise.withResolvers<void>();
  const further = Promise.withResolvers<void>();
  let left = 0;
  const open: OpenTemporary = async (path) => {
    left -= 1;
    if (left === 0) {
      reached.resolve();
      await further.promise;
    }
    return openPrivate(path);
  };
  const stopAt = (count: number) => {
    left = count;
    return { reached: reached.promise, goOn: () => further.resolve() };
  };
  return { open, stopAt };
};

/** Until whatever was asked before has come to the home: it is asked something that waits for nobody. */
const arrived = async ({ mail }: TestMail) => {
  for (let turn = 0; turn < 50; turn += 1) await mail.letters();
};

const idOf = async ({ client }: TestMail, letter: string) => (await send(client, letter)).MessageId;

describe('letters that a restore holds', () => {
  it('leave but for those that have arrived', async () => {
    const { home, aliya, bolat } = await afterRestore();

    const released = await home.mail.release([bolat]);

    expect(released).toEqual({ released: 1 });
    expect(await home.mail.letter(aliya)).toMatchObject({ state: 'waiting' });
    expect(await home.mail.letter(bolat)).toMatchObject({ state: 'sent' });
    expect(home.mail.heldSince()).toBeUndefined();
  });

  it('all stay when one of those is mistyped', async () => {
    const { home, aliya, bolat, states } = await afterRestore();
    const mistyped = bolat.slice(1);

    const answer = await home.mail.release([aliya, mistyped]);

    expect(answer).toEqual({ unknown: [mistyped] });
    expect(await states()).toEqual(['held', 'held']);
    expect(home.mail.heldSince()).toBeTypeOf('number');
  });

  it('may be released again by the same words when a cut left that half done', async () => {
    const { home, aliya, bolat, states } = await afterRestore();
    await home.mail.release([bolat]);
    await writeFile(join(home.folder, 'hold.json'), '{}');
    const again = await home.reopen();
    onTestFinished(() => again.close());

    expect(await again.mail.release([bolat])).toEqual({ released: 0 });
    expect((await states()).toSorted()).toEqual(['sent', 'waiting']);
    expect(await again.mail.letter(aliya)).toMatchObject({ state: 'waiting' });
  });

  it('leave with the one that was being written when they were released', async () => {
    const disk = aDisk();
    const { home, states } = await afterRestore(createHold(), disk.open);
    // Its words, then its mark.
    const marking = disk.stopAt(2);
    const third = send(home.client, 'c');
    await marking.reached;

    const released = await home.mail.release([]);
    marking.goOn();
    await third;

    expect(released).toEqual({ released: 2 });
    expect(await states()).toEqual(['waiting', 'waiting', 'waiting']);
    expect(await home.files('held')).toEqual([]);
  });

  it('leave after a kill that came between their release and the last of them', async () => {
    const { home } = await afterRestore();
    await rm(join(home.folder, 'hold.json'));

    const again = await home.reopen();
    onTestFinished(() => again.close());

    expect((await again.mail.letters()).map(({ state }) => state)).toEqual(['waiting', 'waiting']);
    expect(await again.files('held')).toEqual([]);
  });

  it('are released, and new ones written, only when a backup has taken its moment', async () => {
    const hold = createHold();
    const { home, states } = await afterRestore(hold);
    const copied = Promise.withResolvers<void>();

    const backup = hold.still(() => copied.promise);
    const release = home.mail.release([]);
    const third = send(home.client, 'c');
    await arrived(home);
    const meanwhile = await states();
    copied.resolve();
    await Promise.all([backup, release, third]);

    expect(meanwhile).toEqual(['held', 'held']);
    expect(await states()).toEqual(['waiting', 'waiting', 'waiting']);
  });
});
