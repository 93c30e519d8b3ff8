import {
  type DiscussedSince,
  discussedSince,
  givenBefore,
  isAfter,
} from '#shared/domain/after-discussion.ts';
import { CandidacyEvent, type Score } from '#shared/domain/candidacy.ts';
import { discussionsAggregate } from '#shared/domain/discussion.ts';
import { gateClaim, noGate } from '#shared/domain/gate.ts';
import type { ApplicationId } from '#shared/domain/ids.ts';
import type { Round } from '#shared/domain/round.ts';
import type { GatedStage } from '#shared/domain/stage.ts';
import type { Records } from '#shared/ports/records.ts';

/** From when applications were discussed at the gates that a stage has had; each is read by its claim, since a list may lag behind. */
export const discussedIn = async (
  records: Pick<Records, 'claimed' | 'find'>,
  round: Round,
  stage: GatedStage,
): Promise<DiscussedSince> => {
  const visits = ('visits' in round && round.visits?.[stage]) || 0;
  const found = await Promise.all(
    Array.from({ length: visits }, async (_, visit) => {
      const gate = await records.claimed(gateClaim({ roundId: round.id, stage, attempt: visit + 1 }));
      return gate === undefined || gate === noGate
        ? undefined
        : await records.find(discussionsAggregate, gate);
    }),
  );
  return discussedSince(found.flatMap((one) => one?.state ?? []));
};

/** A card that came after its application began to be discussed: what its giver came to before; undefined where they had given none. */
export type AfterDiscussion = { before?: number };

/** Those of these cards that came after; nobody's history is read where none did. */
export const afterDiscussion = async (
  records: Pick<Records, 'history'>,
  since: DiscussedSince,
  {
    applicationId,
    type,
    cards,
  }: { applicationId: ApplicationId; type: 'score-given' | 'scorecard-given'; cards: readonly Score[] },
): Promise<ReadonlyMap<Score, AfterDiscussion>> => {
  const from = since.get(applicationId);
  const late = cards.filter((card) => isAfter(since, applicationId, card));
  if (from === undefined || late.length === 0) return new Map();
  const events = (await records.history('candidacy', applicationId)).map(({ fact }) =>
    CandidacyEvent.parse(fact),
  );
  return new Map(
    late.map((card): [Score, AfterDiscussion] => {
      const before = givenBefore(events, { ...card, type }, from)?.total;
      return [card, before === undefined ? {} : { before }];
    }),
  );
};
