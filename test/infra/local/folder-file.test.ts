import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDataFolder } from '#infra/local/data-folder.ts';
import { type Migration, migrateFolder } from '#infra/local/folder-file.ts';
import { aFolder } from '#test/infra/local/assembly.ts';

const ofVersion = (version: number, more: object = {}): string => {
  const folder = aFolder();
  writeFileSync(
    join(folder, 'folder.json'),
    JSON.stringify({ version, region: 'KZ-19', rehearsal: false, ...more }),
  );
  return folder;
};

const says = (folder: string): unknown => JSON.parse(readFileSync(join(folder, 'folder.json'), 'utf8'));

describe('the folder of an older version', () => {
  it('gets a name of its own, keeps it, and is still the same region’s', () => {
    const folder = ofVersion(1);

    openDataFolder(folder, { region: 'KZ-19', rehearsal: false }).close();
    const once = says(folder);
    openDataFolder(folder, { region: 'KZ-19', rehearsal: false }).close();

    expect(once).toMatchObject({ version: 3, region: 'KZ-19', rehearsal: false, id: expect.any(String) });
    expect(says(folder)).toEqual(once);
  });

  it.for([
    [true, undefined, 'here'],
    [false, undefined, 'here'],
    [false, 'http://127.0.0.1:8000', 'elsewhere'],
  ] as const)(
    'with a file of tables: %s, started with the engine %j, has them %s for ever',
    ([isThere, engineEndpoint, tables]) => {
      const folder = ofVersion(2, { id: '5f9e1fd4-0d83-4a5c-9c37-7a3b8f2f1f10' });
      if (isThere) writeFileSync(join(folder, 'records.sqlite'), '');

      openDataFolder(folder, { region: 'KZ-19', rehearsal: false, engineEndpoint }).close();

      expect(says(folder)).toMatchObject({ version: 3, tables });
    },
  );

  it('is brought over every step in order, and goes on where a kill cut it', () => {
    const folder = ofVersion(1);
    const done: string[] = [];
    const step =
      (name: string, fails = false): Migration =>
      (_folder, description) => {
        done.push(name);
        if (fails) throw new Error('killed');
        return { id: '5f9e1fd4-0d83-4a5c-9c37-7a3b8f2f1f10', ...description };
      };

    expect(() => migrateFolder(folder, [step('first'), step('second', true), step('third')])).toThrow(
      'killed',
    );
    const cut = says(folder);
    const after = migrateFolder(folder, [step('first'), step('second'), step('third')]);

    expect(cut).toMatchObject({ version: 2 });
    expect(done).toEqual(['first', 'second', 'second', 'third']);
    expect(after).toMatchObject({ version: 4 });
  });
});

describe('the folder of a newer version', () => {
  it('is refused and stays as it is', () => {
    const folder = ofVersion(99, { more: 'than this program knows' });

    expect(() => openDataFolder(folder, { region: 'KZ-19', rehearsal: false })).toThrow(
      expect.objectContaining({ exitCode: 65, message: expect.stringContaining('a newer version') }),
    );
    expect(says(folder)).toMatchObject({ version: 99, more: 'than this program knows' });
  });
});
