import { createHash } from 'node:crypto';

/*
 * Results once more from the rules in words, for a reader who trusts nothing: whole numbers only, every pair compared with every other, and the
 * hash of the runtime. Nothing of it is shared with the product.
 */

type SlowCriterion = { code: string; weight: number; steps: readonly number[] };
type SlowCard = Readonly<Record<string, number>>;

export type SlowApplicant = {
  id: string;
  cards: readonly SlowCard[];
  /** Totals of the interview, in percent; none before there was one. */
  interview: readonly number[];
  category: string | undefined;
  years: number | undefined;
  marks: Readonly<Record<string, number>>;
};

export type SlowRules = {
  criteria: readonly SlowCriterion[];
  /** Percent of the total that the interview counts. */
  interviewWeight: number;
  ties: readonly string[];
  receipts: readonly string[];
  round: string;
};

/** Points have two decimals at most. */
const whole = (points: number): bigint => BigInt(Math.round(points * 100));

/** In ten-thousandths of a percent: the nearest, and of two that are as near the even one. */
const rounded = (over: bigint, under: bigint): bigint => {
  let nearest = 0n;
  let least: bigint | undefined;
  const about = (over * 10_000n) / under;
  for (const one of [about - 1n, about, about + 1n]) {
    const away = one * under - over * 10_000n;
    const distance = away < 0n ? -away : away;
    if (least === undefined || distance < least || (distance === least && one % 2n === 0n)) {
      nearest = one;
      least = distance;
    }
  }
  return nearest;
};

/** How far up the scale each criterion is that has points, by its weight: one card, in percent. */
const cardTotal = (criteria: readonly SlowCriterion[], card: SlowCard): bigint => {
  const judged = criteria.filter(({ code }) => code in card);
  const spans = judged.map(({ steps }) => whole(Math.max(...steps)) - whole(Math.min(...steps)));
  const product = spans.reduce((all, span) => all * span, 1n);
  let over = 0n;
  for (const [index, { code, weight, steps }] of judged.entries()) {
    const up = whole(card[code] ?? 0) - whole(Math.min(...steps));
    over += (BigInt(weight) * up * product * 100n) / (spans[index] ?? 1n);
  }
  const weight = judged.reduce((sum, one) => sum + one.weight, 0);
  return rounded(over, BigInt(weight) * product);
};

const mean = (totals: readonly bigint[]): bigint =>
  rounded(
    totals.reduce((sum, one) => sum + one, 0n),
    BigInt(totals.length) * 10_000n,
  );

const inTenThousandths = (percent: number): bigint => BigInt(Math.round(percent * 10_000));

export type SlowResult = { id: string; total: number; rank: number };

const slowTotals = (
  applicant: SlowApplicant,
  { criteria, interviewWeight }: SlowRules,
): { scoring: bigint; interview: bigint | undefined; total: bigint } => {
  const scoring = mean(applicant.cards.map((card) => cardTotal(criteria, card)));
  if (applicant.interview.length === 0) return { scoring, interview: undefined, total: scoring };
  const interview = mean(applicant.interview.map(inTenThousandths));
  const weight = BigInt(interviewWeight);
  const total = rounded(scoring * (100n - weight) + interview * weight, 100n * 10_000n);
  return { scoring, interview, total };
};

const ladder = ['none', 'intern', 'teacher', 'moderator', 'expert', 'researcher', 'master'];

/** Whether one comes before another by a step of the rule: 1, -1, or 0 where it does not tell them apart. Who said nothing comes last. */
const byStep = (step: string, a: SlowApplicant, b: SlowApplicant, rules: SlowRules): number => {
  const shown = (one: SlowApplicant): number | undefined => {
    if (step === 'category') return one.category === undefined ? undefined : ladder.indexOf(one.category);
    if (step === 'experience') return one.years;
    if (step === 'interview') {
      const { interview } = slowTotals(one, rules);
      return interview === undefined ? undefined : Number(interview);
    }
    return step === 'test' || step === 'essay' ? one.marks[step] : 0;
  };
  const [mine, theirs] = [shown(a), shown(b)];
  if (mine === theirs) return 0;
  if (mine === undefined) return -1;
  return theirs === undefined || mine > theirs ? 1 : -1;
};

const hash = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

const lot = (id: string, { receipts, round }: SlowRules): string =>
  hash(hash(receipts.toSorted((a, b) => (a < b ? -1 : 1)).join('')) + round + id);

/** Equal in points and at every step: only a lot can tell them apart. */
const isTied = (a: SlowApplicant, b: SlowApplicant, rules: SlowRules): boolean =>
  slowTotals(a, rules).total === slowTotals(b, rules).total &&
  rules.ties.every((step) => byStep(step, a, b, rules) === 0);

const isBefore = (a: SlowApplicant, b: SlowApplicant, rules: SlowRules): boolean => {
  const [mine, theirs] = [slowTotals(a, rules).total, slowTotals(b, rules).total];
  if (mine !== theirs) return mine > theirs;
  for (const step of rules.ties) {
    const told = byStep(step, a, b, rules);
    if (told !== 0) return told > 0;
  }
  return lot(a.id, rules) < lot(b.id, rules);
};

/** Everybody's rank is one more than the number of people before them. */
export const slowRanks = (applicants: readonly SlowApplicant[], rules: SlowRules): SlowResult[] =>
  applicants
    .map((one) => ({
      id: one.id,
      total: Number(slowTotals(one, rules).total) / 10_000,
      rank: 1 + applicants.filter((other) => other !== one && isBefore(other, one, rules)).length,
    }))
    .toSorted((a, b) => a.rank - b.rank);

/** The groups of those between whom only a lot decided, each by rank, the best group first. */
export const slowTies = (applicants: readonly SlowApplicant[], rules: SlowRules): string[][] => {
  const inRank = slowRanks(applicants, rules).map(({ id }) => applicants.find((one) => one.id === id));
  const groups: string[][] = [];
  for (const one of inRank) {
    if (!one || groups.flat().includes(one.id)) continue;
    const group = inRank.flatMap((other) => (other && isTied(one, other, rules) ? other.id : []));
    if (group.length > 1) groups.push(group);
  }
  return groups;
};

/** What somebody must have beside the total: at least so much of a mark, or of the interview in percent. */
type SlowMinimum = { code: string; atLeast: number };
type SlowLine = { least: number; minimums: readonly SlowMinimum[]; places?: number };

const isEnough = (one: SlowApplicant, rules: SlowRules, { least, minimums }: SlowLine): boolean => {
  const { total, interview } = slowTotals(one, rules);
  if (total < inTenThousandths(least)) return false;
  for (const { code, atLeast } of minimums) {
    const mark = one.marks[code];
    const own = code === 'interview' ? interview : mark === undefined ? undefined : inTenThousandths(mark);
    if (own !== undefined && own < inTenThousandths(atLeast)) return false;
  }
  return true;
};

/** Who goes on: whoever has enough of everything, unless as many of those stand before as there are places. */
export const slowGoingOn = (
  applicants: readonly SlowApplicant[],
  rules: SlowRules,
  line: SlowLine,
): Set<string> => {
  const enough = applicants.filter((one) => isEnough(one, rules, line));
  const before = (one: SlowApplicant): number =>
    enough.filter((other) => other !== one && isBefore(other, one, rules)).length;
  return new Set(enough.filter((one) => before(one) < (line.places ?? Infinity)).map(({ id }) => id));
};
