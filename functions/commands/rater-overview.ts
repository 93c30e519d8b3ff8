import type { CommandDeps } from '#functions/commands/deps.ts';
import { raterDrawingOf } from '#functions/commands/pinned.ts';
import { withoutUnable } from '#functions/commands/rater-assignment.ts';
import { planOf, ratedIn, type ScoringPlace, seedOf, withRaters } from '#functions/commands/rater-place.ts';
import { type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import { recent } from '#functions/recent.ts';
import type { Comparability } from '#shared/analysis/comparability.ts';
import type { Above } from '#shared/assignment/above.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import type { ApplicationId, ApplicationNumber, PersonId, Sha256 } from '#shared/domain/ids.ts';
import { instanceOf } from '#shared/domain/rater-instance.ts';
import type { AssignmentRule } from '#shared/domain/rater-rule.ts';
import { isSettled, type Links, linksIn } from '#shared/domain/rater-settled.ts';
import { bindingFaults, findRaters, type Rated, type RaterPlan } from '#shared/domain/raters.ts';
import { isGatedRound } from '#shared/domain/round-record.ts';
import { countedScores, scoreBy } from '#shared/domain/scoring.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** Whether the scores that are in connect this region with others (ANCHORS B7). */
export type RegionGauge = Comparability & {
  /** Ratings by raters of other regions: given, and given out. */
  links: { given: number; planned: number };
  /** Anchors that everybody scored to whom they were given; undefined where there are none. */
  anchors: { scored: number; of: number } | undefined;
  /** Whether the round file asks for adjusting: else a difference stays in the scores as it is. */
  adjusts: boolean;
};

/** How the raters of a round stand. */
export type RaterOverview = {
  /** What the round file says beside equal loads. */
  rule: AssignmentRule;
  links: Links;
  /** Applications that everybody of the committee scores; undefined where the round file wants none. */
  anchors: number | undefined;
  /** Undefined while no score is in. */
  gauge: RegionGauge | undefined;
  /** Ratings that guests agreed to, or that anchors want, and that have not been given out yet. */
  unlinked: number;
  /** Where raters must match: who has not said what they can score, and is asked for nothing. */
  untold: readonly PersonId[];
  /** Who may be asked. */
  raters: readonly PersonId[];
  /** For the secretary: what keeps places open that nobody can fill now, with ids in place of names. */
  binding: readonly Fault[];
  /** By id, to say it in words. */
  numbers: ReadonlyMap<string, ApplicationNumber>;
  /** The bound on the probability of drawing a given application, and for which it could not be kept; undefined where the drawing had none. */
  chance: { atMostPercent: number; above: readonly Above[] } | undefined;
  /** Absent in rounds whose raters were asked before drawings were recorded. */
  drawn: { at: Instant; seed: Sha256; drawing: Sha256 } | undefined;
};

/**
 * Undefined while nothing is scored.
 * @param gauged whether the gauge is wanted: its arithmetic is for who reads it
 */
export const raterOverview = async (
  deps: Pick<CommandDeps, 'records' | 'clock'>,
  { by, round: { state: round }, committee, file }: Workplace,
  all: readonly Versioned<Candidacy>[],
  { gauged }: { gauged: boolean },
): Promise<RaterOverview | undefined> => {
  if (round.stage !== 'scoring' || !committee) return undefined;
  const place = await withRaters(deps, { round, committee: committee.state, file });
  const plan = planOf(place);
  const rated = all.map(({ state }) => ratedIn(place, state));
  const settled = isSettled(rated, plan);
  const { raters } = round;
  const raterIds = [...plan.members, ...plan.guests.map(({ personId }) => personId)];
  return {
    rule: file.raters,
    links: linksIn(rated, plan),
    anchors: plan.anchors?.size,
    gauge: gauged
      ? await gaugeOf(
          all.map(({ state }) => state),
          place,
          plan,
        )
      : undefined,
    unlinked: settled ? 0 : unlinkedIn(rated, plan),
    untold: raterIds.filter((id) => file.raters.match && !plan.competences?.has(id)),
    raters: raterIds,
    binding: by.role === 'secretary' ? bindingIn(withoutUnable(all, place, plan).rated, plan) : [],
    numbers: new Map(all.map(({ state }) => [state.applicationId, state.number])),
    chance: raters?.chance && {
      atMostPercent: raters.chance.atMostPercent,
      above:
        raters.chance.above === 0 ? [] : ((await raterDrawingOf(deps.records, raters.drawing)).above ?? []),
    },
    drawn: raters && { at: raters.drawnAt, seed: seedOf(round), drawing: raters.drawing },
  };
};

/** Severities themselves are told nobody here: who reads it may still be asked to score. */
const gaugeOf = async (
  all: readonly Candidacy[],
  { committee, file }: ScoringPlace,
  { visited, anchors }: RaterPlan,
): Promise<RegionGauge | undefined> => {
  const ratings = all.flatMap((one) =>
    countedScores(one).map(({ raterId: rater, total: score }) => ({
      application: one.applicationId,
      rater,
      score,
    })),
  );
  if (ratings.length === 0) return undefined;
  const regions = new Map<string, string>(
    (committee.guests ?? []).flatMap(({ joined, region }) => (joined ? [[joined.personId, region]] : [])),
  );
  const drawn = all.filter(({ applicationId }) => anchors?.has(applicationId));
  // Loaded where there is something to tell: the arithmetic weighs more than most pages.
  const { comparabilityOf } = await import('#shared/analysis/comparability.ts');
  return {
    ...comparabilityOf(ratings, (rater) => regions.get(rater) ?? file.region),
    adjusts: file.raters.severityAdjustment !== undefined,
    links: {
      given: ratings.filter(({ rater }) => regions.has(rater)).length,
      planned: all.flatMap(({ raters }) => raters).filter((rater) => visited?.has(rater)).length,
    },
    anchors: anchors && {
      scored: drawn.filter((one) => one.raters.every((rater) => scoreBy(one, rater))).length,
      of: drawn.length,
    },
  };
};

const bindingIn = (able: readonly Rated[], plan: RaterPlan): readonly Fault[] => {
  if (isSettled(able, plan)) return [];
  const moving = { ...plan, mayMove: true };
  const question = questionOf(able, moving);
  return bindings.get(question) ?? bindings.set(question, bindingFaults(able, moving));
};

/**
 * Answers of this process by the hash of the very instance that was solved, so that a page that is opened again does not wait for it: ten thousand
 * applications take seconds. Whatever changes who may be asked makes another hash.
 */
const bindings = recent<readonly Fault[]>(8);
const links = recent<number>(8);

const questionOf = (rated: readonly Rated[], plan: RaterPlan): string =>
  sha256Of(canonicalJson(instanceOf(rated, plan)));

const unlinkedIn = (rated: readonly Rated[], plan: RaterPlan): number => {
  const { anchors = new Set<ApplicationId>() } = plan;
  if (plan.guests.length === 0 && anchors.size === 0) return 0;
  const question = questionOf(rated, plan);
  return links.get(question) ?? links.set(question, countUnlinked(rated, plan));
};

const countUnlinked = (rated: readonly Rated[], plan: RaterPlan): number => {
  const guests = new Set(plan.guests.map(({ personId }) => personId));
  const { anchors = new Set<ApplicationId>() } = plan;
  const asked = [...findRaters(rated, plan).added].flatMap(([id, raters]) =>
    raters.filter((rater) => anchors.has(id) || guests.has(rater)),
  );
  return asked.length;
};

/** How the raters of a round were drawn, as the text that was recorded: `npm run assign` solves it again. */
export const raterDrawing = async (
  deps: Pick<CommandDeps, 'records' | 'clock'>,
  command: CommitteeCommand,
): Promise<Result<string, Refusal>> => {
  const place = await workplace(deps, command, 'raters.drawn');
  if (!place.ok) return place;
  const { state } = place.value.round;
  const drawn = isGatedRound(state) || state.stage === 'closed' ? state.raters : undefined;
  return drawn ? ok(await deps.records.blob(drawn.drawing)) : refuse({ kind: 'not-found', what: 'document' });
};
