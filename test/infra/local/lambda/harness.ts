import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createActivity } from '#infra/local/activity.ts';
import { startFunctions } from '#infra/local/lambda/functions.ts';
import type { FunctionDescription } from '#infra/local/template/description.ts';
import { aFolder } from '#test/infra/local/assembly.ts';

type More = {
  timeoutSeconds?: number;
  clockOffset?: SharedArrayBuffer;
  environment?: Record<string, string>;
};

/** A function's bundle and what the template says of it. */
export const aFunction = (
  name: string,
  code: string,
  { timeoutSeconds = 10, environment = {} }: More = {},
): FunctionDescription => {
  const bundle = aFolder();
  writeFileSync(join(bundle, 'index.js'), code);
  writeFileSync(join(bundle, 'package.json'), '{"type":"commonjs"}');
  return {
    logicalId: name === 'region-web' ? 'Web' : name,
    name,
    arn: `arn:aws:lambda:eu-central-1:000000000000:function:${name}`,
    code: bundle,
    handler: 'index.handler',
    role: 'web',
    timeoutSeconds,
    memoryMegabytes: 128,
    environment,
    retries: 2,
    logGroup: `/aws/lambda/${name}`,
  };
};

/** Hosts a function until the test has ended. */
export const hosting = (code: string, more: More = {}, others: FunctionDescription[] = []) => {
  const dataFolder = aFolder();
  const lines: object[] = [];
  const functions = startFunctions({
    functions: [aFunction('region-web', code, more), ...others],
    surroundings: {
      awsRegion: 'eu-central-1',
      endpoint: 'http://127.0.0.1:1',
      origin: 'http://localhost:3000',
    },
    keyOf: () => ({ accessKeyId: 'AKIATEST', secretAccessKey: 'secret' }),
    dataFolder,
    activity: createActivity(),
    log: (line, _message, facts) => void lines.push({ code: line, ...facts }),
    clockOffset: more.clockOffset,
    warm: [],
    onInvoked: () => undefined,
    onOutput: () => undefined,
  });
  onTestFinished(() => functions.close(1_000));
  return { ...functions, lines };
};
