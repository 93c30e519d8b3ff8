import { everyOf } from '#functions/commands/every.ts';
import { applicationAggregate, applicationsOf } from '#shared/domain/application-record.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import type { Records } from '#shared/ports/records.ts';

export type Counts = { started: number; submitted: number; withdrawn: number };

/** How many have applied to a round, by stage. From a list that may lag by a moment: figures to look at, not to decide by. */
export const countApplications = async (records: Records, roundId: RoundId): Promise<Counts> => {
  const counts = { draft: 0, submitted: 0, withdrawn: 0 };
  for (const { state } of await everyOf(records, applicationAggregate, applicationsOf(roundId))) {
    counts[state.stage] += 1;
  }
  const { submitted, withdrawn } = counts;
  return { started: counts.draft + submitted + withdrawn, submitted, withdrawn };
};
