import { expect, it } from 'vitest';
import { Sha256 } from '#shared/domain/ids.ts';
import type { Standing } from '#shared/domain/standing.ts';
import { gatheredApplications } from '#shared/papers/gathered-outcomes.ts';
import { aCandidacy } from '#test/builders/candidacy.ts';

const [screening, claims] = ['a', 'b'].map((digit) => Sha256.parse(digit.repeat(64)));

/** What minutes say became of somebody whose final standing is this. */
const outcomeOf = (final: Pick<Standing, 'outcome' | 'reasons'>) => {
  const candidacy = aCandidacy();
  const { applicationId, number } = candidacy;
  const place = { applicationId, number, outcome: 'goes-on', reasons: [] } as const;
  if (!screening || !claims) throw new Error('Two lists have two digests.');
  const list = (stage: 'screening' | 'claims', standing: Standing) => ({
    schemaVersion: 1 as const,
    roundId: candidacy.roundId,
    stage,
    standings: [standing],
  });
  const [told] = gatheredApplications({
    round: { decisions: { screening, claims } },
    lists: new Map([
      [screening, list('screening', { ...place, reasons: [] })],
      [claims, list('claims', { ...place, scoring: 80, interview: 35, total: 62, rank: 1, ...final })],
    ]),
    candidacies: [candidacy],
    placements: [],
  });
  return told?.outcome;
};

it('minutes do not say of a total that passes that it is too low, where a part alone missed its minimum', () => {
  expect(outcomeOf({ outcome: 'stops', reasons: ['below-part:interview'] })).toBe('below-part');
  expect(outcomeOf({ outcome: 'stops', reasons: ['below-minimum'] })).toBe('below-minimum');
  expect(outcomeOf({ outcome: 'stops', reasons: ['below-minimum', 'below-part:interview'] })).toBe(
    'below-minimum',
  );
  expect(outcomeOf({ outcome: 'stops', reasons: ['departure'] })).toBe('departed');
  expect(outcomeOf({ outcome: 'goes-on', reasons: [] })).toBe('no-offer');
});
