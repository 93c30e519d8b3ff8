import { adjust } from '#shared/analysis/adjust.ts';
import { nearLine } from '#shared/analysis/near-line.ts';
import { rank } from '#shared/analysis/ranking.ts';
import { type Rating, tableOf } from '#shared/analysis/ratings.ts';
import { type Chance, chanceOf } from '#shared/chance.ts';
import { figureOf, heading, record } from './harness.ts';

/**
 * What one more rating is worth where it is given near the line alone (ANCHORS B8), beside the same number given to anybody by lot. Wrong
 * decisions are those who go on and are not among the truly best; as many are left out who are.
 */
export const run = async (): Promise<void> => {
  heading(
    'One more rating near the line (1,906 applications, 60 raters, 2 ratings each, 381 places, 20 repeats)',
  );
  for (const [by, level] of [
    ['adjusted', 30],
    ['adjusted', 50],
    ['adjusted', 80],
    ['unadjusted', 50],
    ['unadjusted', 80],
  ] as const) {
    const repeats = Array.from({ length: 20 }, (_, repeat) =>
      season({ by, level }, `near the line ${repeat}`),
    );
    const figures = (pick: (one: Season) => number) => figureOf(repeats.map(pick));
    const { median } = figures(({ asked }) => asked);
    const about = `${by} scores, intervals of ${level} %, ${median.toLocaleString('en')} further ratings`;
    record({
      section: '2 near the line',
      what: `${about}: wrong decisions`,
      unit: 'applications',
      ours: figures(({ near }) => near),
      against: {
        what: 'as many further ratings for anybody, by lot',
        figure: figures(({ anybody }) => anybody),
      },
      goal: 'ANCHORS B8: fewer wrong decisions for a further rating than a uniform further rater',
    });
    record({
      section: '2 near the line',
      what: `${about}: wrong decisions fewer for each hundred of them`,
      unit: 'applications',
      ours: figures(({ before, near, asked }) => (100 * (before - near)) / asked),
      against: {
        what: 'by lot',
        figure: figures(({ before, anybody, asked }) => (100 * (before - anybody)) / asked),
      },
      goal: 'more than by lot',
    });
  }
};

/** Numbers as in ANCHORS 5.2 (UK GP selection): 28 % of the variance is the candidate's, 12 % the rater's, 60 % chance and taste. */
const design = { applications: 1906, raters: 60, places: 381, first: 2, atMost: 3 } as const;
const spread = { quality: Math.sqrt(0.28), rater: Math.sqrt(0.12), residual: Math.sqrt(0.6) } as const;

type Season = { before: number; near: number; anybody: number; asked: number };

/** What ranks go by: the model's scores, or in a round of the product the plain means (`shared/domain/further-ratings.ts`). */
type Way = { by: 'adjusted' | 'unadjusted'; level: number };

/** One round, rated once, and then further in both ways from the same first ratings. */
const season = (way: Way, seed: string): Season => {
  const world = aWorld(seed);
  const wrong = (ratings: readonly Rating[]): number => wrongIn(world, compared(way, ratings).scores);
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
  ratings: readonly Rating[],
): { scores: Float64Array; errors: Float64Array } => {
  const table = tableOf(ratings);
  const { adjusted, se, raw, variances } = adjust(table);
  if (by === 'adjusted') return { scores: adjusted, errors: se };
  const { residual, rater } = variances;
  const errors = raw.map((_, item) =>
    Math.sqrt((residual + rater) / ((table.first[item + 1] ?? 0) - (table.first[item] ?? 0))),
  );
  return { scores: raw, errors };
};

type World = {
  quality: Float64Array;
  first: readonly Rating[];
  /** The rating of an application by the nth rater who is asked for it: the same whoever asks. */
  rated: (item: number, nth: number) => Rating;
  chance: Chance;
};

const aWorld = (seed: string): World => {
  const chance = chanceOf(seed);
  const normal = (): number => {
    let sum = -6;
    for (let term = 0; term < 12; term += 1) sum += chance.below(2 ** 16) / 2 ** 16;
    return sum;
  };
  const severity = Float64Array.from({ length: design.raters }, () => spread.rater * normal());
  const quality = Float64Array.from({ length: design.applications }, () => spread.quality * normal());
  const all = Array.from(quality, (theta, item) => {
    const order = chance.shuffle(Int32Array.from({ length: design.raters }, (_, rater) => rater));
    return Array.from(order.subarray(0, design.first + design.atMost), (rater) => ({
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
  return { quality, first, rated, chance };
};

/** In the order of the table, which sorts its ids. */
const nameOf = (item: number): string => `A${String(item).padStart(6, '0')}`;

/** Asks for exactly the group at the line, until the rule stops. @returns the ratings, and how many each turn asked for */
const furtherNear = ({ first, rated }: World, way: Way): { ratings: Rating[]; rounds: number[] } => {
  const further = new Int32Array(design.applications);
  const ratings = [...first];
  const rounds: number[] = [];
  for (;;) {
    const { ask } = nearLine({ ...compared(way, ratings), further }, { ...design, level: way.level });
    if (ask.length === 0) return { ratings, rounds };
    rounds.push(ask.length);
    for (const item of ask) {
      ratings.push(rated(item, design.first + (further[item] ?? 0)));
      further[item] = (further[item] ?? 0) + 1;
    }
  }
};

/** As many ratings in as many turns, each turn for applications that are drawn among all that may have one more. */
const furtherByLot = ({ first, rated, chance }: World, rounds: readonly number[]): Rating[] => {
  const further = new Int32Array(design.applications);
  const ratings = [...first];
  for (const count of rounds) {
    const open = Int32Array.from(further.keys()).filter((item) => (further[item] ?? 0) < design.atMost);
    for (const item of chance.shuffle(open).subarray(0, count)) {
      ratings.push(rated(item, design.first + (further[item] ?? 0)));
      further[item] = (further[item] ?? 0) + 1;
    }
  }
  return ratings;
};

const best = (scores: Float64Array): Int32Array => rank(scores).order.subarray(0, design.places);

const wrongIn = ({ quality }: World, scores: Float64Array): number => {
  const truly = new Set(best(quality));
  return best(scores).filter((item) => !truly.has(item)).length;
};
