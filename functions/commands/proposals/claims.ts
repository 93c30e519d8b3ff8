import { claimsIn } from '#functions/commands/claim-reading.ts';
import { correctedIn } from '#functions/commands/corrected.ts';
import { owedLeft } from '#functions/commands/owed-interview-reading.ts';
import { type Compose, rankedList, wantedAfterInterviews } from '#functions/commands/proposals/proposal.ts';
import { candidaciesOn } from '#functions/commands/selection.ts';
import { waitingReopening } from '#shared/domain/claim.ts';
import { standingMotions } from '#shared/domain/departure-decisions.ts';
import { resultsAfterClaims } from '#shared/domain/final-results.ts';
import { unfinished } from '#shared/domain/owed-interview-decisions.ts';
import { ok, refuse } from '#shared/result.ts';

/**
 * The final results: the preliminary ones with what claims and corrections of the round changed, without who has withdrawn, ranked anew by the same
 * rule and the same draw. Refused while claims may still be made or nobody was told that they may be, while one is open or somebody asked that one be reopened, and while an interview that somebody was owed is not counted.
 */
export const finalResults: Compose = async ({ records, clock }, place) => {
  const { file } = place;
  const { state } = place.round;
  if (state.stage !== 'claims') return refuse({ kind: 'wrong-stage', stage: state.stage });
  // Whoever was not told has no time yet in which to make one: it begins with the letters.
  if (state.told.preliminary === undefined) return refuse({ kind: 'letters-wait' });
  // A proposal on the table would keep the last claims out.
  if (clock.now() < state.claimsCloseAt) {
    return refuse({ kind: 'too-early', until: state.claimsCloseAt, zone: state.plan.timeZone });
  }
  const { standings: before, draw } = await rankedList(records, state, 'preliminary');
  const known = await candidaciesOn(records, before);
  const open = (await claimsIn(records, state.id)).filter(
    ({ state: claim }) =>
      (claim.status === 'open' || waitingReopening(claim)) &&
      known.get(claim.applicationId)?.withdrawnAt === undefined,
  );
  const left = unfinished({ remaining: open.length, of: 'claims' }, await owedLeft({ records }, place));
  if (left) return refuse(left);
  const rule = { roundId: state.id, order: file.ties.order, drawSeed: draw.drawSeed };
  const corrections = await correctedIn(records, state.id);
  if (!corrections.ok) return corrections;
  const wanted = [
    ...(await wantedAfterInterviews(records, state)),
    ...standingMotions(place.gate.state, place.committee.state),
  ];
  const results = resultsAfterClaims(before, known, { file, rule, corrections: corrections.value, wanted });
  return ok({ roundId: state.id, stage: state.stage, ...draw, ...results });
};
