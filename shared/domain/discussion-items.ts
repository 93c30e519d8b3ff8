import type { Candidacy } from '#shared/domain/candidacy.ts';
import type { DiscussedItem } from '#shared/domain/discussion.ts';
import type { Standing, StandingList } from '#shared/domain/standing.ts';

/** An application that could be talked about; `suggested`: the committee will hardly decide without talking about it. */
export type Discussable = DiscussedItem & { suggested: boolean };

/** How many ranks on each side of the line are suggested. */
export const besideLine = 5;

/**
 * Of a list that lies on the table: where ranks decide, the places on both sides of the line; where rules do, who stops by one of them;
 * and each departure from what was proposed.
 */
export const discussableOf = ({ standings, departures = [] }: StandingList): Discussable[] => {
  const departed = new Set(departures.map(({ applicationId }) => applicationId));
  const ranked = standings.filter(({ rank }) => rank !== undefined);
  const line = ranked.findLastIndex(({ outcome }) => outcome === 'goes-on');
  const near = new Set(ranked.slice(Math.max(0, line + 1 - besideLine), line + 1 + besideLine));
  const isSuggested = (standing: Standing): boolean =>
    departed.has(standing.applicationId) || (ranked.length > 0 ? near.has(standing) : isStopped(standing));
  return standings.map((standing) => {
    const { applicationId, number } = standing;
    return { applicationId, number, suggested: isSuggested(standing) };
  });
};

const isStopped = ({ outcome, reasons }: Standing): boolean =>
  outcome === 'stops' && !reasons.includes('withdrawn');

/** While nothing lies on the table: what screening left to people and nobody has judged, or a second person has not confirmed. */
export const discussableIn = (candidacies: readonly Candidacy[]): Discussable[] =>
  candidacies.flatMap(({ applicationId, number, withdrawnAt, screened, judgement }) =>
    withdrawnAt === undefined
      ? [
          {
            applicationId,
            number,
            suggested: judgement ? judgement.awaits === 'second' : screened.proposal === 'unclear',
          },
        ]
      : [],
  );
