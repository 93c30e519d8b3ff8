import { commentsOf, typedIn } from '#functions/commands/card-texts.ts';
import type { CardMarks } from '#functions/commands/discussed.ts';
import type { Score } from '#shared/domain/candidacy.ts';
import { type Comments, type FilledCard, filledOf, type OwnCards, versionOf } from '#shared/domain/card.ts';
import type { Records } from '#shared/ports/records.ts';

/** The own card as it is filled in again. */
export type OwnCard = {
  /** What stands: the draft, or the card that was given; undefined before anything was saved. */
  filled: FilledCard | undefined;
  /** It was saved and is not given yet. */
  isDraft: boolean;
  /** The version that a save is based on. */
  version: number;
};

export const ownCard = async (records: Pick<Records, 'document'>, own: OwnCards): Promise<OwnCard> => {
  const typed = await typedIn(records, own);
  const given = own.given && filledOf(own.given, typed.given);
  return { filled: typed.draft ?? given, isDraft: own.draft !== undefined, version: versionOf(own) };
};

/** A colleague's card, without who gave it. */
export type OthersCard = Pick<Score, 'station' | 'points' | 'total' | 'at' | 'counts' | 'abstained'> &
  CardMarks & { comments: Comments };

export const othersCards = async (
  records: Pick<Records, 'document'>,
  others: readonly Score[],
  marks: ReadonlyMap<Score, CardMarks>,
): Promise<OthersCard[]> =>
  await Promise.all(
    others.map(async (score) => ({
      ...(score.station !== undefined && { station: score.station }),
      points: score.points,
      total: score.total,
      at: score.at,
      ...(score.counts === false && { counts: score.counts }),
      ...(score.abstained && { abstained: score.abstained }),
      comments: await commentsOf(records, score),
      ...marks.get(score),
    })),
  );
