import type { CommandDeps } from '#functions/commands/deps.ts';
import { decidedList } from '#functions/commands/proposals/proposal.ts';
import { candidaciesOn } from '#functions/commands/selection.ts';
import type { Workplace } from '#functions/commands/workplace.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { inConflict, votersOf } from '#shared/domain/committee.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Role } from '#shared/domain/role.ts';
import type { Round } from '#shared/domain/round.ts';
import { scoreBy, scoresSeenBy } from '#shared/domain/scoring.ts';
import { type CardStage, gatedStages, type Stage } from '#shared/domain/stage.ts';
import type { StandingList } from '#shared/domain/standing.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** Whether the reader has the cards of own applications alone: a chair votes, and may be asked for any other while the stage goes on. */
export const hasOwnAlone = (role: Role, stage: Stage, part: CardStage = 'scoring'): boolean =>
  role === 'chair' && stage === part;

/** Everybody who was admitted to scoring, and those of them whose cards the reader may have. */
export type InReach = { everyone: Candidacy[]; all: Candidacy[] };

type Reading = Pick<Workplace, 'by' | 'round' | 'committee'>;

/** The same for whoever may see some: a member those of applications that they scored themselves, an auditor none while scoring goes on. */
export const scoresInReach = async (
  { records }: Pick<CommandDeps, 'records'>,
  { by, round: { state }, committee }: Reading,
): Promise<Result<InReach, Refusal>> => {
  const isOver = state.stage !== 'scoring';
  const everyone = await admittedIn(records, state);
  const open = openAmong(everyone, { by, committee });
  const owed = isOver ? 0 : owedBy(open, by.id, committee ? votersOf(committee.state) : []);
  if (owed > 0) return refuse({ kind: 'unfinished-work', remaining: owed, of: 'scores' });
  if (by.role === 'auditor' && !isOver) return ok({ everyone, all: [] });
  const hasOwn = by.role === 'member' || hasOwnAlone(by.role, state.stage);
  return ok({ everyone, all: hasOwn ? open.filter((one) => scoresSeenBy(one, by.id).others) : open });
};

/** Those who have not withdrawn and with whom the reader has no conflict of interest. */
export const openAmong = (
  everyone: readonly Candidacy[],
  { by, committee }: Pick<Workplace, 'by' | 'committee'>,
): Candidacy[] =>
  everyone.filter(
    ({ applicationId, withdrawnAt }) =>
      withdrawnAt === undefined && !inConflict(committee?.state, by.id, applicationId),
  );

/** Everybody whom a committee admitted to scoring. */
export const admittedIn = async (
  records: Pick<CommandDeps['records'], 'blob' | 'find'>,
  round: Round,
): Promise<Candidacy[]> => {
  const screened = await decidedList(records, round, 'screening');
  const goingOn = (screened?.standings ?? []).filter(({ outcome }) => outcome === 'goes-on');
  return [...(await candidaciesOn(records, goingOn)).values()];
};

const owedBy = (all: readonly Candidacy[], rater: PersonId, voters: readonly PersonId[]): number =>
  voters.includes(rater) ? all.filter((one) => one.raters.includes(rater) && !scoreBy(one, rater)).length : 0;

/** The ranking as it lies on the table, or as it was decided last. */
export const rankingOf = async (
  { records }: Pick<CommandDeps, 'records'>,
  { round, gate }: Workplace,
): Promise<StandingList | undefined> => {
  const { state } = round;
  const stages = gatedStages.toReversed();
  const decided = stages.find((stage) => 'decisions' in state && state.decisions[stage] !== undefined);
  if (gate?.state.proposal)
    return await decidedList(
      records,
      { decisions: { [gate.state.stage]: gate.state.proposal } },
      gate.state.stage,
    );
  return decided && (await decidedList(records, state, decided));
};
