import type { CommandDeps } from '#functions/commands/deps.ts';
import { everyOf } from '#functions/commands/every.ts';
import type { Application } from '#shared/domain/application.ts';
import { applicationAggregate, applicationsOf } from '#shared/domain/application-record.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import { isInRound, refusedCount, type Shown } from '#shared/domain/shown-recipients.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';

/** Before a deadline is moved or a round is cancelled: how many people are told of it by letter. */
export const roundRecipients = async (
  { records, clock }: Pick<CommandDeps, 'records' | 'clock'>,
  roundId: RoundId,
): Promise<Shown> => {
  const at = clock.now();
  const applications = await applicationsIn(records, roundId);
  return { recipients: applications.filter((one) => isInRound(one, at)).length, at };
};

/** Whether as many people are told as somebody saw. */
export const asShown = async (
  records: CommandDeps['records'],
  { roundId, shown }: { roundId: RoundId; shown: Shown },
  now: Instant,
): Promise<Result<void, Refusal>> => {
  const error = refusedCount(await applicationsIn(records, roundId), shown, now);
  return error ? { ok: false, error } : ok(undefined);
};

const applicationsIn = async (records: CommandDeps['records'], roundId: RoundId): Promise<Application[]> =>
  (await everyOf(records, applicationAggregate, applicationsOf(roundId))).map(({ state }) => state);
