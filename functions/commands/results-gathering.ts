import type { CommandDeps } from '#functions/commands/deps.ts';
import { correctedListOf, roundFileOf, standingListOf, vacanciesOf } from '#functions/commands/pinned.ts';
import { decidedList } from '#functions/commands/proposals/proposal.ts';
import { basisOf, editionsNamed, gatherOffers, roundUntil } from '#functions/commands/results-offers.ts';
import { eachOf } from '#functions/commands/selection.ts';
import type { GatheredPerson, GatheredResults } from '#shared/bundle/compose.ts';
import type { Edition } from '#shared/bundle/edition.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { type Committee, committeeAggregate } from '#shared/domain/committee.ts';
import {
  type CorrectedParts,
  grantedApart,
  nothingCorrected,
  uncountable,
} from '#shared/domain/corrected.ts';
import type { ResultsEdition } from '#shared/domain/edition.ts';
import type { StoredEvent } from '#shared/domain/event.ts';
import type { ApplicationId, RoundId, Sha256 } from '#shared/domain/ids.ts';
import { countedScorecards } from '#shared/domain/interview.ts';
import { isAcceptable } from '#shared/domain/offer-wave.ts';
import { editionPublished, type Owed, type PublishedStage } from '#shared/domain/results-publication.ts';
import { RoundEvent } from '#shared/domain/round.ts';
import { type FinalRound, roundAggregate } from '#shared/domain/round-record.ts';
import { countedScores } from '#shared/domain/scoring.ts';
import type { GatedStage } from '#shared/domain/stage.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';
import { correctionsAggregate } from '#shared/replay/correction.ts';
import { correctionOf } from '#shared/replay/correction-decisions.ts';
import { type Drawn, proposalsIn, readsIn, stateRead } from '#shared/replay/drawn.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance'>;

const readsAtOnce = 32;

/** Bytes of the secret that all salts of a bundle come from. */
const secretBytes = 32;

/**
 * Reads all that a bundle is made of, each record as it stood when the committee's proposal was drawn up: what happened since, such as
 * a conflict of interest that was declared later, is in no decision.
 */
export const gatherResults = async (
  { records, clock, chance }: Deps,
  round: FinalRound,
  { stage, decision, edition }: Owed & { stage: PublishedStage },
): Promise<GatheredResults> => {
  const [file, fileText, vacancies, committee, ownHistory, scored] = await Promise.all([
    roundFileOf(records, round.plan),
    records.blob(round.plan.file),
    vacanciesOf(records, round.register.sha256),
    records.history(committeeAggregate.name, round.id),
    records.history(roundAggregate.name, round.id),
    decidedList(records, round, 'scoring'),
  ]);
  const moments = await momentsOf(records, ownHistory);
  const drawn = momentOf(moments, stage);
  const until = stage === 'offers' ? roundUntil(ownHistory, drawn) : {};
  const basis = edition ?? basisOf(until);
  const results = await standingListOf(records, basis?.decision ?? round.decisions.claims ?? decision);
  const histories = new Map(
    await eachOf(results.standings, readsAtOnce, async ({ applicationId }) => {
      const history = await records.history(candidacyAggregate.name, applicationId);
      return [applicationId, history] as const;
    }),
  );
  const corrected = await correctedFor(records, round.id, basis ?? momentOf(moments, 'claims'));
  const context = { vacancies, committee, moments, corrected };
  const people = new Map(
    [...histories].flatMap(([id, history]): [ApplicationId, GatheredPerson][] => {
      const person = personOf(history, context);
      return person ? [[id, person]] : [];
    }),
  );
  const gathered = { records, round, until, drawn, file, vacancies, histories };
  const offers = stage === 'offers' ? await gatherOffers(gathered) : undefined;
  const editions = editionsNamed(round, until);
  return {
    region: round.region,
    stage,
    decision,
    ...(edition && { edition: publishedEdition(round, edition) }),
    madeAt: clock.now(),
    roundFile: { sha256: round.plan.file, text: fileText },
    register: round.register.sha256,
    results,
    file,
    people,
    ...(scored?.adjustment && { adjustment: scored.adjustment }),
    ...(offers && { offers }),
    ...(editions && { editions }),
    secret: chance.token(secretBytes),
  };
};

