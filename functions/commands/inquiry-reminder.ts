import { roundOf } from '#functions/commands/application-reading.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { inquiryLetter } from '#functions/commands/inquiry-messages.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { answerable } from '#shared/domain/inquiry.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';

type Reminder = Extract<OutboxMessage['body'], { kind: 'remind-inquiry' }>;

/**
 * Writes to an applicant whose answer is still awaited. Whoever answered, withdrew or ran out of time meanwhile, or was asked by a
 * round that has gone on, gets nothing. A second time writes nothing new.
 */
export const remindOfInquiry = async (
  deps: Pick<CommandDeps, 'records' | 'clock' | 'nudge'>,
  { applicationId, inquiry: id }: Reminder,
): Promise<void> => {
  const at = deps.clock.now();
  const [application, candidacy] = await Promise.all([
    deps.records.find(applicationAggregate, applicationId),
    deps.records.find(candidacyAggregate, applicationId),
  ]);
  const inquiry = candidacy && answerable(candidacy.state, id, at);
  if (!application || !inquiry?.ok) return;
  const { round } = await roundOf(deps, application.state);
  if (round.state.stage !== 'screening') return;
  const letter = inquiryLetter('inquiry-reminder', application.state, round.state, { ...inquiry.value, at });
  await deps.records.commit({ by: { kind: 'system', name: 'outbox' }, changes: [], outbox: [letter] });
  await deps.nudge.outbox([letter]);
};
