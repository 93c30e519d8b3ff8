import { ApiError } from '#infra/local/step-functions/api/errors.ts';
import type { TestStateRequest } from '#infra/local/step-functions/api/requests.ts';
import { type Fault, faultsIn, faultsOfState } from '#infra/local/step-functions/checks.ts';
import { statesOf } from '#infra/local/step-functions/flows.ts';
import { hostingFaultsIn } from '#infra/local/step-functions/hosting.ts';
import { Definition, OneState, type State } from '#infra/local/step-functions/language.ts';
import { shapeFaultsOf } from '#infra/local/step-functions/program.ts';
import { resourceOf } from '#infra/local/step-functions/resources.ts';

export type Subject = { name: string; state: State };

/** AWS calls a state that is given without a machine so. */
const nameWithoutMachine = 'StateName';

/**
 * The state under test, found in the machine or given alone.
 * @throws ApiError (InvalidDefinition, ValidationException)
 */
export const readSubject = (request: TestStateRequest): Subject => {
  const definition = parsed(request.definition);
  const found = request.stateName === undefined ? alone(definition) : within(definition, request.stateName);
  const subject = { ...found, state: withItemsRead(found.state, request) };
  if (request.mock === undefined) refuseUnlessRunnable(subject);
  else refuseUnlessMockable(subject.state);
  return subject;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid([{ path: '', message: 'is not JSON' }]);
  }
};

const alone = (definition: unknown): Subject => {
  const read = OneState.safeParse(definition);
  if (!read.success) throw invalid(shapeFaultsOf(read.error));
  const faults = faultsOfState(nameWithoutMachine, read.data);
  if (faults.length > 0) throw invalid(faults);
  return { name: nameWithoutMachine, state: read.data };
};

const within = (definition: unknown, stateName: string): Subject => {
  const read = Definition.safeParse(definition);
  if (!read.success) throw invalid(shapeFaultsOf(read.error));
  const faults = faultsIn(read.data);
  if (faults.length > 0) throw invalid(faults);
  const found = statesOf(read.data).find(([name]) => name === stateName);
  if (!found) throw validation(`The definition has no state '${stateName}'`);
  return { name: stateName, state: found[1] };
};

/** What an ItemReader would have read stands in its place. */
const withItemsRead = (state: State, { stateConfiguration }: TestStateRequest): State => {
  if (state.Type !== 'Map' || state.ItemReader === undefined) return state;
  const data = stateConfiguration?.mapItemReaderData;
  if (data === undefined) throw validation('A state with an ItemReader needs mapItemReaderData');
  const { ItemReader: _reader, ...rest } = state;
  return { ...rest, Items: `{% $parse(${JSON.stringify(data)}) %}` };
};

const refuseUnlessMockable = ({ Type }: State): void => {
  if (Type !== 'Task' && Type !== 'Map' && Type !== 'Parallel') {
    throw validation(`A mock is for Task, Map and Parallel states, not for a ${Type} state`);
  }
};

/** What AWS tests only with a mock, and what this home could not run. */
const refuseUnlessRunnable = ({ name, state }: Subject): void => {
  const needsMock = validation('Map, Parallel, .sync and .waitForTaskToken are tested only with a mock');
  if (state.Type === 'Map' || state.Type === 'Parallel') throw needsMock;
  if (state.Type !== 'Task') return;
  const resource = resourceOf(state.Resource);
  if (('callback' in resource && resource.callback) || ('wait' in resource && resource.wait)) throw needsMock;
  const faults = hostingFaultsIn({ StartAt: name, States: { [name]: state } });
  if (faults.length > 0) throw invalid(faults);
};

const invalid = (faults: Fault[]): ApiError => {
  const lines = faults.map(({ path, message }) => `${path || 'definition'}: ${message}`);
  return new ApiError('InvalidDefinition', `Invalid State Machine Definition: '${lines.join('; ')}'`);
};

const validation = (message: string): ApiError => new ApiError('ValidationException', message);
