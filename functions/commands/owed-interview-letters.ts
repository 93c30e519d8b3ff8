import type { CommandDeps } from '#functions/commands/deps.ts';
import type { OwedPlace } from '#functions/commands/owed-interview-reading.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import type { Instant } from '#shared/domain/time.ts';

type Told =
  | { template: 'owed-interview-granted' }
  | { template: 'owed-interview-set' | 'owed-interview-cancelled'; startsAt: Instant };

/** A letter to whom an interview is owed. Told once: it is named after the version that it follows from. */
export const owedLetter = async (
  { records }: Pick<CommandDeps, 'records'>,
  { place, candidacy }: Pick<OwedPlace, 'place' | 'candidacy'>,
  { template, at, version, ...facts }: Told & { at: Instant; version: number },
): Promise<OutboxMessage> => {
  const application = await records.find(applicationAggregate, candidacy.id);
  if (!application) throw new Error(`Candidacy ${candidacy.id} is of no application.`);
  const { id: applicationId, number, roundId, personId } = application.state;
  const { intake, timeZone: zone } = place.round.state.plan;
  const about = { applicationId, number, roundId, intake, zone, ...facts };
  const body = { kind: 'letter', template, personId, facts: about } as const;
  return { id: `${template}#${applicationId}#${version}`, at, body };
};
