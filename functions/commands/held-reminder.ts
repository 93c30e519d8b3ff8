import { administratorsIn } from '#functions/commands/claim-reminder.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { heldParts } from '#functions/commands/held-parts.ts';
import { writeRows } from '#functions/commands/letters.ts';
import { offerBoard } from '#functions/commands/offer-board.ts';
import { type Committee, committeeAggregate } from '#shared/domain/committee.ts';
import type { PersonId, RoundId } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import type { Round } from '#shared/domain/round.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { staffAggregate, staffId } from '#shared/domain/staff.ts';
import type { Instant } from '#shared/domain/time.ts';
import { atHour, dayAt, endOfDay, morning } from '#shared/domain/zone.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;

/** Looks at the parts that the checker holds: at once where it began to hold one, and then each morning. Once a day, whatever asks for it. */
const lookAt = (roundId: RoundId, zone: string, at: Instant): OutboxMessage => {
  const day = dayAt(zone, at);
  return { id: `remind-held#${roundId}#${day}`, at, body: { kind: 'remind-held', roundId, day } };
};

/** The checker has held something: whoever can see to it hears of it, unless they did today. */
export const tellOfHeld = (deps: Deps, { id, plan }: Pick<Round, 'id' | 'plan'>): Promise<void> =>
  writeRows(deps, [lookAt(id, plan.timeZone, deps.clock.now())]);

/**
 * Writes to the administrators and the secretary how many parts of the offers the checker holds, and looks again the next morning; nothing once
 * it holds none. By number alone, so that nobody reads of an application that is closed to them. A second time writes nothing new.
 */
export const remindOfHeld = async (
  deps: Deps,
  { roundId, day }: Extract<OutboxMessage['body'], { kind: 'remind-held' }>,
): Promise<void> => {
  const { records, clock } = deps;
  const round = (await records.find(roundAggregate, roundId))?.state;
  if (round?.stage !== 'offers') return;
  const count = heldParts(await offerBoard(deps, round)).length;
  if (count === 0) return;
  const { intake, timeZone: zone } = round.plan;
  const [staff, committee] = await Promise.all([
    records.find(staffAggregate, staffId),
    records.find(committeeAggregate, roundId),
  ]);
  const readers = new Set([...administratorsIn(staff?.state), ...secretariesOn(committee?.state)]);
  const facts = { roundId, intake, zone, count };
  const at = clock.now();
  const template = 'committee-offers-held';
  const letters = [...readers].map(
    (personId): OutboxMessage => ({
      id: `${template}#${roundId}#${day}#${personId}`,
      at,
      body: { kind: 'letter', template, personId, facts },
    }),
  );
  const next = atHour(zone, dayAt(zone, endOfDay(zone, dayAt(zone, at))), morning);
  await writeRows(deps, [...letters, lookAt(roundId, zone, next)]);
};

const secretariesOn = (committee: Committee | undefined): PersonId[] =>
  (committee?.seats ?? []).flatMap(({ seat, personId, leftAt }) =>
    seat === 'secretary' && leftAt === undefined ? [personId] : [],
  );
