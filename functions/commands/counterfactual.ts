import { faultsIn } from '#functions/commands/correction-faults.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { type OwedCount, owedCounts } from '#functions/commands/owed-interview-counting.ts';
import { correctedListOf } from '#functions/commands/pinned.ts';
import { rankedChronicle } from '#functions/commands/ranked-chronicle.ts';
import { codedNow, ratersOf } from '#functions/commands/rater-coding.ts';
import { type RecountBasis, recountBasis } from '#functions/commands/recount-basis.ts';
import { everyoneIn, marksOfTrial, movesOthers, ratersIn } from '#functions/commands/trial-reading.ts';
import { wallIn } from '#functions/commands/walls.ts';
import { type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import type { Corrected } from '#shared/domain/corrected.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import type { ApplicationId, ApplicationNumber, PersonId } from '#shared/domain/ids.ts';
import type { Action } from '#shared/domain/permission.ts';
import type { SeverityAdjustment } from '#shared/domain/severity-rule.ts';
import type { GatedStage } from '#shared/domain/stage.ts';
import type { Standing } from '#shared/domain/standing.ts';
import type { Refusal } from '#shared/errors.ts';
import { type Affected, affectedBy, type Counted } from '#shared/replay/affected.ts';
import { correctedParts } from '#shared/replay/corrected-parts.ts';
import { type Corrections, type Corrects, correctionsAggregate } from '#shared/replay/correction.ts';
import { otherPoints } from '#shared/replay/items.ts';
import { type Recount, recount } from '#shared/replay/recount.ts';
import { type Entry, grantedParts, type Settling, settledIn, settledThen } from '#shared/replay/settled.ts';
import { type Part, type Settled, type Supposed } from '#shared/replay/supposition.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance'>;

/** Raters by the code that charts and lists have them by. */
type CodedRaters = Readonly<Record<Part, readonly string[]>>;

/** A round that corrections can be tried on. */
export type Trial = {
  place: Workplace;
  given: RecountBasis;
  raterOf: (code: string) => PersonId | undefined;
  raters: CodedRaters;
  /** Numbers of applications that are closed to who tries: nothing is tried on them, and nothing is said of them. */
  closed: ReadonlySet<ApplicationNumber>;
  /** Of files of marks, by the number of the import, and which of them wait for a second person. */
  marksIn: Supposed['marksIn'];
  waitingMarks: readonly number[];
  /** Interviews that were owed, with what those that are whole come to. */
  owed: ReadonlyMap<ApplicationNumber, OwedCount>;
  /** Corrections that were asked for, and what those that were applied come to. */
  corrections: Versioned<Corrections> | undefined;
  /** The same, with raters by the codes that they have now. */
  standing: Corrections | undefined;
  /** Everything that stands, claims among it, in the order in which it took effect. */
  settled: readonly Entry[];
  corrected: readonly Corrected[];
};

/** What would be, beside what is. Nobody is told of it, and nothing is stored. */
export type Counterfactual = {
  before: Counted;
  after: Counted;
  /** The lowest total that goes on, in percent. */
  cutoffs: { scoring: Cutoff; results?: Cutoff };
  affected: readonly Affected[];
  /** Whether applications are left out of it because they are closed to the reader; whether they would be affected is not said. */
  walled: boolean;
  /** Those whom it would affect with those that are closed to the reader: for what is stored and how many are told, never shown. */
  everyone: readonly Affected[];
  /** What results are made of where this is applied, with everything that was corrected before. */
  corrected: readonly Corrected[];
  /** Everything that stands then. */
  settled: readonly Settled[];
  /** Whether nothing at all would be otherwise. */
  same: boolean;
  /** Which scores count as it was decided, where the checks would now say otherwise. */
  otherwise?: SeverityAdjustment['counts'];
};

type Cutoff = { before: number | undefined; after: number | undefined };

/**
 * Opens a round for trying; refused as `no-proposal` before scoring was decided.
 * @param only the application whose points alone are asked about: nothing is ranked then, and of others no more is read than who rates
 */
export const openTrial = async (
  { records, clock, chance }: Deps,
  command: CommitteeCommand,
  action: Action = 'correction.try',
  only?: ApplicationId,
): Promise<Result<Trial, Refusal>> => {
  const found = await workplace({ records, clock }, command, action);
  if (!found.ok) return found;
  const { roundId } = command;
  const corrections = await records.find(correctionsAggregate, roundId);
  const alone = movesOthers(corrections?.state) ? undefined : only;
  const given = await recountBasis(await rankedChronicle(records, roundId, alone), clock.now());
  if (!given) return refuse({ kind: 'no-proposal' });
  const everyone = alone === undefined ? given.basis.claims : await everyoneIn(records, roundId);
  const coded = await ratersOf({ records, chance }, found.value, everyone);
  const { codes } = coded;
  const raters = {
    scoring: ratersIn(everyone, 'scoring', codes),
    interview: ratersIn(everyone, 'interview', codes),
  };
  const byCode = new Map([...codes].map(([rater, code]) => [code, rater]));
  const wall = wallIn(found.value);
  const closed = new Set(
    [...given.basis.claims, ...given.posts.candidacies].flatMap(({ applicationId, number }) =>
      wall(applicationId) ? [number] : [],
    ),
  );
  const standing = corrections && codedNow(corrections.state, coded);
  const list = standing?.list;
  return ok({
    place: found.value,
    given,
    raters,
    closed,
    raterOf: (code) => byCode.get(code),
    ...(await marksOfTrial(records, roundId)),
    owed: await owedCounts({ records }, found.value),
    corrections,
    standing,
    settled: settledIn(standing, given.upheld),
    corrected: list ? (await correctedListOf(records, list)).corrected : [],
  });
};

/**
 * Tries a correction: the results with it beside those that stand, and everyone who would be affected, with what is owed to them.
 * What names nothing of the round is `invalid`, and what names an application that is closed to the reader a `conflict-of-interest`.
 */
export const tryCorrection = (
  trial: Omit<Trial, 'place'>,
  corrects: Corrects,
): Result<Counterfactual, Refusal> => {
  const faults = faultsIn(corrects, trial);
  return faults.length > 0 && !isClosed(trial, corrects)
    ? refuse({ kind: 'invalid', faults })
    : tried(trial, corrects);
};

/** The same for what a claim is to be granted, which whoever decides it has looked through, or for a claim that is to be open again. */
export const tryClaim = (
  trial: Omit<Trial, 'place'>,
  settling: Exclude<Settling, Corrects>,
): Result<Counterfactual, Refusal> => tried(trial, settling);

const isClosed = ({ closed }: Pick<Trial, 'closed'>, corrects: Settling): boolean =>
  'number' in corrects && closed.has(corrects.number);

const tried = (trial: Omit<Trial, 'place'>, corrects: Settling): Result<Counterfactual, Refusal> => {
  if (isClosed(trial, corrects)) return refuse({ kind: 'conflict-of-interest' });
  const { basis, posts, decided } = trial.given;
  const standing = trial.settled.map(({ settled }) => settled);
  const then = settledThen(trial.settled, corrects);
  const countedWith = (suppositions: readonly Settled[]): Recount =>
    recount(basis, supposedIn(trial, suppositions));
  const again = countedWith(then);
  const isCheck = corrects.kind === 'as-recorded';
  const recorded = countedWith([]);
  const stood = standing.length === 0 ? recorded : countedWith(standing);
  const partsWith = (counted: Recount, settled: readonly Settled[]): Corrected[] =>
    correctedParts(
      { recorded, after: counted },
      {
        decided: basis.scoring.decided,
        before: trial.corrected,
        pointsOf: otherPoints(basis, supposedIn(trial, []), supposedIn(trial, settled)),
        granted: grantedParts(settled),
      },
    );
  const before = isCheck ? asDecided(trial.given) : knownBy(stood);
  const after = isCheck ? asFarAs(decided.stage, again) : knownBy(again);
  const everyone = affectedBy(before, after, posts);
  const corrected = partsWith(again, then);
  return ok({
    before,
    after,
    cutoffs: {
      scoring: { before: cutoffOf(before.scoring), after: cutoffOf(after.scoring) },
      ...(before.results &&
        after.results && {
          results: { before: cutoffOf(before.results), after: cutoffOf(after.results) },
        }),
    },
    affected: everyone.filter(({ number }) => !trial.closed.has(number)),
    everyone,
    walled: trial.closed.size > 0,
    corrected,
    settled: then,
    same: everyone.length === 0 && canonicalJson(corrected) === canonicalJson(partsWith(stood, standing)),
    ...otherwiseIn(again),
  });
};

/** Something that may have been otherwise, with what the round says of raters, files of marks and criteria. */
export const supposedIn = (
  { given, raterOf, marksIn }: Pick<Trial, 'given' | 'raterOf' | 'marksIn'>,
  suppositions: readonly Settled[],
): Supposed => {
  const { rubric, interviews } = given.basis.file;
  const { stations } = interviews;
  const criteria = { scoring: rubric.criteria, interview: interviews.criteria };
  return { suppositions, marksIn, raterOf, criteria, ...(stations && { stations }) };
};

/** The results as far as they are known by now, without who has withdrawn. */
const knownBy = ({ scoring, claims, departures }: Recount): Counted => ({
  scoring,
  results: claims,
  ...(departures && { departures }),
});

/** What was decided at a stage is held against the count of that very stage. */
const asFarAs = (stage: GatedStage, { scoring, interviews, claims }: Recount): Counted => ({
  scoring,
  results: stage === 'scoring' ? undefined : stage === 'interviews' ? interviews : claims,
});

const asDecided = ({ basis, decided }: RecountBasis): Counted => ({
  scoring: basis.scoring.decided,
  results: decided.stage === 'scoring' ? undefined : decided.standings,
});

const otherwiseIn = ({ adjustment }: Recount): Pick<Counterfactual, 'otherwise'> => {
  if (!adjustment) return {};
  const { counts, checks } = adjustment;
  return checks.every(({ passed }) => passed) === (counts === 'adjusted') ? {} : { otherwise: counts };
};

const cutoffOf = (standings: readonly Standing[]): number | undefined => {
  const totals = standings.flatMap(({ outcome, total }) =>
    outcome === 'goes-on' && total !== undefined ? [total] : [],
  );
  return totals.length === 0 ? undefined : Math.min(...totals);
};
