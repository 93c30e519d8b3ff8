import type { CommandDeps } from '#functions/commands/deps.ts';
import { reasonText } from '#functions/commands/reasons.ts';
import { atWork, type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import { permit } from '#shared/domain/permission.ts';
import type { Refusal } from '#shared/errors.ts';
import { type Correction, correctionsAggregate } from '#shared/replay/correction.ts';
import { ok, type Result } from '#shared/result.ts';

/** A correction with what was typed about it; undefined once that is erased. */
export type SaidCorrection = Correction & { said: string | undefined; answer: string | undefined };

export type CorrectionsView = {
  place: Workplace;
  /** Newest first. */
  corrections: readonly SaidCorrection[];
  /** Whether the reader may ask for one, or apply one, now. */
  mayApply: boolean;
};

/** Every correction of a round that was asked for. */
export const correctionsOf = async (
  { records, clock }: Pick<CommandDeps, 'records' | 'clock'>,
  command: CommitteeCommand,
): Promise<Result<CorrectionsView, Refusal>> => {
  const found = await workplace({ records, clock }, command, 'correction.read');
  if (!found.ok) return found;
  const place = found.value;
  const record = await records.find(correctionsAggregate, command.roundId);
  const corrections = await Promise.all(
    (record?.state.corrections ?? []).toReversed().map(async (one): Promise<SaidCorrection> => {
      const said = await reasonText(records, one.reason);
      return Object.assign({ said, answer: await reasonText(records, one.ended?.reason) }, one);
    }),
  );
  const may = permit('correction.apply', place.by.role, place.round.state.stage);
  return ok({ place, corrections, mayApply: may.ok && atWork(place).ok });
};
