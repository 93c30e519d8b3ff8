import { randomUUID } from 'node:crypto';
import type * as z from 'zod';
import type { Engine } from '#infra/local/step-functions/engine.ts';
import type { JsonObject } from '#infra/local/step-functions/json.ts';
import type { Machine, Machines } from '#infra/local/step-functions/machines.ts';
import type { ExecutionRow } from '#infra/local/step-functions/rows.ts';
import { StateError } from '#infra/local/step-functions/state-error.ts';
import { testState } from '#infra/local/step-functions/test-state/run.ts';
import type { Stimulus } from '#infra/local/step-functions/transition.ts';
import { ApiError } from './errors.ts';
import { wireEvent, withoutData } from './history.ts';
import type { Listing } from './listing.ts';
import { readPayload, readRequest, requests } from './requests.ts';

export type Backend = {
  engine: Engine;
  machines: Machines;
  listing: Listing;
  now: () => number;
  /** Throws when the caller may not do this to that ARN. */
  allow: (resource: string) => void;
};

type Operation = (backend: Backend, body: string) => Promise<JsonObject>;

const operation =
  <T>(
    schema: z.ZodType<T>,
    work: (backend: Backend, request: T) => Promise<JsonObject> | JsonObject,
  ): Operation =>
  async (backend, body) =>
    work(backend, readRequest(schema, body));

/** What each operation does. Times on the wire are seconds since 1970. */
export const operations: Readonly<Record<string, Operation>> = {
  StartExecution: operation(
    requests.StartExecution,
    async ({ engine, allow }, { stateMachineArn, name, input = '{}' }) => {
      allow(stateMachineArn);
      readPayload(input, 'input', 'InvalidExecutionInput');
      const started = await engine.start({ machineArn: stateMachineArn, name: name ?? randomUUID(), input });
      return { executionArn: started.arn, startDate: started.startedAt / 1000 };
    },
  ),

  DescribeExecution: operation(requests.DescribeExecution, (backend, { executionArn }) => {
    backend.allow(executionArn);
    const row = findExecution(backend, executionArn);
    return {
      ...summaryOf(row),
      input: row.input,
      inputDetails: { included: true },
      ...(row.output === undefined ? {} : { output: row.output, outputDetails: { included: true } }),
      ...(row.error === undefined ? {} : { error: row.error }),
      ...(row.cause === undefined ? {} : { cause: row.cause }),
      redriveCount: 0,
      redriveStatus: 'NOT_REDRIVABLE',
    };
  }),

  DescribeStateMachineForExecution: operation(
    requests.DescribeStateMachineForExecution,
    (backend, { executionArn }) => {
      backend.allow(executionArn);
      const row = findExecution(backend, executionArn);
      const machine = backend.machines.ever(row.machine);
      if (!machine) throw noMachine(row.machine);
      return {
        stateMachineArn: machine.arn,
        name: machine.name,
        definition: backend.machines.program(row.definition).text,
        roleArn: machine.roleArn,
        updateDate: machine.createdAt / 1000,
      };
    },
  ),

  GetExecutionHistory: operation(requests.GetExecutionHistory, (backend, request) => {
    backend.allow(request.executionArn);
    const row = findExecution(backend, request.executionArn);
    const limit = request.maxResults || 100;
    const after = readToken(request.nextToken);
    const events = backend.engine.store.events(row.id, {
      limit: limit + 1,
      reverse: request.reverseOrder === true,
      ...(after === undefined ? {} : { after }),
    });
    const page = events.slice(0, limit);
    const last = page.at(-1);
    return {
      events: page.map((event) =>
        wireEvent(request.includeExecutionData === false ? withoutData(event) : event),
      ),
      ...(events.length > limit && last ? { nextToken: String(last.id) } : {}),
    };
  }),

  StopExecution: operation(requests.StopExecution, async (backend, { executionArn, error, cause }) => {
    backend.allow(executionArn);
    const { id } = findExecution(backend, executionArn);
    await backend.engine.post(id, { kind: 'stop', error: new StateError(error, cause) });
    const stopped = findExecution(backend, executionArn).stoppedAt ?? backend.now();
    return { stopDate: stopped / 1000 };
  }),

  ListExecutions: operation(
    requests.ListExecutions,
    ({ listing, machines, allow }, { stateMachineArn, statusFilter, maxResults, nextToken }) => {
      allow(stateMachineArn);
      if (!machines.ever(stateMachineArn)) throw noMachine(stateMachineArn);
      if (statusFilter === 'PENDING_REDRIVE') return { executions: [] };
      const limit = maxResults || 100;
      const rows = listing.byMachine(stateMachineArn, {
        status: statusFilter,
        before: readToken(nextToken),
        limit: limit + 1,
      });
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return {
        executions: page.map((row) => summaryOf(row)),
        ...(rows.length > limit && last ? { nextToken: String(last.id) } : {}),
      };
    },
  ),

  ListStateMachines: operation(requests.ListStateMachines, ({ machines, allow }) => {
    allow('*');
    return { stateMachines: machines.current.map((machine) => machineSummary(machine)) };
  }),

  DescribeStateMachine: operation(
    requests.DescribeStateMachine,
    ({ machines, allow }, { stateMachineArn }) => {
      allow(stateMachineArn);
      const machine = machines.find(stateMachineArn);
      if (!machine) throw noMachine(stateMachineArn);
      return {
        ...machineSummary(machine),
        status: 'ACTIVE',
        roleArn: machine.roleArn,
        definition: machines.program(machine.definition).text,
      };
    },
  ),

  TestState: operation(requests.TestState, (backend, request) => {
    backend.allow('*');
    return testState(backend.engine.lab, request);
  }),

  SendTaskSuccess: operation(requests.SendTaskSuccess, (backend, { taskToken, output }) =>
    answerTask(backend, taskToken, (frame) => ({
      kind: 'task-succeeded',
      frame,
      token: taskToken,
      output: readPayload(output, 'output', 'InvalidOutput'),
    })),
  ),

  SendTaskFailure: operation(requests.SendTaskFailure, (backend, { taskToken, error, cause }) =>
    answerTask(backend, taskToken, (frame) => ({
      kind: 'task-failed',
      frame,
      token: taskToken,
      error: new StateError(error, cause, { isTerminal: false }),
    })),
  ),

  SendTaskHeartbeat: operation(requests.SendTaskHeartbeat, (backend, { taskToken }) =>
    answerTask(backend, taskToken, (frame) => ({ kind: 'heartbeat', frame, token: taskToken })),
  ),
};

