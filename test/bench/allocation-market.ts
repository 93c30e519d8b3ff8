import { type CapTree, capTreeOf } from '#shared/allocation/cap-tree.ts';
import { deferredAcceptance } from '#shared/allocation/deferred-acceptance.ts';
import type { Caps } from '#shared/allocation/market.ts';
import { rankedByScore } from '#shared/allocation/scores.ts';
import { blockingChoices, reachOf } from '#shared/allocation/stability.ts';
import type { Scored } from './market.ts';
import type { Hospital, Resident } from './textbook.ts';

export const noCaps: Caps = {
  members: [],
  max: new Int32Array(0),
  reserve: new Int32Array(0),
  precedence: new Int32Array(0),
};

export const treeOf = (caps: Caps, { capacity }: Scored): CapTree => {
  const tree = capTreeOf(caps, capacity);
  if (!tree.ok) throw new Error('The caps of the market cross.');
  return tree.value;
};

/** Rankings from scores, allocation, and the proof that it is stable. */
export const fromScores = ({ preferences, scores, capacity }: Scored, tree: CapTree) => {
  const sides = rankedByScore(preferences, scores, capacity);
  const held = deferredAcceptance(sides, tree);
  const blocking = blockingChoices(sides, held, reachOf(sides, tree, held));
  if (blocking.length > 0) throw new Error('The allocation is not stable.');
  return { sides, held };
};

export const applicantName = (applicant: number): string => `a${applicant}`;
export const vacancyName = (vacancy: number): string => `v${String(vacancy).padStart(7, '0')}`;

export type Named = { residents: Resident[]; hospitals: Hospital[] };

/** The same market by names; each vacancy sorts whoever wants it by score. */
export const named = ({ preferences, scores, capacity }: Scored): Named => {
  const residents: Resident[] = [];
  const wanting = Array.from(capacity, (): { id: string; score: number }[] => []);
  for (let applicant = 0; applicant + 1 < preferences.start.length; applicant += 1) {
    const first = preferences.start[applicant] ?? 0;
    const wishes = preferences.entries.subarray(first, preferences.start[applicant + 1]);
    const id = applicantName(applicant);
    residents.push({ id, preferences: Array.from(wishes, vacancyName) });
    for (const [wish, vacancy] of wishes.entries()) {
      wanting[vacancy]?.push({ id, score: scores[first + wish] ?? 0 });
    }
  }
  const hospitals = wanting.map((all, vacancy) => ({
    id: vacancyName(vacancy),
    capacity: capacity[vacancy] ?? 0,
    ranking: all.toSorted((a, b) => b.score - a.score).map(({ id }) => id),
  }));
  return { residents, hospitals };
};
