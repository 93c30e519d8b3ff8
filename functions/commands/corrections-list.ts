import { apart, type ClosedItem } from '#functions/commands/closed-items.ts';
import { correctedIn } from '#functions/commands/correction-keeping.ts';
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
  /** In the place of those of an application that is closed to the reader. */
  closed: readonly ClosedItem[];
  /** What raters said of their own stored scores. */
  reports: readonly SaidReport[];
  closedReports: readonly ClosedItem[];
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
  const { open, closed } = await openOf(records, place, stored);
  const corrections = await Promise.all(
    open.map(async (one): Promise<SaidCorrection> => {
      const { raterId: _told, ...correction } = one;
      const said = await reasonText(records, one.reason);
      return Object.assign({ said, answer: await reasonText(records, one.ended?.reason) }, correction);
    }),
  );
  const { reports, closed: closedReports } = await reportsIn({ records, chance }, place, record?.state);
  const may = (action: Action): boolean => permit(action, place.by.role, place.round.state.stage).ok;
  const mayClose = may('correction.apply');
  const mayApply = mayClose && atWork(place).ok;
  const shown = { corrections, closed, reports, closedReports };
  return ok({ place, ...shown, mayTry: may('correction.try'), mayClose, mayApply });
};

/** Newest first, those of a single application where it is open to the reader; of the others nothing but who else may answer them. */
const openOf = async (
  records: CommandDeps['records'],
  place: Workplace,
  before: Corrections | undefined,
): Promise<{ open: readonly Correction[]; closed: ClosedItem[] }> => {
  const all = (before?.corrections ?? []).toReversed();
  const about = await Promise.all(all.map(({ corrects }) => correctedIn(records, { corrects, before })));
  const items = all.flatMap(({ number, by }, index) => {
    const applicationId = about[index];
    return applicationId ? [{ applicationId, number, by }] : [];
  });
  const apartOf = {
    action: 'correction.apply',
    items,
    proposer: ({ by }: Pick<Correction, 'by'>) => by,
  } as const;
  const { open, closed } = await apart({ records }, place, apartOf);
  const shut = new Set(items.map(({ number }) => number));
  for (const { number } of open) shut.delete(number);
  return { open: all.filter(({ number }) => !shut.has(number)), closed };
};
