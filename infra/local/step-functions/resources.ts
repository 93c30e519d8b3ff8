/** What a Task of a hosted machine may name as its resource. */
export type Resource =
  | { kind: 'lambda-function'; arn: string }
  | { kind: 'lambda-invoke'; callback: boolean }
  | { kind: 'start-execution'; wait: boolean };

const optimised: Readonly<Record<string, Resource>> = {
  'arn:aws:states:::lambda:invoke': { kind: 'lambda-invoke', callback: false },
  'arn:aws:states:::lambda:invoke.waitForTaskToken': { kind: 'lambda-invoke', callback: true },
  'arn:aws:states:::states:startExecution': { kind: 'start-execution', wait: false },
  'arn:aws:states:::states:startExecution.sync:2': { kind: 'start-execution', wait: true },
};

/** Undefined for a resource that this home does not host. */
export const resourceOf = (arn: string): Resource | undefined => {
  if (/^arn:[^:]+:lambda:[^:]+:[^:]*:function:.+$/.test(arn)) return { kind: 'lambda-function', arn };
  return optimised[arn];
};

export const hostedResources = [...Object.keys(optimised), 'arn:aws:lambda:REGION:ACCOUNT:function:NAME'];

/** `invoke.waitForTaskToken` of `lambda`: how histories name a resource. */
export const namesOf = (resource: string): { resource: string; resourceType: string } => {
  const [resourceType = '', name = ''] = resource.replace('arn:aws:states:::', '').split(/:(.*)/s);
  return { resource: name, resourceType };
};
