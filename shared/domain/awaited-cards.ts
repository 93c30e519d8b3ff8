import * as z from 'zod';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import type { Committee } from '#shared/domain/committee.ts';
import { DocumentRef } from '#shared/domain/document.ts';
import type { HeldRecord } from '#shared/domain/held-interview.ts';
import { ApplicationId, PersonId } from '#shared/domain/ids.ts';
import { scorecardsLacking, standingScorecards } from '#shared/domain/interview.ts';
import { freePanelists, type Panel } from '#shared/domain/panel.ts';
import { mayBeAsked, type RaterPlan } from '#shared/domain/raters.ts';
import { owedScores, type RaterRule, scoreBy } from '#shared/domain/scoring.ts';
import type { Station } from '#shared/domain/station.ts';

/*
 * Cards are given apart from each other: nobody reads the others', and an application is not discussed, before all of them are in.
 */

/** What an application still waits for: how many cards, and who is asked for one. Fewer are, where somebody is still to be found. */
export const AwaitedCards = z.object({
  applicationId: ApplicationId,
  count: z.int().min(1),
  people: z.array(PersonId),
});
export type AwaitedCards = z.infer<typeof AwaitedCards>;

/** That whoever is in the chair has an application discussed all the same: why, and what was awaited then. */
export const Despite = z.object({ reason: DocumentRef, awaited: z.array(AwaitedCards).min(1) });
export type Despite = z.infer<typeof Despite>;

/** The scores that an application waits for: of its raters who have given none and can, and of those who are to be found in others' places. */
export const awaitedScores = (
  candidacy: Candidacy,
  plan: Pick<RaterPlan, 'members' | 'guests' | 'inConflict'>,
  rule: RaterRule,
): AwaitedCards | undefined => {
  const { applicationId, raters } = candidacy;
  const people = raters.filter(
    (rater) => !scoreBy(candidacy, rater) && mayBeAsked(plan, rater, applicationId),
  );
  return awaited({ applicationId, count: owedScores(candidacy, rule), people });
};

/** A station of an interview and who holds it; the whole committee where it is nobody in particular. */
type Held = { station: Pick<Station, 'code' | 'scorecards'>; panel: Panel | undefined };

/** The scorecards that an interview with a time waits for, also before it is held; none where nobody came. */
export const awaitedScorecards = (
  held: Pick<HeldRecord, 'applicationId' | 'scorecards' | 'missedInterview'>,
  committee: Committee,
  stations: readonly Held[],
): AwaitedCards | undefined => {
  const { applicationId } = held;
  if (held.missedInterview) return undefined;
  const lacking = stations.map((one) => lackingAt(held, committee, one));
  const people = [...new Set(lacking.flatMap((one) => one.people))];
  return awaited({ applicationId, count: lacking.reduce((sum, { count }) => sum + count, 0), people });
};

/** How many scorecards one station still lacks, and who of its panel can give one: nobody where it lacks none. */
export const lackingAt = (
  held: Pick<HeldRecord, 'applicationId' | 'scorecards'>,
  committee: Committee,
  { station, panel }: Held,
): Pick<AwaitedCards, 'count' | 'people'> => {
  const count = scorecardsLacking(held, { committee, panel }, station);
  const given = new Set(
    standingScorecards(held, committee).flatMap((card) =>
      card.station === station.code ? [card.raterId] : [],
    ),
  );
  const free = count > 0 ? freePanelists(panel, committee, held.applicationId) : [];
  return { count, people: free.filter((id) => !given.has(id)) };
};

const awaited = (cards: AwaitedCards): AwaitedCards | undefined => (cards.count > 0 ? cards : undefined);
