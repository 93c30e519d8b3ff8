import { commentsOf } from '#functions/commands/card-texts.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import type { Candidacy, Score } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { committeeAggregate } from '#shared/domain/committee.ts';
import { countedInterviews, decidedIn } from '#shared/domain/counted-interviews.ts';
import type { RubricCriterion } from '#shared/domain/criterion.ts';
import type { ApplicationId } from '#shared/domain/ids.ts';
import { owedInterviewAggregate } from '#shared/domain/owed-interview.ts';
import { isTold } from '#shared/domain/publication.ts';
import { stateAt } from '#shared/domain/replay.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { meanPoints, type Points } from '#shared/domain/rubric.ts';
import { countedScores } from '#shared/domain/scoring.ts';
import type { GatedStage } from '#shared/domain/stage.ts';
import type { Instant } from '#shared/domain/time.ts';

type Deps = Pick<CommandDeps, 'records'>;

/** Mean points at one criterion; once a claim or a correction changed them, what they were and what changed them. */
export type OwnPoints = {
  part: 'scoring' | 'interview';
  code: string;
  mean: number;
  was?: number;
  changed?: { by: 'claim' | 'correction'; at: Instant };
};

export type OwnComment = { part: 'scoring' | 'interview'; text: string };

/** What an application was given in the parts that its applicant was told of, and what those who judged say to them. */
export const ownPoints = async (
  deps: Deps,
  round: Round,
  own: { id: ApplicationId; file: RoundFile; marks: Points },
): Promise<{ points: OwnPoints[]; comments: OwnComment[] }> => {
  const parts = await partsOf(deps, round, own);
  return {
    points: parts.flatMap(({ part, criteria, cards, marks }) =>
      [...meanPoints(criteria, [...cards, { points: marks }])].map(([code, mean]) => ({ part, code, mean })),
    ),
    comments: (await Promise.all(parts.map((one) => saidIn(deps, one)))).flat(),
  };
};

type Part = {
  part: OwnPoints['part'];
  criteria: readonly RubricCriterion[];
  /** What counted when the committee decided: a conflict that was declared since takes no card out of a total. */
  cards: readonly Score[];
  /** Given once, for everybody, by another organisation. */
  marks: Points;
};

const partsOf = async (
  { records }: Deps,
  round: Round,
  { id, file, marks }: { id: ApplicationId; file: RoundFile; marks: Points },
): Promise<Part[]> => {
  const [hasScoring, hasInterview] = [isTold(round, 'scoring'), isTold(round, 'interviews')];
  if (!hasScoring) return [];
  const [own, committee, decisions] = await Promise.all([
    records.history(candidacyAggregate.name, id),
    records.history(committeeAggregate.name, round.id),
    records.history(roundAggregate.name, round.id),
  ]);
  const decidedAt = decidedIn(decisions);
  const candidacyAt = (stage: GatedStage): Candidacy | undefined => {
    const moment = decidedAt.get(stage);
    if (!moment) throw new Error(`Nothing was decided in ${stage}.`);
    return stateAt(candidacyAggregate, own, moment);
  };
  const scored = candidacyAt('scoring');
  const interviewed = hasInterview ? candidacyAt('interviews') : undefined;
  const scoring = { part: 'scoring' as const, criteria: file.rubric.criteria, marks };
  const interview = { part: 'interview' as const, criteria: file.interviews.criteria, marks: {} };
  const given = scored ? [{ ...scoring, cards: countedScores(scored) }] : [];
  if (!interviewed) return given;
  const counted = countedInterviews({ history: decisions, committee });
  const owed = (await records.find(owedInterviewAggregate, id))?.state;
  return [...given, { ...interview, cards: [...counted.inStage(interviewed), ...counted.owed(owed)] }];
};

const digestOf = ({ comments }: Score): string => comments?.applicant?.digest ?? '';

/** In an order that says nothing of who was asked first. */
const saidIn = async ({ records }: Deps, { part, cards }: Part): Promise<OwnComment[]> => {
  const sorted = cards.toSorted((a, b) => (digestOf(a) < digestOf(b) ? -1 : 1));
  const said = await Promise.all(sorted.map((card) => commentsOf(records, card)));
  return said.flatMap(({ applicant: text }) => (text === '' ? [] : [{ part, text }]));
};
