import type { CommandDeps } from '#functions/commands/deps.ts';
import { type AtGate, givenRows } from '#functions/commands/judge-rows.ts';
import { inScoring, membersIn, planOf, ratedIn, type ScoringPlace } from '#functions/commands/rater-place.ts';
import { givenIn, type RatersTurn, takeTurn, turnAfter } from '#functions/commands/rater-turn.ts';
import { type CandidacyChange, inCommits, storeCandidacies } from '#functions/commands/selection.ts';
import { decideAgain } from '#functions/commands/storing.ts';
import { atWork, type CommitteeCommand, stands, workplace } from '#functions/commands/workplace.ts';
import type { Candidacy, CandidacyEvent } from '#shared/domain/candidacy.ts';
import type { Actor, Versioned } from '#shared/domain/event.ts';
import type { ApplicationId, PersonId } from '#shared/domain/ids.ts';
import {
  findRaters,
  handOver,
  mayBeAsked,
  moveOver,
  type Rated,
  type RaterPlan,
  unableRaters,
} from '#shared/domain/raters.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Commit, Records } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;

/** Candidacies changed in one go. */
const perGo = 1000;

/**
 * Hands what members owe who have left, or for whom a substitute stands in, to others, and fills places that were open. Where that leaves
 * some open, what members have not begun moves to others, if more can be filled by it. Scores and drafts stay.
 * Answers how many applications got another rater; a thousand at a time.
 */
export const reassignOpen = (deps: Deps, command: CommitteeCommand): Promise<Result<number, Refusal>> =>
  decideAgain(async () => {
    const found = await workplace(deps, command, 'raters.reassign');
    if (!found.ok) return found;
    const place = atWork(found.value);
    if (!place.ok) return place;
    const scoring = await inScoring(deps, place.value);
    if (!scoring.ok) return scoring;
    const { scored, turn } = await givenIn(deps.records, scoring.value);
    const now = deps.clock.now();
    const changes = fillings(scored, scoring.value, { now, mayMove: true }).slice(0, perGo);
    const gate = { roundId: command.roundId, gate: place.value.gate.state.id };
    const held = { requires: stands(place.value), turn, gate };
    const done = await storeAll(deps, place.value.by, changes, held);
    return done ? ok(changes.length) : refuse({ kind: 'lost-race' });
  });

/** An application, and raters who may no longer touch it. */
export type TakenFrom = { candidacy: Candidacy; off: readonly PersonId[] };

/**
 * Who takes applications over from raters who may no longer touch them, by one drawing for all; fewer, where too few are left. Places that were
 * open before stay so.
 */
export const takingOver = (
  scored: readonly Versioned<Candidacy>[],
  taken: readonly TakenFrom[],
  place: ScoringPlace,
): ReadonlyMap<ApplicationId, PersonId[]> => {
  const sought = taken.map(({ candidacy, off }): Rated => {
    const left = ratedIn(place, without(candidacy, off));
    const wanted = Math.min(left.wanted, left.raters.length + off.length);
    return { ...left, notAgain: (left.notAgain ?? []).concat(off), wanted };
  });
  return findRaters(beside(scored, place, sought), membersIn(place)).added;
};

/**
 * Asks one more rater for an application whose scores lie further apart than the round file allows; where nobody is left, the
 * place stays open. Nothing where no more are wanted.
 */
export const furtherRater = async (
  records: Pick<Records, 'list' | 'blob' | 'find' | 'claimed'>,
  place: ScoringPlace,
  candidacy: Candidacy,
  now: Instant,
): Promise<Asked> => {
  if (!wantsMore(place, candidacy)) return { events: [], turn: undefined };
  const sought = ratedIn(place, candidacy);
  const { scored, turn } = await givenIn(records, place);
  const { added } = findRaters(beside(scored, place, [sought]), membersIn(place));
  const on = added.get(candidacy.applicationId) ?? [];
  return { events: handOver(candidacy, { off: [], on }, now), turn };
};

/** What asks somebody to rate, with the turn that it was decided in. */
export type Asked = { events: CandidacyEvent[]; turn: RatersTurn };

/** Whether an application wants more raters than it has. */
export const wantsMore = (place: ScoringPlace, candidacy: Candidacy): boolean => {
  const { wanted, raters } = ratedIn(place, candidacy);
  return !candidacy.withdrawnAt && wanted > raters.length;
};

/** Raters for all that these applications want, as far as somebody is free. */
export const fillingUp = (
  scored: readonly Versioned<Candidacy>[],
  place: ScoringPlace,
  ids: ReadonlySet<ApplicationId>,
): ReadonlyMap<ApplicationId, PersonId[]> => {
  const sought = scored.flatMap(({ state }) => (ids.has(state.applicationId) ? [ratedIn(place, state)] : []));
  return findRaters(beside(scored, place, sought), membersIn(place)).added;
};

