import type { BlindFacts } from '#shared/domain/candidacy.ts';
import { Category } from '#shared/domain/codes.ts';
import { dividedBy, exactly, type Fraction, plus, roundedPercent, times } from '#shared/domain/fraction.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import type { ApplicationId, RoundId, Sha256 } from '#shared/domain/ids.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';

type TieStep = RoundFile['ties']['order'][number];

/** An application that is ranked: its total in percent of the scale, and what may break a tie. */
export type Contender = {
  applicationId: ApplicationId;
  facts: Pick<BlindFacts, 'category' | 'experienceYears'>;
  /** Percent of the scale, four decimals; absent before there are interviews. */
  interview?: number;
  /** Points at the criteria that are marked from outside, by code. */
  marks?: Readonly<Record<string, number>> | undefined;
  /** Percent of the scale, four decimals: what the rank goes by first. */
  total: number;
};

/** How ties are broken, and from what they are drawn. */
export type TieRule = { roundId: RoundId; order: readonly TieStep[]; drawSeed: Sha256 };

/**
 * Best first; the place in the list is the rank, and no two share one. Equal totals go by the steps that the round file
 * declares, in their order, and what is still equal is drawn. `test` and `essay` are marks of the criteria with that code; where no
 * file of marks gives them, as with `interview` before there was one, all are equal. Who gave no category or experience comes after those who did.
 */
export const ranked = <C extends Contender>(contenders: readonly C[], rule: TieRule): C[] => {
  const lots = new Map(contenders.map((one) => [one.applicationId, lotOf(one.applicationId, rule)]));
  const lot = (one: C): string => lots.get(one.applicationId) ?? '';
  return contenders.toSorted(
    (a, b) => b.total - a.total || byDeclaredSteps(a, b, rule.order) || (lot(a) < lot(b) ? -1 : 1),
  );
};

/** Whose order only the lot decided, of a list in the order of rank: those with equal totals and equal at every declared step. */
export const drawnGroups = <C extends Contender>(inRank: readonly C[], order: TieRule['order']): C[][] => {
  const groups: C[][] = [];
  for (const one of inRank) {
    const group = groups.at(-1);
    const [first] = group ?? [];
    if (first && first.total === one.total && byDeclaredSteps(first, one, order) === 0) group?.push(one);
    else groups.push([one]);
  }
  return groups.filter(({ length }) => length > 1);
};

/** The lower lot goes first. Anyone who holds the seed and the two ids can draw again. */
export const lotOf = (
  id: ApplicationId,
  { drawSeed, roundId }: Pick<TieRule, 'drawSeed' | 'roundId'>,
): Sha256 => sha256Of(`${drawSeed}${roundId}${id}`);

/**
 * The seed of a round's draws: SHA-256 over the receipts of everyone who submitted, sorted. It was settled by the
 * applicants when the call closed, so nobody on the committee can choose it. Receipts of applications that were
 * withdrawn later belong to it, so that a withdrawal does not draw anew.
 */
export const drawSeedOf = (receipts: readonly Sha256[]): Sha256 => sha256Of(receipts.toSorted().join(''));

/** The mean of totals, in percent with four decimals. @throws RangeError for none */
export const meanOf = (totals: readonly number[]): number =>
  roundedPercent(dividedBy(sum(totals.map(exactly)), exactly(totals.length)));

/** Scoring and interview in one total. @param weight of the interview, percent of the total */
export const weightedTotal = (
  { scoring, interview }: { scoring: number; interview: number },
  weight: number,
): number =>
  roundedPercent(
    dividedBy(
      plus(times(exactly(scoring), exactly(100 - weight)), times(exactly(interview), exactly(weight))),
      exactly(100),
    ),
  );

const byDeclaredSteps = (a: Contender, b: Contender, order: readonly TieStep[]): number => {
  for (const step of order) {
    const [first, second] = [atTieStep(a, step), atTieStep(b, step)];
    if (first !== second) return first > second ? -1 : 1;
  }
  return 0;
};

/** What an equal total goes by at one step of the rule. More is better; less than any for who gave no answer. */
export const atTieStep = (
  { facts, interview, marks }: Pick<Contender, 'facts' | 'interview' | 'marks'>,
  step: TieStep,
): number => {
  switch (step) {
    case 'category':
      return facts.category === undefined ? -1 : Category.options.indexOf(facts.category);
    case 'experience':
      return facts.experienceYears ?? -1;
    case 'interview':
      return interview ?? -1;
    case 'essay':
    case 'test':
      return marks?.[step] ?? -Infinity;
    case 'drawn-lot':
      return 0;
    default:
      return step satisfies never;
  }
};

const sum = (parts: readonly Fraction[]): Fraction => parts.reduce(plus, exactly(0));
