import type { CommandDeps } from '#functions/commands/deps.ts';
import { heldStations } from '#functions/commands/interview-stations.ts';
import { owedInterviewsIn } from '#functions/commands/owed-interview-reading.ts';
import { panelBook } from '#functions/commands/panel-reading.ts';
import { changed } from '#functions/commands/storing.ts';
import type { Workplace } from '#functions/commands/workplace.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { ApplicationNumber } from '#shared/domain/ids.ts';
import {
  type OwedInterview,
  type OwedInterviewEvent,
  owedInterviewAggregate,
} from '#shared/domain/owed-interview.ts';
import {
  countOwedInterview,
  owedTotal,
  uncountOwedInterview,
} from '#shared/domain/owed-interview-decisions.ts';
import { slotAggregate } from '#shared/domain/slot.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Change } from '#shared/ports/records.ts';
import type { Correction, Corrections, Corrects } from '#shared/replay/correction.ts';

/** An interview that was owed, and what it comes to once each station has its cards. */
export type OwedCount = { owed: Versioned<OwedInterview>; total: number | undefined };

/** Those of a round, by application number. */
export const owedCounts = async (
  { records }: Pick<CommandDeps, 'records'>,
  { round, file, committee }: Pick<Workplace, 'round' | 'file' | 'committee'>,
): Promise<ReadonlyMap<ApplicationNumber, OwedCount>> => {
  const all = await owedInterviewsIn(records, round.state.id);
  if (all.length === 0) return new Map();
  const book = await panelBook(records, round.state.id);
  const counted = all.map(async (owed): Promise<[ApplicationNumber, OwedCount]> => {
    const { slotId, number } = owed.state;
    const slot = slotId && (await records.find(slotAggregate, slotId))?.state;
    if (!slot || !committee) return [number, { owed, total: undefined }];
    const held = heldStations(book, file, slot);
    const total = owedTotal(owed.state, {
      committee: committee.state,
      interviews: file.interviews,
      panelOf: ({ code }) => held.find(({ station }) => station.code === code)?.panel,
    });
    return [number, { owed, total }];
  });
  return new Map(await Promise.all(counted));
};

/**
 * Whether a correction counts an interview that was owed otherwise than its cards say now: what it comes to follows from these, and from
 * nothing that somebody types.
 */
export const isMiscounted = (
  counts: ReadonlyMap<ApplicationNumber, OwedCount>,
  corrects: Corrects,
): boolean => {
  if (corrects.kind !== 'totals' || !corrects.owed) return false;
  const { scoring, interview } = corrects.corrected;
  const total = counts.get(corrects.number)?.total;
  return total === undefined || interview !== total || scoring !== undefined;
};

/** What applying a correction makes of interviews that were owed: the total of one counts, or counts no more. */
export const owedThen = (
  counts: ReadonlyMap<ApplicationNumber, OwedCount>,
  { correction, corrections }: { correction: Correction; corrections: Corrections },
  at: Instant,
): Change[] => {
  const { corrects, number } = correction;
  if (corrects.kind === 'undo') {
    const undone = corrections.corrections.find((one) => one.number === corrects.correction);
    const owed = undone && ownOf(counts, undone.corrects)?.owed;
    return owed ? changing(owed, uncountOwedInterview(owed.state, corrects.correction, at)) : [];
  }
  const { owed, total } = ownOf(counts, corrects) ?? {};
  return owed ? changing(owed, countOwedInterview(owed.state, { correction: number, total }, at)) : [];
};

const changing = (owed: OwedCount['owed'], events: OwedInterviewEvent[]): Change[] =>
  events.length === 0 ? [] : [changed(owedInterviewAggregate, owed.id, owed, events).change];

/** The interview that a correction counts; undefined where it counts none. */
const ownOf = (
  counts: ReadonlyMap<ApplicationNumber, OwedCount>,
  corrects: Corrects,
): OwedCount | undefined =>
  corrects.kind === 'totals' && corrects.owed ? counts.get(corrects.number) : undefined;
