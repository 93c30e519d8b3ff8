import * as z from 'zod';
import type { Gate, GateEvent } from '#shared/domain/gate.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { Instant } from '#shared/domain/time.ts';
import { dayAt, endOfDay } from '#shared/domain/zone.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** What members of a committee and guests are reminded of: judgements of screening, scores and scorecards that they owe, their vote, their ballot. */
export const RemindedOf = z.enum(['screening', 'scores', 'scorecards', 'vote', 'ballot']);
export type RemindedOf = z.infer<typeof RemindedOf>;

/** Who still owes something, and how much of it. */
const Owing = z.object({ personId: PersonId, count: z.int().min(1) });
export type Owing = z.infer<typeof Owing>;

const reminding = { at: Instant, to: z.array(Owing).min(1) };

/** Events of a gate. */
export const reminderEvents = [
  z.object({ type: z.literal('screening-reminded'), ...reminding }),
  z.object({ type: z.literal('scores-reminded'), ...reminding }),
  z.object({ type: z.literal('scorecards-reminded'), ...reminding }),
  z.object({ type: z.literal('vote-reminded'), ...reminding }),
  z.object({ type: z.literal('ballot-reminded'), ...reminding }),
] as const;
export type ReminderEvent = z.infer<(typeof reminderEvents)[number]>;

/** When a reminder of each went out last. */
export const Reminders = z.partialRecord(RemindedOf, Instant);

const abouts = {
  'screening-reminded': 'screening',
  'scores-reminded': 'scores',
  'scorecards-reminded': 'scorecards',
  'vote-reminded': 'vote',
  'ballot-reminded': 'ballot',
} as const satisfies Record<ReminderEvent['type'], RemindedOf>;

export const isReminderEvent = (event: GateEvent): event is ReminderEvent => event.type in abouts;

/** What a reminder was about. */
export const remindedIn = ({ type }: Pick<ReminderEvent, 'type'>): RemindedOf => abouts[type];

export const withReminder = (gate: Gate, event: ReminderEvent): Gate => ({
  ...gate,
  reminded: { ...gate.reminded, [remindedIn(event)]: event.at },
});

/** A second press within so many seconds is the same one. */
const sameSeconds = 600;

/** From when the next reminder can go out: the day after, on the clocks of the round. Whoever is written to each hour stops reading. */
export const remindableFrom = (last: Instant, timeZone: string): Instant =>
  endOfDay(timeZone, dayAt(timeZone, last));

/** @param confirmed how many people the page said that it reaches */
type Reminding = { about: RemindedOf; owing: readonly Owing[]; confirmed: number; timeZone: string };

/**
 * Reminds everybody who still owes something, and nobody else. A second press changes nothing; refused as `reminded-already` until the day is over, and
 * as `recipients-differ` where it would reach another number of people than was confirmed (ANCHORS F17).
 */
export const remind = (
  gate: Gate,
  { about, owing, confirmed, timeZone }: Reminding,
  now: Instant,
): Result<ReminderEvent[], Refusal> => {
  if (gate.status === 'decided') return refuse({ kind: 'already-decided', decidedAt: gate.decidedAt });
  const last = gate.reminded?.[about];
  if (last && Date.parse(now) - Date.parse(last) < sameSeconds * 1000) return ok([]);
  const from = last && remindableFrom(last, timeZone);
  if (last && from && now < from) return refuse({ kind: 'reminded-already', last, from, zone: timeZone });
  const recipients = owing.length;
  if (recipients !== confirmed || recipients === 0) {
    return refuse({ kind: 'recipients-differ', recipients, confirmed });
  }
  return ok([{ type: `${about}-reminded`, at: now, to: [...owing] }]);
};
