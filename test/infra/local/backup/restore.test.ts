import { appendFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aFolder } from '#test/infra/local/assembly.ts';
import { aHome, aServer, ask, backUp, healthOf, release, restore, statesOfLetters } from './harness.ts';

const aBackup = async (smtpUrl?: string) => {
  const home = await aHome({ smtpUrl });
  await ask(home, '/write/n1/aliya');
  const backup = (await backUp(home.dataFolder)).folder;
  return { home, backup };
};

describe('a restore', () => {
  it.for([
    [
      'is another one',
      (backup: string) => appendFileSync(join(backup, 'keys.json'), ' '),
      /keys.json is not/,
    ],
    ['lacks a file', (backup: string) => rmSync(join(backup, 'records.sqlite')), /records.sqlite is missing/],
    ['has one more', (backup: string) => writeFileSync(join(backup, 'more'), ''), /more does not belong/],
  ] as const)('refuses a backup that %s, and changes nothing', async ([, damage, said]) => {
    const { home, backup } = await aBackup();
    await ask(home, '/write/n2/aliya');
    await home.stop();
    damage(backup);

    await expect(restore(backup, home.dataFolder)).rejects.toThrow(said);
    const again = await aHome({ dataFolder: home.dataFolder });

    expect(Object.keys(await statesOfLetters(again)).toSorted()).toEqual(['Received n1', 'Received n2']);
  });

  it('waits for nobody: a folder on which a home runs is left alone', async () => {
    const { home, backup } = await aBackup();

    await expect(restore(backup, home.dataFolder)).rejects.toMatchObject({ exitCode: 75 });
  });

  it('puts no region into the folder of another', async () => {
    const { backup } = await aBackup();
    const other = await aHome();
    await other.stop();

    await expect(restore(backup, other.dataFolder)).rejects.toMatchObject({ exitCode: 65 });
  });

  it('keeps what the folder held, and is begun again when it was cut', async () => {
    const { home, backup } = await aBackup();
    await ask(home, '/write/n2/aliya');
    await home.stop();
    // Cut in the middle of changing the folder: half of it is away.
    mkdirSync(join(home.dataFolder, 'replaced-before'));
    renameSync(join(home.dataFolder, 'letters'), join(home.dataFolder, 'replaced-before', 'letters'));
    writeFileSync(join(home.dataFolder, 'restore.json'), '{}');

    await expect(aHome({ dataFolder: home.dataFolder })).rejects.toMatchObject({
      exitCode: 65,
      message: expect.stringContaining('npm run restore again'),
    });
    const { replaced } = await restore(backup, home.dataFolder);
    const again = await aHome({ dataFolder: home.dataFolder });

    expect(await statesOfLetters(again)).toEqual({ 'Received n1': 'waiting' });
    expect(existsSync(join(replaced ?? '', 'records.sqlite'))).toBe(true);
    expect(existsSync(join(home.dataFolder, 'replaced-before', 'letters'))).toBe(true);
  });
});

const sentAfterBackup = async () => {
  const smtp = await aServer();
  const first = await aHome();
  await ask(first, '/write/n1/aliya');
  const backup = (await backUp(first.dataFolder)).folder;
  await first.stop();
  // Now there is a mail server: both letters leave, one of which the backup has never heard of.
  const second = await aHome({ dataFolder: first.dataFolder, smtpUrl: smtp.url });
  await ask(second, '/write/n2/bolat');
  await expect.poll(() => statesOfLetters(second)).toEqual({ 'Received n1': 'sent', 'Received n2': 'sent' });
  await second.stop();
  return { smtp, backup, dataFolder: first.dataFolder };
};

