import type { CommandDeps } from '#functions/commands/deps.ts';
import { everyRound } from '#functions/commands/rounds.ts';
import { type HalfYear, halfYearAt, halfYearsBetween } from '#shared/domain/half-year.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import type { Round, RoundIn } from '#shared/domain/round.ts';
import type { Instant } from '#shared/domain/time.ts';
import { minutesName } from '#shared/papers/order.ts';
import { CountedMinutes, type ReportCounts, reportLine, reportSum } from '#shared/papers/report-line.ts';
import { type Papers, paperDataKey } from '#shared/ports/papers.ts';

type Deps = Pick<CommandDeps, 'records' | 'papers' | 'region' | 'clock'>;

/** A round that ended in the half-year. */
type Ended = { round: Round; endedAt: Instant };
type ReportedRound = Ended & { counts: ReportCounts };

export type HalfYearReport = {
  half: HalfYear;
  /** Every half-year in which the region had a round, and the present one; newest first. */
  halves: readonly HalfYear[];
  /** Closed in it, in the order in which they closed. */
  lines: readonly ReportedRound[];
  sum: ReportCounts;
  /** Closed in it, and counted once their minutes are drawn. */
  drawing: readonly Ended[];
  /** Cancelled in it after their call had been opened; nobody was placed by them, so they count nothing. */
  cancelled: readonly Ended[];
  /** Not ended yet: reported in the half-year in which they end. */
  running: readonly Round[];
};

/**
 * What a region reports for a half-year, over all its rounds. A round belongs to the half-year in which it ended, by the
 * calendar of its own zone, and is counted from the data of its minutes: what is reported is what was signed.
 * @param half the present one when none is asked for
 * @throws when the data of minutes are not those that were drawn
 */
export const halfYearReport = async (deps: Deps, half?: HalfYear): Promise<HalfYearReport> => {
  const rounds = (await everyRound(deps)).map(({ state }) => state).filter(wasOpened);
  const present = halfYearAt(rounds[0]?.plan.timeZone ?? homeZone, deps.clock.now());
  const wanted = half ?? present;
  const opened = rounds.map((round) => halfYearAt(round.plan.timeZone, round.openedAt ?? round.draftedAt));
  const first = opened.reduce((a, b) => (a < b ? a : b), present);
  const within = rounds.flatMap((round) => endedIn(round, wanted)).toSorted(byEnd);
  const lines = await Promise.all(within.map((one) => countedFrom(deps.papers, one)));
  const counted = lines.flatMap((line) => line ?? []);
  return {
    half: wanted,
    halves: halfYearsBetween(first, present),
    lines: counted,
    sum: reportSum(counted.map(({ counts }) => counts)),
    drawing: within.filter(({ round }) => round.stage === 'closed' && !round.minutes),
    cancelled: within.filter(({ round }) => round.stage === 'cancelled'),
    running: rounds.filter((round) => endOf(round) === undefined),
  };
};

/** Where the region has no round yet that names its zone. */
const homeZone = 'Asia/Almaty';

type Opened = Exclude<Round, { stage: 'draft' }>;

const wasOpened = (round: Round): round is Opened => round.stage !== 'draft' && round.openedAt !== undefined;

const endOf = (round: Opened): Instant | undefined => {
  if (round.stage === 'closed') return round.endedAt;
  return round.stage === 'cancelled' ? round.cancelledAt : undefined;
};

const endedIn = (round: Opened, half: HalfYear): Ended[] => {
  const endedAt = endOf(round);
  return endedAt && halfYearAt(round.plan.timeZone, endedAt) === half ? [{ round, endedAt }] : [];
};

const byEnd = (a: Ended, b: Ended): number => (a.endedAt < b.endedAt ? -1 : Number(a.endedAt > b.endedAt));

const countedFrom = async (
  papers: Pick<Papers, 'read'>,
  { round, endedAt }: Ended,
): Promise<ReportedRound | undefined> => {
  if (round.stage !== 'closed' || !round.minutes) return undefined;
  return { round, endedAt, counts: reportLine(await countedMinutes(papers, round.id, round.minutes)) };
};

const countedMinutes = async (
  papers: Pick<Papers, 'read'>,
  roundId: Round['id'],
  { number, data }: NonNullable<RoundIn<'closed'>['minutes']>,
): Promise<CountedMinutes> => {
  const bytes = await papers.read(paperDataKey(roundId, minutesName(number)));
  const text = new TextDecoder().decode(bytes);
  if (sha256Of(text) !== data)
    throw new Error(`The data of the minutes of ${roundId} are not what was drawn.`);
  return CountedMinutes.parse(JSON.parse(text));
};
