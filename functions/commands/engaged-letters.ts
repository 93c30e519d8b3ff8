import { administratorsIn } from '#functions/commands/claim-reminder.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { doubleBookingsIn } from '#functions/commands/double-bookings.ts';
import { secretariesOn } from '#functions/commands/held-reminder.ts';
import { roundFileOf } from '#functions/commands/pinned.ts';
import type { CheckFinding } from '#shared/checks/finding.ts';
import { committeeAggregate } from '#shared/domain/committee.ts';
import type { Actor, Versioned } from '#shared/domain/event.ts';
import type { PersonId, RoundId } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import type { Round } from '#shared/domain/round.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { type Slot, slotAggregate } from '#shared/domain/slot.ts';
import { staffAggregate, staffId } from '#shared/domain/staff.ts';
import type { Instant } from '#shared/domain/time.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;

/** Told by one letter at most: each time takes an item of its transaction, which has a hundred. */
const timesInLetter = 50;

const by: Actor = { kind: 'system', name: 'sweep' };

/**
 * Writes to whoever plans the interviews of a round, once about each time that the check found taken twice: to its secretaries, else to the
 * administrators. How many they are and when the first begins; the plan marks each. What was told is a name that the time holds from then on, taken
 * with the letter, so that a night that is run again tells nothing again.
 */
export const tellOfEngaged = async (
  deps: Deps,
  roundId: RoundId,
  findings: readonly CheckFinding[],
): Promise<void> => {
  const twice = findings.filter(({ invariant }) => invariant === 'slot-double-booked');
  const told = await Promise.all(twice.map(({ id }) => deps.records.claimed(nameOf(id))));
  const untold = twice.filter((_one, index) => told[index] === undefined).slice(0, timesInLetter);
  const found = await Promise.all(untold.map(({ id }) => deps.records.find(slotAggregate, id)));
  const slots = found.flatMap((slot) => slot?.state ?? []);
  const letters = await lettersAbout(deps, roundId, slots);
  if (letters.length === 0) return;
  const claims = slots.map(({ id }) => ({ key: nameOf(id), value: roundId }));
  const stored = await deps.records.commit({ by, changes: [], claims, outbox: letters });
  // Refused: another sweep tells it.
  if (stored.ok) await deps.nudge.outbox(letters);
};

/** The same as soon as the interviews of a round go on again: another one may have planned at its times meanwhile. */
export const remindOfEngaged = async (
  deps: Deps,
  { roundId }: Extract<OutboxMessage['body'], { kind: 'remind-engaged' }>,
): Promise<void> => {
  const round = (await deps.records.find(roundAggregate, roundId))?.state;
  if (!round) return;
  const file = await roundFileOf(deps.records, round.plan);
  await tellOfEngaged(deps, roundId, await doubleBookingsIn(deps, { round, file }));
};

/** Looks at it once the advance out of the interviews was undone, which made this version of the round. */
export const engagedAgain = ({ state, version }: Versioned<Round>, at: Instant): OutboxMessage[] =>
  state.stage === 'interviews'
    ? [
        {
          id: `remind-engaged#${state.id}#${version}`,
          at,
          body: { kind: 'remind-engaged', roundId: state.id },
        },
      ]
    : [];

const nameOf = (slotId: string): string => `told-taken-twice#${slotId}`;

const lettersAbout = async (
  deps: Deps,
  roundId: RoundId,
  slots: readonly Slot[],
): Promise<OutboxMessage[]> => {
  const [first] = slots.toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
  const round = first && (await deps.records.find(roundAggregate, roundId))?.state;
  if (!round) return [];
  const { intake, timeZone: zone } = round.plan;
  const facts = { roundId, intake, zone, count: slots.length, startsAt: first.startsAt };
  const template = 'committee-times-engaged';
  const at = deps.clock.now();
  return (await plannersOf(deps, roundId)).map((personId) => ({
    id: `${template}#${first.id}#${personId}`,
    at,
    body: { kind: 'letter', template, personId, facts },
  }));
};

const plannersOf = async ({ records }: Deps, roundId: RoundId): Promise<PersonId[]> => {
  const secretaries = secretariesOn((await records.find(committeeAggregate, roundId))?.state);
  if (secretaries.length > 0) return secretaries;
  return administratorsIn((await records.find(staffAggregate, staffId))?.state);
};
