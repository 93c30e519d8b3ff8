import { administratorsIn } from '#functions/commands/claim-reminder.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { heldParts } from '#functions/commands/held-parts.ts';
import { writeRows } from '#functions/commands/letters.ts';
import { offerBoard } from '#functions/commands/offer-board.ts';
import { type Committee, committeeAggregate } from '#shared/domain/committee.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { PersonId, RoundId } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import type { Round } from '#shared/domain/round.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { staffAggregate, staffId } from '#shared/domain/staff.ts';
import type { Instant } from '#shared/domain/time.ts';
import { atHour, dayAt, endOfDay, morning } from '#shared/domain/zone.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;

type Asked = { roundId: RoundId; zone: string; at: Instant };

/** Looks at the parts that the checker holds: at once where it began to hold one, and then each morning. */
const lookAt = (cause: string, { roundId, zone, at }: Asked): OutboxMessage => {
  const day = dayAt(zone, at);
  return { id: `remind-held#${roundId}#${cause}`, at, body: { kind: 'remind-held', roundId, day } };
};

const daily = (asked: Asked): OutboxMessage => lookAt(dayAt(asked.zone, asked.at), asked);

const askedIn = ({ id, plan }: Pick<Round, 'id' | 'plan'>, at: Instant): Asked => ({
  roundId: id,
  zone: plan.timeZone,
  at,
});

/**
 * The checker holds what became of an offer: for the transaction that says so, whoever can see to it hears of it. A row for each version of the
 * candidacy that it is stored behind; what they write is written once a day.
 */
export const heldIn = (
  round: Pick<Round, 'id' | 'plan'>,
  { id, version }: Pick<Versioned<unknown>, 'id' | 'version'>,
  at: Instant,
): OutboxMessage => lookAt(`${id}#${version}`, askedIn(round, at));

/**
 * The checker holds offers that are not made, which no transaction says: whoever can see to it hears of it, unless they did today. A try that breaks off
 * after it is made again by the row that asked for offers.
 */
export const tellOfHeld = (deps: Deps, round: Pick<Round, 'id' | 'plan'>): Promise<void> =>
  writeRows(deps, [daily(askedIn(round, deps.clock.now()))]);

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
  await writeRows(deps, [...letters, daily({ roundId, zone, at: next })]);
};

export const secretariesOn = (committee: Committee | undefined): PersonId[] =>
  (committee?.seats ?? []).flatMap(({ seat, personId, leftAt }) =>
    seat === 'secretary' && leftAt === undefined ? [personId] : [],
  );
