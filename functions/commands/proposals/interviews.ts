import { type Compose, decidedList } from '#functions/commands/proposals/proposal.ts';
import { candidaciesOn } from '#functions/commands/selection.ts';
import { assessInterviews, resultsOf } from '#shared/domain/final-results.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { ok, refuse } from '#shared/result.ts';

/**
 * The ranking after the interviews: scoring and interview as the round file weighs them, ties by its rule, and whether the
 * minimum is reached. Refused while an interview that took place wants scorecards.
 */
export const interviewResults: Compose = async ({ records }, { round, committee, file }) => {
  const { id: roundId, stage } = round.state;
  const list = await decidedList(records, round.state, 'scoring');
  const known = await candidaciesOn(records, list?.standings ?? []);
  const { assessed, unfinished } = assessInterviews(list?.standings ?? [], known, {
    committee: committee.state,
    file,
  });
  if (unfinished > 0) return refuse({ kind: 'unfinished-work', remaining: unfinished });
  // Settled before the first interview in either case, so nobody who gives a scorecard can choose the draw.
  const drawSeed = list?.drawSeed ?? sha256Of(`${roundId}#${round.state.decisions.scoring}`);
  const rule = { roundId, order: file.ties.order, drawSeed };
  return ok({ roundId, stage, drawSeed, standings: resultsOf(assessed, file, rule) });
};
