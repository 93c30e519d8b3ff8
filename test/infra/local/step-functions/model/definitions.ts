import { machineArn } from '#test/infra/local/step-functions/home.ts';
import type { Committee, Node } from './machines.ts';

/** The machine that asks on behalf of a gate which waits for an execution to answer. */
const askerName = 'asker';

/** Lambda service errors are what a stop of the home leaves of a function: every task bears them. */
const afterStops = { ErrorEquals: ['Lambda.ServiceException'], MaxAttempts: 99, BackoffRate: 1 };

const task = (FunctionName: string, Payload: object): object => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName, Payload },
});

const asker = {
  QueryLanguage: 'JSONata',
  StartAt: 'Ask',
  States: {
    Ask: {
      ...task('gate', {}),
      Arguments: { FunctionName: 'gate', Payload: '{% $states.input %}' },
      Retry: [afterStops],
      End: true,
    },
  },
};

/** Definitions by their names: the machine itself, and those of the executions that it starts. */
export const definitionsOf = (name: string, flow: readonly Node[]): Record<string, object> => {
  const made: Making = { machines: { [askerName]: asker }, next: 0, name };
  addMachine(made, name, flow);
  return made.machines;
};

type Making = { machines: Record<string, object>; next: number; name: string };

/** Where a flow stands: its depth names its variables, `path` tells its line from all others. */
type Place = { depth: number; path: string };

const addMachine = (made: Making, name: string, flow: readonly Node[]): void => {
  made.machines[name] = { QueryLanguage: 'JSONata', ...flowOf(made, flow, { depth: 0, path: 'root' }) };
};

const flowOf = (
  made: Making,
  nodes: readonly Node[],
  { depth, path }: Place,
): { StartAt: string; States: Record<string, object> } => {
  const base = made.next;
  made.next += nodes.length + 2;
  const nameOf = (index: number): string => `S${base + index}`;
  const States: Record<string, object> = {
    [nameOf(0)]: { Type: 'Pass', Assign: { [`noted${depth}`]: 0, [`path${depth}`]: path }, Next: nameOf(1) },
  };
  for (const [index, node] of nodes.entries()) {
    const name = nameOf(index + 1);
    const at = { name, Next: nameOf(index + 2), depth };
    for (const [each, state] of statesOf(made, node, at)) States[each] = state;
  }
  States[nameOf(nodes.length + 1)] = { Type: 'Pass', End: true };
  return { StartAt: nameOf(0), States };
};

type At = { name: string; Next: string; depth: number };

const statesOf = (made: Making, node: Node, at: At): [string, object][] => {
  const { name, Next, depth } = at;
  switch (node.kind) {
    case 'pass':
      return [[name, { Type: 'Pass', Output: `{% $states.input + ${node.n} %}`, Next }]];
    case 'wait':
      return [[name, { Type: 'Wait', Seconds: node.n, Next }]];
    case 'note':
      return [[name, { Type: 'Pass', Assign: { [`noted${depth}`]: '{% $states.input %}' }, Next }]];
    case 'recall':
      return [[name, { Type: 'Pass', Output: `{% $states.input + $noted${depth} %}`, Next }]];
    case 'leave':
      return [
        [name, choice(Next, { Next: `${name}Left` })],
        [`${name}Left`, { Type: 'Succeed', Output: `{% $states.input + 100 + ${node.n} %}` }],
      ];
    case 'choice': {
      const even = { Next, Output: `{% $states.input + ${node.even} %}` };
      return [[name, { ...choice(Next, even), Output: `{% $states.input + ${node.odd} %}` }]];
    }
    case 'task':
    case 'scripted':
    case 'gate':
      return [[name, { ...taskOf(node, at), Next }]];
    case 'nested':
      return [[name, { ...nestedOf(made, node, at), Next }]];
    case 'parallel':
    case 'map':
    case 'tolerant':
      return [[name, { ...outerOf(made, node, at), Next }]];
  }
};

const choice = (Default: string, even: object): object => ({
  Type: 'Choice',
  Choices: [{ Condition: '{% $states.input % 2 = 0 %}', ...even }],
  Default,
});

const catching = (Next: string, less: number, isCaught = true): object =>
  isCaught ? { Catch: [{ ErrorEquals: ['States.ALL'], Next, Output: `{% $states.input - ${less} %}` }] } : {};

