import { type Compose, decidedList } from '#functions/commands/proposals/proposal.ts';
import { applicationsIn, candidaciesOn } from '#functions/commands/selection.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import type { RoundId, Sha256 } from '#shared/domain/ids.ts';
import { drawSeedOf, ranked } from '#shared/domain/ranking.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { owedScores, scoringTotal } from '#shared/domain/scoring.ts';
import type { Standing } from '#shared/domain/standing.ts';
import type { Records } from '#shared/ports/records.ts';
import { ok, refuse } from '#shared/result.ts';

/**
 * Mean and rank of every application that was scored, and who is invited to an interview by the round file's shortlist.
 * Who stopped earlier stays in the list as it was decided.
 */
export const scoringProposal: Compose = async ({ records }, { round, file }) => {
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
  const remaining = found.reduce((sum, one) => sum + owedScores(one, file.raters), 0);
  if (remaining > 0) return refuse({ kind: 'unfinished-work', remaining });

  const drawSeed = await drawSeedIn(records, roundId);
  const standings = [
    ...before.filter(({ outcome }) => outcome === 'stops'),
    ...found.filter(({ withdrawnAt }) => withdrawnAt).map(withdrawn),
    ...shortlist(found, { file, roundId, drawSeed }),
  ];
  return ok({ roundId, stage, drawSeed, standings });
};

type Basis = { file: RoundFile; roundId: RoundId; drawSeed: Sha256 };

const shortlist = (found: readonly Candidacy[], { file, roundId, drawSeed }: Basis): Standing[] => {
  const contenders = found.flatMap((one) => {
    const total = one.withdrawnAt ? undefined : scoringTotal(one);
    return total === undefined ? [] : [{ ...one, total }];
  });
  const { minimumPoints, atMost = Infinity } = file.shortlist;
  const rule = { roundId, order: file.ties.order, drawSeed };
  return ranked(contenders, rule).map(({ applicationId, number, total }, index) => {
    const rank = index + 1;
    const reasons = [
      ...(total < minimumPoints ? ['below-minimum'] : []),
      ...(total >= minimumPoints && rank > atMost ? ['beyond-limit'] : []),
    ];
    const outcome = reasons.length === 0 ? 'goes-on' : 'stops';
    return { applicationId, number, outcome, reasons, scoring: total, total, rank };
  });
};

const withdrawn = ({ applicationId, number }: Candidacy): Standing => ({
  applicationId,
  number,
  outcome: 'stops',
  reasons: ['withdrawn'],
});

const drawSeedIn = async (records: Pick<Records, 'list'>, roundId: RoundId): Promise<Sha256> =>
  drawSeedOf(
    (await applicationsIn(records, roundId)).flatMap(({ state }) =>
      state.stage !== 'draft' && state.receipt ? [state.receipt] : [],
    ),
  );
