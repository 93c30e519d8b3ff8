import { administratorsIn } from '#functions/commands/claim-reminder.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import type { Workplace } from '#functions/commands/workplace.ts';
import { type Committee, inConflict, type SeatKind } from '#shared/domain/committee.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import { staffAggregate, staffId } from '#shared/domain/staff.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Corrections } from '#shared/replay/correction.ts';
import type { ScoreReport } from '#shared/replay/score-report.ts';

type Made = Pick<ScoreReport, 'applicationId' | 'application' | 'by'>;

/**
 * Letters about a report to whoever answers it: the secretary; where a conflict of interest closes the application to them, the chair; else the
 * administrators. They do not say who reported.
 */
export const reportLetters = async (
  { records }: Pick<CommandDeps, 'records'>,
  { round, committee }: Workplace,
  { before, report }: { before: Versioned<Corrections> | undefined; report: Made },
  at: Instant,
): Promise<OutboxMessage[]> => {
  const { id: roundId, plan } = round.state;
  const { applicationId, application } = report;
  const number = (before?.state.reports?.length ?? 0) + 1;
  const { intake, timeZone: zone } = plan;
  const seated = (['secretary', 'chair'] as const).map((seat) => freeIn(committee?.state, seat, report));
  const readers =
    seated.find((some) => some.length > 0) ??
    administratorsIn((await records.find(staffAggregate, staffId))?.state);
  return readers.map((personId) => ({
    id: `committee-score-reported#${roundId}#${number}#${personId}`,
    at,
    body: {
      kind: 'letter' as const,
      template: 'committee-score-reported' as const,
      personId,
      facts: { roundId, intake, zone, applicationId, number: application },
    },
  }));
};

/** Who sits there now, did not report it and may hear of the application. */
const freeIn = (committee: Committee | undefined, seat: SeatKind, { by, applicationId }: Made): PersonId[] =>
  (committee?.seats ?? []).flatMap((one) =>
    one.seat === seat &&
    one.leftAt === undefined &&
    one.personId !== by &&
    !inConflict(committee, one.personId, applicationId)
      ? [one.personId]
      : [],
  );
