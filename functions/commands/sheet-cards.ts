import { commentsOf } from '#functions/commands/card-texts.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { markedCards } from '#functions/commands/discussed.ts';
import type { GivenType } from '#shared/domain/after-cards.ts';
import type { DiscussedSince } from '#shared/domain/after-discussion.ts';
import type { Candidacy, Score } from '#shared/domain/candidacy.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { SheetCard } from '#shared/papers/evaluation-sheets.ts';

type Reads = Pick<CommandDeps, 'records'>;
export type Naming = (rater: PersonId) => string;

type Given = { type: GivenType; cards: readonly Score[]; owed?: true };

/** In the order of codes or names, which says nothing of who was asked first. */
export const cardsOf = async (
  { records }: Reads,
  { applicationId }: Candidacy,
  { nameOf, since, ...of }: Given & { nameOf: Naming; since: DiscussedSince },
): Promise<SheetCard[]> => {
  const marks = await markedCards(records, since, { applicationId, ...of });
  const sheetCards = await Promise.all(
    of.cards.map(async (score) => ({
      ...(await cardIn(records, score, nameOf(score.raterId))),
      ...marks.get(score),
    })),
  );
  return sheetCards.toSorted((a, b) => a.rater.localeCompare(b.rater, 'kk', { numeric: true }));
};

const cardIn = async (records: Reads['records'], score: Score, rater: string): Promise<SheetCard> => {
  const { committee: comment } = await commentsOf(records, score);
  const { points, station, total, counts } = score;
  const at = station === undefined ? {} : { station };
  return { rater, ...at, points, total, ...(counts === false && { counts }), ...(comment && { comment }) };
};
