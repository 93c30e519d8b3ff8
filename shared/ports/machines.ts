import type { MachineName } from '#shared/domain/outbox.ts';

/** An execution of one of the machines; its name is unique there. */
type Execution = { machine: MachineName; name: string };

/** State machines that follow the records. */
export type Machines = {
  /** Starts an execution; one of that name, running or ended, is left as it is. */
  start: (execution: Execution & { input: unknown }) => Promise<void>;
  state: (execution: Execution) => Promise<'running' | 'ended' | 'missing'>;
  /** Answers a waiting task. `not-waiting`: it timed out, was answered before, or never existed. */
  signal: (token: string, output: unknown) => Promise<'resumed' | 'not-waiting'>;
};
