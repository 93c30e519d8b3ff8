import { barredAtWork } from '#functions/commands/conflict-effects.ts';
import { marksBasis } from '#functions/commands/marks-basis.ts';
import { type Compose, decidedList } from '#functions/commands/proposals/proposal.ts';
import { applicationsIn, candidaciesOn } from '#functions/commands/selection.ts';
import { severityAdjuster } from '#functions/commands/severity.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { hasLine, lineLevel } from '#shared/domain/further-rule.ts';
import type { RoundId, Sha256 } from '#shared/domain/ids.ts';
import type { LineGroup } from '#shared/domain/line-group.ts';
import { drawSeedOf } from '#shared/domain/ranking.ts';
import { settledDraw } from '#shared/domain/round-beacon.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { owedScores } from '#shared/domain/scoring.ts';
import type { Adjusted } from '#shared/domain/severity.ts';
import type { SeverityAdjustment } from '#shared/domain/severity-rule.ts';
import { shortlist } from '#shared/domain/shortlist.ts';
import type { Standing } from '#shared/domain/standing.ts';
import type { Records } from '#shared/ports/records.ts';
import { ok, refuse } from '#shared/result.ts';

/**
 * Total and rank of every application that was scored, with the marks from outside and, where the round file asks for it and the
 * diagnostics allow it, without what each rater's severity adds; and who is invited to an interview by the round
 * file's shortlist. Who stopped earlier stays in the list as it was decided.
 */
export const scoringProposal: Compose = async ({ records }, { round, file, committee }) => {
  const { id: roundId, stage } = round.state;
  const before = (await decidedList(records, round.state, 'screening'))?.standings ?? [];
  const found = [
    ...(
      await candidaciesOn(
        records,
        before.filter(({ outcome }) => outcome === 'goes-on'),
      )
    ).values(),
  ];
  const remaining = found.reduce(
    (sum, one) => sum + owedScores(one, file.raters) + barredAtWork(stage, committee.state, one).length,
    0,
  );
  if (remaining > 0) return refuse({ kind: 'unfinished-work', remaining, of: 'scores' });
  const { marksOf, imports } = await marksBasis(records, { roundId, file });
  const unmarked = found.filter((one) => !one.withdrawnAt && !marksOf(one)).length;
  if (unmarked > 0) return refuse({ kind: 'marks-needed', remaining: unmarked });

  const draw = settledDraw(round.state, file.ties.beacon, await receiptsSeedIn(records, roundId));
  if (!draw.ok) return draw;
  const { drawSeed } = draw.value;
  const adjusted = (await severityAdjuster(file))?.(found);
  const counted = shortlist(found, { file, roundId, drawSeed, marksOf, adjusted });
  const line = await lineIn(found, counted, { file, adjusted });
  const { withSpread } = await import('#shared/domain/score-spread.ts');
  const spread = withSpread(
    counted,
    found.filter(({ withdrawnAt }) => !withdrawnAt),
    { file, adjusted },
  );
  const standings = [
    ...before.filter(({ outcome }) => outcome === 'stops'),
    ...found.filter(({ withdrawnAt }) => withdrawnAt).map(withdrawn),
    ...spread,
  ];
  const marks = imports.map(({ sha256 }) => sha256);
  const basis = {
    ...(marks.length > 0 && { marks }),
    ...(adjusted && { adjustment: adjustmentIn(adjusted) }),
    ...(line && { line }),
  };
  return ok({ roundId, stage, ...draw.value, ...basis, standings });
};

const adjustmentIn = ({ counts, checks }: Adjusted): SeverityAdjustment => ({ counts, checks });

/** Whom chance may have put on either side of the shortlist's last place, where it has one. */
const lineIn = async (
  candidacies: readonly Candidacy[],
  standings: readonly Standing[],
  { file, adjusted }: { file: RoundFile; adjusted: Adjusted | undefined },
): Promise<LineGroup | undefined> => {
  if (!hasLine(file)) return undefined;
  const level = lineLevel(file.raters.further);
  // Loaded when somebody counts: the arithmetic weighs more than most pages.
  const { nearLineTurn } = await import('#shared/domain/further-ratings.ts');
  const there = candidacies.filter(({ withdrawnAt }) => !withdrawnAt);
  const turn = nearLineTurn(there, standings, { rule: { level, atMost: 0 }, file, adjusted });
  const near = turn.placed.filter((one) => one.near).toSorted((a, b) => a.rank - b.rank);
  return {
    places: file.shortlist.atMost ?? turn.placed.length,
    level,
    near: near.map(({ applicationId }) => applicationId),
    ...(turn.stop === 'unknown' && { unknown: true }),
  };
};

const withdrawn = ({ applicationId, number }: Candidacy): Standing => ({
  applicationId,
  number,
  outcome: 'stops',
  reasons: ['withdrawn'],
});

/** What the receipts of everyone who submitted give to the seed of the round's draws; all of it where the file names no beacon. */
export const receiptsSeedIn = async (records: Pick<Records, 'list'>, roundId: RoundId): Promise<Sha256> =>
  drawSeedOf(
    (await applicationsIn(records, roundId)).flatMap(({ state }) =>
      state.stage !== 'draft' && state.receipt ? [state.receipt] : [],
    ),
  );
