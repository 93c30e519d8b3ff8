import type { Candidacy, CandidacyEvent } from '#shared/domain/candidacy.ts';
import type { GuestItems } from '#shared/domain/guest.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import type { ApplicationId, PersonId, RoundId, Sha256 } from '#shared/domain/ids.ts';
import { scoreBy } from '#shared/domain/scoring.ts';
import type { Instant } from '#shared/domain/time.ts';

/** An application that needs raters, those it has already, and how many it wants in all. */
export type Rated = {
  applicationId: ApplicationId;
  raters: readonly PersonId[];
  /** Who handed it back: asked once is enough. */
  declined?: readonly PersonId[];
  wanted: number;
};

export type GuestRater = { personId: PersonId; items: GuestItems };

export type RaterPlan = {
  /** Everyone of the own panel who may be asked. */
  members: readonly PersonId[];
  inConflict: (member: PersonId, application: ApplicationId) => boolean;
  /** Raters of other regions, who link this panel with others. They come before members where raters are still wanted, else beside them. */
  guests: readonly GuestRater[];
  /** From which everything that is equal is decided, so that the same record gives the same raters. */
  seed: Sha256;
};

export type RaterOutcome = {
  /** New raters for each application that gets any. */
  added: ReadonlyMap<ApplicationId, PersonId[]>;
  /** Applications for which too few raters without a conflict are left. */
  short: ApplicationId[];
};

/** The seed of a round's raters: nobody knew it before the committee decided on the screening. */
export const raterSeed = (roundId: RoundId, screeningDecision: Sha256): Sha256 =>
  sha256Of(`${roundId}${screeningDecision}`);

/**
 * Finds raters for applications so that members carry equal loads: the applications with the fewest members to choose
 * from come first, each takes the members with the least work, and what is equal goes by the seed. Raters who are there
 * already stay and count as their members' work. Guests are asked first, for the applications that link this panel with others.
 */
export const findRaters = (all: readonly Rated[], plan: RaterPlan): RaterOutcome => {
  const links = guestLinks(all, plan);
  const rated = all.map((one) => ({
    ...one,
    raters: [...one.raters, ...(links.get(one.applicationId) ?? [])],
  }));
  const load = new Map(plan.members.map((member) => [member, 0]));
  for (const member of rated.flatMap(({ raters }) => raters)) load.set(member, (load.get(member) ?? 0) + 1);
  const added = new Map(links);
  const short: ApplicationId[] = [];
  for (const { applicationId, wanted, eligible } of inOrder(rated, plan)) {
    const chosen = leastLoaded(eligible, load, plan.seed + applicationId).slice(0, wanted);
    if (chosen.length > 0) added.set(applicationId, [...(links.get(applicationId) ?? []), ...chosen]);
    if (chosen.length < wanted) short.push(applicationId);
    for (const member of chosen) load.set(member, (load.get(member) ?? 0) + 1);
  }
  return { added, short };
};

/**
 * The applications that guests score besides those that they have: what was named for them, or as many as they agreed to of a lot that is
 * the same for all, those first that no guest has (ANCHORS 5.5: of the linked sample each has a rater from elsewhere).
 */
export const guestLinks = (
  rated: readonly Rated[],
  { guests, inConflict, seed }: RaterPlan,
): Map<ApplicationId, PersonId[]> => {
  const links = new Map<ApplicationId, PersonId[]>();
  const everyGuest = new Set(guests.map(({ personId }) => personId));
  const ratersOf = ({ applicationId, raters }: Rated): PersonId[] => [
    ...raters,
    ...(links.get(applicationId) ?? []),
  ];
  const guestsAt = (one: Rated): number => ratersOf(one).filter((rater) => everyGuest.has(rater)).length;
  for (const { personId, items } of guests) {
    const has = rated.filter(({ raters }) => raters.includes(personId)).length;
    const free = rated
      .filter(
        ({ applicationId, raters, declined = [] }) =>
          !raters.includes(personId) && !declined.includes(personId) && !inConflict(personId, applicationId),
      )
      .map((one) => ({ one, guests: guestsAt(one), lot: sha256Of(`${seed}guest${one.applicationId}`) }))
      .toSorted((a, b) => a.guests - b.guests || (a.lot < b.lot ? -1 : 1));
    const chosen =
      items.kind === 'named'
        ? free.filter(({ one }) => items.applications.includes(one.applicationId))
        : free.slice(0, Math.max(0, items.atMost - has));
    for (const { one } of chosen)
      links.set(one.applicationId, [...(links.get(one.applicationId) ?? []), personId]);
  }
  return links;
};

type Wanting = { applicationId: ApplicationId; wanted: number; eligible: PersonId[]; lot: Sha256 };

const inOrder = (rated: readonly Rated[], plan: RaterPlan): Wanting[] =>
  rated
    .flatMap(({ applicationId, raters, declined = [], wanted: all }): Wanting[] => {
      const wanted = all - raters.length;
      if (wanted <= 0) return [];
      const eligible = plan.members.filter(
        (member) =>
          !raters.includes(member) && !declined.includes(member) && !plan.inConflict(member, applicationId),
      );
      return [{ applicationId, wanted, eligible, lot: sha256Of(plan.seed + applicationId) }];
    })
    .toSorted((a, b) => a.eligible.length - b.eligible.length || (a.lot < b.lot ? -1 : 1));

const leastLoaded = (
  members: readonly PersonId[],
  load: ReadonlyMap<PersonId, number>,
  seed: string,
): PersonId[] =>
  members
    .map((member) => ({ member, carried: load.get(member) ?? 0, lot: sha256Of(seed + member) }))
    .toSorted((a, b) => a.carried - b.carried || (a.lot < b.lot ? -1 : 1))
    .map(({ member }) => member);

/** Raters of an application who cannot give the score that they owe. */
export const unableRaters = (candidacy: Candidacy, able: (rater: PersonId) => boolean): PersonId[] =>
  candidacy.raters.filter((rater) => !able(rater) && !scoreBy(candidacy, rater));

/**
 * Takes raters off an application and puts others in their place, as far as there are any; further ones fill up what was
 * open before.
 */
export const handOver = (
  { raters }: Candidacy,
  { off, on }: { off: readonly PersonId[]; on: readonly PersonId[] },
  now: Instant,
): CandidacyEvent[] => {
  const replaced = off.map((rater, index): CandidacyEvent => {
    const by = on[index];
    return { type: 'rater-replaced', at: now, rater, ...(by && { by }) };
  });
  const further = on.slice(off.length);
  if (further.length === 0) return replaced;
  const kept = raters.filter((rater) => !off.includes(rater));
  return [...replaced, { type: 'raters-assigned', at: now, raters: [...kept, ...on] }];
};
