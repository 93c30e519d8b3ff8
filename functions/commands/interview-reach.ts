import type { CommandDeps } from '#functions/commands/deps.ts';
import { lineOf } from '#functions/commands/interview-lines.ts';
import { type HeldStation, heldStations } from '#functions/commands/interview-stations.ts';
import { timed } from '#functions/commands/interviews-timed.ts';
import { owedInterviewsIn } from '#functions/commands/owed-interview-reading.ts';
import { panelBook } from '#functions/commands/panel-reading.ts';
import { admittedIn, hasOwnAlone, type InReach, openAmong } from '#functions/commands/score-reach.ts';
import { candidaciesOn, eachOf } from '#functions/commands/selection.ts';
import type { Workplace } from '#functions/commands/workplace.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import type { Round } from '#shared/domain/round.ts';
import { slotAggregate } from '#shared/domain/slot.ts';
import { scorecardsOwed } from '#shared/domain/work-owed.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock'>;

const readsAtOnce = 32;

/**
 * Whose scorecards of the interviews the reader may have (`readableScores`). Of a chair, while the interviews go on, those of interviews where
 * all own ones are in, as the page of each interview has it; none while one is owed.
 */
export const interviewsInReach = async (
  { records, clock }: Deps,
  place: Workplace,
): Promise<Result<InReach, Refusal>> => {
  const { by, round, committee } = place;
  const { state } = round;
  const everyone = await interviewable({ records }, state);
  const open = openAmong(everyone, place);
  if (!committee || !hasOwnAlone(by.role, state.stage, 'interviews')) return ok({ everyone, all: open });
  const held = await stationsOfEach({ records }, place, open);
  const owing = scorecardsOwed(
    held.map(({ candidacy, stations }) => timed(candidacy, stations)),
    { committee: committee.state, now: clock.now() },
  );
  const remaining = owing.get(by.id)?.length ?? 0;
  if (remaining > 0) return refuse({ kind: 'unfinished-work', remaining, of: 'scorecards' });
  const own = held.filter(({ candidacy, stations }) => lineOf(candidacy, place, stations).own);
  return ok({ everyone, all: own.map(({ candidacy }) => candidacy) });
};

/** Everybody who was admitted to scoring, and who was owed an interview without having been. */
const interviewable = async ({ records }: Pick<Deps, 'records'>, round: Round): Promise<Candidacy[]> => {
  const admitted = await admittedIn(records, round);
  const known = new Set(admitted.map(({ applicationId }) => applicationId));
  const owed = (await owedInterviewsIn(records, round.id)).map((one) => one.state);
  const others = await candidaciesOn(
    records,
    owed.filter(({ applicationId }) => !known.has(applicationId)),
  );
  return [...admitted, ...others.values()];
};

/** Each interview that has a time, with who holds its stations. */
const stationsOfEach = async (
  { records }: Pick<Deps, 'records'>,
  { round, file }: Workplace,
  all: readonly Candidacy[],
): Promise<{ candidacy: Candidacy; stations: HeldStation[] }[]> => {
  const book = await panelBook(records, round.state.id);
  const found = await eachOf(all, readsAtOnce, async (candidacy) => {
    const slot = candidacy.slotId && (await records.find(slotAggregate, candidacy.slotId))?.state;
    return slot ? [{ candidacy, stations: heldStations(book, file, slot) }] : [];
  });
  return found.flat();
};
