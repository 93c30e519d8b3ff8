/** What a Task may name as its resource. */
export type Resource =
  | { kind: 'lambda-function'; arn: string }
  | { kind: 'lambda-invoke'; callback: boolean }
  | { kind: 'start-execution'; wait: boolean; callback: boolean }
  /** A machine with it is refused; a test of its state, which answers in its place, is not. */
  | { kind: 'unhosted' };

const optimised: Readonly<Record<string, Resource>> = {
  'arn:aws:states:::lambda:invoke': { kind: 'lambda-invoke', callback: false },
  'arn:aws:states:::lambda:invoke.waitForTaskToken': { kind: 'lambda-invoke', callback: true },
  'arn:aws:states:::states:startExecution': { kind: 'start-execution', wait: false, callback: false },
  'arn:aws:states:::states:startExecution.sync:2': { kind: 'start-execution', wait: true, callback: false },
  'arn:aws:states:::states:startExecution.waitForTaskToken': {
    kind: 'start-execution',
    wait: false,
    callback: true,
  },
};

export const resourceOf = (arn: string): Resource => {
  if (/^arn:[^:]+:lambda:[^:]+:[^:]*:function:.+$/.test(arn)) return { kind: 'lambda-function', arn };
  return optimised[arn] ?? { kind: 'unhosted' };
};

export const hostedResources = [...Object.keys(optimised), 'arn:aws:lambda:REGION:ACCOUNT:function:NAME'];

/** `invoke.waitForTaskToken` of `lambda`: how histories name a resource. */
export const namesOf = (resource: string): { resource: string; resourceType: string } => {
  const [resourceType = '', name = ''] = resource.replace('arn:aws:states:::', '').split(/:(.*)/s);
  return { resource: name, resourceType };
};
