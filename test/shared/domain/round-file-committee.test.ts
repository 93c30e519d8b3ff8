import { describe, expect, it } from 'vitest';
import { votesNeeded } from '#shared/domain/recusal-rule.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { brokenRules } from '#shared/domain/round-file-rules.ts';
import { aRoundFile } from '#test/builders/round-file.ts';

const sourced = { source: 'a test', confidence: 'unverified', verifiedOn: '2026-11-27' } as const;

/** The rules that a change to the committee of a right file breaks, as `pointer message`. */
const broken = (over: Partial<RoundFile['committee']>): string[] => {
  const file = aRoundFile();
  return brokenRules({ ...file, committee: { ...file.committee, ...over } }, 'KZ-19').map(
    ({ path, message }) => `/${path.join('/')} ${message.replace('round-file.', '')}`,
  );
};

const sized = (maximum: number): string[] => broken({ maximum });

const floored = (atLeast: number): string[] =>
  broken({
    recusal: {
      leaves: 'application',
      quorum: { of: 'taking-part', atLeast },
      substitutes: 'when-short',
      ...sourced,
    },
  });

describe('rules of a committee', () => {
  it('let a committee have no fewer members at most than at least', () => {
    expect([sized(3), sized(5), sized(7)]).toEqual([['/committee/maximum committee-size'], [], []]);
    expect(sized(6)).toEqual(['/committee/maximum committee-even']);
  });

  it('let a conflict of interest ask for no more votes than there are without one', () => {
    const { minimum, quorum } = aRoundFile().committee;
    const needed = votesNeeded(minimum, quorum);
    expect(floored(needed)).toEqual([]);
    expect(floored(needed + 1)).toEqual(['/committee/recusal/quorum/atLeast recusal-floor']);
    expect(floored(minimum + 2)).toEqual(['/committee/recusal/quorum/atLeast recusal-floor']);
  });
});
