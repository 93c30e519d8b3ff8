import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
// What CDK recommends to new applications; here, so that every way to synthesize has the same.
import flags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import { AwsSolutionsChecks } from 'cdk-nag';
import { buildFunctions } from '#infra/build/build.ts';
import { DataStack } from './data-stack.ts';
import type { CodeOf } from './function.ts';
import { type Region, regionOf, regions } from './regions.ts';
import { RoundStack } from './round-stack.ts';

/**
 * The whole description: for each region a data stack and a round stack. The synthesis fails when cdk-nag's
 * AwsSolutions pack finds something that nobody explained.
 */
export const irikteu = (
  chosen: readonly Region[],
  codeOf: CodeOf,
  { outdir }: { outdir?: string | undefined } = {},
): App => {
  const app = new App({
    analyticsReporting: false,
    context: flags,
    ...(outdir === undefined ? {} : { outdir }),
  });
  for (const region of chosen) {
    const data = new DataStack(app, region);
    const round = new RoundStack(app, region, codeOf);
    round.addStackDependency(data, 'Tables, bucket and keys are found by name and must exist first.');
  }
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
};

/** The bundles as they were built, each from its folder. */
const builtCode =
  (functions: string): CodeOf =>
  (name) =>
    Code.fromAsset(join(functions, name));

const main = async (): Promise<void> => {
  const { functions } = await buildFunctions();
  const code = process.env['IRIKTEU_REGION'];
  irikteu(code ? [regionOf(code)] : regions, builtCode(functions)).synth();
};

if (import.meta.main) await main();
