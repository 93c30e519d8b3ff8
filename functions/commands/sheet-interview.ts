import type { CommandDeps } from '#functions/commands/deps.ts';
import { discussedIn, discussedOwed } from '#functions/commands/discussed.ts';
import { owedInterviewsIn } from '#functions/commands/owed-interview-reading.ts';
import { cardsOf, type Naming } from '#functions/commands/sheet-cards.ts';
import type { Workplace } from '#functions/commands/workplace.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { committeeAggregate } from '#shared/domain/committee.ts';
import { countedInterviews } from '#shared/domain/counted-interviews.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { standingScorecards } from '#shared/domain/interview.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { isBehind } from '#shared/domain/stage.ts';
import { interviewTotal } from '#shared/domain/station.ts';
import type { SheetCard, SheetPart } from '#shared/papers/evaluation-sheets.ts';

/** What sheets say of the interviews, once these are over. */
export type InterviewSheets = {
  part: (candidacy: Candidacy, nameOf: Naming) => Promise<SheetPart>;
  /** Who judged in interviews that were owed. */
  judges: readonly PersonId[];
};

/** Of the stage all cards that stood when it was decided, those too that judge too little; of an interview that was owed those that made its total. */
export const interviewSheets = async (
  { records }: Pick<CommandDeps, 'records'>,
  { round: { state }, file: { interviews } }: Workplace,
): Promise<InterviewSheets | undefined> => {
  if (!isBehind(state.stage, 'interviews')) return undefined;
  const [history, committee, owed, since] = await Promise.all([
    records.history(roundAggregate.name, state.id),
    records.history(committeeAggregate.name, state.id),
    owedInterviewsIn(records, state.id),
    discussedIn(records, state, 'interviews'),
  ]);
  const counted = countedInterviews({ history, committee });
  const { sitting } = counted;
  const owedTo = new Map(owed.map((one) => [one.state.applicationId, one.state]));
  const afterwards = async (candidacy: Candidacy, nameOf: Naming): Promise<SheetCard[]> => {
    const one = owedTo.get(candidacy.applicationId);
    if (!one?.counted) return [];
    const from = await discussedOwed(records, state, one);
    const cards = counted.owed(one);
    return await cardsOf({ records }, candidacy, {
      type: 'scorecard-given',
      cards,
      nameOf,
      since: from,
      owed: true,
    });
  };
  const part = async (candidacy: Candidacy, nameOf: Naming): Promise<SheetPart> => {
    const { corrected, applicationId } = candidacy;
    const made = [...counted.inStage(candidacy), ...counted.owed(owedTo.get(applicationId))];
    const total = corrected.interview ?? (made.length > 0 ? interviewTotal(made, interviews) : undefined);
    const cards = sitting ? standingScorecards(candidacy, sitting) : [];
    return {
      cards: [
        ...(await cardsOf({ records }, candidacy, { type: 'scorecard-given', cards, nameOf, since })),
        ...(await afterwards(candidacy, nameOf)),
      ],
      ...(total !== undefined && { total }),
      ...(corrected.interview !== undefined && { corrected: true }),
    };
  };
  return { part, judges: owed.flatMap((one) => one.state.scorecards.map(({ raterId }) => raterId)) };
};
