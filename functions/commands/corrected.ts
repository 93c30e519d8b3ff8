import { correctedListOf } from '#functions/commands/pinned.ts';
import { type CorrectedParts, correctedById, nothingCorrected } from '#shared/domain/corrected.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Records } from '#shared/ports/records.ts';
import { correctionsAggregate } from '#shared/replay/correction.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** What claims and corrections of a round come to now, whatever waits. */
export const correctedNow = async (
  records: Pick<Records, 'find' | 'blob'>,
  roundId: RoundId,
): Promise<CorrectedParts> => {
  const list = (await records.find(correctionsAggregate, roundId))?.state.list;
  return list === undefined ? nothingCorrected : correctedById(await correctedListOf(records, list));
};

/**
 * What claims and corrections of a round come to now, by application; nothing where there were none. Refused as `unfinished-work` while one waits for
 * a second person: nothing is decided over it.
 */
export const correctedIn = async (
  records: Pick<Records, 'find' | 'blob'>,
  roundId: RoundId,
): Promise<Result<CorrectedParts, Refusal>> => {
  const found = await records.find(correctionsAggregate, roundId);
  if (!found) return ok(nothingCorrected);
  const { corrections } = found.state;
  const remaining = corrections.filter(({ status }) => status === 'waiting').length;
  if (remaining > 0) return refuse({ kind: 'unfinished-work', remaining, of: 'corrections' });
  return ok(await correctedNow(records, roundId));
};
