import { composeAdjustment } from '#shared/bundle/compose-adjustment.ts';
import { composeOffers, type OffersGathered } from '#shared/bundle/compose-offers.ts';
import type { Edition, NamedEdition } from '#shared/bundle/edition.ts';
import {
  type Leaf,
  type OpenRow,
  type Part,
  type RatedPoints,
  type Statement,
} from '#shared/bundle/format.ts';
import { formatOf } from '#shared/bundle/format-number.ts';
import { rootOf } from '#shared/bundle/merkle.ts';
import { hashOfLeaf, saltFrom, smallestGroup } from '#shared/bundle/sealing.ts';
import type { Candidacy, Score } from '#shared/domain/candidacy.ts';
import type { ApplicationId, PersonId, VacancyCode } from '#shared/domain/ids.ts';
import { atTieStep, lotOf } from '#shared/domain/ranking.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { ratedCriteria, totalOf } from '#shared/domain/rubric.ts';
import type { SeverityAdjustment } from '#shared/domain/severity-rule.ts';
import type { Standing, StandingList } from '#shared/domain/standing.ts';

/** What the record holds of one application. */
export type GatheredPerson = {
  candidacy: Candidacy;
  /** Those that counted when the committee decided on them. */
  scores: readonly Score[];
  scorecards: readonly Score[];
  /** Own wishes that would take the person, best first. */
  wishes: readonly VacancyCode[];
};

/** Everything that a statement is made of, as it stood when the committee decided. */
export type GatheredResults = Pick<
  Statement,
  'region' | 'stage' | 'decision' | 'madeAt' | 'roundFile' | 'register'
> & {
  /** The final results. */
  results: StandingList;
  /** Which edition these are, where they correct results that were published before. */
  edition?: Edition | undefined;
  /** Every edition that was there when the offers ended, where there was more than the first. */
  editions?: readonly NamedEdition[] | undefined;
  file: Pick<RoundFile, 'ties'> & Record<'rubric' | 'interviews', Pick<RoundFile['rubric'], 'criteria'>>;
  people: ReadonlyMap<ApplicationId, GatheredPerson>;
  /** What adjusting the scores came to when the shortlist was decided, where the round file asks for it. */
  adjustment?: SeverityAdjustment | undefined;
  offers?: OffersGathered;
  /** Of chance, new for each bundle and kept nowhere: all salts come from it. */
  secret: string;
};

