import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type {
  Activity,
  Authorize,
  HomeClock,
  HomeLog,
  Invoke,
  ServiceAnswer,
  ServiceRequest,
} from '#infra/local/ports.ts';
import { handleRequest } from './api/handle.ts';
import { wireEvent } from './api/history.ts';
import { type Listed, openListing } from './api/listing.ts';
import { openEngine } from './engine.ts';
import type { Limits } from './expressions/evaluate.ts';
import { openEvaluator } from './expressions/evaluator.ts';
import type { JsonObject } from './json.ts';
import { type MachineOption, openMachines } from './machines.ts';
import { openDatabase } from './schema.ts';

export type StepFunctionsOptions = {
  /** The SQLite file; its folder is made when missing. */
  file: string;
  clock: HomeClock;
  activity: Activity;
  machines: readonly MachineOption[];
  invoke: Invoke;
  /** Asked for each API request and, in the name of the machine's role, before each task. */
  authorize?: Authorize;
  log: HomeLog;
  /** Bounds of one JSONata evaluation; for tests. */
  limits?: Limits;
  /** How long a stop waits for functions under way; 5 seconds unless said otherwise. */
  graceMilliseconds?: number;
};

export type StepFunctions = {
  handle: (request: ServiceRequest) => Promise<ServiceAnswer>;
  /** Running ones first, newest first, at most 1,000; times in milliseconds since 1970. */
  executions: () => Listed[];
  /** By name or ARN, as GetExecutionHistory spells events; undefined when there is no such execution. */
  history: (nameOrArn: string) => JsonObject[] | undefined;
  /** The same with what it follows and where it stands, for the operator. */
  look: (nameOrArn: string) => { listed: Listed; definition: unknown; history: JsonObject[] } | undefined;
  /** Writes the file as it is now into another one, for a backup; nothing moves on meanwhile. */
  copyTo: (file: string) => void;
  /** Lets functions under way return for a while, writes what they answered, and lets go of the file. */
  close: () => Promise<void>;
};

/**
 * The local home's Step Functions: hosts the machines of the template durably in one file and goes on with what a stop
 * cut, however hard it was.
 * @throws HomeFault when a machine cannot run here, or the file cannot be used
 */
export const openStepFunctions = (options: StepFunctionsOptions): StepFunctions => {
  const { clock, authorize, log } = options;
  mkdirSync(dirname(options.file), { recursive: true });
  const database = openDatabase(options.file);
  const machines = openOrClose(database, () => openMachines(database, options.machines, clock.now()));
  const evaluator = openEvaluator(options.limits);
  const engine = openEngine({ ...options, authorize, database, machines, evaluator });
  const listing = openListing(database);
  engine.resume();

  const history = (nameOrArn: string): JsonObject[] | undefined => {
    const row = listing.find(nameOrArn);
    return row && engine.store.events(row.id, { limit: 25_000, reverse: false }).map(wireEvent);
  };

  return {
    handle: (request) =>
      handleRequest({ backend: { engine, machines, listing, now: clock.now }, authorize, log }, request),
    executions: () => listing.everything(1_000),
    history,
    look: (nameOrArn) => {
      const row = listing.find(nameOrArn);
      return (
        row && {
          listed: listing.listed(row),
          definition: listing.definition(row.definition),
          history: history(row.arn) ?? [],
        }
      );
    },
    copyTo: (copy) => void database.prepare('VACUUM INTO ?').run(copy),
    close: async () => {
      await engine.close();
      await evaluator.close();
      database.close();
    },
  };
};

const openOrClose = <T>(database: { close: () => void }, open: () => T): T => {
  try {
    return open();
  } catch (error) {
    database.close();
    throw error;
  }
};
