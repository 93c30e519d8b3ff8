import { type Compose, candidacies } from '#functions/commands/proposals/proposal.ts';
import { unscreened } from '#functions/commands/screening-preparation.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { refusalReasons, verdictOf } from '#shared/domain/screening.ts';
import type { Standing } from '#shared/domain/standing.ts';
import { ok, refuse } from '#shared/result.ts';

/** Who is admitted and who is not, and by which rules. Every submitted application is in it, so nobody is left out unseen. */
export const screeningProposal: Compose = async ({ records }, { round, file }) => {
  const { id: roundId, stage } = round.state;
  const all = await candidacies(records, roundId);
  const unjudged = all.filter((one) => !one.withdrawnAt && verdictOf(one) === undefined).length;
  const remaining = unjudged + (await unscreened(records, roundId));
  if (remaining > 0) return refuse({ kind: 'unfinished-work', remaining });
  return ok({ roundId, stage, standings: all.map((one) => standingOf(one, file)) });
};

const standingOf = (candidacy: Candidacy, file: RoundFile): Standing => {
  const { applicationId, number, withdrawnAt } = candidacy;
  if (withdrawnAt) return { applicationId, number, outcome: 'stops', reasons: ['withdrawn'] };
  const admitted = verdictOf(candidacy) === 'admitted';
  return {
    applicationId,
    number,
    outcome: admitted ? 'goes-on' : 'stops',
    reasons: admitted ? [] : refusalReasons(candidacy, file),
  };
};