describe('a letter after a restore', () => {
  it('that was sent since the backup does not leave again, also when a step writes it again', async () => {
    const { smtp, backup, dataFolder } = await sentAfterBackup();

    const { letters } = await restore(backup, dataFolder);
    const home = await aHome({ dataFolder, smtpUrl: smtp.url });
    await ask(home, '/write/n2/bolat');
    await ask(home, '/write/n3/saule');
    await expect.poll(() => statesOfLetters(home)).toMatchObject({ 'Received n3': 'sent' });

    expect(letters).toEqual({ learnt: 2, held: undefined });
    expect(smtp.received).toHaveLength(3);
    expect(new Set(smtp.received.flatMap(({ to }) => to)).size).toBe(3);
  });

  it('is known to have left from a newer backup, when the folder is gone', async () => {
    const { smtp, backup, dataFolder } = await sentAfterBackup();
    await backUp(dataFolder, dirname(backup));
    const elsewhere = aFolder();

    const { letters } = await restore(backup, elsewhere);
    const home = await aHome({ dataFolder: elsewhere, smtpUrl: smtp.url });
    await release(home);

    expect(letters.learnt).toBe(2);
    expect(await statesOfLetters(home)).toEqual({ 'Received n1': 'sent', 'Received n2': 'sent' });
    expect(smtp.received).toHaveLength(2);
  });

  it('is held until the operator has looked, when nobody knows any more', async () => {
    const { smtp, backup } = await sentAfterBackup();
    const elsewhere = aFolder();

    const { letters } = await restore(backup, elsewhere);
    const home = await aHome({ dataFolder: elsewhere, smtpUrl: smtp.url });
    await ask(home, '/write/n2/bolat');
    await ask(home, '/write/n3/saule');
    const before = { states: await statesOfLetters(home), health: await healthOf(home) };
    const later = await healthOf(home);
    const [arrived] = await (await fetch(`${home.operator}/letters?to=bolat@applicant.example`)).json();
    const answer = await release(home, [arrived.id]);
    await expect.poll(() => statesOfLetters(home)).toMatchObject({ 'Received n3': 'sent' });
    await ask(home, '/write/n4/dana');
    await expect.poll(() => statesOfLetters(home)).toMatchObject({ 'Received n4': 'sent' });

    expect(letters).toEqual({ learnt: 0, held: 1 });
    expect(before).toMatchObject({
      states: { 'Received n1': 'held', 'Received n2': 'held', 'Received n3': 'held' },
      health: { ok: false, problems: [{ code: 'LETTERS_HELD' }] },
    });
    // Since the restore, not since somebody asks.
    expect(later.problems).toEqual(before.health.problems);
    expect(answer).toEqual({ released: 2 });
    // Bolat had his; Aliya gets hers again because the operator said so.
    expect(smtp.received.filter(({ to }) => to[0] === 'bolat@applicant.example')).toHaveLength(1);
  });

  it('is held again by a second restore, as long as nobody has looked', async () => {
    const { smtp, backup } = await sentAfterBackup();
    const elsewhere = aFolder();
    await restore(backup, elsewhere);

    const { letters } = await restore(backup, elsewhere);
    const home = await aHome({ dataFolder: elsewhere, smtpUrl: smtp.url });
    await ask(home, '/write/n2/bolat');

    expect(letters).toEqual({ learnt: 0, held: 1 });
    expect(await statesOfLetters(home)).toEqual({ 'Received n1': 'held', 'Received n2': 'held' });
    expect(smtp.received).toHaveLength(2);
  });

  it('is known again to the folder once the operator has looked', async () => {
    const { smtp, backup } = await sentAfterBackup();
    const elsewhere = aFolder();
    await restore(backup, elsewhere);
    const home = await aHome({ dataFolder: elsewhere, smtpUrl: smtp.url });
    await release(home);
    await expect.poll(() => statesOfLetters(home)).toEqual({ 'Received n1': 'sent' });
    await home.stop();

    const { letters } = await restore(backup, elsewhere);

    expect(letters).toEqual({ learnt: 1, held: undefined });
  });

  it('goes on when the home only moved to another machine', async () => {
    const smtp = await aServer();
    const first = await aHome();
    await ask(first, '/write/n1/aliya');
    const running = (await backUp(first.dataFolder)).folder;
    await first.stop();
    const stopped = (await backUp(first.dataFolder)).folder;

    await expect(restore(running, aFolder(), true)).rejects.toMatchObject({ exitCode: 64 });
    const elsewhere = aFolder();
    await restore(stopped, elsewhere, true);
    const home = await aHome({ dataFolder: elsewhere, smtpUrl: smtp.url });

    await expect.poll(() => statesOfLetters(home)).toEqual({ 'Received n1': 'sent' });
  });
});
