import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type Home, startHome } from '#infra/local/home.ts';
import { aFolder } from '#test/infra/local/assembly.ts';
import { aWorkingAssembly } from '#test/infra/local/working-region.ts';

const open: Home[] = [];
afterEach(async () => {
  for (const home of open.splice(0)) await home.stop();
});

const startWith = async (assembly: string, dataFolder: string): Promise<Home> => {
  const home = await startHome({ region: 'KZ-19', port: 0, dataFolder, rehearsal: false, assembly });
  open.push(home);
  return home;
};

const ask = async ({ origin }: Home, path: string): Promise<unknown> => (await fetch(origin + path)).json();

const executions = async ({ operator }: Home): Promise<{ name: string }[]> =>
  (await fetch(`${operator}/executions`)).json();

describe('an upgrade while rounds run', () => {
  it('lets them go on as they began, brings the folder up, and starts new ones the new way', async () => {
    const dataFolder = aFolder();
    const before = await startWith(aWorkingAssembly({ waitSeconds: 1 }), dataFolder);
    await ask(before, '/start/old');
    await expect.poll(() => ask(before, '/asked/old')).toEqual({ asked: true });
    await before.stop();
    const description = JSON.parse(readFileSync(join(dataFolder, 'folder.json'), 'utf8'));
    // As a home of the first version left it.
    const { id: _unknown, ...first } = description;
    writeFileSync(join(dataFolder, 'folder.json'), JSON.stringify({ ...first, version: 1 }));

    const index = {
      IndexName: 'list',
      KeySchema: [{ AttributeName: 'sk', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    };
    const after = await startWith(aWorkingAssembly({ waitSeconds: 86_400, index }), dataFolder);
    await ask(after, '/start/new');
    await expect.poll(() => ask(after, '/asked/new')).toEqual({ asked: true });
    await ask(after, '/decide/old/agreed');
    await ask(after, '/decide/new/agreed');

    // The old one waits a second as it was told, the new one a day.
    await expect
      .poll(() => executions(after), { timeout: 30_000 })
      .toEqual([
        expect.objectContaining({
          name: 'new',
          status: 'RUNNING',
          waits: [expect.objectContaining({ state: 'WaitForDeadline' })],
        }),
        expect.objectContaining({ name: 'old', status: 'SUCCEEDED' }),
      ]);
    expect(JSON.parse(readFileSync(join(dataFolder, 'folder.json'), 'utf8'))).toMatchObject({
      version: description.version,
      region: 'KZ-19',
    });
    // What the page of the old one shows is the machine that it followed.
    const page = await (await fetch(`${after.operator}/executions/old`)).text();
    expect(page).toContain('It stands nowhere any more.');
  });
});