/** The statement that is signed, and the leaves that stay with their owners. The same record and secret give the same bytes. */
export const composeResults = (gathered: GatheredResults): { statement: Statement; leaves: Leaf[] } => {
  const standings = gathered.results.standings.toSorted(
    (a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || (a.number < b.number ? -1 : 1),
  );
  const codeOf = raterCodesIn(gathered, standings);
  const ratingsOf = codedRatings(codeOf);
  const ties = tiesIn(standings, gathered);
  const chosen = secondChoices(gathered);
  const departed = new Set(gathered.results.departures?.map(({ applicationId }) => applicationId));
  const leaves = standings.map((standing) => {
    const { applicationId: id } = standing;
    const own = { ratingsOf, tie: ties.get(id), chosen: chosen.get(id) ?? [], departed: departed.has(id) };
    return leafOf(standing, gathered, own);
  });
  const staying = leaves.filter(({ applicationId }) => !hasLeft(applicationId, gathered));
  const shown = shownParts(staying);
  if (!shown.marks) for (const leaf of leaves) withholdMarks(leaf);
  for (const leaf of staying) leaf.row = withRatings(leaf, shown, gathered.file);
  const rows = leaves.map((leaf) => ({ ...leaf.row, leaf: hashOfLeaf(leaf) }));
  const { region, stage, decision, edition, editions, madeAt, roundFile, register } = gathered;
  const { results, offers, secret } = gathered;
  const { drawnFrom: draw } = results;
  const scoresOf = (id: ApplicationId): readonly Score[] => gathered.people.get(id)?.scores ?? [];
  const adjustment =
    gathered.adjustment &&
    composeAdjustment({ decided: gathered.adjustment, standings, scoresOf, codeOf, rows });
  const sealed = offers && composeOffers(offers, standings, secret);
  const statement: Statement = {
    kind: 'results',
    format: formatOf({
      edition,
      editions,
      rows,
      draw,
      adjustment,
      offers: sealed,
      roundFile: gathered.roundFile,
    }),
    region,
    roundId: results.roundId,
    stage,
    decision,
    ...(edition && { edition }),
    ...(editions && { editions: [...editions] }),
    madeAt,
    roundFile,
    register,
    ...(results.drawSeed && { drawSeed: results.drawSeed }),
    ...(draw && { draw }),
    ...(adjustment && { adjustment }),
    rows,
    ...(sealed && { offers: sealed }),
    root: rootOf(rows.map(({ leaf }) => leaf)),
  };
  return { statement, leaves };
};

/** Withdrew during the offers: ranks and steps need the row, and the raters' scores are from then on for the owner alone. */
const hasLeft = (id: ApplicationId, { offers }: GatheredResults): boolean =>
  offers?.contenders.some(
    ({ candidacy }) => candidacy.applicationId === id && candidacy.withdrawnAt !== undefined,
  ) ?? false;

/** What people chose in the exchange, once that counts. */
const secondChoices = ({ offers }: GatheredResults): ReadonlyMap<ApplicationId, readonly VacancyCode[]> =>
  new Map(
    (offers?.plan.exchangedAt ? offers.contenders : []).map(({ candidacy: { applicationId, exchange } }) => [
      applicationId,
      exchange?.choices ?? [],
    ]),
  );

type RatingsOf = (person: GatheredPerson | undefined) => Leaf['ratings'];

type Own = {
  ratingsOf: RatingsOf;
  tie: OpenRow['tie'];
  chosen: readonly VacancyCode[];
  departed: boolean;
};

const leafOf = (
  standing: Standing,
  { people, secret }: GatheredResults,
  { ratingsOf, tie, chosen, departed }: Own,
): Leaf => {
  const person = people.get(standing.applicationId);
  const { category, experienceYears } = person?.candidacy.facts ?? {};
  const isGone = standing.reasons.includes('withdrawn');
  return {
    salt: saltFrom(secret, `leaf ${standing.applicationId}`),
    applicationId: standing.applicationId,
    row: { ...openRowOf(standing, person, tie), ...(departed && { departed: true as const }) },
    reasons: standing.reasons,
    facts: {
      ...(category !== undefined && { category }),
      ...(experienceYears !== undefined && { experienceYears }),
    },
    ratings: isGone ? { scoring: [], interview: [] } : ratingsOf(person),
    wishes: [...(person?.wishes ?? []), ...chosen].map((vacancy) => ({
      vacancy,
      salt: saltFrom(secret, `vacancy ${vacancy}`),
    })),
  };
};

/** Who withdrew before the final results is named by number and nothing else. */
const openRowOf = (standing: Standing, person: GatheredPerson | undefined, tie: OpenRow['tie']): OpenRow => {
  const { number, outcome, rank, total, reasons } = standing;
  if (reasons.includes('withdrawn')) return { number, outcome };
  const corrected = person?.candidacy.corrected ?? {};
  const part = (of: 'scoring' | 'interview'): Record<string, Part> => {
    const value = standing[of];
    if (value === undefined) return {};
    const isCorrected = corrected[of] !== undefined;
    const marks = of === 'scoring' && standing.marks;
    return { [of]: { value, ...(marks && { marks }), ...(isCorrected && { corrected: true as const }) } };
  };
  return {
    number,
    outcome,
    ...(rank !== undefined && { rank }),
    ...(total !== undefined && { total }),
    ...part('scoring'),
    ...part('interview'),
    ...(tie && { tie }),
  };
};

type Ties = ReadonlyMap<ApplicationId, NonNullable<OpenRow['tie']>>;

/**
 * Only among several with the same total, and of their answers only which comes first: nobody's category or age can be read there. Of ten thousand people thousands may
 * have one total, so each step puts all of them in order at once.
 */
const tiesIn = (standings: readonly Standing[], { results, file, people }: GatheredResults): Ties => {
  const { drawSeed, roundId } = results;
  if (!drawSeed) return new Map();
  const ranked = standings.filter(({ rank }) => rank !== undefined);
  const tied = [...Map.groupBy(ranked, ({ total }) => total).values()].filter(({ length }) => length > 1);
  const at = (
    { applicationId, interview, marks }: Standing,
    step: RoundFile['ties']['order'][number],
  ): number => {
    const facts = people.get(applicationId)?.candidacy.facts ?? {};
    return atTieStep({ facts, marks, ...(interview !== undefined && { interview }) }, step);
  };
  const tiesOf = (group: readonly Standing[]): (readonly [ApplicationId, NonNullable<OpenRow['tie']>])[] => {
    const steps = file.ties.order.map((step) => placesOf(group.map((one) => at(one, step))));
    return group.map(({ applicationId }, index) => {
      const levels = steps.map((places) => places[index] ?? 0);
      return [applicationId, { levels, lot: lotOf(applicationId, { drawSeed, roundId }) }];
    });
  };
  return new Map(tied.flatMap(tiesOf));
};

/** For each value, how many smaller ones there are: 0 for the least. */
const placesOf = (values: readonly number[]): number[] => {
  const order = [...new Set(values)].toSorted((a, b) => a - b);
  const places = new Map(order.map((value, place) => [value, place]));
  return values.map((value) => places.get(value) ?? 0);
};

type CodeOf = (rater: string) => string;

/**
 * Codes of raters. They follow from the secret, so that their order says nothing of who sat on the committee; whoever rated
 * fewer than five applications shares the code R0.
 */
const raterCodesIn = ({ people, secret }: GatheredResults, standings: readonly Standing[]): CodeOf => {
  const counts = new Map<PersonId, number>();
  for (const { applicationId } of standings) {
    const person = people.get(applicationId);
    const raters = new Set(
      [...(person?.scores ?? []), ...(person?.scorecards ?? [])].map((one) => one.raterId),
    );
    for (const rater of raters) counts.set(rater, (counts.get(rater) ?? 0) + 1);
  }
  const order = [...counts]
    .filter(([, count]) => count >= smallestGroup)
    .map(([rater]) => ({ rater, lot: saltFrom(secret, `rater ${rater}`) }))
    .toSorted((a, b) => (a.lot < b.lot ? -1 : 1));
  const codes = new Map<string, string>(order.map(({ rater }, index) => [rater, `R${index + 1}`]));
  return (rater) => codes.get(rater) ?? 'R0';
};

const codedRatings = (codeOf: CodeOf): RatingsOf => {
  const coded = (scores: readonly Score[]): RatedPoints[] =>
    scores
      .map(({ raterId, station, points }) => ({
        rater: codeOf(raterId),
        ...(station !== undefined && { station }),
        points,
      }))
      .toSorted((a, b) => byText(a.rater, b.rater) || byText(a.station ?? '', b.station ?? ''));
  return (person) => ({ scoring: coded(person?.scores ?? []), interview: coded(person?.scorecards ?? []) });
};

type Shown = { scoring: boolean; interview: boolean };

/** Beside a value the ratings would tell the marks: where these are withheld, so are the ratings. */
const shownParts = (leaves: readonly Leaf[]): Shown & { marks: boolean } => {
  const isShown = (of: keyof Shown): boolean =>
    leaves.filter(({ row, ratings }) => row[of] && ratings[of].length > 0).length >= smallestGroup;
  const marked = leaves.filter(({ row }) => row.scoring?.marks).length;
  const marks = marked === 0 || marked >= smallestGroup;
  return { scoring: marks && isShown('scoring'), interview: isShown('interview'), marks };
};

/** What was public of the marks is the owner's alone. */
const withholdMarks = (leaf: Leaf): void => {
  const { scoring } = leaf.row;
  if (!scoring?.marks) return;
  const { marks, ...part } = scoring;
  leaf.marks = marks;
  leaf.row = { ...leaf.row, scoring: { ...part, marksWithheld: true } };
};

const withRatings = (
  { row, ratings }: Leaf,
  shown: Shown,
  { rubric, interviews }: GatheredResults['file'],
): OpenRow => {
  const part = (of: keyof Shown, { criteria }: GatheredResults['file']['rubric']): Record<string, Part> => {
    const given = row[of];
    if (!given || !shown[of] || ratings[of].length === 0) return {};
    const rated = ratedCriteria(criteria);
    const totals = ratings[of].map(({ points, ...whose }) => ({
      ...whose,
      total: totalOf(rated, points),
    }));
    return { [of]: { ...given, ratings: totals } };
  };
  return { ...row, ...part('scoring', rubric), ...part('interview', interviews) };
};

const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
