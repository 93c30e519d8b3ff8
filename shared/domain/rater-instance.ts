import { type AnyInstance, shareBeside } from '#shared/assignment/instance.ts';
import type { ApplicationId, PersonId } from '#shared/domain/ids.ts';
import type { Rated, RaterPlan } from '#shared/domain/raters.ts';

/** The two panels of a round: its own committee, and everybody of other regions. */
const panels = { own: 'committee', elsewhere: 'guests' } as const;

/** Most ratings of one application that an instance can ask for. */
const mostRatings = 100;

type Pairs = [string, string][];
type Given = { all: readonly Rated[]; plan: RaterPlan };

/**
 * A round as an instance of `shared/assignment`, which anybody can solve again with `npm run assign`: who needs raters, who may be asked, what
 * is given out already and stays. Whoever left, or may not be asked any more, keeps what they have and gets nothing; whom the plan's rules match
 * and who has said nothing of what they can score is asked for nothing.
 */
export const instanceOf = (all: readonly Rated[], plan: RaterPlan): AnyInstance => {
  const held = plan.mayMove ? heldIn({ all, plan }) : [];
  const kept = keptIn({ all, plan }, held);
  const given = Map.groupBy([...kept, ...held], ([id]) => id);
  const { match } = plan.rule ?? {};
  return {
    applications: all.map(({ applicationId: id, wanted, language, subject }) => ({
      id,
      panel: panels.own,
      k: Math.min(mostRatings, plan.mayMove ? Math.max(wanted, given.get(id)?.length ?? 0) : wanted),
      ...(match?.language && language !== undefined && { language }),
      ...(match?.subject && subject !== undefined && { subject }),
    })),
    raters: ratersOf({ all, plan }, kept),
    kept,
    ...(held.length > 0 && { held }),
    conflicts: conflictsIn({ all, plan }, [...kept, ...held]),
    k: 1,
    links: {
      share: shareAsked(all, plan),
      ...(plan.anchors && { anchors: all.map(({ applicationId }) => applicationId).filter(isAnchor(plan)) }),
    },
    ...(plan.isFirst && plan.rule?.chance && { cap: plan.rule.chance.atMostPercent / 100, capYields: true }),
    edition: 4,
    seed: plan.seed,
  };
};

/**
 * The share of ratings that come from other regions: what the round file says; and where it says nothing what makes regions comparable, once
 * somebody of another one rates. Anchors stand in for it as far as raters of other regions score them.
 */
export const shareAsked = (all: readonly Rated[], plan: RaterPlan): number => {
  const { rule, guests, visited } = plan;
  if (rule?.links) return rule.links.atLeastPercent / 100;
  const isVisited = guests.length > 0 || (visited?.size ?? 0) > 0;
  return isVisited ? shareBeside(visitedAnchors({ all, plan }), all.length) : 0;
};

/** How many anchors somebody of another region scores or will, if what they agreed to is spread over those that they may. */
const visitedAnchors = ({ all, plan }: Given): number => {
  const anchors = all.filter(({ applicationId }) => isAnchor(plan)(applicationId));
  const elsewhere = new Set([...(plan.visited ?? []), ...plan.guests.map(({ personId }) => personId)]);
  const scored = anchors.filter(({ raters }) => raters.some((rater) => elsewhere.has(rater)));
  const reached = new Set(scored);
  let visits = 0;
  for (const { personId, items } of anchors.length === 0 ? [] : plan.guests) {
    const named = items.kind === 'named' ? new Set(items.applications) : undefined;
    const free = anchors.filter(
      (one) => isFree(plan, one, personId) && (named?.has(one.applicationId) ?? reads(plan, one, personId)),
    );
    const given = all.filter(({ raters }) => raters.includes(personId)).length;
    const left = items.kind === 'drawn' ? Math.max(0, items.atMost - given) : Infinity;
    for (const one of left > 0 ? free : []) reached.add(one);
    visits += Math.min(free.length, left);
  }
  return Math.min(reached.size, scored.length + visits);
};

/** What members were given, can read and have not begun, anchors aside. */
const heldIn = ({ all, plan }: Given): Pairs => {
  const members = new Set(plan.members);
  return all.flatMap((one): Pairs => {
    const { applicationId, raters, begun = [] } = one;
    if (isAnchor(plan)(applicationId) || plan.staying?.has(applicationId)) return [];
    return raters
      .filter((rater) => members.has(rater) && !begun.includes(rater) && reads(plan, one, rater))
      .map((rater) => [applicationId, rater]);
  });
};

