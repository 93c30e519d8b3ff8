import type { Effect, Execution } from './execution.ts';
import { endingForParent } from './outside.ts';
import type { Store } from './store.ts';
import type { Stimulus } from './transition.ts';

/**
 * What an execution needs to go on after the home was stopped, however hard: a function that was running is told as
 * the Lambda service error that AWS would give (retriers decide); a nested start is repeated under its name; a nested
 * execution that ended meanwhile is reported; lines about to enter a state proceed.
 */
export const resumptionsOf = (
  store: Pick<Store, 'executionByArn'>,
  execution: Execution,
): { stimuli: Stimulus[]; effects: Effect[] } => {
  const stimuli: Stimulus[] = [{ kind: 'proceed' }];
  const effects: Effect[] = [];
  for (const { id: frame, doing } of execution.frames.values()) {
    if (doing.kind === 'invoking') {
      const message = 'The function was running when the home stopped.';
      const invocation = { outcome: 'refused', error: 'ServiceException', message } as const;
      stimuli.push({ kind: 'invoked', frame, token: doing.token, invocation });
    }
    if (doing.kind === 'starting') {
      const { token, machineArn, name, input, waits = true } = doing;
      effects.push({ kind: 'start', frame, token, machineArn, name, input, waits });
    }
    if (doing.kind === 'nested') {
      const child = store.executionByArn(doing.child);
      const ending = child && child.status !== 'RUNNING' ? endingForParent(child) : undefined;
      if (ending) stimuli.push(ending.stimulus);
    }
  }
  return { stimuli, effects };
};
