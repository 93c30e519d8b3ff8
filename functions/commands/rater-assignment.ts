import type { CommandDeps } from '#functions/commands/deps.ts';
import { roundFileOf } from '#functions/commands/pinned.ts';
import { barredRaters } from '#functions/commands/practice-views.ts';
import type { Progress } from '#functions/commands/screening-preparation.ts';
import {
  type CandidacyChange,
  candidaciesIn,
  goingOn,
  inCommits,
  storeCandidacies,
} from '#functions/commands/selection.ts';
import { decideAgain } from '#functions/commands/storing.ts';
import {
  atWork,
  type CommitteeCommand,
  type OpenWorkplace,
  stands,
  workplace,
} from '#functions/commands/workplace.ts';
import type { Candidacy, CandidacyEvent } from '#shared/domain/candidacy.ts';
import { type Committee, committeeAggregate, inConflict, votersOf } from '#shared/domain/committee.ts';
import type { Actor, Versioned } from '#shared/domain/event.ts';
import { sittingGuests } from '#shared/domain/guest.ts';
import type { ApplicationId, PersonId, RoundId, Sha256 } from '#shared/domain/ids.ts';
import {
  findRaters,
  type GuestRater,
  guestLinks,
  handOver,
  type Rated,
  type RaterPlan,
  raterSeed,
  unableRaters,
} from '#shared/domain/raters.ts';
import type { RoundIn } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { ratersWanted } from '#shared/domain/scoring.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Commit, Records } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;

/** Candidacies changed in one go. */
const perGo = 1000;

/**
 * Asks as many raters as the round file wants for each application that was admitted and has too few. Who is there
 * stays, so the step may be repeated at any point. Where too few members are free of a conflict the place stays open: the
 * secretary sees it, and no proposal can be drawn up until it is filled.
 */
export const assignRaters = async (deps: Deps, roundId: RoundId): Promise<Progress> => {
  const round = await deps.records.find(roundAggregate, roundId);
  if (round?.state.stage !== 'scoring') return 'elsewhere';
  const committee = await deps.records.find(committeeAggregate, roundId);
  if (!committee) return 'done';
  const file = await roundFileOf(deps.records, round.state.plan);
  const there = { round: round.state, committee: committee.state, file };
  const place = await withRaters(deps, there);
  const changes = fillings(await scoredIn(deps.records, round.state), place, deps.clock.now());
  const done = await storeAll(deps, { kind: 'system', name: 'workflow' }, changes, [
    { aggregate: 'round', id: roundId, version: round.version },
    { aggregate: 'committee', id: roundId, version: committee.version },
  ]);
  return done ? 'done' : 'more';
};

/**
 * Hands what members owe who have left, or for whom a substitute stands in, to others, and fills places that were open.
 * Scores stay. Answers how many applications got another rater; a thousand at a time.
 */
export const reassignOpen = (deps: Deps, command: CommitteeCommand): Promise<Result<number, Refusal>> =>
  decideAgain(async () => {
    const found = await workplace(deps, command, 'raters.reassign');
    if (!found.ok) return found;
    const place = atWork(found.value);
    if (!place.ok) return place;
    const scoring = await inScoring(deps, place.value);
    if (!scoring.ok) return scoring;
    const changes = fillings(
      await scoredIn(deps.records, scoring.value.round),
      scoring.value,
      deps.clock.now(),
    ).slice(0, perGo);
    const done = await storeAll(deps, place.value.by, changes, stands(place.value));
    return done ? ok(changes.length) : refuse({ kind: 'lost-race' });
  });

export type ScoringPlace = {
  round: RoundIn<'scoring'>;
  committee: Committee;
  file: RoundFile;
  /** Members who vote, and guests, who may not score: they have used up the tries of the practice. */
  barred: ReadonlySet<PersonId>;
  /** Of other regions, who may be asked now. */
  guests: readonly GuestRater[];
};

export const inScoring = async (
  deps: Pick<CommandDeps, 'records' | 'clock'>,
  { round: { state: round }, committee: { state: committee }, file }: OpenWorkplace,
): Promise<Result<ScoringPlace, Refusal>> => {
  if (round.stage !== 'scoring') return refuse({ kind: 'wrong-stage', stage: round.stage });
  return ok(await withRaters(deps, { round, committee, file }));
};

/** How many applications would be given to guests now, who have fewer than they are to score. */
export const unlinkedIn = async (
  deps: Pick<CommandDeps, 'records' | 'clock'>,
  there: Pick<ScoringPlace, 'round' | 'committee' | 'file'>,
  scored: readonly Candidacy[],
): Promise<number> => {
  const place = await withRaters(deps, there);
  const links = guestLinks(
    scored.map((one) => ratedIn(place, one)),
    planOf(place),
  );
  return [...links.values()].flat().length;
};

/** With everybody who may be asked to rate. */
export const withRaters = async (
  deps: Pick<CommandDeps, 'records' | 'clock'>,
  place: Pick<ScoringPlace, 'round' | 'committee' | 'file'>,
): Promise<ScoringPlace> => {
  const barred = await barredRaters(deps, place);
  const guests = sittingGuests(place.committee, deps.clock.now())
    .map(({ joined: { personId }, items }) => ({ personId, items }))
    .filter(({ personId }) => !barred.has(personId));
  return { ...place, barred, guests };
};

/** The applications that are scored: admitted at the screening and not withdrawn since. */
export const scoredIn = async (
  records: Pick<Records, 'list' | 'blob'>,
  round: RoundIn<'scoring'>,
): Promise<Versioned<Candidacy>[]> => {
  const admitted = await goingOn(records, round, 'screening');
  return (await candidaciesIn(records, round.id)).filter(
    ({ state }) => admitted.has(state.applicationId) && !state.withdrawnAt,
  );
};

