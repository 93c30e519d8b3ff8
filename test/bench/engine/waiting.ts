import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';

const child = join(import.meta.dirname, 'waiting.process.ts');
const Cost = z.object({ megabytes: z.number(), milliseconds: z.number() });

/** What a process of its own costs that opens a file with so many executions that wait; three starts after the first. */
export const waitingCost = async (
  count: number,
): Promise<{ megabytes: number[]; milliseconds: number[] }> => {
  const folder = mkdtempSync(join(tmpdir(), 'irikteu-bench-'));
  const file = join(folder, 'executions.sqlite');
  await ask(file, count);
  const costs = [await ask(file, 0), await ask(file, 0), await ask(file, 0)];
  rmSync(folder, { recursive: true });
  return {
    megabytes: costs.map(({ megabytes }) => megabytes),
    milliseconds: costs.map(({ milliseconds }) => milliseconds),
  };
};

const ask = (file: string, count: number): Promise<z.infer<typeof Cost>> =>
  new Promise((resolve, reject) => {
    const home = spawn(process.execPath, [child, file, String(count)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    home.stdout.on('data', (chunk) => (said += String(chunk)));
    home.on('close', (code) => {
      if (code === 0) resolve(Cost.parse(JSON.parse(said)));
      else reject(new Error(`the waiting home ended with ${code}`));
    });
  });
