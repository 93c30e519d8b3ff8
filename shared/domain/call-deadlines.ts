import { resultsExpectedAt } from '#shared/domain/publication.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Instant } from '#shared/domain/time.ts';

/** `results` is a plan and not a promise (`resultsExpectedAt`); the others are deadlines that stand. */
export const deadlineKinds = ['opens', 'closes', 'results', 'claims'] as const;
export type Deadline = { kind: (typeof deadlineKinds)[number]; at: Instant };

/** The deadline of the call that stands: extensions included once it has opened. */
export const deadlineOf = (round: Round): Instant => {
  if (round.stage === 'draft' || round.closesAt === undefined) return round.plan.closesAt;
  return round.closesAt;
};

/** What an applicant of this round has to keep in mind, in order of time; nothing of one that was cancelled. */
export const deadlinesOf = (round: Round, file: RoundFile): Deadline[] => {
  if (round.stage === 'cancelled') return [];
  const expected = resultsExpectedAt(round, file);
  const deadlines: (Deadline | undefined)[] = [
    round.plan.opensAt && { kind: 'opens', at: round.plan.opensAt },
    { kind: 'closes', at: deadlineOf(round) },
    expected && { kind: 'results', at: expected },
    'claimsCloseAt' in round ? { kind: 'claims', at: round.claimsCloseAt } : undefined,
  ];
  return deadlines.filter((deadline) => deadline !== undefined);
};