/** Who takes over one application from raters who may no longer touch it; fewer, where too few are left. */
export const takingOver = (
  all: readonly Versioned<Candidacy>[],
  candidacy: Versioned<Candidacy>,
  place: ScoringPlace,
  off: readonly PersonId[],
): PersonId[] => {
  const { applicationId } = candidacy.state;
  const rated = all.map(({ state }) => {
    if (state.applicationId !== applicationId) return ratedIn(place, state);
    const left = ratedIn(place, without(state, off));
    return { ...left, declined: (left.declined ?? []).concat(off) };
  });
  return findRaters(rated, membersIn(place)).added.get(applicationId)?.slice(0, off.length) ?? [];
};

/**
 * Asks one more rater for an application whose scores lie further apart than the round file allows; where nobody is left, the
 * place stays open. Nothing where no more are wanted.
 */
export const furtherRater = async (
  records: Pick<Records, 'list' | 'blob'>,
  place: ScoringPlace,
  candidacy: Candidacy,
  now: Instant,
): Promise<CandidacyEvent[]> => {
  const { applicationId, raters } = candidacy;
  if (ratersWanted(candidacy, place.file.raters) <= raters.length) return [];
  const rated = (await scoredIn(records, place.round)).map(({ state }) =>
    ratedIn(place, state.applicationId === applicationId ? candidacy : state),
  );
  const on = findRaters(rated, membersIn(place)).added.get(applicationId) ?? [];
  return handOver(candidacy, { off: [], on }, now);
};

/** One more rater for each of these applications, as far as somebody is free; the others stay as they are. */
export const oneMoreEach = (
  scored: readonly Versioned<Candidacy>[],
  place: ScoringPlace,
  ids: readonly ApplicationId[],
): ReadonlyMap<ApplicationId, PersonId[]> => {
  const asked = new Set(ids);
  const rated = scored.map(({ state: { applicationId, raters, declined = [] } }) => ({
    applicationId,
    raters,
    declined,
    wanted: raters.length + (asked.has(applicationId) ? 1 : 0),
  }));
  return findRaters(rated, membersIn(place)).added;
};

const ratedIn = ({ file }: ScoringPlace, candidacy: Candidacy): Rated => {
  const { applicationId, raters, declined = [] } = candidacy;
  return { applicationId, raters, declined, wanted: ratersWanted(candidacy, file.raters) };
};

const fillings = (
  scored: readonly Versioned<Candidacy>[],
  place: ScoringPlace,
  now: Instant,
): CandidacyChange[] => {
  const plan = planOf(place);
  const able = (rater: PersonId, application: ApplicationId): boolean =>
    mayRate(place, rater) && !plan.inConflict(rater, application);
  const off = new Map(
    scored.map(({ id, state }) => [id, unableRaters(state, (rater) => able(rater, state.applicationId))]),
  );
  const rated = scored.map(({ id, state }) => ratedIn(place, without(state, off.get(id) ?? [])));
  const { added } = findRaters(rated, plan);
  const places = new Map([...added.keys()].map((id, index) => [id, index]));
  const placeOf = ({ state }: Versioned<Candidacy>): number => places.get(state.applicationId) ?? places.size;
  // Stored in the order in which raters were chosen, a crash leaves a beginning that the next go continues alike.
  const inOrder = scored.toSorted((a, b) => placeOf(a) - placeOf(b));
  return inOrder.flatMap((before): CandidacyChange[] => {
    const { applicationId } = before.state;
    const change = { off: off.get(before.id) ?? [], on: added.get(applicationId) ?? [] };
    const events = handOver(before.state, change, now);
    return events.length > 0 ? [{ id: applicationId, before, events }] : [];
  });
};

const planOf = ({ round, committee, barred, guests }: ScoringPlace): RaterPlan => ({
  members: votersOf(committee).filter((member) => !barred.has(member)),
  guests,
  inConflict: (member, application) => inConflict(committee, member, application),
  seed: seedOf(round),
});

/** Whoever takes one application over is of the own panel: guests are given theirs together. */
const membersIn = (place: ScoringPlace): RaterPlan => ({ ...planOf(place), guests: [] });

const mayRate = (place: ScoringPlace, rater: PersonId): boolean => {
  const { members, guests } = planOf(place);
  return members.includes(rater) || guests.some(({ personId }) => personId === rater);
};

/** From which the raters of a round are drawn where their loads are equal. */
export const seedOf = (round: RoundIn<'scoring'>): Sha256 => raterSeed(round.id, decisionOf(round));

const decisionOf = ({ id, decisions }: RoundIn<'scoring'>) => {
  if (!decisions.screening) throw new Error(`Round ${id} came to scoring without a decision.`);
  return decisions.screening;
};

const without = (candidacy: Candidacy, off: readonly PersonId[]): Candidacy => ({
  ...candidacy,
  raters: candidacy.raters.filter((rater) => !off.includes(rater)),
});

/** Whether everything was stored; what was not, another go decides on what then stands. */
const storeAll = async (
  deps: Deps,
  by: Actor,
  changes: readonly CandidacyChange[],
  requires: NonNullable<Commit['requires']>,
): Promise<boolean> => {
  const next = changes.slice(0, perGo);
  for (const batch of inCommits(next)) {
    const stored = await storeCandidacies(deps, by, batch, requires);
    if (!stored.ok) return false;
  }
  return next.length === changes.length;
};
