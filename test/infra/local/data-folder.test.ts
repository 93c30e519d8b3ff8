import { existsSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDataFolder } from '#infra/local/data-folder.ts';
import { readOptions } from '#infra/local/options.ts';
import { aFolder } from '#test/infra/local/assembly.ts';

const almaty = { region: 'KZ-19', rehearsal: false };

describe('a data folder', () => {
  it('is made where it is missing and says whose it is', () => {
    const path = join(aFolder(), 'deep', 'KZ-19');

    openDataFolder(path, almaty).close();

    expect(JSON.parse(readFileSync(join(path, 'folder.json'), 'utf8'))).toMatchObject(almaty);
  });

  it('serves one home at a time', () => {
    const path = aFolder();
    const first = openDataFolder(path, almaty);

    expect(() => openDataFolder(path, almaty)).toThrow(expect.objectContaining({ exitCode: 75 }));
    first.close();
    expect(() => openDataFolder(path, almaty).close()).not.toThrow();
  });

  it('has one name, however it was reached', () => {
    const path = aFolder();
    const link = join(aFolder(), 'link');
    symlinkSync(path, link);

    const reached = openDataFolder(`${link}/.`, almaty);
    reached.close();

    expect(reached.path).toBe(realpathSync(path));
  });

  it('of another region is left alone', () => {
    const path = aFolder();
    openDataFolder(path, almaty).close();

    expect(() => openDataFolder(path, { region: 'KZ-61', rehearsal: false })).toThrow(
      expect.objectContaining({
        exitCode: 65,
        message: `${path} holds the data of KZ-19, not of KZ-61. Give another folder with --data.`,
      }),
    );
  });

  it.for([
    [true, false, 'holds a rehearsal'],
    [false, true, 'holds real data'],
  ] as const)('that was a rehearsal %s never becomes one %s', ([before, after, said]) => {
    const path = aFolder();
    openDataFolder(path, { region: 'KZ-19', rehearsal: before }).close();

    expect(() => openDataFolder(path, { region: 'KZ-19', rehearsal: after })).toThrow(said);
  });

  it.for([
    [undefined, 'http://127.0.0.1:8000', 'holds its tables itself'],
    ['http://127.0.0.1:8000', undefined, 'has its tables in another engine'],
  ] as const)('whose tables are in the engine %j is not run with %j', ([first, second, said]) => {
    const path = aFolder();
    openDataFolder(path, { ...almaty, engineEndpoint: first }).close();

    expect(() => openDataFolder(path, { ...almaty, engineEndpoint: second })).toThrow(
      expect.objectContaining({ exitCode: 65, message: expect.stringContaining(said) }),
    );
    expect(() => openDataFolder(path, { ...almaty, engineEndpoint: first }).close()).not.toThrow();
  });

  it('that is a file is refused with the reason', () => {
    const path = join(aFolder(), 'file');
    writeFileSync(path, '');

    expect(() => openDataFolder(path, almaty)).toThrow(expect.objectContaining({ exitCode: 65 }));
  });

  it('whose description is damaged is refused, not overwritten', () => {
    const path = aFolder();
    writeFileSync(join(path, 'folder.json'), '{"version":1');

    expect(() => openDataFolder(path, almaty)).toThrow(expect.objectContaining({ exitCode: 65 }));
    expect(readFileSync(join(path, 'folder.json'), 'utf8')).toBe('{"version":1');
  });

  it('on a full disk is refused as that', () => {
    const path = aFolder();
    symlinkSync('/dev/full', join(path, 'folder.json.new'));

    expect(() => openDataFolder(path, almaty)).toThrow(
      expect.objectContaining({ exitCode: 74, message: `The disk of ${path} is full; nothing was changed.` }),
    );
    expect(existsSync(join(path, 'folder.json'))).toBe(false);
  });

  it('forgets where its home was reached when that stops', () => {
    const path = aFolder();
    const folder = openDataFolder(path, almaty);
    writeFileSync(join(path, 'home.json'), '{}');

    folder.close();

    expect(existsSync(join(path, 'home.json'))).toBe(false);
  });
});

describe('the command line', () => {
  it('left empty starts Almaty on port 3000 with real time', () => {
    expect(readOptions([], {})).toMatchObject({
      region: 'KZ-19',
      port: 3000,
      dataFolder: '.data/KZ-19',
      rehearsal: false,
    });
  });

  it('takes region, port, folder and rehearsal', () => {
    const given = ['--region', 'KZ-61', '--port', '8080', '--data', '/srv/turkistan', '--rehearsal'];

    expect(readOptions(given, {})).toMatchObject({
      region: 'KZ-61',
      port: 8080,
      dataFolder: '/srv/turkistan',
      rehearsal: true,
    });
  });

  it.for([
    [['--region', 'KZ-99'], /no region KZ-99; there are KZ-61/],
    [['--port', 'http'], /--port must be a number from 0 to 65534/],
    [['--port', '65535'], /--port must be a number/],
    [['--reheasal'], /Unknown option '--reheasal'/],
    [['extra'], /Unexpected argument/],
  ] as const)('%j is refused with what is wrong and the usage', ([given, said]) => {
    expect(() => readOptions(given, {})).toThrow(
      expect.objectContaining({ exitCode: 64, message: expect.stringMatching(said) }),
    );
    expect(() => readOptions(given, {})).toThrow(/Usage: npm start/);
  });

  it('refuses a public address that has a path', () => {
    expect(() => readOptions([], { PUBLIC_ORIGIN: 'https://selection.example/app' })).toThrow(
      /without a path/,
    );
  });
});