/** Whether somebody said that they read an application's language, where the round file asks for it. */
export const reads = (
  { rule, competences }: RaterPlan,
  { language }: Pick<Rated, 'language'>,
  rater: PersonId,
): boolean =>
  !rule?.match?.language ||
  language === undefined ||
  (competences?.get(rater)?.languages.includes(language) ?? false);

/** Whether none of an application's raters knows its subject, where the round file asks for it. */
export const lacksKnower =
  ({ rule, competences }: RaterPlan) =>
  ({ subject, raters }: Rated): boolean =>
    rule?.match?.subject !== undefined &&
    subject !== undefined &&
    !raters.some((rater) => competences?.get(rater)?.subjects.includes(subject));

/** What raters have and keep, and what was named for guests. */
const keptIn = ({ all, plan }: Given, held: Pairs): Pairs => {
  const mayGo = new Set(held.map((pair) => pair.join(' ')));
  const named = new Map(
    plan.guests.flatMap(({ personId, items }) =>
      items.kind === 'named' ? [[personId, new Set(items.applications)] as const] : [],
    ),
  );
  return all.flatMap((one): Pairs => {
    const comes = [...named].flatMap(([personId, wanted]) =>
      wanted.has(one.applicationId) && isFree(plan, one, personId) ? [personId] : [],
    );
    return [...one.raters, ...comes]
      .filter((rater) => !mayGo.has(`${one.applicationId} ${rater}`))
      .map((rater) => [one.applicationId, rater]);
  });
};

const isAnchor =
  ({ anchors }: RaterPlan) =>
  (id: ApplicationId): boolean =>
    anchors?.has(id) ?? false;

/** Whether somebody may be asked for an application whom it has not asked yet. */
export const isFree = (
  { inConflict }: RaterPlan,
  { applicationId, raters, notAgain = [] }: Rated,
  rater: PersonId,
): boolean => !raters.includes(rater) && !notAgain.includes(rater) && !inConflict(rater, applicationId);

const ratersOf = ({ all, plan }: Given, kept: Pairs): AnyInstance['raters'] => {
  const has = new Map<string, number>();
  for (const [, rater] of kept) has.set(rater, (has.get(rater) ?? 0) + 1);
  const { load } = plan.rule ?? {};
  const members = plan.members.map((id) => ({
    id,
    panel: panels.own,
    ...toldOf(plan, id),
    ...(load && { max: load.atMost }),
    ...(load?.atLeast !== undefined && plan.isFirst && { min: load.atLeast }),
  }));
  const guests = plan.guests.map(({ personId: id, items }) => ({
    id,
    panel: panels.elsewhere,
    ...toldOf(plan, id),
    visits: Math.max(has.get(id) ?? 0, items.kind === 'drawn' ? items.atMost : 0),
  }));
  const asked = new Set([...members, ...guests].map(({ id }) => id));
  const others = [...new Set(all.flatMap(({ raters }) => raters))].filter((id) => !asked.has(id));
  return [
    ...members,
    ...guests,
    ...others.map((id) => {
      const panel = plan.visited?.has(id) ? panels.elsewhere : panels.own;
      // Asked in for exactly what they have, so that no application counts on them and no link is kept free for them.
      return Object.assign({ id, panel, visits: has.get(id) ?? 0 }, toldOf(plan, id));
    }),
  ];
};

/** What somebody said that they can score, as far as the round asks for it; nothing where they said nothing. */
const toldOf = ({ rule, competences }: RaterPlan, id: PersonId) => {
  const told = competences?.get(id);
  return {
    ...(rule?.match?.language && { languages: told?.languages ?? [] }),
    ...(rule?.match?.subject && { subjects: told?.subjects ?? [] }),
  };
};

/** Who is kept away from what still needs somebody, or is not asked for it again; guests may come to every application. */
const conflictsIn = ({ all, plan }: Given, kept: Pairs): Pairs => {
  const guests = plan.guests.map(({ personId }) => personId);
  const everybody = [...plan.members, ...guests];
  const given = new Set(kept.map((pair) => pair.join(' ')));
  return all.flatMap((one): Pairs => {
    const { applicationId, raters, wanted } = one;
    return (plan.mayMove || wanted > raters.length || isAnchor(plan)(applicationId) ? everybody : guests)
      .filter((id) => !given.has(`${applicationId} ${id}`) && !isFree(plan, one, id))
      .map((id) => [applicationId, id]);
  });
};
