import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { irikteu } from '#infra/aws/app.ts';
import { namesFor } from '#infra/aws/names.ts';
import { type Region, regionOf } from '#infra/aws/regions.ts';

export type Resource = {
  Type: string;
  Properties: Record<string, unknown>;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
};
export type Template = { Resources: Record<string, Resource> };

/** No test of a template bundles anything: what the functions hold does not matter here. */
const standIn = () => Code.fromInline('export const handler = async () => {};');

/** The checks of spelling that CDK makes of itself take seconds a region and belong to `cdk synth`. */
process.env['CDK_VALIDATION'] = 'false';

/** The application as deployed, writing to a folder that the caller removes. */
export const anApp = (regions: readonly Region[]): { app: App; remove: () => void } => {
  const outdir = mkdtempSync(join(tmpdir(), 'irikteu-synth-'));
  return {
    app: irikteu(regions, standIn, { outdir }),
    remove: () => rmSync(outdir, { recursive: true, force: true }),
  };
};

/** Both templates of one region. */
export const templatesOf = (code: string): { data: Template; round: Template } =>
  templatesFor(regionOf(code));

export const templatesFor = (region: Region): { data: Template; round: Template } => {
  const { app, remove } = anApp([region]);
  try {
    const assembly = app.synth();
    const names = namesFor(region);
    return {
      data: assembly.getStackByName(names.dataStack).template,
      round: assembly.getStackByName(names.roundStack).template,
    };
  } finally {
    remove();
  }
};

/** Resources of one type, by logical id. */
export const resourcesOf = ({ Resources }: Template, type: string): [string, Resource][] =>
  Object.entries(Resources).filter(([, resource]) => resource.Type === type);

/** What lies at a path, undefined where it ends early. */
export const at = (value: unknown, ...path: (string | number)[]): unknown =>
  path.reduce<unknown>((found, key) => (found == null ? undefined : Reflect.get(Object(found), key)), value);

export const listAt = (value: unknown, ...path: (string | number)[]): unknown[] => {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
};

/** The text at a path, with intrinsic functions spelt out. */
export const textAt = (value: unknown, ...path: (string | number)[]): string => asText(at(value, ...path));

/** An intrinsic function as text: `arn:aws:s3:::irikteu-…-<AWS::AccountId>/clean/*`. */
export const asText = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (at(value, 'Ref')) return `<${asText(at(value, 'Ref'))}>`;
  if (at(value, 'Fn::GetAtt')) return `<${listAt(value, 'Fn::GetAtt').join('.')}>`;
  if (at(value, 'Fn::Join'))
    return listAt(value, 'Fn::Join', 1)
      .map(asText)
      .join(asText(at(value, 'Fn::Join', 0)));
  return JSON.stringify(value);
};
