/** State machines that follow the records. */
export type Machines = {
  /** Starts an execution; one of that name, running or ended, is left as it is. */
  start: (execution: { name: string; input: unknown }) => Promise<void>;
  state: (name: string) => Promise<'running' | 'ended' | 'missing'>;
  /** Answers a waiting task. `not-waiting`: it timed out, was answered before, or never existed. */
  signal: (token: string, output: unknown) => Promise<'resumed' | 'not-waiting'>;
};
