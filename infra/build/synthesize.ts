import { spawn } from 'node:child_process';
import { existsSync, globSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildFunctions } from './build.ts';
import { repository, writeWhole } from './files.ts';
import { hashFiles, hashOfBytes } from './stamp.ts';

/** One region's stacks, synthesized: the folder with templates, asset manifests and the functions' code. */
export type Assembly = { folder: string; region: string; reused: boolean };

/**
 * Builds the functions and synthesizes the stacks of one region, as `cdk synth` does, for the one-machine home. Keeps
 * what it made: when nothing changed since, neither esbuild nor CDK is loaded.
 * @param region code of an entry of `infra/aws/regions.ts`
 * @throws Error with what the build or CDK said
 */
export const synthesize = async (
  region: string,
  folder = join(repository, 'dist', 'assembly', region),
): Promise<Assembly> => {
  await buildFunctions();
  const stampFile = join(folder, 'synthesized-from');
  const stamp = sourcesOf();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp)
    return { folder, region, reused: true };

  rmSync(folder, { recursive: true, force: true });
  await runApp(region, folder);
  writeWhole(stampFile, Buffer.from(stamp));
  return { folder, region, reused: false };
};

/** Everything that can change a template: the description, what it imports, the bundles and CDK's version. */
const sourcesOf = (): string => {
  const sources = globSync('{infra/aws,infra/build,workflows,shared}/**/*.{ts,json}', { cwd: repository });
  return hashOfBytes(
    JSON.stringify(hashFiles(repository, [...sources, 'dist/stamp.json', 'package-lock.json'])),
  );
};

/** In a process of its own, which gives CDK's memory back when it ends. */
const runApp = (region: string, folder: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(repository, 'infra/aws/app.ts')], {
      cwd: repository,
      // The checks of a template's spelling take seconds and belong to `cdk synth`; cdk-nag runs here too.
      env: { ...process.env, CDK_OUTDIR: folder, IRIKTEU_REGION: region, CDK_VALIDATION: 'false' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said: Buffer[] = [];
    child.stdout.on('data', (bytes: Buffer) => said.push(bytes));
    child.stderr.on('data', (bytes: Buffer) => said.push(bytes));
    child.on('error', reject);
    child.on('close', (exitCode) => {
      if (exitCode === 0) resolve();
      else
        reject(
          new Error(`The stacks of ${region} could not be synthesized.\n${Buffer.concat(said).toString()}`),
        );
    });
  });
