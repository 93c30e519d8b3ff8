import { roundOf } from '#functions/commands/application-reading.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import type { Application } from '#shared/domain/application.ts';
import { committeeAggregate } from '#shared/domain/committee.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import { isGatedRound } from '#shared/domain/round-record.ts';
import type { Instant } from '#shared/domain/time.ts';

type Scanned = {
  documentId: DocumentId;
  events: readonly { type: string }[];
  at: Instant;
  /** Somebody had judged before the scanner looked at it, and must judge again. */
  outdated: boolean;
};

/**
 * Tells an applicant that a file which they had submitted was thrown away, and once a committee decides, also its secretary: once
 * for each file, and not of what was withdrawn. A file that can be opened now is news for the secretary alone, where somebody had judged without it.
 */
export const lettersAboutScan = async (
  { records }: Pick<CommandDeps, 'records'>,
  application: Application,
  { documentId, events, at, outdated }: Scanned,
): Promise<OutboxMessage[]> => {
  const isInfected = events.some(({ type }) => type === 'document-infected');
  const isUnreadable = events.some(({ type }) => type === 'document-unreadable');
  const isGone = isInfected || isUnreadable;
  if (application.stage !== 'submitted' || (!isGone && !outdated)) return [];
  const { id: applicationId, number, personId } = application;
  const { state: round } = (await roundOf({ records }, application)).round;
  const { id: roundId, plan } = round;
  const facts = { applicationId, number, roundId, intake: plan.intake, zone: plan.timeZone };
  const template = isInfected ? 'document-infected' : isUnreadable ? 'document-unreadable' : 'judge-again';
  const own = { kind: 'letter', template, personId, facts } as const;
  const letters: OutboxMessage[] =
    template === 'judge-again' ? [] : [{ id: `${template}#${documentId}`, at, body: { ...own, template } }];
  if (!isGatedRound(round)) return letters;
  const committee = await records.find(committeeAggregate, roundId);
  const secretary = committee?.state.seats.find(
    ({ seat, leftAt }) => seat === 'secretary' && leftAt === undefined,
  )?.personId;
  if (!secretary) return letters;
  const theirs = { kind: 'letter', template: `committee-${template}`, personId: secretary, facts } as const;
  return [...letters, { id: `committee-${template}#${documentId}`, at, body: theirs }];
};
