import type { CommandDeps } from '#functions/commands/deps.ts';
import { affectedListOf } from '#functions/commands/pinned.ts';
import type { Application } from '#shared/domain/application.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Affected } from '#shared/replay/affected.ts';
import { correctionsAggregate } from '#shared/replay/correction.ts';

/** What a correction did to the own application. */
export type OwnCorrection = Pick<Affected, 'before' | 'after' | 'remedy'> & {
  correction: number;
  at: Instant;
  /** Taken back since. */
  undone: boolean;
};

/** Corrections that were applied and concerned an application, oldest first. */
export const ownCorrections = async (
  { records }: Pick<CommandDeps, 'records'>,
  { id, roundId }: Pick<Application, 'id' | 'roundId'>,
): Promise<OwnCorrection[]> => {
  const found = await records.find(correctionsAggregate, roundId);
  const own = (found?.state.corrections ?? []).map(async (one): Promise<OwnCorrection[]> => {
    if (!one.applied || one.applied.recipients === 0) return [];
    const { affected } = await affectedListOf(records, one.applied.affected);
    const mine = affected.find(({ applicationId }) => applicationId === id);
    if (!mine) return [];
    const { before, after, remedy } = mine;
    const told = {
      correction: one.number,
      at: one.applied.at,
      undone: one.status === 'undone',
      before,
      after,
    };
    return [{ ...told, ...(remedy && { remedy }) }];
  });
  return (await Promise.all(own)).flat();
};