const answerTask = async (
  { engine, machines, allow }: Backend,
  taskToken: string,
  stimulus: (frame: number) => Stimulus,
): Promise<JsonObject> => {
  const token = engine.store.token(taskToken);
  const machine = token && machines.ever(engine.store.execution(token.execution)?.machine ?? '');
  allow(machine?.arn ?? '*');
  if (!token) {
    throw /^[\w-]{48}$/.test(taskToken)
      ? new ApiError('TaskDoesNotExist', "Task Does Not Exist: 'Provided task does not exist'")
      : new ApiError('InvalidToken', "Invalid Token: 'Invalid token'");
  }
  const answer = stimulus(token.frame);
  const happened = token.open && (await engine.post(token.execution, answer));
  if (!happened) {
    throw new ApiError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
  }
  return {};
};

const findExecution = ({ engine }: Backend, arn: string): ExecutionRow => {
  const row = engine.store.executionByArn(arn);
  if (row) return row;
  if (!arn.startsWith('arn:')) throw new ApiError('InvalidArn', `Invalid Arn: '${arn}'`);
  throw new ApiError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
};

const noMachine = (arn: string): ApiError =>
  new ApiError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);

const summaryOf = ({ arn, machine, name, status, startedAt, stoppedAt }: ExecutionRow): JsonObject => ({
  executionArn: arn,
  stateMachineArn: machine,
  name,
  status,
  startDate: startedAt / 1000,
  ...(stoppedAt === undefined ? {} : { stopDate: stoppedAt / 1000 }),
});

const machineSummary = ({ arn, name, createdAt }: Machine): JsonObject => ({
  stateMachineArn: arn,
  name,
  type: 'STANDARD',
  creationDate: createdAt / 1000,
});

const readToken = (token: string | undefined): number | undefined => {
  if (token === undefined) return undefined;
  if (/^\d+$/.test(token)) return Number(token);
  throw new ApiError('InvalidToken', `Invalid Token: '${token}'`);
};
