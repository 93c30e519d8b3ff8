import { expect, it } from 'vitest';
import { composeResults } from '#shared/bundle/compose.ts';
import { type Applicant, afterOffers, aGatheredRound } from '#test/builders/results.ts';

const three: readonly Applicant[] = [
  { scoring: 3, interview: 3, wishes: ['MAT-001', 'MAT-003'] },
  { scoring: 3, interview: 2, wishes: ['MAT-003', 'MAT-001'] },
  { scoring: 2, interview: 2, wishes: ['MAT-003'] },
];

it('tells changed numbers of posts as they counted, though an earlier proposal was confirmed later', () => {
  const gathered = afterOffers(aGatheredRound(three), [
    { who: 2, does: 'add-post' },
    { who: 0, does: 'decline' },
    { who: 0, does: 'add-post' },
  ]);
  const { offers } = gathered;
  if (!offers?.capacities) throw new Error('No number was changed.');
  const proposed = { ...gathered, offers: { ...offers, capacities: offers.capacities.toReversed() } };

  expect(offers.capacities).toHaveLength(2);
  expect(composeResults(proposed).statement).toEqual(composeResults(gathered).statement);
});