type Moments = ReadonlyMap<GatedStage, Drawn>;

/** When the proposal of each stage that was decided was drawn up, and of what: from then on nothing moved under the votes. */
const momentsOf = async (records: Deps['records'], history: readonly StoredEvent[]): Promise<Moments> => {
  const advances = history
    .map(({ fact }) => RoundEvent.parse(fact))
    .flatMap((event) => (event.type === 'stage-advanced' ? event : []));
  const moments = new Map<GatedStage, Drawn>();
  for (const { from, gate, decision, at } of advances) {
    const proposals = proposalsIn(await records.history('gate', gate));
    const drawnUp = proposals.findLast(({ proposal }) => proposal === decision);
    const reads = drawnUp?.reads && readsIn(await records.blob(drawnUp.reads));
    moments.set(from, { at: drawnUp?.at ?? at, reads });
  }
  return moments;
};

const momentOf = (moments: Moments, stage: GatedStage): Drawn => {
  const moment = moments.get(stage);
  if (!moment) throw new Error(`Nothing was decided in ${stage}.`);
  return moment;
};

type Context = {
  vacancies: readonly Vacancy[];
  committee: readonly StoredEvent[];
  moments: Moments;
  corrected: CorrectedParts;
};

/**
 * What claims and corrections put in the place of totals that follow from raters' points no more. Of other marks alone nothing: those stand in the
 * results, and anybody can count from them.
 * @param of the correction that an edition is of, or what the decided results were drawn up from
 */
const correctedFor = async (
  records: Deps['records'],
  roundId: RoundId,
  of: ResultsEdition | Drawn,
): Promise<CorrectedParts> => {
  if ('correction' in of) {
    const found = (await records.find(correctionsAggregate, roundId))?.state;
    return await partsIn(records, found && correctionOf(found, of.correction)?.applied?.list);
  }
  const history = await records.history(correctionsAggregate.name, roundId);
  return await partsIn(records, stateRead(correctionsAggregate, history, of)?.list);
};

const partsIn = async (records: Deps['records'], sha256: Sha256 | undefined): Promise<CorrectedParts> => {
  const list = sha256 && (await correctedListOf(records, sha256));
  return list ? uncountable(list) : nothingCorrected;
};

/** What the edition says of the one before, which is published by then. */
const publishedEdition = (round: FinalRound, edition: ResultsEdition): Edition => {
  const { number, cause, correctedAt } = edition;
  const before = editionPublished(round, number - 1);
  if (!before) throw new Error(`Edition ${number - 1} of ${round.id} is not published.`);
  return { number, cause, correctedAt, corrects: { root: before.root, bundle: before.bundle } };
};

const withTotals = (candidacy: Candidacy, corrected: CorrectedParts): Candidacy => {
  const { scoring, interview } = corrected.of.get(candidacy.applicationId) ?? {};
  return {
    ...candidacy,
    corrected: {
      ...(scoring !== undefined && { scoring }),
      ...(interview !== undefined && { interview }),
      ...grantedApart(candidacy, corrected),
    },
  };
};

const personOf = (
  history: readonly StoredEvent[],
  { vacancies, committee, moments, corrected }: Context,
): GatheredPerson | undefined => {
  const at = (stage: GatedStage): Candidacy | undefined =>
    stateRead(candidacyAggregate, history, momentOf(moments, stage));
  const [scored, interviewed, candidacy] = [at('scoring'), at('interviews'), at('claims')];
  if (!candidacy) return undefined;
  const sitting: Committee | undefined = stateRead(
    committeeAggregate,
    committee,
    momentOf(moments, 'interviews'),
  );
  const byCode = new Map(vacancies.map((vacancy) => [vacancy.code, vacancy]));
  return {
    candidacy: withTotals(candidacy, corrected),
    scores: scored ? countedScores(scored) : [],
    scorecards: interviewed && sitting ? countedScorecards(interviewed, sitting) : [],
    wishes: candidacy.facts.choices.filter((code) => isAcceptable(candidacy, byCode.get(code))),
  };
};
