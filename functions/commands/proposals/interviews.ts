import { correctedIn } from '#functions/commands/corrected.ts';
import { slotsIn } from '#functions/commands/interview-reading.ts';
import { type Compose, rankedList } from '#functions/commands/proposals/proposal.ts';
import { candidaciesOn } from '#functions/commands/selection.ts';
import { assessInterviews, resultsAfterClaims, resultsOf } from '#shared/domain/final-results.ts';
import { panelsAggregate } from '#shared/domain/panel.ts';
import { panelIn } from '#shared/domain/panel-decisions.ts';
import { partsOf } from '#shared/domain/slot.ts';
import { ok, refuse } from '#shared/result.ts';

/**
 * The ranking after the interviews: scoring and interview as the round file weighs them, ties by its rule, and whether the
 * minimum is reached. Refused while an interview that took place wants scorecards, or one that was called off another time.
 */
export const interviewResults: Compose = async ({ records, clock }, { round, committee, file }) => {
  const { id: roundId, stage } = round.state;
  // Settled before the first interview, so nobody who gives a scorecard can choose the draw.
  const { standings: before, draw } = await rankedList(records, round.state, 'scoring');
  const known = await candidaciesOn(records, before);
  const slots = await slotsIn(records, roundId);
  const panels = (await records.find(panelsAggregate, roundId))?.state;
  const partsOfSlot = new Map(slots.map((slot) => [slot.id, partsOf(slot)]));
  const { assessed, unfinished, missing } = assessInterviews(before, known, {
    committee: committee.state,
    file,
    passed: slots
      .filter(({ applicationId, startsAt }) => !applicationId && startsAt <= clock.now())
      .map(({ startsAt }) => startsAt),
    panelOf: ({ slotId }, station) => {
      const parts = (slotId && partsOfSlot.get(slotId)) || [];
      return panelIn(panels, parts.find(({ code }) => code === station.code)?.panel);
    },
  });
  if (unfinished > 0) {
    const cards = missing.length > 0 ? { cards: missing } : {};
    return refuse({ kind: 'unfinished-work', remaining: unfinished, ...cards });
  }
  const rule = { roundId, order: file.ties.order, drawSeed: draw.drawSeed };
  const corrected = await correctedIn(records, roundId);
  if (!corrected.ok) return corrected;
  const corrections = corrected.value;
  const counted = resultsOf(assessed, file, rule);
  const standings =
    corrections.of.size === 0
      ? counted
      : resultsAfterClaims(counted, known, { file, rule, corrections }).standings;
  return ok({ roundId, stage, ...draw, standings });
};
