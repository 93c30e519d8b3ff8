import { roundOf } from '#functions/commands/application-reading.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import type { Application } from '#shared/domain/application.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import type { Instant } from '#shared/domain/time.ts';

/** Tells an applicant that a file which they had submitted was thrown away; once for each file, and not of what was withdrawn. */
export const infectedLetters = async (
  { records }: Pick<CommandDeps, 'records'>,
  application: Application,
  { documentId, at }: { documentId: DocumentId; at: Instant },
): Promise<OutboxMessage[]> => {
  if (application.stage !== 'submitted') return [];
  const { id: applicationId, number, personId } = application;
  const { id: roundId, plan } = (await roundOf({ records }, application)).round.state;
  const facts = { applicationId, number, roundId, intake: plan.intake, zone: plan.timeZone };
  const body = { kind: 'letter', template: 'document-infected', personId, facts } as const;
  return [{ id: `document-infected#${documentId}`, at, body }];
};
