import * as z from 'zod';
import { maxReason } from '#functions/commands/reasons.ts';
import { Alarm, alarmId } from '#shared/domain/release-alarms.ts';

/** What looks wrong in what is about to be told; a release names each by its `id`, which holds its numbers. */
export const AlarmAnswer = Alarm.extend({ id: z.string() });

export const alarmAnswers = (alarms: readonly Alarm[]): z.input<typeof AlarmAnswer>[] =>
  alarms.map((alarm) => ({ id: alarmId(alarm), ...alarm }));

/** Ids of the alarms that were looked at, and why it goes out in spite of them. */
export const Acknowledged = z
  .strictObject({ alarms: z.array(z.string().max(200)).max(100), reason: z.string().max(maxReason) })
  .optional();
