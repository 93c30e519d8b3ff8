import type { OpenRow, Statement } from '#shared/bundle/format.ts';
import type { RoundRules } from '#shared/bundle/rules.ts';
import { smallestGroup } from '#shared/bundle/sealing.ts';
import { ratedCriteria } from '#shared/domain/rubric.ts';

/**
 * Rows that keep back what all others show. Ratings of a part are shown for everybody or for nobody, and for everybody from five
 * applications on; left out of that are what a claim corrected, and whoever withdrew during the offers. Marks of another organisation are
 * withheld of everybody or of nobody, and of nobody from five applications on.
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
  const withheld = rows.filter(({ scoring }) => scoring?.marksWithheld);
  const marked = rows.filter(({ scoring }, place) => scoring && !scoring.corrected && !left.has(place));
  const isShownMark = marked.length >= smallestGroup || rows.some(({ scoring }) => scoring?.marks);
  return new Set([
    ...(isShownMark ? withheld : []),
    ...keepingBack('scoring', rubric.criteria),
    ...keepingBack('interview', interviews.criteria),
  ]);
};
