import type { CommandDeps } from '#functions/commands/deps.ts';
import { type MarksBasis, marksBasis } from '#functions/commands/marks-basis.ts';
import { decidedList } from '#functions/commands/proposals/proposal.ts';
import { candidaciesOn } from '#functions/commands/selection.ts';
import {
  atWork,
  type CommitteeCommand,
  type OpenWorkplace,
  workplace,
} from '#functions/commands/workplace.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { seatOf } from '#shared/domain/committee.ts';
import { guestOf } from '#shared/domain/guest.ts';
import type { ApplicationNumber } from '#shared/domain/ids.ts';
import { importedCriteria } from '#shared/domain/rubric.ts';
import { ratedTotal } from '#shared/domain/scoring.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Expectation } from '#shared/marks/expectation.ts';
import { type Result, refuse } from '#shared/result.ts';

type Reads = Pick<CommandDeps, 'records' | 'clock'>;

/** Where somebody imports marks, or only brings them: work goes on, and they will neither vote nor score, whatever other role they hold. */
export const importingPlace = async (
  { records, clock }: Reads,
  command: CommitteeCommand,
  action: 'marks.import' | 'marks.bring' = 'marks.import',
): Promise<Result<OpenWorkplace, Refusal>> => {
  const found = await workplace({ records, clock }, command, action);
  if (!found.ok) return found;
  const committee = found.value.committee?.state;
  const seat = seatOf(committee, command.by.id);
  const judges = (seat && seat.seat !== 'secretary') || guestOf(committee, command.by.id, clock.now());
  if (judges) return refuse({ kind: 'not-allowed' });
  return atWork(found.value);
};

/** What a file of marks is held against, and the candidacies that it is about. */
export type MarksContext = MarksBasis & {
  expected: Expectation;
  /** Everyone who was admitted at the screening. */
  admitted: readonly Candidacy[];
  /** What raters came to, in percent, where it is known. */
  rated: ReadonlyMap<ApplicationNumber, number>;
};

export const marksContext = async (
  { records }: Pick<CommandDeps, 'records'>,
  { round, file }: Pick<OpenWorkplace, 'round' | 'file'>,
): Promise<MarksContext> => {
  const list = await decidedList(records, round.state, 'screening');
  const goingOn = (list?.standings ?? []).filter(({ outcome }) => outcome === 'goes-on');
  const admitted = [...(await candidaciesOn(records, goingOn)).values()];
  const basis = await marksBasis(records, { roundId: round.state.id, file });
  const numbersOf = (gone: boolean): Set<ApplicationNumber> =>
    new Set(
      admitted.flatMap(({ number, withdrawnAt }) => ((withdrawnAt !== undefined) === gone ? [number] : [])),
    );
  return {
    ...basis,
    admitted,
    rated: new Map(
      admitted.flatMap((one) => {
        const total = ratedTotal(one);
        return total === undefined ? [] : [[one.number, total]];
      }),
    ),
    expected: {
      criteria: importedCriteria(file.rubric.criteria),
      scored: numbersOf(false),
      gone: numbersOf(true),
      standing: basis.byCriterion,
      rowHash: file.marksFile?.rowHash === 'required',
    },
  };
};
