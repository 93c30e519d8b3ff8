import { square } from '#shared/analysis/square.ts';

/**
 * What is odd about how often each mark was given. Every mark is held against its neighbours on the same scale, so that neither the shape of
 * the marks nor the steps that a test allows count as odd: only that one mark is more frequent than those on both sides of it.
 */
export type DigitFound =
  /** Marks that end so are more frequent than those beside them: typed by eye, rounded, or invented. */
  | { kind: 'heaped'; digits: string; percent: number; expected: number }
  /** Each mark comes about as often as its neighbours, more evenly than chance: places of a ranking spread over the scale. */
  | { kind: 'even'; least: number; most: number };

/**
 * Bounds are ours, from simulated marks (test/shared/marks/alarms.test.ts): with them honest files of eight kinds are hardly ever found odd,
 * and one mark in four that was rounded to tens or fives is found among 200.
 */
const bounds = {
  rows: 60,
  /** Fewer different marks have no last digits to speak of. */
  values: 20,
  /** Standard errors above the neighbours, and percent of all marks. */
  heapErrors: 4.5,
  heapPercent: 10,
  /** Standard errors below the unevenness that chance gives. */
  evenErrors: 3.9,
} as const;

/** In hundredths, which marks are whole numbers of. */
const point = 100;

/** @param ends of the scale: marks there are left out, since whoever would have more or less has these */
export const digitsIn = (
  marks: readonly number[],
  { least, most }: { least: number; most: number },
): DigitFound[] => {
  const inside = marks.flatMap((mark) => (mark > least && mark < most ? [Math.round(mark * 100)] : []));
  if (inside.length < bounds.rows) return [];
  const unit = Math.max(point, inside.reduce(greatestCommon));
  const counts = new Map<number, number>();
  for (const mark of inside) {
    const step = Math.floor(mark / unit);
    counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  return [...heapedIn(counts, unit, inside.length), ...evenIn(counts, inside.length)];
};

const greatestCommon = (a: number, b: number): number => (b === 0 ? Math.abs(a) : greatestCommon(b, a % b));

/** Fives and tens first, then each digit by itself: only what stands out most is said. */
const classes: readonly (readonly number[])[] = [
  [0, 5],
  ...Array.from({ length: 10 }, (_, digit) => [digit]),
];

const heapedIn = (counts: ReadonlyMap<number, number>, unit: number, rows: number): DigitFound[] => {
  const steps = [...counts.keys()].toSorted((a, b) => a - b);
  if (steps.length < bounds.values) return [];
  const heaps = classes.map((digits) => {
    let [own, excess, variance] = [0, 0, 0];
    for (const [place, step] of steps.entries()) {
      const digit = ((Math.floor((step * unit) / point) % 10) + 10) % 10;
      if (!digits.includes(digit)) continue;
      const count = counts.get(step) ?? 0;
      own += count;
      const [before, after] = [steps[place - 1], steps[place + 1]];
      if (before === undefined || after === undefined) continue;
      const beside = (counts.get(before) ?? 0) + (counts.get(after) ?? 0);
      excess += count - beside / 2;
      // The count and half the sum of two others, were all three as likely.
      variance += (count + beside) / 2;
    }
    return { digits, own, excess, errors: variance > 0 ? excess / Math.sqrt(variance) : 0 };
  });
  const [most] = heaps
    .filter(({ excess, errors }) => errors >= bounds.heapErrors && excess * 100 >= bounds.heapPercent * rows)
    .toSorted((a, b) => b.excess - a.excess);
  if (!most) return [];
  const percentOf = (count: number): number => Math.round((100 * count) / rows);
  return [
    {
      kind: 'heaped',
      digits: most.digits.join(', '),
      percent: percentOf(most.own),
      expected: percentOf(most.own - most.excess),
    },
  ];
};

const evenIn = (counts: ReadonlyMap<number, number>, rows: number): DigitFound[] => {
  const steps = [...counts.keys()];
  const [low, high] = [Math.min(...steps), Math.max(...steps)];
  const all = Array.from({ length: high - low + 1 }, (_, place) => counts.get(low + place) ?? 0);
  // With less than one mark each, who has none looks even.
  if (all.length < bounds.values || rows < all.length) return [];
  let [squares, expected, weight] = [0, 0, 0];
  for (let place = 1; place < all.length - 1; place += 1) {
    const [before = 0, own = 0, after = 0] = all.slice(place - 1, place + 2);
    const chance = (before + own + after) / 2;
    squares += square(own - (before + after) / 2);
    expected += chance;
    weight += square(chance);
  }
  if (!isTooEven(squares / expected, square(expected) / weight)) return [];
  const within = all.slice(1, -1);
  return [{ kind: 'even', least: Math.min(...within), most: Math.max(...within) }];
};

/**
 * Whether squares are so small a share of what chance gives, by Wilson and Hilferty's cube root of χ². Differences of neighbours overlap:
 * 35 of 18 values that weigh the same are worth one that is free (1 + 2 × (2/3)² + 2 × (1/6)²).
 */
const isTooEven = (share: number, values: number): boolean => {
  const freedom = (values * 18) / 35;
  const root = 1 - 2 / (9 * freedom) - bounds.evenErrors * Math.sqrt(2 / (9 * freedom));
  return root > 0 && share <= root * root * root;
};
