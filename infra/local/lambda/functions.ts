import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { AccessKey } from '#infra/local/access-keys.ts';
import { environmentOf, type Surroundings } from '#infra/local/lambda/environment.ts';
import { Pool } from '#infra/local/lambda/pool.ts';
import type { Activity, HomeLog, Invocation, Invoke } from '#infra/local/ports.ts';
import { openRotatingFile } from '#infra/local/rotating-file.ts';
import type { FunctionDescription } from '#infra/local/template/description.ts';

export type Functions = {
  invoke: Invoke;
  /** The description behind a name, an ARN or an ARN with a qualifier. */
  find: (nameOrArn: string) => FunctionDescription | undefined;
  /** Every variable that any function has, for `npm run audit` and the like. */
  environment: Readonly<Record<string, string>>;
  /** Threads of each function, for the operator. */
  sizes: () => Record<string, number>;
  close: (graceMilliseconds: number) => Promise<void>;
};

export type FunctionsOptions = {
  functions: readonly FunctionDescription[];
  surroundings: Surroundings;
  /** By the function's logical id. */
  keyOf: (logicalId: string) => AccessKey;
  dataFolder: string;
  activity: Activity;
  log: HomeLog;
  /** In rehearsal, the shared number of milliseconds that functions' clocks differ. */
  clockOffset: SharedArrayBuffer | undefined;
  /** Logical ids to load before anyone asks. */
  warm: readonly string[];
  /** Told of each invocation's end, by the function's name. */
  onInvoked: (functionName: string, result: Invocation) => void;
  /** Told what functions write to their log group, in pieces. */
  onOutput: (logGroup: string, text: string) => void;
};

/**
 * Threads of one function at most: more than cores, since a function waits for the store half of its time; not many more,
 * since each has to warm up and takes memory.
 */
const mostThreads = Math.min(Math.max(2 * availableParallelism(), 4), 16);

/** Hosts the functions of the template, each in its own worker threads. */
export const startFunctions = (options: FunctionsOptions): Functions => {
  const { functions, surroundings, keyOf, dataFolder, activity, log } = options;
  const output = openRotatingFile(join(dataFolder, 'functions.log'));

  const pools = new Map<string, { of: FunctionDescription; pool: Pool }>();
  const environment: Record<string, string> = { PUBLIC_ORIGIN: surroundings.origin };
  for (const of of functions) {
    const own = environmentOf(of, surroundings, keyOf(of.logicalId));
    Object.assign(environment, of.environment, { PUBLIC_ORIGIN: surroundings.origin });
    const pool = new Pool({
      function: of,
      environment: own,
      clockOffset: options.clockOffset,
      onOutput: (_name, text) => {
        output.write(text);
        options.onOutput(of.logGroup, text);
      },
      most: mostThreads,
    });
    pools.set(of.name, { of, pool });
    if (options.warm.includes(of.logicalId)) pool.warm();
  }

  const run = async (name: string, payload: unknown, patience?: number): Promise<Invocation> => {
    const found = pools.get(functionNameOf(name));
    if (!found) {
      const message = `Function not found: ${name}`;
      return { outcome: 'refused', error: 'ResourceNotFoundException', message };
    }
    const result = await found.pool.invoke(JSON.stringify(payload) ?? 'null', patience);
    options.onInvoked(found.of.name, result);
    if (result.outcome === 'failed') {
      log('FUNCTION_FAILED', 'A function ended with an error.', {
        function: found.of.logicalId,
        ...traceOf(result.payload),
      });
    }
    return result;
  };

  return {
    invoke: (name, payload, patience) => activity.track(run(name, payload, patience)),
    find: (nameOrArn) => pools.get(functionNameOf(nameOrArn))?.of,
    environment,
    sizes: () => Object.fromEntries([...pools.values()].map(({ of, pool }) => [of.logicalId, pool.size()])),
    close: async (graceMilliseconds) => {
      await Promise.all([...pools.values()].map(({ pool }) => pool.close(graceMilliseconds)));
      await output.close();
    },
  };
};

/** Without the error's sentence, which may quote what a person typed. */
const traceOf = ({ errorType, trace = [] }: { errorType: string; trace?: string[] }) => ({
  errorType,
  trace: trace
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 6)
    .map((line) => line.trim())
    .join(' '),
});

/** `arn:aws:lambda:region:account:function:NAME:QUALIFIER`, `NAME:QUALIFIER` or `NAME`. */
const functionNameOf = (nameOrArn: string): string => {
  const [, tail = nameOrArn] = /:function:(.*)$/.exec(nameOrArn) ?? [];
  return tail.split(':')[0] ?? tail;
};
