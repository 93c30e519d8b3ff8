import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { readHomeFile } from '#infra/local/home-file.ts';
import { aFolder, anAssembly, aRegion } from '#test/infra/local/assembly.ts';

const running: ChildProcess[] = [];
/** In order: a home that is killed leaves its engine behind. */
afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }
});

const assembly = anAssembly();

/** A soak test takes its time. */
const kills = process.env['SOAK'] ? 20 : 4;

/** `npm start` in a process of its own: what it said, and when it was ready or had ended. */
const start = (given: readonly string[]) => {
  const child = spawn(
    process.execPath,
    ['infra/local/start.ts', '--port', '0', '--stacks', assembly, ...given],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  running.push(child);
  let said = '';
  const heard: (() => void)[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      for (const hear of heard) hear();
    });
  }
  const ended = new Promise<number | null>((resolve) => void child.once('close', resolve));
  const ready = new Promise<void>((resolve, reject) => {
    heard.push(() => said.includes('Stop with Ctrl-C') && resolve());
    void ended.then((exitCode) => reject(new Error(`It ended with ${exitCode}: ${said}`)));
  });
  ready.catch(() => undefined);
  return { child, ended, ready, said: () => said };
};

const visits = async (dataFolder: string): Promise<number> => {
  const response = await fetch(`${readHomeFile(dataFolder).origin}/kk/`);
  return JSON.parse(await response.text()).visits;
};

describe('npm start', () => {
  it('prints the addresses, and stops in order when told to', async () => {
    const dataFolder = aFolder();
    const home = start(['--data', dataFolder]);
    await home.ready;

    home.child.kill('SIGTERM');

    expect(await home.ended).toBe(0);
    expect(home.said()).toMatch(
      /Pages +http:\/\/localhost:\d+\n +Operator +http:\/\/localhost:\d+\n +Data +/,
    );
    expect(home.said()).toContain('npm run invite -- --role administrator');
    expect(() => readHomeFile(dataFolder)).toThrow(/No home runs on/);
  });

  it('goes on after it was killed, orphaned engine and all', async () => {
    const dataFolder = aFolder();
    const first = start(['--data', dataFolder]);
    await first.ready;
    await visits(dataFolder);
    const readableByOthers = readdirSync(dataFolder).filter(
      (name) => (statSync(join(dataFolder, name)).mode & 0o077) !== 0,
    );
    first.child.kill('SIGKILL');
    await first.ended;

    const second = start(['--data', dataFolder]);
    await second.ready;

    expect(await visits(dataFolder)).toBe(2);
    expect(readableByOthers).toEqual([]);
    expect(second.said()).toContain('ENGINE_ORPHAN_ENDED');
  });

  it('survives kills at random moments without losing a visit that was acknowledged', async () => {
    const dataFolder = aFolder();
    let acknowledged = 0;
    for (let round = 0; round < kills; round += 1) {
      const home = start(['--data', dataFolder]);
      await home.ready;
      const visiting = (async () => {
        for (;;) acknowledged = await visits(dataFolder);
      })();
      visiting.catch(() => undefined);
      await sleep(Math.random() * 150);
      home.child.kill('SIGKILL');
      await home.ended;
      await visiting.catch(() => undefined);
    }

    const last = start(['--data', dataFolder]);
    await last.ready;

    // At most one visit a kill was stored without anyone being told.
    const stored = (await visits(dataFolder)) - 1;
    expect(stored).toBeGreaterThanOrEqual(acknowledged);
    expect(stored).toBeLessThanOrEqual(acknowledged + kills);
  }, 180_000);

  it('on the folder of a running home ends with 75 and says which', async () => {
    const dataFolder = aFolder();
    const first = start(['--data', dataFolder]);
    await first.ready;

    const second = start(['--data', dataFolder]);

    expect(await second.ended).toBe(75);
    expect(second.said()).toContain(`process ${first.child.pid}`);
  });

  it('on a taken port ends with 76', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address ? address.port : 0);
      });
    });

    const home = start(['--data', aFolder(), '--port', String(port)]);
    const exitCode = await home.ended;
    server.close();

    expect(exitCode).toBe(76);
    expect(home.said()).toContain(`Port ${port} for the pages is taken by another program.`);
  });

  it('with a resource that it cannot host ends with 69', async () => {
    const resources = { ...aRegion(), Cluster: { Type: 'AWS::MSK::Cluster' } };

    const home = start(['--data', aFolder(), '--stacks', anAssembly({ resources })]);

    expect(await home.ended).toBe(69);
    expect(home.said()).toContain('AWS::MSK::Cluster');
  });

  it('with an option that does not exist ends with 64 and shows those that do', async () => {
    const home = start(['--prot', '3000']);

    expect(await home.ended).toBe(64);
    expect(home.said()).toContain('Usage: npm start');
  });
});