const taskOf = (
  node: Extract<Node, { kind: 'task' | 'scripted' | 'gate' }>,
  { name, Next, depth }: At,
): object => {
  if (node.kind === 'gate') return gateOf(node, Next);
  if (node.kind === 'task') {
    return {
      ...task(node.works ? 'works' : 'fails', {}),
      Output: `{% $states.input + $states.result.Payload * ${node.n} %}`,
      Retry: [afterStops, { ErrorEquals: ['Broken'], MaxAttempts: 1, MaxDelaySeconds: 1 }],
      ...catching(Next, 1, node.isCaught),
    };
  }
  const retrier = (error: string, MaxAttempts: number): object => ({
    ErrorEquals: [error],
    MaxAttempts,
    IntervalSeconds: 2,
    BackoffRate: 3,
    MaxDelaySeconds: 5,
    JitterStrategy: node.jitter,
  });
  return {
    ...task('scripted', {
      arn: '{% $states.context.Execution.Id %}',
      key: `{% $path${depth} & '/${name}' %}`,
      script: node.script,
    }),
    Output: `{% $states.input + $states.result.Payload * ${node.n} %}`,
    Retry: [retrier('Busy', node.busy), retrier('Slow', node.slow), afterStops],
    ...catching(Next, 3),
  };
};

const gateOf = ({ n, committee, isNested }: Extract<Node, { kind: 'gate' }>, Next: string): object => {
  const asked = { token: '{% $states.context.Task.Token %}', committee, n };
  return {
    ...(isNested
      ? {
          Type: 'Task',
          Resource: 'arn:aws:states:::states:startExecution.waitForTaskToken',
          Arguments: { StateMachineArn: machineArn(askerName), Input: asked },
        }
      : { ...task('gate', asked), Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken' }),
    ...patienceWith(committee),
    Output: '{% $states.input + $states.result %}',
    Retry: [afterStops],
    ...catching(Next, 5),
  };
};

/** In seconds; where somebody answers, more than a machine can be down in a test. */
const patienceWith = (committee: Committee): object => {
  if (committee === 'silent') return { TimeoutSeconds: '{% 10 + 10 %}' };
  if (committee === 'asleep') return { TimeoutSeconds: 864_000, HeartbeatSeconds: 20 };
  return committee === 'beating' ? { HeartbeatSeconds: '{% 24 * 3600 %}' } : { TimeoutSeconds: 864_000 };
};

const nestedOf = (
  made: Making,
  { flow, isWaited }: Extract<Node, { kind: 'nested' }>,
  { name, Next }: At,
): object => {
  const inner = `${made.name}-${name}`;
  addMachine(made, inner, flow);
  return {
    Type: 'Task',
    Resource: `arn:aws:states:::states:startExecution${isWaited ? '.sync:2' : ''}`,
    Arguments: { StateMachineArn: machineArn(inner), Input: '{% $states.input %}' },
    Output: isWaited ? '{% $states.result.Output %}' : '{% $states.input %}',
    ...catching(Next, 2),
  };
};

const outerOf = (
  made: Making,
  node: Extract<Node, { kind: 'parallel' | 'map' | 'tolerant' }>,
  { Next, depth }: At,
): object => {
  const Output = '{% $sum($states.result) %}';
  const within = (line: string): Place => ({ depth: depth + 1, path: `{% $path${depth} & '.' & ${line} %}` });
  if (node.kind === 'parallel') {
    return {
      Type: 'Parallel',
      Branches: node.flows.map((flow, index) => flowOf(made, flow, within(`'b${index}'`))),
      Retry: [{ ErrorEquals: ['Broken'], MaxAttempts: node.retries, IntervalSeconds: 1 }],
      Output,
      ...catching(Next, 1, node.isCaught),
    };
  }
  const map = {
    Type: 'Map',
    Items: node.items,
    ItemProcessor: flowOf(made, node.flow, within('$string($states.context.Map.Item.Index)')),
    Output,
  };
  return node.kind === 'map'
    ? { ...map, MaxConcurrency: node.concurrency, ...catching(Next, 1, node.isCaught) }
    : { ...map, ToleratedFailureCount: node.tolerated, ...catching(Next, 4) };
};
