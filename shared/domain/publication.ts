import { addWorkingDays, type WorkingCalendar } from '#shared/domain/calendar.ts';
import type { Sha256 } from '#shared/domain/ids.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { type GatedStage, gatedStages } from '#shared/domain/stage.ts';
import { type Instant, readInstant } from '#shared/domain/time.ts';
import { dayAt, endOfDay } from '#shared/domain/zone.ts';

/** The results that anyone may read: preliminary while claims may be made, final after their gate. */
export type Published = { stage: 'preliminary' | 'claims'; decision: Sha256 };

/** Undefined before the gate of the preliminary stage was advanced, and for a round that was cancelled. */
export const publishedResults = (round: Round): Published | undefined => {
  if (!('claimsCloseAt' in round)) return undefined;
  const { decisions } = round;
  if (round.stage !== 'claims' && decisions.claims) return { stage: 'claims', decision: decisions.claims };
  return decisions.preliminary && { stage: 'preliminary', decision: decisions.preliminary };
};

/**
 * Stages about whose decision an applicant may be told: the letters about it were released, or results were published,
 * which tell of everything before them.
 */
export const isTold = (round: Round, stage: GatedStage): boolean => {
  if (!('decisions' in round) || round.decisions[stage] === undefined) return false;
  if (round.told[stage] !== undefined) return true;
  const published = publishedResults(round);
  return published !== undefined && gatedStages.indexOf(stage) <= gatedStages.indexOf(published.stage);
};

/**
 * When preliminary results can be expected: the ends of the stages until then as the round file plans them, counted from
 * where the round is now. A plan, not a promise.
 */
export const resultsExpectedAt = (
  round: Round,
  file: Pick<RoundFile, 'timeZone' | 'stages'> & { calendar: WorkingCalendar },
): Instant | undefined => {
  if (round.stage === 'draft' || round.stage === 'cancelled' || publishedResults(round)) return undefined;
  const { timeZone, calendar } = file;
  let end = round.stage === 'call' ? round.closesAt : round.enteredAt;
  let day = dayAt(timeZone, end);
  const start = Math.max(
    0,
    gatedStages.findIndex((stage) => stage === round.stage),
  );
  for (const stage of gatedStages.slice(start, gatedStages.indexOf('preliminary') + 1)) {
    const plan = file.stages[stage];
    if ('workingDays' in plan) {
      day = addWorkingDays(day, plan.workingDays, calendar);
      end = endOfDay(timeZone, day);
      continue;
    }
    const named = readInstant(plan.endsAt);
    if (!named || named <= end) continue;
    end = named;
    day = dayAt(timeZone, named);
  }
  return end;
};
