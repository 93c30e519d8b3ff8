import { type ApplicationCommand, openApplication } from '#functions/commands/application-reading.ts';
import { correctedNow } from '#functions/commands/corrected.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { changedPoints, type OwnChange, ownChanges } from '#functions/commands/own-changes.ts';
import { type OwnCorrection, ownCorrections } from '#functions/commands/own-corrections.ts';
import { type OwnOffers, ownOffers } from '#functions/commands/own-offers.ts';
import { type OwnComment, type OwnPoints, ownPoints } from '#functions/commands/own-points.ts';
import { standingListOf } from '#functions/commands/pinned.ts';
import { decidedList } from '#functions/commands/proposals/proposal.ts';
import { publicationsOf } from '#functions/commands/result-receipt.ts';
import { type CallView, publicCall } from '#functions/commands/rounds.ts';
import type { Application } from '#shared/domain/application.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { Correction } from '#shared/domain/claim.ts';
import { grantedTotals } from '#shared/domain/corrected.ts';
import { asProposed } from '#shared/domain/departure-decisions.ts';
import { latestEdition, type ResultsEdition } from '#shared/domain/edition.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import type { RoundId, Sha256 } from '#shared/domain/ids.ts';
import { waitsForOffer } from '#shared/domain/offer.ts';
import { isTold, publishedResults, resultsExpectedAt } from '#shared/domain/publication.ts';
import { type ResultChange, whatWouldChange } from '#shared/domain/result-change.ts';
import type { Publication, Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { isFinal } from '#shared/domain/round-record.ts';
import type { RatedScores, SeverityAdjustment } from '#shared/domain/severity-rule.ts';
import type { GatedStage } from '#shared/domain/stage.ts';
import type { Standing } from '#shared/domain/standing.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock'>;

/** One line of the results as anyone reads it: by number, without a name and without reasons. */
export type ResultLine = Pick<Standing, 'number' | 'outcome' | 'rank' | 'scoring' | 'interview' | 'total'>;

/** That final results were corrected, and what that changed since the edition before. */
export type ShownEdition = Pick<ResultsEdition, 'number' | 'cause' | 'correctedAt'> & {
  /** By number; who stands as before is not among them. */
  changed: readonly { before: ResultLine; after: ResultLine }[];
};

export type PublicResults = {
  call: CallView;
  results?: { final: boolean; lines: readonly ResultLine[]; edition?: ShownEdition };
  /** The bundles by which anyone can check them. */
  publications: readonly Publication[];
  /** When results can be expected, before they are there. */
  expectedAt?: Instant;
};

/** The results of a round, or when they are expected. */
export const publicResults = async (
  deps: Deps,
  roundId: RoundId,
): Promise<Result<PublicResults, Refusal>> => {
  const call = await publicCall(deps, roundId);
  if (!call.ok) return call;
  const { round, file } = call.value;
  const published = publishedResults(round);
  if (!published) {
    const expectedAt = resultsExpectedAt(round, file);
    return ok({ call: call.value, publications: [], ...(expectedAt && { expectedAt }) });
  }
  const lines = await linesOf(deps, published.decision);
  const edition = await shownEdition(deps, round, lines);
  const results = { final: published.stage === 'claims', lines, ...(edition && { edition }) };
  return ok({ call: call.value, results, publications: publicationsOf(round) });
};

const linesOf = async ({ records }: Pick<Deps, 'records'>, decision: Sha256): Promise<ResultLine[]> =>
  (await standingListOf(records, decision)).standings.map(lineOf);

const shownEdition = async (
  deps: Deps,
  round: Round,
  lines: readonly ResultLine[],
): Promise<ShownEdition | undefined> => {
  const editions = 'editions' in round ? (round.editions ?? []) : [];
  const latest = editions.at(-1);
  const decision = editions.at(-2)?.decision ?? ('decisions' in round ? round.decisions.claims : undefined);
  if (!latest || !decision) return undefined;
  const earlier = new Map((await linesOf(deps, decision)).map((line) => [line.number, line]));
  const changed = lines
    .flatMap((after) => {
      const before = earlier.get(after.number);
      return before && canonicalJson(before) !== canonicalJson(after) ? [{ before, after }] : [];
    })
    .toSorted((a, b) => (a.after.number < b.after.number ? -1 : 1));
  const { number, cause, correctedAt } = latest;
  return { number, cause, correctedAt, changed };
};

/** Copies what may leave: whose application it is, and why it stands there, stays inside. Of who withdrew the number alone, as in the bundle. */
const lineOf = ({ number, outcome, reasons, rank, scoring, interview, total }: Standing): ResultLine =>
  reasons.includes('withdrawn')
    ? { number, outcome }
    : {
        number,
        outcome,
        ...(rank !== undefined && { rank }),
        ...(scoring !== undefined && { scoring }),
        ...(interview !== undefined && { interview }),
        ...(total !== undefined && { total }),
      };

/** One decision about the own application, and what it was measured by. */
export type OwnStage = {
  stage: GatedStage;
  standing: Standing;
  /** Percent that had to be reached. */
  minimum?: number;
  /** Of how many who were ranked. */
  rankedCount: number;
  /** What would have made it go on, where points decided. */
  change?: ResultChange;
  /** The committee decided so otherwise than the points propose. */
  departed?: true;
};

export type OwnResult = {
  application: Application;
  round: Round;
  file: RoundFile;
  /** Newest first; a stage is in it once its letters were released or results were published. */
  stages: readonly OwnStage[];
  /** How the offers ended, once that is told. */
  offers?: OwnOffers;
  /** Whether another offer may come. */
  mayBeOffered: boolean;
  points: readonly OwnPoints[];
  /** What those who judged say to the applicant, without who said it. */
  comments: readonly OwnComment[];
  /** Totals that a claim put in the place of others, as they stand now. */
  corrected: Correction;
  /** Totals that stand otherwise than they were told first. */
  changes: readonly OwnChange[];
  /** Corrections of the round that concerned it after it was told of results, oldest first. */
  corrections: readonly OwnCorrection[];
  /**
   * What the raters came to with and without adjustment, where the round file asks for it; told with the scoring. Not what the checks
   * found: with the bundle that would tell how good the application of somebody was who withdrew.
   */
  adjustment?: Pick<SeverityAdjustment, 'counts'> & { rated: RatedScores };
  /** Bundles of which there is a receipt. */
  publications: readonly Publication[];
};

/** Where the own application stands, and how it came about. */
export const ownResult = async (
  deps: Deps,
  command: ApplicationCommand,
): Promise<Result<OwnResult, Refusal>> => {
  const opened = await openApplication(deps, command);
  if (!opened.ok) return opened;
  const { found, file } = opened.value;
  const round = opened.value.round.state;
  const stages = await toldStages(deps, round, { file, application: found.state });
  const candidacy = await deps.records.find(candidacyAggregate, found.id);
  const adjustment = await ownAdjustment(deps, round, stages);
  // Of the first list that was told: what was corrected since is named as such.
  const marks = stages.findLast(({ standing }) => standing.marks)?.standing.marks ?? {};
  const { points, comments } = await ownPoints(deps, round, { id: found.state.id, file, marks });
  const changes = await ownChanges(deps, found.state, stages);
  const offers = await ownOffers(deps, { round, candidacy: candidacy?.state });
  return ok({
    application: found.state,
    round,
    file,
    stages,
    ...(offers && { offers }),
    mayBeOffered: candidacy !== undefined && mayBeOffered(round, candidacy.state),
    points: changedPoints(points, changes),
    comments,
    changes,
    publications: publicationsOf(round),
    ...(adjustment && { adjustment }),
    corrections: isTold(round, 'scoring') ? await ownCorrections(deps, found.state) : [],
    corrected:
      candidacy && stages.some(({ stage }) => stage === 'claims')
        ? grantedTotals(candidacy.state, await correctedNow(deps.records, round.id))
        : {},
  });
};

const mayBeOffered = (round: Round, candidacy: Candidacy): boolean =>
  !isFinal(round) || (round.stage === 'offers' && waitsForOffer(candidacy));

/** Which scores count is decided with the shortlist, and told with it. */
const ownAdjustment = async (
  { records }: Deps,
  round: Round,
  stages: readonly OwnStage[],
): Promise<OwnResult['adjustment']> => {
  const rated = stages.find(({ stage }) => stage === 'scoring')?.standing.rated;
  const { adjustment } = (rated && (await decidedList(records, round, 'scoring'))) ?? {};
  return rated && adjustment && { counts: adjustment.counts, rated };
};

/** The preliminary list says the same as that of the interviews, and counts. */
const tellable = ['claims', 'preliminary', 'interviews', 'scoring', 'screening'] as const;

const toldStages = async (
  { records }: Deps,
  round: Round,
  { file, application }: { file: RoundFile; application: Application },
): Promise<OwnStage[]> => {
  if (!('decisions' in round)) return [];
  const told: OwnStage[] = [];
  const isPublished = publishedResults(round) !== undefined;
  for (const stage of tellable) {
    const decision = countedDecision(round, stage);
    const isDouble = stage === 'interviews' && isPublished;
    if (!decision || isDouble || !isTold(round, stage)) continue;
    const list = await standingListOf(records, decision);
    const { standings } = list;
    const standing = standings.find(({ applicationId }) => applicationId === application.id);
    if (!standing) continue;
    const rankedCount = standings.filter(({ rank }) => rank !== undefined).length;
    const minimum = minimumOf(file, stage);
    const atMost = stage === 'scoring' ? file.shortlist.atMost : undefined;
    const change = whatWouldChange(standing, {
      standings: asProposed(list),
      minimum,
      atMost,
      minimums: file.minimums,
    });
    const measured = { ...(minimum !== undefined && { minimum }), ...(change && { change }) };
    const isDeparted = list.departures?.some(({ applicationId }) => applicationId === application.id);
    told.push({ stage, standing, rankedCount, ...measured, ...(isDeparted && { departed: true }) });
  }
  return told;
};

/** What was decided at a stage; of final results that were corrected what the newest edition says. */
const countedDecision = (round: Round, stage: GatedStage): Sha256 | undefined => {
  if (!('decisions' in round)) return undefined;
  const edition = stage === 'claims' && 'editions' in round ? latestEdition(round) : undefined;
  return edition?.decision ?? round.decisions[stage];
};

const minimumOf = (file: RoundFile, stage: (typeof tellable)[number]): number | undefined => {
  if (stage === 'screening') return undefined;
  return stage === 'scoring' ? file.shortlist.minimumPoints : file.results.minimumPoints;
};
