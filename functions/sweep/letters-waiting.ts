import { administratorsIn } from '#functions/commands/claim-reminder.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { secretariesOn } from '#functions/commands/held-reminder.ts';
import { writeRows } from '#functions/commands/letters.ts';
import { roundFileOf } from '#functions/commands/pinned.ts';
import { log } from '#functions/log.ts';
import { isWorkingDay } from '#shared/domain/calendar.ts';
import { committeeAggregate } from '#shared/domain/committee.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import type { GatedRound } from '#shared/domain/round.ts';
import { untold } from '#shared/domain/round-advance.ts';
import { staffAggregate, staffId } from '#shared/domain/staff.ts';
import { atHour, dayAt, morning } from '#shared/domain/zone.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;

/**
 * Decisions of which nobody was told yet: from the morning after the last one on, the secretary hears of it each working day, and the
 * administrators where there is no secretary. By their number alone. Looking again writes nothing new that day.
 */
export const remindOfLetters = async (deps: Deps, round: GatedRound): Promise<void> => {
  const { length: count } = untold(round);
  if (count === 0) return;
  const { id: roundId, stage, enteredAt } = round;
  const { intake, timeZone: zone } = round.plan;
  const at = deps.clock.now();
  const day = dayAt(zone, at);
  if (day === dayAt(zone, enteredAt) || at < atHour(zone, day, morning)) return;
  log.warn('LETTERS_WAITING', { roundId, stage, count });
  const { calendar } = await roundFileOf(deps.records, round.plan);
  if (!isWorkingDay(day, calendar)) return;
  const facts = { roundId, intake, zone, count };
  const letters = (await readersIn(deps, round)).map((personId): OutboxMessage => {
    const body = { kind: 'letter', template: 'committee-letters-wait', personId, facts } as const;
    return { id: `committee-letters-wait#${roundId}#${day}#${personId}`, at, body };
  });
  await writeRows(deps, letters);
};

const readersIn = async ({ records }: Deps, { id }: GatedRound): Promise<PersonId[]> => {
  const secretaries = secretariesOn((await records.find(committeeAggregate, id))?.state);
  if (secretaries.length > 0) return secretaries;
  return administratorsIn((await records.find(staffAggregate, staffId))?.state);
};
