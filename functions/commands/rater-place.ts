import type { CommandDeps } from '#functions/commands/deps.ts';
import { vacanciesOf } from '#functions/commands/pinned.ts';
import { barredRaters } from '#functions/commands/practice-views.ts';
import { candidaciesIn, goingOn, readCandidacies } from '#functions/commands/selection.ts';
import { unblindedOf } from '#functions/commands/unblinded.ts';
import type { OpenWorkplace } from '#functions/commands/workplace.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { TeachingLanguage } from '#shared/domain/codes.ts';
import { type Committee, inConflict, votersOf } from '#shared/domain/committee.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { sittingGuests } from '#shared/domain/guest.ts';
import type { PersonId, Sha256 } from '#shared/domain/ids.ts';
import { type GuestRater, type Rated, type RaterPlan, raterSeed } from '#shared/domain/raters.ts';
import type { RoundIn } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { hasBegun, ratersWanted } from '#shared/domain/scoring.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Records } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** A round that is being scored, with everybody who may be asked to rate. */
export type ScoringPlace = {
  round: RoundIn<'scoring'>;
  committee: Committee;
  file: RoundFile;
  /** Who has seen too much to rate, whatever seat they have now. */
  unblinded: ReadonlySet<PersonId>;
  /** Members who vote, and guests, who may not score: they have seen too much, or used up the tries of the practice. */
  barred: ReadonlySet<PersonId>;
  /** Of other regions, who may be asked now. */
  guests: readonly GuestRater[];
  /** The posts of the register by code, where raters must match them; else none. */
  posts: ReadonlyMap<string, Vacancy>;
};

/** With everybody who may be asked to rate. */
export const withRaters = async (
  deps: Pick<CommandDeps, 'records' | 'clock'>,
  place: Pick<ScoringPlace, 'round' | 'committee' | 'file'>,
): Promise<ScoringPlace> => {
  const [{ people: unblinded }, unpractised] = await Promise.all([
    unblindedOf(deps, place),
    barredRaters(deps, place),
  ]);
  const barred = new Set([...unblinded, ...unpractised]);
  const guests = sittingGuests(place.committee, deps.clock.now())
    .map(({ joined: { personId }, items }) => ({ personId, items }))
    .filter(({ personId }) => !barred.has(personId));
  const matched = place.file.raters.match ? await vacanciesOf(deps.records, place.round.register.sha256) : [];
  return { ...place, unblinded, barred, guests, posts: new Map(matched.map((post) => [post.code, post])) };
};

export const inScoring = async (
  deps: Pick<CommandDeps, 'records' | 'clock'>,
  { round: { state: round }, committee: { state: committee }, file }: OpenWorkplace,
): Promise<Result<ScoringPlace, Refusal>> => {
  if (round.stage !== 'scoring') return refuse({ kind: 'wrong-stage', stage: round.stage });
  return ok(await withRaters(deps, { round, committee, file }));
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

/** The same, each read by its id: what was handed over a moment ago is in it, whatever a list shows. */
export const scoredNow = async (
  records: Pick<Records, 'find' | 'blob'>,
  round: RoundIn<'scoring'>,
): Promise<Versioned<Candidacy>[]> => {
  const admitted = await goingOn(records, round, 'screening');
  return (await readCandidacies(records, [...admitted].toSorted()))
    .filter(({ state }) => !state.withdrawnAt)
    .toSorted((a, b) => (a.state.number < b.state.number ? -1 : 1));
};

/** Who may be asked on a round, and what its file says of that. */
export const planOf = ({ round, committee, file, barred, guests }: ScoringPlace): RaterPlan => ({
  members: votersOf(committee).filter((member) => !barred.has(member)),
  guests,
  visited: new Set((committee.guests ?? []).flatMap(({ joined }) => joined?.personId ?? [])),
  rule: file.raters,
  competences: new Map((committee.competences ?? []).map((told) => [told.personId, told])),
  inConflict: (member, application) => inConflict(committee, member, application),
  ...(round.raters?.anchors && { anchors: new Set(round.raters.anchors) }),
  seed: seedOf(round),
});

/**
 * Who may be asked for some applications alone: members of the own panel. Guests are given theirs together, and whoever came later gets the
 * anchors with everything else that is open.
 */
export const membersIn = (place: ScoringPlace): RaterPlan => {
  const { anchors: _together, ...plan } = planOf(place);
  return { ...plan, guests: [] };
};

/** An application as raters are sought for it. */
export const ratedIn = (place: ScoringPlace, candidacy: Candidacy): Rated => {
  const { applicationId, raters, scores, declined = [] } = candidacy;
  const gone = scores.map(({ raterId }) => raterId).filter((rater) => !raters.includes(rater));
  const notAgain = [...declined, ...gone];
  const wanted = ratersWanted(candidacy, place.file.raters);
  const begun = raters.filter((rater) => hasBegun(candidacy, rater));
  return { applicationId, raters, begun, notAgain, wanted, ...matchOf(place, candidacy) };
};

/**
 * What raters of an application must match: subject and language of instruction of the post that it names first. An application without one, or
 * a post that teaches in several languages, is taken by what its form says, where that is one subject or language.
 */
const matchOf = ({ posts }: ScoringPlace, { facts }: Candidacy): Pick<Rated, 'language' | 'subject'> => {
  const first = posts.get(facts.choices[0] ?? '');
  return {
    language: TeachingLanguage.safeParse(first?.language).data ?? only(facts.languages),
    subject: first?.subject ?? only(facts.subjects),
  };
};

const only = <T>(all: readonly T[]): T | undefined => (all.length === 1 ? all[0] : undefined);

/** From which the raters of a round are drawn where their loads are equal. */
export const seedOf = (round: RoundIn<'scoring'>): Sha256 => raterSeed(round.id, screeningOf(round));

/** The decision on the screening, which says what is scored. */
export const screeningOf = ({ id, decisions }: RoundIn<'scoring'>): Sha256 => {
  if (!decisions.screening) throw new Error(`Round ${id} came to scoring without a decision.`);
  return decisions.screening;
};
