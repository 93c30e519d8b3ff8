import { roundOf } from '#functions/commands/application-reading.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import type { Application } from '#shared/domain/application.ts';
import { committeeAggregate } from '#shared/domain/committee.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import { isGatedRound } from '#shared/domain/round-record.ts';
import type { Instant } from '#shared/domain/time.ts';

type Scanned = { documentId: DocumentId; events: readonly { type: string }[]; at: Instant };

/**
 * Tells an applicant that a file which they had submitted was thrown away, and once a committee decides, also its secretary: once
 * for each file, and not of what was withdrawn.
 */
export const lettersAboutScan = async (
  { records }: Pick<CommandDeps, 'records'>,
  application: Application,
  { documentId, events, at }: Scanned,
): Promise<OutboxMessage[]> => {
  const isInfected = events.some(({ type }) => type === 'document-infected');
  const isUnreadable = events.some(({ type }) => type === 'document-unreadable');
  if (application.stage !== 'submitted' || (!isInfected && !isUnreadable)) return [];
  const { id: applicationId, number, personId } = application;
  const { state: round } = (await roundOf({ records }, application)).round;
  const { id: roundId, plan } = round;
  const facts = { applicationId, number, roundId, intake: plan.intake, zone: plan.timeZone };
  const template = isInfected ? 'document-infected' : 'document-unreadable';
  const own = { kind: 'letter', template, personId, facts } as const;
  const letters: OutboxMessage[] = [{ id: `${template}#${documentId}`, at, body: own }];
  if (!isGatedRound(round)) return letters;
  const committee = await records.find(committeeAggregate, roundId);
  const secretary = committee?.state.seats.find(
    ({ seat, leftAt }) => seat === 'secretary' && leftAt === undefined,
  )?.personId;
  if (!secretary) return letters;
  const theirs = { kind: 'letter', template: `committee-${template}`, personId: secretary, facts } as const;
  return [...letters, { id: `committee-${template}#${documentId}`, at, body: theirs }];
};
