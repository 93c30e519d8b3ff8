import { addWorkingDays } from '#shared/domain/calendar.ts';
import type { ApplicationId, RefereeId } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Instant } from '#shared/domain/time.ts';
import { atHour, dayAt, morning } from '#shared/domain/zone.ts';

/** @property version of the references after asking: each asking has its own letter */
type Cause = { applicationId: ApplicationId; referee: RefereeId; version: number };

export const letterToReferee = ({ applicationId, referee, version }: Cause, at: Instant): OutboxMessage => ({
  id: `reference-asked#${referee}#${version}`,
  at,
  body: { kind: 'write-to-referee', template: 'reference-asked', applicationId, referee },
});

/** In the morning after so many working days; it looks then whether an answer is still awaited. */
export const reminderToReferee = (
  { applicationId, referee, version }: Cause,
  { timeZone, calendar }: Pick<RoundFile, 'timeZone' | 'calendar'>,
  { remindAfterWorkingDays }: NonNullable<RoundFile['references']>,
  now: Instant,
): OutboxMessage => {
  const day = addWorkingDays(dayAt(timeZone, now), remindAfterWorkingDays, calendar);
  return {
    id: `reference-reminder#${referee}#${version}`,
    at: atHour(timeZone, day, morning),
    body: { kind: 'write-to-referee', template: 'reference-reminder', applicationId, referee },
  };
};
