import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { exitCodes, HomeFault } from '#infra/local/ports.ts';

const Manifest = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      environment: z.string().optional(),
      dependencies: z.array(z.string()).default([]),
      properties: z
        .looseObject({ templateFile: z.string().optional(), file: z.string().optional() })
        .optional(),
    }),
  ),
});

const AssetManifest = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.object({ path: z.string().optional() }),
      destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
    }),
  ),
});

const Template = z.looseObject({
  Resources: z.record(
    z.string(),
    z.looseObject({
      Type: z.string(),
      Properties: z.record(z.string(), z.unknown()).default({}),
      Condition: z.string().optional(),
    }),
  ),
  Parameters: z
    .record(z.string(), z.looseObject({ Type: z.string(), Default: z.unknown().optional() }))
    .default({}),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Outputs: z
    .record(
      z.string(),
      z.looseObject({ Value: z.unknown(), Export: z.object({ Name: z.unknown() }).optional() }),
    )
    .default({}),
});
type Template = z.infer<typeof Template>;

/** One synthesized stack with the AWS region that it names, and its assets: object key → path on disk. */
export type Stack = {
  name: string;
  awsRegion: string;
  account: string;
  template: Template;
  assets: ReadonlyMap<string, string>;
};

/** Used where a stack leaves its account or region open. */
const anywhere = { account: '000000000000', region: 'eu-central-1' };

/**
 * Reads a CDK cloud assembly: its stacks, those that others depend on first.
 * @throws HomeFault when the folder does not hold one
 */
export const readAssembly = (folder: string): Stack[] => {
  const { artifacts } = read(Manifest, join(folder, 'manifest.json'));
  const stacks = new Map<string, Stack>();
  const visit = (id: string): void => {
    const artifact = artifacts[id];
    if (!artifact || stacks.has(id)) return;
    for (const dependency of artifact.dependencies) visit(dependency);
    if (artifact.type !== 'aws:cloudformation:stack') return;
    const assets = artifact.dependencies
      .map((dependency) => artifacts[dependency])
      .flatMap((dependency) =>
        dependency?.type === 'cdk:asset-manifest' ? [dependency.properties?.file] : [],
      );
    const { account, region } = placeOf(artifact.environment);
    stacks.set(id, {
      name: id,
      awsRegion: region,
      account,
      template: read(Template, join(folder, artifact.properties?.templateFile ?? `${id}.template.json`)),
      assets: new Map(assets.flatMap((file) => (file ? assetsOf(folder, file) : []))),
    });
  };
  for (const id of Object.keys(artifacts)) visit(id);
  return [...stacks.values()];
};

/** `aws://account/region`, either of which may be unknown. */
const placeOf = (environment: string | undefined): { account: string; region: string } => {
  const [, , account = '', region = ''] = (environment ?? '').split('/');
  return {
    account: /^\d{12}$/.test(account) ? account : anywhere.account,
    region: region === '' || region === 'unknown-region' ? anywhere.region : region,
  };
};

const assetsOf = (folder: string, file: string): [string, string][] =>
  Object.values(read(AssetManifest, join(folder, file)).files).flatMap(({ source, destinations }) =>
    Object.values(destinations).flatMap(({ objectKey }): [string, string][] =>
      source.path === undefined ? [] : [[objectKey, join(folder, source.path)]],
    ),
  );

const read = <T>(schema: z.ZodType<T>, path: string): T => {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new HomeFault(`The synthesized file ${path} cannot be read: ${reason}`, exitCodes.unhostable);
  }
};
