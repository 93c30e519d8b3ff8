import type { CommandDeps } from '#functions/commands/deps.ts';
import { roundFileOf } from '#functions/commands/pinned.ts';
import { allPlacements } from '#functions/commands/placement-list.ts';
import { everyRound } from '#functions/commands/rounds.ts';
import { candidaciesIn } from '#functions/commands/selection.ts';
import { addWorkingDays, type WorkingCalendar } from '#shared/domain/calendar.ts';
import { openOffers, openUntil } from '#shared/domain/offer.ts';
import type { Placement } from '#shared/domain/placement.ts';
import { openItems } from '#shared/domain/placement-decisions.ts';
import { resultsExpectedAt } from '#shared/domain/publication.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { isGatedRound } from '#shared/domain/round-record.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';
import { dayAt, endOfDay } from '#shared/domain/zone.ts';
import type { Records } from '#shared/ports/records.ts';

type Deps = Pick<CommandDeps, 'records' | 'region'>;

/** A deadline that counts working days: when results are expected, claims, answers to offers, items of checklists. */
type CountedDeadline = 'results' | 'claims' | 'offers' | 'checklist';

/**
 * A deadline that another calendar counts to another day. `told` ones were told to people and stay whatever is decided; of
 * equal ones `count` says how many there are.
 */
export type CalendarChange = {
  round: Round;
  what: CountedDeadline;
  told: boolean;
  count: number;
  before: Instant;
  after: Instant;
};

/** The rules of a round with another calendar. */
type CountedFile = Omit<RoundFile, 'calendar'> & { calendar: WorkingCalendar };

type Move = Omit<CalendarChange, 'round' | 'count'>;

/** Rounds that still count days, newest first. */
export const countingRounds = async (deps: Deps): Promise<Round[]> =>
  (await everyRound(deps))
    .map(({ state }) => state)
    .filter((round) => round.stage === 'call' || isGatedRound(round));

/** What a calendar would count otherwise in the rounds that run: newest first, each round's in the order of its stages. */
export const calendarChanges = async (
  deps: Pick<Deps, 'records'>,
  running: readonly Round[],
  next: WorkingCalendar,
): Promise<CalendarChange[]> => {
  const changes: CalendarChange[] = [];
  for (const round of running) {
    const file = await roundFileOf(deps.records, round.plan);
    const counted = { ...file, calendar: next };
    const moves = [
      ...expected(round, file, counted),
      ...claims(round, counted),
      ...(await offers(deps.records, round, counted)),
      ...(await checklists(deps.records, round, counted)),
    ];
    changes.push(...together(round, moves));
  }
  return changes;
};

const expected = (round: Round, file: CountedFile, counted: CountedFile): Move[] => {
  const [before, after] = [resultsExpectedAt(round, file), resultsExpectedAt(round, counted)];
  return before && after ? [{ what: 'results', told: false, before, after }] : [];
};

const claims = (round: Round, counted: CountedFile): Move[] => {
  const plan = counted.stages.claims;
  if (round.stage !== 'claims' || !('workingDays' in plan)) return [];
  const after = endAfter(counted, round.enteredAt, plan.workingDays);
  return [{ what: 'claims', told: true, before: round.claimsCloseAt, after }];
};

const offers = async (records: Records, round: Round, counted: CountedFile): Promise<Move[]> => {
  if (round.stage !== 'offers') return [];
  const open = (await candidaciesIn(records, round.id)).flatMap(({ state }) => openOffers(state));
  return open.map(({ expiresAt: before, ...offer }) => ({
    what: 'offers',
    told: true,
    before,
    after: openUntil(counted, offer),
  }));
};

const checklists = async (records: Records, round: Round, counted: CountedFile): Promise<Move[]> => {
  if (round.stage !== 'offers' && round.stage !== 'onboarding') return [];
  const days = new Map(counted.checklist.items.map(({ code, dueWorkingDays }) => [code, dueWorkingDays]));
  const open = (await allPlacements(records, round.id)).filter(({ state }) => state.status === 'open');
  return open.flatMap(({ state }) =>
    openItems(state).map(({ code, dueAt: before }) => ({
      what: 'checklist' as const,
      told: true,
      before,
      after: endAfter(counted, countedFrom(state), days.get(code) ?? 0),
    })),
  );
};

/** An item is counted from the acceptance, or from the later day that was granted: the last moment of it lies in it. */
const countedFrom = ({ startedAt, beginsAt }: Placement): Instant => {
  const later = beginsAt && addSeconds(beginsAt, -1);
  return later && later > startedAt ? later : startedAt;
};

const endAfter = ({ timeZone, calendar }: CountedFile, from: Instant, days: number): Instant =>
  endOfDay(timeZone, addWorkingDays(dayAt(timeZone, from), days, calendar));

/** Only what differs, equal ones counted as one. */
const together = (round: Round, moves: readonly Move[]): CalendarChange[] => {
  const groups = new Map<string, CalendarChange>();
  for (const move of moves) {
    if (move.before === move.after) continue;
    const name = `${move.what} ${move.before} ${move.after}`;
    const group = groups.get(name);
    if (group) group.count += 1;
    else groups.set(name, Object.assign({ round, count: 1 }, move));
  }
  return [...groups.values()];
};
