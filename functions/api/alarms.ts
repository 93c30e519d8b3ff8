import * as z from 'zod';
import { maxReason } from '#functions/commands/reasons.ts';
import { ApplicationNumber } from '#shared/domain/ids.ts';
import { Alarm, alarmId, type RaisedAlarm } from '#shared/domain/release-alarms.ts';

/** What looks wrong in what is about to be told; a release names each by its `id`, which holds its numbers. */
export const AlarmAnswer = Alarm.extend({
  id: z.string(),
  applications: z
    .array(ApplicationNumber)
    .optional()
    .describe(
      'Whom it counts, without applications that are closed to the reader; only while it is looked at',
    ),
});

export const alarmAnswers = (alarms: readonly RaisedAlarm[]): z.input<typeof AlarmAnswer>[] =>
  alarms.map(({ whom, ...alarm }) => ({
    id: alarmId(alarm),
    ...alarm,
    ...(whom && { applications: whom.map(({ number }) => number) }),
  }));

/** Ids of the alarms that were looked at, and why it goes out in spite of them. */
export const Acknowledged = z
  .strictObject({ alarms: z.array(z.string().max(200)).max(100), reason: z.string().max(maxReason) })
  .optional();
