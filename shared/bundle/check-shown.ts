import type { OpenRow, Statement } from '#shared/bundle/format.ts';
import type { RoundRules } from '#shared/bundle/rules.ts';
import { smallestGroup } from '#shared/bundle/sealing.ts';
import { ratedCriteria } from '#shared/domain/rubric.ts';

/**
 * Rows that keep back what all others show. Ratings of a part are shown for everybody or for nobody, and for everybody from five
 * applications on; left out of that are what a claim corrected, and whoever withdrew during the offers.
 */
export const rowsKeepingBack = (
  { rows, offers }: Pick<Statement, 'rows' | 'offers'>,
  { rubric, interviews }: RoundRules,
): ReadonlySet<OpenRow> => {
  const left = new Set(offers?.steps.flatMap((step) => (step.type === 'withdrawn' ? step.seeker : [])));
  const keepingBack = (of: 'scoring' | 'interview', criteria: typeof rubric.criteria): OpenRow[] => {
    if (ratedCriteria(criteria).length === 0) return [];
    const owed = rows.filter((row, place) => row[of] && !row[of].corrected && !left.has(place));
    const isShown = owed.length >= smallestGroup || rows.some((row) => row[of]?.ratings);
    return isShown ? owed.filter((row) => !row[of]?.ratings) : [];
  };
  return new Set([
    ...keepingBack('scoring', rubric.criteria),
    ...keepingBack('interview', interviews.criteria),
  ]);
};
