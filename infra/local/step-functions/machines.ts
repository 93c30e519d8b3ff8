import type { DatabaseSync } from 'node:sqlite';
import { number, optionalNumber, text } from './columns.ts';
import { type Program, programOf } from './program.ts';

/** A state machine of the template, as the home hands it over. */
export type MachineOption = {
  arn: string;
  name: string;
  definition: unknown;
  /** Of the template's resource, for the permissions of the machine's role. */
  logicalId?: string;
  roleArn?: string;
  timeoutSeconds?: number;
};

export type Machine = {
  arn: string;
  name: string;
  logicalId: string;
  roleArn: string;
  definition: string;
  timeoutSeconds: number | undefined;
  createdAt: number;
};

export type Machines = {
  /** Those of the template as it is now. */
  current: readonly Machine[];
  find: (arn: string) => Machine | undefined;
  /** Also of a machine that has left the template while executions of it still run. */
  ever: (arn: string) => Machine | undefined;
  program: (hash: string) => Program;
};

/**
 * Stores the machines of the template; each definition stays under its hash, since executions keep theirs.
 * @throws HomeFault (unhostable) when one of them, or one that a running execution needs, cannot run here
 */
export const openMachines = (
  database: DatabaseSync,
  options: readonly MachineOption[],
  now: number,
): Machines => {
  const addDefinition = database.prepare('INSERT OR IGNORE INTO definitions VALUES (?, ?)');
  const putMachine = database.prepare(
    `INSERT INTO machines VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (arn) DO UPDATE SET name = excluded.name,
     logical_id = excluded.logical_id, role_arn = excluded.role_arn, definition = excluded.definition,
     timeout_seconds = excluded.timeout_seconds`,
  );
  const machineByArn = database.prepare('SELECT * FROM machines WHERE arn = ?');
  const definitionByHash = database.prepare('SELECT body FROM definitions WHERE hash = ?');
  const needed = database.prepare(
    `SELECT DISTINCT e.definition, m.name FROM executions e JOIN machines m ON m.arn = e.machine
     WHERE e.status = 'RUNNING'`,
  );
  const programs = new Map<string, Program>();

  const program = (hash: string, name = hash): Program => {
    const known = programs.get(hash);
    if (known) return known;
    const read = programOf(name, JSON.parse(text(definitionByHash.get(hash) ?? {}, 'body')));
    programs.set(hash, read);
    return read;
  };

  const store = (option: MachineOption): void => {
    const checked = programOf(option.name, option.definition);
    programs.set(checked.hash, checked);
    addDefinition.run(checked.hash, checked.text);
    const timeout = option.timeoutSeconds ?? checked.definition.TimeoutSeconds ?? null;
    const { arn, name, logicalId = name, roleArn = '' } = option;
    putMachine.run(arn, name, logicalId, roleArn, checked.hash, timeout, now);
  };

  const ever = (arn: string): Machine | undefined => {
    const row = machineByArn.get(arn);
    return row && machineOf(row);
  };

  for (const option of options) store(option);
  for (const row of needed.all()) program(text(row, 'definition'), text(row, 'name'));
  const current = options.flatMap(({ arn }) => ever(arn) ?? []);
  return { current, find: (arn) => current.find((machine) => machine.arn === arn), ever, program };
};

const machineOf = (row: Record<string, unknown>): Machine => ({
  arn: text(row, 'arn'),
  name: text(row, 'name'),
  logicalId: text(row, 'logical_id'),
  roleArn: text(row, 'role_arn'),
  definition: text(row, 'definition'),
  timeoutSeconds: optionalNumber(row, 'timeout_seconds'),
  createdAt: number(row, 'created_at'),
});
