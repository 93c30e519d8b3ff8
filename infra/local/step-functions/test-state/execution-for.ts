import { randomUUID } from 'node:crypto';
import { ApiError } from '#infra/local/step-functions/api/errors.ts';
import type { TestStateRequest } from '#infra/local/step-functions/api/requests.ts';
import type { Execution } from '#infra/local/step-functions/execution.ts';
import { isObject, type Json, type JsonObject } from '#infra/local/step-functions/json.ts';
import type { State } from '#infra/local/step-functions/language.ts';
import type { Machines } from '#infra/local/step-functions/machines.ts';
import { rootFrame } from '#infra/local/step-functions/starts.ts';
import type { Subject } from './subject.ts';

type Made = { subject: Subject; request: TestStateRequest; input: Json; now: number };

/**
 * An execution of one state that is in no file. It acts in the role of the request, which is one of a machine here.
 * @throws ApiError (ValidationException)
 */
export const executionFor = (machines: Machines, { subject, request, input, now }: Made): Execution => {
  const { name: state } = subject;
  const machine = machineFor(machines, request);
  const arn = `${machine.arn.replace(':stateMachine:', ':execution:')}:${machine.name}`;
  const root = rootFrame(state, input, now);
  root.variables = objectIn('variables', request.variables) ?? {};
  root.retries = retriersOf(subject.state).map(() => request.stateConfiguration?.retrierRetryCount ?? 0);
  const given = objectIn('context', request.context);
  if (given && request.mock === undefined) throw validation('A context needs a mock');
  const context = given ?? {
    Execution: {
      Id: arn,
      Input: input,
      Name: machine.name,
      RoleArn: machine.roleArn,
      StartTime: new Date(now).toISOString(),
    },
    StateMachine: { Id: machine.arn, Name: machine.name },
    State: { Name: state, EnteredTime: new Date(now).toISOString(), RetryCount: root.retries[0] ?? 0 },
  };
  return {
    id: 0,
    arn,
    name: machine.name,
    machine,
    program: {
      hash: '',
      text: '',
      definition: { QueryLanguage: 'JSONata', StartAt: state, States: { [state]: subject.state } },
    },
    input,
    startedAt: now,
    lastEvent: 0,
    lastFrame: 0,
    frames: new Map([[0, root]]),
    context,
  };
};

const retriersOf = (state: State): unknown[] => ('Retry' in state ? (state.Retry ?? []) : []);

const machineFor = ({ current }: Machines, { roleArn, mock }: TestStateRequest): Execution['machine'] => {
  const known = roleArn === undefined ? undefined : current.find((machine) => machine.roleArn === roleArn);
  if (roleArn !== undefined && mock === undefined && !known) {
    throw validation(`The role ${roleArn} is none of a state machine here`);
  }
  const name = randomUUID();
  const account = current[0]?.arn.split(':').slice(0, 5).join(':') ?? 'arn:aws:states:us-east-1:000000000000';
  return {
    arn: `${account}:stateMachine:${name}`,
    name,
    logicalId: known?.logicalId ?? '',
    roleArn: roleArn ?? '',
  };
};

/** @throws ApiError when the text is no JSON object */
const objectIn = (field: string, text: string | undefined): JsonObject | undefined => {
  if (text === undefined) return undefined;
  const value = parsed(text);
  if (isObject(value)) return value;
  throw validation(`The field ${field} is not a JSON object`);
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const validation = (message: string): ApiError => new ApiError('ValidationException', message);
