import { spawn } from 'node:child_process';
import { join } from 'node:path';
import * as z from 'zod';

/** Bundled beside the sections: without the tools that read TypeScript a process holds 40 MB less. */
const child = join(import.meta.dirname, '..', '..', 'dist', 'bench', 'allocation-alone.process.mjs');

const ByPeer = z.object({ milliseconds: z.number(), answer: z.string() });
const InMemory = z.object({ megabytes: z.number() });

/** How long the npm peer needs that has a process to itself, and the hash of its answer; or why it came to no end within so many seconds. */
export const peerAlone = async (size: number, seconds: number) => {
  const said = await alone('peer', size, seconds);
  return said.ended ? ByPeer.parse(JSON.parse(said.text)) : said.text;
};

/** The most that a process ever holds that makes a market, allocates it under caps and without, and proves it; or why there was no end. */
export const memoryAlone = async (size: number, seconds: number) => {
  const said = await alone('memory', size, seconds);
  return said.ended ? InMemory.parse(JSON.parse(said.text)) : said.text;
};

type Said = { ended: boolean; text: string };

const alone = (work: 'peer' | 'memory', size: number, seconds: number): Promise<Said> =>
  new Promise((resolve) => {
    const own = spawn(process.execPath, [child, work, String(size)], { stdio: ['ignore', 'pipe', 'pipe'] });
    let [said, complained] = ['', ''];
    own.stdout.on('data', (chunk) => (said += String(chunk)));
    own.stderr.on('data', (chunk) => (complained += String(chunk)));
    const limit = setTimeout(() => own.kill('SIGKILL'), seconds * 1000);
    own.on('close', (code, signal) => {
      clearTimeout(limit);
      const why =
        signal === 'SIGKILL'
          ? `not after ${seconds} s`
          : `it broke off: ${whyOf(complained) ?? `code ${code}, signal ${signal}`}`;
      resolve(code === 0 ? { ended: true, text: said } : { ended: false, text: why });
    });
  });

const whyOf = (complained: string): string | undefined =>
  complained
    .split('\n')
    .find((line) => /error|heap/i.test(line))
    ?.trim();
