import { apart, type ClosedItem } from '#functions/commands/closed-items.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { codedNow, ratersOf } from '#functions/commands/rater-coding.ts';
import { reasonText } from '#functions/commands/reasons.ts';
import { admittedIn } from '#functions/commands/score-reach.ts';
import type { Workplace } from '#functions/commands/workplace.ts';
import type { ApplicationNumber } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';
import { type Corrections, correctionsAggregate } from '#shared/replay/correction.ts';
import type { ScoreReport } from '#shared/replay/score-report.ts';
import { answerTo, ownReport, type ReportAnswer } from '#shared/replay/score-report-decisions.ts';

type Deps = Pick<CommandDeps, 'records' | 'chance'>;

/** A report with what was typed about it; undefined once that is erased. */
export type SaidReport = {
  number: number;
  application: ApplicationNumber;
  /** By the code that charts and corrections have, never by name. */
  rater: string;
  at: Instant;
  said: string | undefined;
  answer: ReportAnswer;
  /** Why it was closed, and when. */
  closed: { at: Instant; said: string | undefined } | undefined;
  /** Who reads is who reported. */
  own: boolean;
};

/** Reports of a round, newest first; of those on applications that are closed to the reader nothing but who else may answer them. */
export const reportsIn = async (
  { records, chance }: Deps,
  place: Workplace,
  state: Corrections | undefined,
): Promise<{ reports: SaidReport[]; closed: ClosedItem[] }> => {
  if (!state?.reports) return { reports: [], closed: [] };
  const items = state.reports.toReversed();
  const wanted = { action: 'correction.apply', items, proposer: ({ by }: ScoreReport) => by } as const;
  const { open, closed } = await apart({ records }, place, wanted);
  return { reports: await saidIn({ records, chance }, place, { state, reports: open }), closed };
};

/** The newest own report on each application that the reader reported. */
export const ownReports = async (
  { records, chance }: Deps,
  place: Workplace,
): Promise<ReadonlyMap<ApplicationNumber, SaidReport>> => {
  const state = (await records.find(correctionsAggregate, place.round.id))?.state;
  const own = (state?.reports ?? []).filter((one) => one.by === place.by.id && ownReport(state, one) === one);
  const said = state ? await saidIn({ records, chance }, place, { state, reports: own }) : [];
  return new Map(said.map((one) => [one.application, one]));
};

const saidIn = async (
  { records, chance }: Deps,
  { round, committee, by }: Workplace,
  { state, reports }: { state: Corrections; reports: readonly ScoreReport[] },
): Promise<SaidReport[]> => {
  // Codes take a read of every candidacy, which a page without reports does not wait for.
  if (reports.length === 0) return [];
  const everyone = await admittedIn(records, round.state);
  const coded = await ratersOf({ records, chance }, { round, committee }, everyone);
  const then = codedNow(state, coded);
  return await Promise.all(
    reports.map(async (one): Promise<SaidReport> => {
      const code = coded.codes.get(one.by);
      const { number, application, at, closed } = one;
      return {
        number,
        application,
        rater: code ?? '',
        at,
        said: await reasonText(records, one.reason),
        answer: answerTo(one, then, code),
        closed: closed && { at: closed.at, said: await reasonText(records, closed.reason) },
        own: one.by === by.id,
      };
    }),
  );
};
