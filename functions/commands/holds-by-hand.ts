import * as z from 'zod';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { notKeptAway } from '#functions/commands/kept-away.ts';
import { neededReason, reasonText } from '#functions/commands/reasons.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { type CommitteeCommand, workplace } from '#functions/commands/workplace.ts';
import type { Application } from '#shared/domain/application.ts';
import { applicationAggregate, numberClaim } from '#shared/domain/application-record.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { ApplicationNumber, type PersonId, type RoundId } from '#shared/domain/ids.ts';
import { HoldCause, heldFor, liftHold } from '#shared/domain/retention-hold.ts';
import type { Instant } from '#shared/domain/time.ts';
import { endOfDay } from '#shared/domain/zone.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Reads = Pick<CommandDeps, 'records'>;
type Deps = Reads & Pick<CommandDeps, 'clock' | 'chance' | 'nudge'>;
type Answer = Promise<Result<Versioned<Application>, Refusal>>;
type Attempt = Promise<Result<Versioned<Application>, Refusal | LostRace>>;

/** As it was typed: `until` is the last day on which it counts, YYYY-MM-DD, empty where it counts until it is lifted. */
export type TypedHold = { number: string; because: string; reason: string; until: string };

/**
 * Keeps an application beyond the time of its rule, for a dispute, a court or an audit. Another hold for the same cause takes the place of the
 * one that stands; the same again changes nothing. `invalid` at `number`, `because`, `until`; `reason-needed` without a reason.
 */
export const holdApplication = (deps: Deps, command: CommitteeCommand & TypedHold): Answer =>
  decideAgain(async (): Attempt => {
    const place = await workplace(deps, command, 'retention.hold');
    if (!place.ok) return place;
    const { by, file } = place.value;
    const now = deps.clock.now();
    const read = await readHold(deps, command, file.timeZone);
    if (!read.ok) return read;
    const { found, because, until } = read.value;
    const free = notKeptAway(place.value, found.state.id);
    if (!free.ok) return free;
    const reason = neededReason(deps, command);
    if (!reason.ok) return reason;
    const stands = found.state.holds?.[because];
    const said = await reasonText(deps.records, stands?.reason);
    if (stands && stands.until === until && said === command.reason.trim()) return ok(found);
    const terms = { by: by.id, reason: reason.value.ref, ...(until && { until }) };
    const event = { type: 'retention-held', at: now, because, ...terms } as const;
    const { change, after } = changed(applicationAggregate, found.id, found, [event]);
    const requires = free.value;
    const stored = await store(deps, { by, changes: [change], requires, documents: [reason.value] });
    return stored.ok ? ok(after) : stored;
  });

const wrong = (place: keyof TypedHold, message: string): Fault => ({
  place,
  message: `rights.hold.${message}`,
});

type ReadHold = { found: Versioned<Application>; because: HoldCause; until: Instant | undefined };

/** What was typed, where nothing of it is wrong; else everything that is. */
const readHold = async (
  deps: Reads & Pick<CommandDeps, 'clock'>,
  command: CommitteeCommand & TypedHold,
  zone: string,
): Promise<Result<ReadHold, Refusal>> => {
  const found = await applicationOfNumber(deps, command);
  const because = HoldCause.safeParse(command.because).data;
  const until = untilOf(command.until, zone);
  const isDay = until !== 'no-day' && (until === undefined || until > deps.clock.now());
  if (found && because && isDay) return ok({ found, because, until });
  return refuse({
    kind: 'invalid',
    faults: [
      ...(found ? [] : [wrong('number', 'no-application')]),
      ...(because ? [] : [wrong('because', 'no-cause')]),
      ...(isDay ? [] : [wrong('until', 'no-day')]),
    ],
  });
};

/** Lifts a hold: from now on its rule counts again. What is not held stays so. */
export const liftHoldOf = (
  deps: Deps,
  command: CommitteeCommand & { number: string; because: HoldCause },
): Answer =>
  decideAgain(async (): Attempt => {
    const place = await workplace(deps, command, 'retention.hold');
    if (!place.ok) return place;
    const { by } = place.value;
    const found = await applicationOfNumber(deps, command);
    if (!found) return refuse({ kind: 'not-found', what: 'application' });
    const free = notKeptAway(place.value, found.state.id);
    if (!free.ok) return free;
    const events = liftHold(found.state, { because: command.because, by: by.id }, deps.clock.now());
    if (events.length === 0) return ok(found);
    const { change, after } = changed(applicationAggregate, found.id, found, events);
    const stored = await store(deps, { by, changes: [change], requires: free.value });
    return stored.ok ? ok(after) : stored;
  });

/** A hold that counts, as whoever may read of it sees it. */
export type HeldByHand = {
  number: ApplicationNumber;
  because: HoldCause;
  by: PersonId;
  heldAt: Instant;
  until: Instant | undefined;
  reason: string | undefined;
};

/** Every hold on these applications that counts now. */
export const holdsByHand = async (
  { records, clock }: Reads & Pick<CommandDeps, 'clock'>,
  applications: readonly Application[],
): Promise<HeldByHand[]> => {
  const held = applications.flatMap(({ number, holds }) =>
    heldFor({ holds }, clock.now()).flatMap((because) => {
      const hold = holds?.[because];
      return hold ? [{ number, because, ...hold }] : [];
    }),
  );
  return await Promise.all(
    held.map(async ({ number, because, by, heldAt, until, reason }) => ({
      number,
      because,
      by,
      heldAt,
      until,
      reason: await reasonText(records, reason),
    })),
  );
};

/** The application of a number in this round, of which something is still there to be kept. */
export const applicationOfNumber = async (
  { records }: Reads,
  { roundId, number: typed }: { roundId: RoundId; number: string },
): Promise<Versioned<Application> | undefined> => {
  const number = ApplicationNumber.safeParse(typed.trim().toUpperCase());
  const id = number.success && (await records.claimed(numberClaim(number.data)));
  const found = id ? await records.find(applicationAggregate, id) : undefined;
  return found?.state.roundId === roundId && !found.state.erasedAt ? found : undefined;
};

/** A later day is a slip in the year. */
const lastDay = '2199-12-31';

const untilOf = (day: string, zone: string): Instant | 'no-day' | undefined => {
  if (day === '') return undefined;
  return z.iso.date().safeParse(day).success && day <= lastDay ? endOfDay(zone, day) : 'no-day';
};
