import type { Actors } from './actors.ts';
import type { Committer } from './committer.ts';
import { endingForParent } from './outside.ts';
import { StateError } from './state-error.ts';
import type { Store } from './store.ts';

/** Executions that started each other: who is told what when one of them ends. */

export type Writing = { store: Store; committer: Committer; actors: Actors };

/** Stops a nested execution that nobody waits for; until that is on disk it stays noted, for the next start. */
export const stopChild = async ({ store, committer, actors }: Writing, arn: string): Promise<void> => {
  const child = store.executionByArn(arn);
  const error = new StateError(undefined, undefined);
  if (child && !(await actors.post(child.id, { kind: 'stop', error })) && isRunning(store, arn)) return;
  try {
    await committer.commit(() => store.dropStop(arn));
  } catch {
    // The note is seen again at the next start and means nothing then.
  }
};

const isRunning = (store: Store, arn: string): boolean => store.executionByArn(arn)?.status === 'RUNNING';

/** A nested execution that was started before a stop of the home may have ended before its parent waited for it. */
export const tellIfEnded = (store: Store, actors: Actors, arn: string): void => {
  const child = store.executionByArn(arn);
  if (child && child.status !== 'RUNNING') tellParent(store, actors, child.id);
};

/** The task that waits for this execution, if one does, learns that it has ended. */
export const tellParent = (store: Store, actors: Actors, id: number): void => {
  const row = store.execution(id);
  const ending = row && endingForParent(row);
  if (ending) void actors.post(ending.execution, ending.stimulus);
};
