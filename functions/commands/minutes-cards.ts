import { eachOf } from '#functions/commands/selection.ts';
import { changedAfterCards, mayHaveChanged } from '#shared/domain/after-cards.ts';
import { type Candidacy, CandidacyEvent } from '#shared/domain/candidacy.ts';
import type { Gathered } from '#shared/papers/gathered.ts';
import type { Records } from '#shared/ports/records.ts';

const readsAtOnce = 32;

/** Cards that were changed after reading; nobody's history is read where no card was changed at all. */
export const changedCardsOf = async (
  records: Pick<Records, 'history'>,
  candidacies: readonly Candidacy[],
): Promise<NonNullable<Gathered['changedCards']>> => {
  const found = await eachOf(candidacies, readsAtOnce, async ({ applicationId, scores, scorecards }) => {
    if (!mayHaveChanged([...scores, ...scorecards])) return [];
    const events = (await records.history('candidacy', applicationId)).map(({ fact }) =>
      CandidacyEvent.parse(fact),
    );
    const changed = {
      'score-given': changedAfterCards(events, 'score-given'),
      'scorecard-given': changedAfterCards(events, 'scorecard-given'),
    };
    return [[applicationId, changed] as const];
  });
  return new Map(found.flat());
};
