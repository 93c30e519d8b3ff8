import { votesNeeded } from '#shared/domain/recusal-rule.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Broken, Readable } from '#shared/domain/round-file-rules.ts';

/** What in a committee’s own rules contradicts itself. */
export const committeeRules = ({ committee }: Readable): Broken[] => {
  if (!committee) return [];
  const { minimum, maximum, quorum } = committee;
  return [
    ...(maximum !== undefined && maximum < minimum
      ? [{ path: ['committee', 'maximum'], message: 'round-file.committee-size', facts: { minimum } }]
      : []),
    ...(minimum % 2 === 0 ? [{ path: ['committee', 'minimum'], message: 'round-file.committee-even' }] : []),
    ...(maximum !== undefined && maximum % 2 === 0
      ? [{ path: ['committee', 'maximum'], message: 'round-file.committee-even' }]
      : []),
    ...(quorum.numerator > quorum.denominator
      ? [{ path: ['committee', 'quorum', 'numerator'], message: 'round-file.quorum' }]
      : []),
    ...recusalRules(committee),
  ];
};

/** A conflict of interest never asks for more votes than an application without one, so the floor lies within the smallest quorum. */
const recusalRules = ({ minimum, quorum, recusal }: RoundFile['committee']): Broken[] => {
  if (recusal?.quorum.of !== 'taking-part') return [];
  const needed = votesNeeded(minimum, quorum);
  return recusal.quorum.atLeast <= needed
    ? []
    : [
        {
          path: ['committee', 'recusal', 'quorum', 'atLeast'],
          message: 'round-file.recusal-floor',
          facts: { minimum, needed },
        },
      ];
};
