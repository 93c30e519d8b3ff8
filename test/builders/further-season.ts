import { adjust } from '#shared/analysis/adjust.ts';
import { nearLine } from '#shared/analysis/near-line.ts';
import { rank } from '#shared/analysis/ranking.ts';
import { type Rating, tableOf } from '#shared/analysis/ratings.ts';
import { type Chance, chanceOf } from '#shared/chance.ts';
import { normalOf } from '#test/builders/simulated-round.ts';

/** Variances as in ANCHORS 5.2 (UK GP selection): 28 % of the variance is the candidate's, 12 % the rater's, 60 % chance and taste. */
const spread = { quality: Math.sqrt(0.28), rater: Math.sqrt(0.12), residual: Math.sqrt(0.6) } as const;

export type LineDesign = { applications: number; raters: number; places: number };

/** Ratings of each application at first, and how many more it may get. */
const ratings = { first: 2, atMost: 3 } as const;

/** Wrong decisions: at first, with further ratings near the line, and with as many for anybody. */
export type Season = { before: number; near: number; anybody: number; asked: number };

/** What ranks go by: the model's scores, or in a round of the product the plain means (`shared/domain/further-ratings.ts`). */
export type Way = { by: 'adjusted' | 'unadjusted'; level: number };

/** One round, rated once, and then further in both ways from the same first ratings. */
export const furtherSeason = (way: Way, design: LineDesign, seed: string): Season => {
  const world = aWorld(design, seed);
  const wrong = (given: readonly Rating[]): number => wrongIn(world, compared(way, given).scores);
  const before = wrong(world.first);
  const near = furtherNear(world, way);
  const anybody = furtherByLot(world, near.rounds);
  return {
    before,
    near: wrong(near.ratings),
    anybody: wrong(anybody),
    asked: near.rounds.reduce((sum, count) => sum + count, 0),
  };
};

/** Scores with their errors; a plain mean errs also by how severe its raters happen to be. */
const compared = (
  { by }: Pick<Way, 'by'>,
  given: readonly Rating[],
): { scores: Float64Array; errors: Float64Array } => {
  const table = tableOf(given);
  const { adjusted, se, raw, variances } = adjust(table);
  if (by === 'adjusted') return { scores: adjusted, errors: se };
  const { residual, rater } = variances;
  const errors = raw.map((_, item) =>
    Math.sqrt((residual + rater) / ((table.first[item + 1] ?? 0) - (table.first[item] ?? 0))),
  );
  return { scores: raw, errors };
};

type World = {
  design: LineDesign;
  quality: Float64Array;
  first: readonly Rating[];
  /** The rating of an application by the nth rater who is asked for it: the same whoever asks. */
  rated: (item: number, nth: number) => Rating;
  chance: Chance;
};

const aWorld = (design: LineDesign, seed: string): World => {
  const chance = chanceOf(seed);
  const normal = normalOf(chance);
  const severity = Float64Array.from({ length: design.raters }, () => spread.rater * normal());
  const quality = Float64Array.from({ length: design.applications }, () => spread.quality * normal());
  const all = Array.from(quality, (theta, item) => {
    const order = chance.shuffle(Int32Array.from({ length: design.raters }, (_, rater) => rater));
    return Array.from(order.subarray(0, ratings.first + ratings.atMost), (rater) => ({
      application: nameOf(item),
      rater: `R${rater}`,
      score: theta + (severity[rater] ?? 0) + spread.residual * normal(),
    }));
  });
  const rated = (item: number, nth: number): Rating => {
    const found = all[item]?.[nth];
    if (!found) throw new Error(`Nobody else rates ${nameOf(item)}.`);
    return found;
  };
  const first = Array.from(quality.keys()).flatMap((item) => [rated(item, 0), rated(item, 1)]);
  return { design, quality, first, rated, chance };
};

/** In the order of the table, which sorts its ids. */
const nameOf = (item: number): string => `A${String(item).padStart(6, '0')}`;

/** Asks for exactly the group at the line, until the rule stops. @returns the ratings, and how many each turn asked for */
const furtherNear = ({ design, first, rated }: World, way: Way): { ratings: Rating[]; rounds: number[] } => {
  const further = new Int32Array(design.applications);
  const given = [...first];
  const rounds: number[] = [];
  for (;;) {
    const { ask } = nearLine(
      { ...compared(way, given), further },
      { places: design.places, atMost: ratings.atMost, level: way.level },
    );
    if (ask.length === 0) return { ratings: given, rounds };
    rounds.push(ask.length);
    for (const item of ask) {
      given.push(rated(item, ratings.first + (further[item] ?? 0)));
      further[item] = (further[item] ?? 0) + 1;
    }
  }
};

/** As many ratings in as many turns, each turn for applications that are drawn among all that may have one more. */
const furtherByLot = ({ design, first, rated, chance }: World, rounds: readonly number[]): Rating[] => {
  const further = new Int32Array(design.applications);
  const given = [...first];
  for (const count of rounds) {
    const open = Int32Array.from(further.keys()).filter((item) => (further[item] ?? 0) < ratings.atMost);
    for (const item of chance.shuffle(open).subarray(0, count)) {
      given.push(rated(item, ratings.first + (further[item] ?? 0)));
      further[item] = (further[item] ?? 0) + 1;
    }
  }
  return given;
};

const best = (scores: Float64Array, { places }: LineDesign): Int32Array =>
  rank(scores).order.subarray(0, places);

const wrongIn = ({ design, quality }: World, scores: Float64Array): number => {
  const truly = new Set(best(quality, design));
  return best(scores, design).filter((item) => !truly.has(item)).length;
};
