import type { CommandDeps } from '#functions/commands/deps.ts';
import { owedSlotsIn, slotsIn } from '#functions/commands/interview-reading.ts';
import { type HeldStation, heldStations } from '#functions/commands/interview-stations.ts';
import { owedInterviewsIn } from '#functions/commands/owed-interview-reading.ts';
import { panelBook } from '#functions/commands/panel-reading.ts';
import { candidaciesIn, candidaciesOn, goingOn } from '#functions/commands/selection.ts';
import type { Workplace } from '#functions/commands/workplace.ts';
import { acceptsWork } from '#shared/domain/gate-decisions.ts';
import type { HeldRecord } from '#shared/domain/held-interview.ts';
import type { SlotId } from '#shared/domain/ids.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Slot } from '#shared/domain/slot.ts';
import type { Instant } from '#shared/domain/time.ts';
import { scorecardsOwed, type TimedInterview } from '#shared/domain/work-owed.ts';

type Reads = Pick<CommandDeps, 'records'>;
type Kept = HeldRecord & { slotId?: SlotId | undefined };

/** The interviews that have a time and whose cards can be given now: those of the stage, or after it those that were owed and are not counted yet. */
export const interviewsTimed = async (
  deps: Reads,
  { round, file }: { round: Round; file: RoundFile },
): Promise<TimedInterview[]> => {
  const found = await heldIn(deps, round);
  if (found.kept.length === 0) return [];
  const book = await panelBook(deps.records, round.id);
  const slots = new Map(found.slots.map((slot) => [slot.id, slot]));
  return found.kept.flatMap((held) => {
    const slot = held.slotId && slots.get(held.slotId);
    return slot ? [timed(held, heldStations(book, file, slot))] : [];
  });
};

/** What is owed of an interview hangs on when each of its stations ends. */
export const timed = (held: HeldRecord, stations: readonly HeldStation[]): TimedInterview => ({
  held,
  stations: stations.map(({ station, panel, part }) => ({ station, panel, endsAt: part?.endsAt })),
});

type Reminding = Pick<Workplace, 'round' | 'file' | 'committee' | 'gate'>;

/** Whether anybody can be reminded of a scorecard of the stage, in interviews that were read for a list of them. */
export const owesCards = (
  { round, committee, gate }: Reminding,
  held: readonly (readonly [Kept, readonly HeldStation[]])[],
  now: Instant,
): boolean => {
  if (round.state.stage !== 'interviews' || !committee || !acceptsWork(gate?.state).ok) return false;
  const interviews = held.map(([one, stations]) => timed(one, stations));
  return scorecardsOwed(interviews, { committee: committee.state, now }).size > 0;
};

/** The same of interviews that were owed. */
export const owesOwedCards = async (
  deps: Reads,
  { round: { state: round }, committee, gate, file }: Reminding,
  now: Instant,
): Promise<boolean> => {
  if (round.stage === 'interviews' || !committee || !acceptsWork(gate?.state).ok) return false;
  const interviews = await interviewsTimed(deps, { round, file });
  return scorecardsOwed(interviews, { committee: committee.state, now }).size > 0;
};

const heldIn = async (deps: Reads, round: Round): Promise<{ kept: Kept[]; slots: Slot[] }> => {
  switch (round.stage) {
    case 'interviews':
      return await ofTheStage(deps, round);
    case 'claims':
    case 'offers':
      return await owedAfterIt(deps, round);
    default:
      return { kept: [], slots: [] };
  }
};

const ofTheStage = async ({ records }: Reads, round: Parameters<typeof goingOn>[1] & Pick<Round, 'id'>) => {
  const [all, going, slots] = await Promise.all([
    candidaciesIn(records, round.id),
    goingOn(records, round, 'scoring'),
    slotsIn(records, round.id),
  ]);
  const kept = all.map(({ state }) => state).filter(({ applicationId }) => going.has(applicationId));
  return { kept, slots };
};

const owedAfterIt = async ({ records }: Reads, { id }: Pick<Round, 'id'>) => {
  const all = (await owedInterviewsIn(records, id)).map(({ state }) => state);
  const planned = all.filter(({ status, counted }) => status === 'planned' && !counted);
  if (planned.length === 0) return { kept: [], slots: [] };
  const known = await candidaciesOn(records, planned);
  const kept = planned.filter(({ applicationId }) => !known.get(applicationId)?.withdrawnAt);
  return { kept, slots: await owedSlotsIn(records, id) };
};
