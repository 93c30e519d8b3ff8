import type { CommandDeps } from '#functions/commands/deps.ts';
import { everyOf } from '#functions/commands/every.ts';
import { roundFileOf, vacanciesOf } from '#functions/commands/pinned.ts';
import { reasonText } from '#functions/commands/reasons.ts';
import { withCapacities } from '#shared/domain/capacity.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import { type Round, roundsOf } from '#shared/domain/round.ts';
import { acceptsApplications, graceOf, isComing } from '#shared/domain/round-call.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Records } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

export { importRoundFile, importVacancies } from '#functions/commands/round-import.ts';
export {
  closeCall,
  openCall,
  restartRound,
} from '#functions/commands/round-stages.ts';

/**
 * A round with what it was drafted or opened with: its file and its vacancies, read by their SHA-256.
 * `cancelledBecause` is the typed reason of a cancelled round, which letters promise that the announcement tells.
 */
export type RoundView = {
  round: Round;
  version: number;
  file: RoundFile;
  vacancies: readonly Vacancy[];
  cancelledBecause?: string;
};

/**
 * As the public sees it: whether people may apply at this moment, or only from its `opensAt` on; and, once it has closed, until when what was begun
 * before is still taken.
 */
export type CallView = RoundView & { open: boolean; coming: boolean; grace: Instant | undefined };

/** What an administrator looks at before opening, in any stage. */
export const previewRound = async (
  { records }: Pick<CommandDeps, 'records'>,
  roundId: RoundId,
): Promise<Result<RoundView, Refusal>> => {
  const found = await records.find(roundAggregate, roundId);
  if (!found) return refuse({ kind: 'not-found', what: 'round' });
  const reason = await reasonText(
    records,
    found.state.stage === 'cancelled' ? found.state.reason : undefined,
  );
  return ok({
    ...(await withFile(records, found)),
    vacancies: await vacanciesIn(records, found.state),
    ...(reason !== undefined && { cancelledBecause: reason }),
  });
};

/** All rounds of the region, newest first. */
export const listRounds = (
  { records, region }: Pick<CommandDeps, 'records' | 'region'>,
  page: { limit?: number; after?: string } = {},
): Promise<{ items: Versioned<Round>[]; next?: string }> =>
  records.list(roundAggregate, 'list', roundsOf(region), { ...page, newestFirst: true });

/** All of them, newest first: several a year. */
export const everyRound = ({
  records,
  region,
}: Pick<CommandDeps, 'records' | 'region'>): Promise<Versioned<Round>[]> =>
  everyOf(records, roundAggregate, roundsOf(region), { newestFirst: true });

/** What the public sees of a round: nothing of a draft, nor of one that was cancelled before it opened. */
export const publicCall = async (
  deps: Pick<CommandDeps, 'records' | 'clock'>,
  roundId: RoundId,
): Promise<Result<CallView, Refusal>> => {
  const view = await previewRound(deps, roundId);
  if (!view.ok) return view;
  if (!isPublic(view.value.round)) return refuse({ kind: 'not-found', what: 'round' });
  return ok({ ...view.value, ...at(view.value.round, deps.clock.now()) });
};

/** The public's list: every round that was opened, newest first, without its vacancies. */
export const publicCalls = async (
  deps: Pick<CommandDeps, 'records' | 'clock' | 'region'>,
): Promise<Omit<CallView, 'vacancies'>[]> => {
  const rounds = await everyRound(deps);
  const now = deps.clock.now();
  return Promise.all(
    rounds
      .filter(({ state }) => isPublic(state))
      .map(async (found) => Object.assign(await withFile(deps.records, found), at(found.state, now))),
  );
};

/** The vacancies of every call that is open or coming, each with its call. */
export const publicVacancies = async (
  deps: Pick<CommandDeps, 'records' | 'clock' | 'region'>,
): Promise<CallView[]> => {
  const calls = await publicCalls(deps);
  return Promise.all(
    calls
      .filter(({ open, coming }) => open || coming)
      .map(async (call) =>
        Object.assign({}, call, { vacancies: await vacanciesIn(deps.records, call.round) }),
      ),
  );
};

const at = (round: Round, now: Instant) => ({
  open: acceptsApplications(round, now).ok,
  coming: isComing(round, now),
  grace: graceOf(round, now),
});

const isPublic = (round: Round): boolean => round.stage !== 'draft' && round.openedAt !== undefined;

const withFile = async (records: Records, { state, version }: Versioned<Round>) => ({
  round: state,
  version,
  file: await roundFileOf(records, state.plan),
});

/** With the numbers of posts that count now. */
const vacanciesIn = async (records: Records, round: Round): Promise<readonly Vacancy[]> =>
  round.register
    ? withCapacities(await vacanciesOf(records, round.register.sha256), 'capacities' in round ? round : {})
    : [];