/** One more rater for each of these applications, as far as somebody is free; the others stay as they are. */
export const oneMoreEach = (
  scored: readonly Versioned<Candidacy>[],
  place: ScoringPlace,
  ids: readonly ApplicationId[],
): ReadonlyMap<ApplicationId, PersonId[]> => {
  const asked = new Set(ids);
  const sought = scored
    .filter(({ state }) => asked.has(state.applicationId))
    .map(({ state }) => Object.assign(ratedIn(place, state), { wanted: state.raters.length + 1 }));
  return findRaters(beside(scored, place, sought), membersIn(place)).added;
};

/** Some applications that raters are sought for; the others count as the work of who has them, and take nobody away. */
const beside = (
  all: readonly Versioned<Candidacy>[],
  place: ScoringPlace,
  sought: readonly Rated[],
): Rated[] => {
  const wanting = new Map(sought.map((one) => [one.applicationId, one]));
  return all.map(({ state }) => {
    const rated = wanting.get(state.applicationId);
    return rated ?? { ...ratedIn(place, state), wanted: state.raters.length };
  });
};

/** Raters that were drawn for applications and are not asked yet. */
export type DrawnRaters = ReadonlyMap<ApplicationId, readonly PersonId[]>;

type Filling = { now: Instant; drawn?: DrawnRaters; mayMove?: boolean };

/**
 * What asks raters for all places: those that were drawn, those who take over from whoever cannot give the score that they owe, and those who fill
 * what is open. Who is there stays, but that with `mayMove` what nobody has begun may go to others; applications with such come first, so that
 * nobody has more than their most meanwhile.
 */
export const fillings = (
  scored: readonly Versioned<Candidacy>[],
  place: ScoringPlace,
  { now, drawn = new Map(), mayMove = false }: Filling,
): CandidacyChange[] => {
  const plan = { ...planOf(place), mayMove };
  const { off, rated } = withoutUnable(scored, place, plan);
  const first = ({ applicationId }: Pick<Rated, 'applicationId'>) => drawn.get(applicationId) ?? [];
  const { added, moved } = findRaters(
    rated.map((one) => joinedBy(one, first(one))),
    plan,
  );
  const changes = scored.flatMap((before): CandidacyChange[] => {
    const { applicationId } = before.state;
    const on = [...first(before.state), ...(added.get(applicationId) ?? [])];
    const from = moved.get(applicationId) ?? [];
    const rest = Math.max(0, on.length - from.length);
    const events = [
      ...handOver(before.state, { off: off.get(applicationId) ?? [], on: on.slice(0, rest) }, now),
      ...moveOver(from, on.slice(rest), now),
    ];
    return events.length > 0 ? [{ id: applicationId, before, events }] : [];
  });
  return changes.toSorted((a, b) => Number(moved.has(b.id)) - Number(moved.has(a.id)));
};

/** Applications as raters are sought for them: without those who owe a score and cannot give it, who are named apart. */
export const withoutUnable = (
  scored: readonly Versioned<Candidacy>[],
  place: ScoringPlace,
  plan: RaterPlan,
): { off: ReadonlyMap<ApplicationId, PersonId[]>; rated: Rated[] } => {
  const off = new Map(
    scored.map(({ state }) => {
      const { applicationId: id } = state;
      return [id, unableRaters(state, (rater) => mayBeAsked(plan, rater, id))] as const;
    }),
  );
  const rated = scored.map(({ state }) => ratedIn(place, without(state, off.get(state.applicationId) ?? [])));
  return { off, rated };
};

const without = (candidacy: Candidacy, off: readonly PersonId[]): Candidacy => ({
  ...candidacy,
  raters: candidacy.raters.filter((rater) => !off.includes(rater)),
});

const joinedBy = (one: Rated, more: readonly PersonId[]): Rated => ({
  ...one,
  raters: [...one.raters, ...more],
});

/**
 * Whether everything was stored; what was not, another go decides on what then stands.
 * @param gate that is open: whoever is given something is told of it. Once it opens everybody is told.
 */
export const storeAll = async (
  deps: Deps,
  by: Actor,
  changes: readonly CandidacyChange[],
  { requires, turn: read, gate }: Pick<Commit, 'requires'> & { turn: RatersTurn; gate?: AtGate | undefined },
): Promise<boolean> => {
  const next = changes.slice(0, perGo);
  let turn = read;
  let outbox = gate ? givenRows(gate, next, deps.clock.now()) : [];
  for (const batch of inCommits(next)) {
    const stored = await storeCandidacies(deps, by, batch, {
      ...(requires && { requires }),
      ...takeTurn(turn),
      outbox,
    });
    if (!stored.ok) return false;
    outbox = [];
    turn = turnAfter(turn);
  }
  return next.length === changes.length;
};
