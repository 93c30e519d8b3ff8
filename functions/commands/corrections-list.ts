import type { CommandDeps } from '#functions/commands/deps.ts';
import { codedNow, ratersOf } from '#functions/commands/rater-coding.ts';
import { reasonText } from '#functions/commands/reasons.ts';
import { admittedIn } from '#functions/commands/score-reach.ts';
import { reportsIn, type SaidReport } from '#functions/commands/score-reports-view.ts';
import { atWork, type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import { type Action, permit } from '#shared/domain/permission.ts';
import type { Refusal } from '#shared/errors.ts';
import { type Correction, type Corrections, correctionsAggregate } from '#shared/replay/correction.ts';
import { ok, type Result } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'chance'>;

/** A correction with what was typed about it; undefined once that is erased. */
export type SaidCorrection = Omit<Correction, 'raterId'> & {
  said: string | undefined;
  answer: string | undefined;
};

export type CorrectionsView = {
  place: Workplace;
  /** Newest first. */
  corrections: readonly SaidCorrection[];
  /** What raters said of their own stored scores. */
  reports: readonly SaidReport[];
  /** Whether the reader may try one, which is how it begins. */
  mayTry: boolean;
  /** Whether the reader may close a report, whatever lies on the table. */
  mayClose: boolean;
  /** Whether the reader may ask for one, or apply one, now. */
  mayApply: boolean;
};

/** With raters by the codes that they have now. Those take a read of every candidacy, which a page that names none does not wait for. */
const withCodes = async (deps: Deps, place: Workplace, state: Corrections): Promise<Corrections> => {
  if (!state.corrections.some(({ corrects }) => 'rater' in corrects)) return state;
  const everyone = await admittedIn(deps.records, place.round.state);
  return codedNow(state, await ratersOf(deps, place, everyone));
};

/** Every correction of a round that was asked for. */
export const correctionsOf = async (
  { records, clock, chance }: Pick<CommandDeps, 'records' | 'clock' | 'chance'>,
  command: CommitteeCommand,
): Promise<Result<CorrectionsView, Refusal>> => {
  const found = await workplace({ records, clock }, command, 'correction.read');
  if (!found.ok) return found;
  const place = found.value;
  const record = await records.find(correctionsAggregate, command.roundId);
  const stored = record && (await withCodes({ records, chance }, place, record.state));
  const corrections = await Promise.all(
    (stored?.corrections ?? []).toReversed().map(async (one): Promise<SaidCorrection> => {
      const { raterId: _told, ...correction } = one;
      const said = await reasonText(records, one.reason);
      return Object.assign({ said, answer: await reasonText(records, one.ended?.reason) }, correction);
    }),
  );
  const reports = await reportsIn({ records, chance }, place, record?.state);
  const may = (action: Action): boolean => permit(action, place.by.role, place.round.state.stage).ok;
  const mayClose = may('correction.apply');
  const mayApply = mayClose && atWork(place).ok;
  return ok({ place, corrections, reports, mayTry: may('correction.try'), mayClose, mayApply });
};
