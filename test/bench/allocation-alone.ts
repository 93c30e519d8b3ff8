import { spawn } from 'node:child_process';
import { join } from 'node:path';
import * as z from 'zod';

const child = join(import.meta.dirname, 'allocation-alone.process.ts');
const Cost = z.object({ milliseconds: z.number(), megabytes: z.number() });
type Cost = z.infer<typeof Cost>;

/** What a piece of work costs that has a process to itself, or why it came to no end within so many seconds. */
export const alone = (work: 'peer' | 'memory', size: number, seconds: number): Promise<Cost | string> =>
  new Promise((resolve) => {
    const own = spawn(process.execPath, [child, work, String(size)], { stdio: ['ignore', 'pipe', 'pipe'] });
    let [said, complained] = ['', ''];
    own.stdout.on('data', (chunk) => (said += String(chunk)));
    own.stderr.on('data', (chunk) => (complained += String(chunk)));
    const limit = setTimeout(() => own.kill('SIGKILL'), seconds * 1000);
    own.on('close', (code, signal) => {
      clearTimeout(limit);
      if (code === 0) resolve(Cost.parse(JSON.parse(said)));
      else if (signal === 'SIGKILL') resolve(`not after ${seconds} s`);
      else resolve(`it broke off: ${whyOf(complained) ?? `code ${code}, signal ${signal}`}`);
    });
  });

const whyOf = (complained: string): string | undefined =>
  complained
    .split('\n')
    .find((line) => /error|heap/i.test(line))
    ?.trim();
