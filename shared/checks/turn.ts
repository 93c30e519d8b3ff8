import type { CheckRun, CheckState } from '#shared/checks/run.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';

/** Within so many nights each round that is over is looked at: as many of them each night, however many there have been. */
export const nightsOfClosed = 7;

/**
 * Whether a round is searched this night for states that should be impossible: each that is under way, and one that is closed or was cancelled in the
 * night after that; from then on when its turn comes, since nothing in it moves on, and while the night before found something in it, so that a fault
 * is told until it is mended. What its records are by themselves is checked each night all the same.
 */
export const isDue = (
  { id, endedAt, cancelledAt }: { id: RoundId; endedAt?: Instant; cancelledAt?: Instant },
  { nights = 0, night }: Pick<CheckState, 'nights' | 'night'>,
): boolean => {
  const overSince = endedAt ?? cancelledAt;
  return (
    overSince === undefined ||
    night === undefined ||
    overSince >= night.begunAt ||
    turnOf(id) === nights % nightsOfClosed ||
    isFaulty(id, night)
  );
};

const turnOf = (id: RoundId): number => Number.parseInt(sha256Of(id).slice(0, 8), 16) % nightsOfClosed;

/** Findings that were too many to keep may be of any round. */
const isFaulty = (id: RoundId, { findings, more }: CheckRun): boolean =>
  more > 0 || findings.some(({ roundId }) => roundId === id);
