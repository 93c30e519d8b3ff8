import type { CommandDeps } from '#functions/commands/deps.ts';
import { discussedIn, discussedOwed } from '#functions/commands/discussed.ts';
import { owedInterviewsIn } from '#functions/commands/owed-interview-reading.ts';
import { goingOn } from '#functions/commands/selection.ts';
import type { GivenType } from '#shared/domain/after-cards.ts';
import type { DiscussedSince } from '#shared/domain/after-discussion.ts';
import type { Candidacy, Score } from '#shared/domain/candidacy.ts';
import { committeeAggregate } from '#shared/domain/committee.ts';
import { countedInterviews } from '#shared/domain/counted-interviews.ts';
import type { OwedInterview } from '#shared/domain/owed-interview.ts';
import type { Round } from '#shared/domain/round.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { countedScores } from '#shared/domain/scoring.ts';
import type { CardStage } from '#shared/domain/stage.ts';

type Records = CommandDeps['records'];

/** Cards of one application that count and are kept together, with from when they were discussed. */
type KeptCards = { type: GivenType; cards: readonly Score[]; since: DiscussedSince; owed?: true };

/** The cards of one part of a round that count. */
type CardReader = {
  /** Where there are none, nothing. */
  cardsOf: (candidacy: Candidacy) => Promise<KeptCards[]>;
  /** Whether an application is one of those that are judged in this part. */
  takesPart: (candidacy: Candidacy) => boolean;
  /** Who judged in interviews that were owed, which candidacies do not tell. */
  beside: readonly Pick<Candidacy, 'raters' | 'scores' | 'scorecards'>[];
};

export const cardReader = async (records: Records, round: Round, part: CardStage): Promise<CardReader> =>
  await (part === 'scoring' ? scoresIn : interviewsIn)(records, round);

const scoresIn = async (records: Records, round: Round): Promise<CardReader> => {
  const since = await discussedIn(records, round, 'scoring');
  return {
    cardsOf: async (one) => some({ type: 'score-given', cards: countedScores(one), since }),
    takesPart: () => true,
    beside: [],
  };
};

/** Of the stage, and of those that were owed and are in the results. */
const interviewsIn = async (records: Records, round: Round): Promise<CardReader> => {
  const [history, committee, owed, since, invited] = await Promise.all([
    records.history(roundAggregate.name, round.id),
    records.history(committeeAggregate.name, round.id),
    owedInterviewsIn(records, round.id),
    discussedIn(records, round, 'interviews'),
    goingOn(records, round, 'scoring'),
  ]);
  const counted = countedInterviews({ history, committee });
  const owedTo = new Map(owed.map(({ state }) => [state.applicationId, state]));
  return {
    cardsOf: async (one) => [
      ...some({ type: 'scorecard-given', cards: counted.inStage(one), since }),
      ...(await afterwards(records, round, owedTo.get(one.applicationId), counted.owed)),
    ],
    takesPart: ({ applicationId }) => invited.has(applicationId),
    beside: owed.map(({ state }) => ({ raters: [], scores: [], scorecards: state.scorecards })),
  };
};

const afterwards = async (
  records: Records,
  round: Round,
  owed: OwedInterview | undefined,
  counted: (owed: OwedInterview) => readonly Score[],
): Promise<KeptCards[]> => {
  const cards = owed ? counted(owed) : [];
  if (!owed || cards.length === 0) return [];
  return [{ type: 'scorecard-given', cards, since: await discussedOwed(records, round, owed), owed: true }];
};

const some = (kept: KeptCards): KeptCards[] => (kept.cards.length > 0 ? [kept] : []);
