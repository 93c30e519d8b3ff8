import type { CommandDeps } from '#functions/commands/deps.ts';
import type { OpenWorkplace } from '#functions/commands/workplace.ts';
import type { GatedStage } from '#shared/domain/stage.ts';
import { StandingList } from '#shared/domain/standing.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Records } from '#shared/ports/records.ts';
import type { Result } from '#shared/result.ts';

/**
 * What the system proposes at the gate of a stage, computed from the record: the same record gives the same list. Refused
 * as `unfinished-work` while somebody must still judge, score or interview.
 */
export type Compose = (
  deps: Pick<CommandDeps, 'records' | 'clock'>,
  place: OpenWorkplace,
) => Promise<Result<Omit<StandingList, 'schemaVersion'>, Refusal>>;

/** The list that was decided at an earlier gate; undefined for a stage that has not been decided. */
export const decidedList = async (
  records: Pick<Records, 'blob'>,
  { decisions }: { decisions: Partial<Record<GatedStage, string>> },
  stage: GatedStage,
): Promise<StandingList | undefined> => {
  const sha256 = decisions[stage];
  return sha256 === undefined ? undefined : StandingList.parse(JSON.parse(await records.blob(sha256)));
};
