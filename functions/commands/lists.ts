import * as z from 'zod';
import { type ScreeningView, screeningView } from '#functions/commands/candidate-views.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { marksBasis } from '#functions/commands/marks-basis.ts';
import { decidedList } from '#functions/commands/proposals/proposal.ts';
import { candidaciesOn } from '#functions/commands/selection.ts';
import { wallIn } from '#functions/commands/walls.ts';
import { type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { inConflict, votersOf } from '#shared/domain/committee.ts';
import type { ApplicationNumber, PersonId, RoundId } from '#shared/domain/ids.ts';
import { raterCodes, raterSecret } from '#shared/domain/rater-code.ts';
import type { Role } from '#shared/domain/role.ts';
import type { Round } from '#shared/domain/round.ts';
import type { Points } from '#shared/domain/rubric.ts';
import { countedScores, scoreBy, scoresSeenBy } from '#shared/domain/scoring.ts';
import { gatedStages, type Stage } from '#shared/domain/stage.ts';
import type { StandingList } from '#shared/domain/standing.ts';
import { type SeenList, seenList } from '#shared/domain/walls.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** What a committee compares outside the pages; by application number, without anything that names a person. */
export const ListName = z.enum(['applications', 'scores', 'ranking']);
export type ListName = z.infer<typeof ListName>;

/** What one rater gave; raters by code (`raterCodes`). */
export type CodedScore = { rater: string; points: Points; total: number };

export type ScoreTable = {
  /** R1, R2, …: the same person for every reader; another rater who joins may move them. */
  raters: readonly string[];
  /** Of those that everybody was to score. */
  anchors: ReadonlySet<ApplicationNumber>;
  applications: readonly {
    number: ApplicationNumber;
    scores: readonly CodedScore[];
    marks: Points | undefined;
  }[];
};

export type RoundList =
  | { name: 'applications'; place: Workplace; screening: ScreeningView }
  | { name: 'scores'; place: Workplace; table: ScoreTable }
  | { name: 'ranking'; place: Workplace; list: SeenList };

type Deps = Pick<CommandDeps, 'records' | 'readLog' | 'clock' | 'chance'>;

/**
 * One list of a round, to be taken away as a file. That it was asked for is noted first. An application with which the reader has a
 * conflict of interest is not in it; in the ranking, which is as it lies on the table or was decided last, its place says so.
 */
export const roundList = async (
  deps: Deps,
  command: CommitteeCommand & { name: ListName },
): Promise<Result<RoundList, Refusal>> => {
  const found = await workplace(deps, command, 'lists.export');
  if (!found.ok) return found;
  const place = found.value;
  const list = await listOf(deps, command, place);
  if (!list.ok) return list;
  const owner = `round#${command.roundId}`;
  await deps.readLog.add({ reader: place.by, owner, what: 'list', at: deps.clock.now() });
  return list;
};

const listOf = async (
  deps: Deps,
  command: CommitteeCommand & { name: ListName },
  place: Workplace,
): Promise<Result<RoundList, Refusal>> => {
  const { name } = command;
  if (name === 'applications') {
    const screening = await screeningView(deps, command);
    return screening.ok ? ok({ name, place, screening: screening.value }) : screening;
  }
  if (name === 'scores') {
    const table = await scoreTable(deps, place);
    return table.ok ? ok({ name, place, table: table.value }) : table;
  }
  const list = await rankingOf(deps, place);
  return list ? ok({ name, place, list: seenList(list, wallIn(place)) }) : refuse({ kind: 'no-proposal' });
};

/**
 * Everybody's scores, for who runs the committee, and for an auditor once scoring is over. Whoever still owes a score is not told what
 * others gave, nor a chair of what they may still be asked to score (`readableScores`).
 */
export const scoreTable = async (
  { records, chance }: Pick<CommandDeps, 'records' | 'chance'>,
  { by, round, file, committee }: Workplace,
): Promise<Result<ScoreTable, Refusal>> => {
  const readable = await readableScores({ records }, { by, round, committee });
  if (!readable.ok) return readable;
  const { everyone, all } = readable.value;
  const { state } = round;
  const { marksOf } = await marksBasis(records, { roundId: state.id, file });
  const codes = await codesOf({ records, chance }, state.id, everyone);
  const seen = new Set(all.flatMap((one) => countedScores(one).map(({ raterId }) => raterId)));
  const drawn = new Set('raters' in state ? state.raters?.anchors : undefined);
  return ok({
    anchors: new Set(all.flatMap(({ applicationId, number }) => (drawn.has(applicationId) ? [number] : []))),
    raters: [...codes].flatMap(([rater, code]) => (seen.has(rater) ? [code] : [])),
    applications: all.map((one) => ({
      number: one.number,
      marks: marksOf(one),
      scores: countedScores(one)
        .map(({ raterId, points, total }) => ({ rater: codes.get(raterId) ?? '', points, total }))
        .toSorted((a, b) => Number(a.rater.slice(1)) - Number(b.rater.slice(1))),
    })),
  });
};

/** Whether the reader has the scores of own applications alone: a chair votes, and may be asked for any other while scoring goes on. */
export const hasOwnAlone = (role: Role, stage: Stage): boolean => role === 'chair' && stage === 'scoring';

/**
 * Whose scores the reader may have, of all who were admitted to scoring. Scores are given without having seen the others': of a chair,
 * while scoring goes on, only where their own is in and counts among those that were asked for.
 */
export const readableScores = async (
  { records }: Pick<CommandDeps, 'records'>,
  { by, round: { state }, committee }: Pick<Workplace, 'by' | 'round' | 'committee'>,
): Promise<Result<{ everyone: Candidacy[]; all: Candidacy[] }, Refusal>> => {
  const isOver = state.stage !== 'scoring';
  if (by.role === 'member' || (by.role === 'auditor' && !isOver)) return refuse({ kind: 'not-allowed' });
  const everyone = await admittedIn(records, state);
  const open = everyone.filter(
    ({ applicationId, withdrawnAt }) =>
      withdrawnAt === undefined && !inConflict(committee?.state, by.id, applicationId),
  );
  const owed = isOver ? 0 : owedBy(open, by.id, committee ? votersOf(committee.state) : []);
  if (owed > 0) return refuse({ kind: 'unfinished-work', remaining: owed });
  const all = hasOwnAlone(by.role, state.stage)
    ? open.filter((one) => scoresSeenBy(one, by.id).others)
    : open;
  return ok({ everyone, all });
};

/** The codes of all who rate or interview in a round. @param everyone all who were admitted to scoring */
export const codesOf = async (
  { records, chance }: Pick<CommandDeps, 'records' | 'chance'>,
  roundId: RoundId,
  everyone: readonly Candidacy[],
): Promise<Map<PersonId, string>> => {
  const secret = await records.secret(raterSecret(roundId), chance.token(32));
  return raterCodes(secret, everyone.flatMap(ratersOf));
};

/** Everybody whom a committee admitted to scoring. */
export const admittedIn = async (
  records: Pick<CommandDeps['records'], 'blob' | 'find'>,
  round: Round,
): Promise<Candidacy[]> => {
  const screened = await decidedList(records, round, 'screening');
  const goingOn = (screened?.standings ?? []).filter(({ outcome }) => outcome === 'goes-on');
  return [...(await candidaciesOn(records, goingOn)).values()];
};

const ratersOf = ({ raters, scores, scorecards }: Candidacy): PersonId[] => [
  ...raters,
  ...[...scores, ...scorecards].map(({ raterId }) => raterId),
];

const owedBy = (all: readonly Candidacy[], rater: PersonId, voters: readonly PersonId[]): number =>
  voters.includes(rater) ? all.filter((one) => one.raters.includes(rater) && !scoreBy(one, rater)).length : 0;

const rankingOf = async (
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
