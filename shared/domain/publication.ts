import { addWorkingDays, type WorkingCalendar } from '#shared/domain/calendar.ts';
import { latestEdition, type ResultsEdition } from '#shared/domain/edition.ts';
import type { Sha256 } from '#shared/domain/ids.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { type GatedStage, gatedStages, isGated } from '#shared/domain/stage.ts';
import { type Instant, readInstant } from '#shared/domain/time.ts';
import { dayAt, endOfDay } from '#shared/domain/zone.ts';

/** The results that anyone may read: preliminary while claims may be made, final after their gate, and corrected ones from then on. */
export type Published = { stage: 'preliminary' | 'claims'; decision: Sha256; edition?: ResultsEdition };

/** Undefined before the gate of the preliminary stage was advanced, and for a round that was cancelled. */
export const publishedResults = (round: Round): Published | undefined => {
  if (!('claimsCloseAt' in round)) return undefined;
  const { decisions } = round;
  if (round.stage !== 'claims' && decisions.claims) {
    const edition = latestEdition(round);
    return { stage: 'claims', decision: edition?.decision ?? decisions.claims, ...(edition && { edition }) };
  }
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

type Planned = Pick<RoundFile, 'timeZone' | 'stages'> & { calendar: WorkingCalendar };

/** When preliminary results can be expected, as the round file plans the stages until then. A plan, not a promise. */
export const resultsExpectedAt = (round: Round, file: Planned): Instant | undefined =>
  publishedResults(round) ? undefined : plannedEndOf(round, file, 'preliminary');

/** The same of the stage in which a committee decides now; of claims, the end that applicants were told. Nothing ends at that moment by itself. */
export const stageEndsAt = (round: Round, file: Planned): Instant | undefined => {
  if (round.stage === 'claims') return round.claimsCloseAt;
  return isGated(round.stage) ? plannedEndOf(round, file, round.stage) : undefined;
};

/**
 * When a stage ends as the round file plans it and those before it, counted from where the round is now. Undefined once it is over, and before the
 * call.
 */
export const plannedEndOf = (
  round: Round,
  { timeZone, calendar, stages }: Planned,
  last: GatedStage,
): Instant | undefined => {
  if (round.stage === 'draft' || round.stage === 'cancelled' || round.stage === 'closed') return undefined;
  let end = round.stage === 'call' ? round.closesAt : round.enteredAt;
  let day = dayAt(timeZone, end);
  const start = round.stage === 'call' ? 0 : gatedStages.indexOf(round.stage);
  const ahead = gatedStages.slice(start, gatedStages.indexOf(last) + 1);
  if (ahead.length === 0) return undefined;
  for (const stage of ahead) {
    const plan = stages[stage];
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
