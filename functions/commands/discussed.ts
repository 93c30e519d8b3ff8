import { changedAfterCards, changeOf, type GivenType, mayHaveChanged } from '#shared/domain/after-cards.ts';
import {
  type DiscussedSince,
  discussedSince,
  givenBefore,
  isAfter,
} from '#shared/domain/after-discussion.ts';
import { CandidacyEvent, type Score } from '#shared/domain/candidacy.ts';
import { type Discussions, discussionsAggregate } from '#shared/domain/discussion.ts';
import { gateClaim, noGate } from '#shared/domain/gate.ts';
import type { ApplicationId } from '#shared/domain/ids.ts';
import { type OwedInterview, OwedInterviewEvent } from '#shared/domain/owed-interview.ts';
import type { Round } from '#shared/domain/round.ts';
import { type GatedStage, gatedStages } from '#shared/domain/stage.ts';
import type { Records } from '#shared/ports/records.ts';

/** From when applications were discussed at the gates that a stage has had; each is read by its claim, since a list may lag behind. */
export const discussedIn = async (
  records: Pick<Records, 'claimed' | 'find'>,
  round: Round,
  stage: GatedStage,
): Promise<DiscussedSince> => discussedSince(await discussionsIn(records, round, stage));

/** The same of an interview that is held after its stage: from when it was owed, at whatever gate. */
export const discussedOwed = async (
  records: Pick<Records, 'claimed' | 'find'>,
  round: Round,
  { at }: Pick<OwedInterview, 'at'>,
): Promise<DiscussedSince> => {
  const later = gatedStages.slice(gatedStages.indexOf('interviews') + 1);
  const found = await Promise.all(later.map((stage) => discussionsIn(records, round, stage)));
  return discussedSince(found.flat(), at);
};

const discussionsIn = async (
  records: Pick<Records, 'claimed' | 'find'>,
  round: Round,
  stage: GatedStage,
): Promise<Discussions[]> => {
  const visits = ('visits' in round && round.visits?.[stage]) || 0;
  const found = await Promise.all(
    Array.from({ length: visits }, async (_, visit) => {
      const gate = await records.claimed(gateClaim({ roundId: round.id, stage, attempt: visit + 1 }));
      return gate === undefined || gate === noGate
        ? undefined
        : await records.find(discussionsAggregate, gate);
    }),
  );
  return found.flatMap((one) => one?.state ?? []);
};

/** A card that came after its application began to be discussed: what its giver came to before; undefined where they had given none. */
type AfterDiscussion = { before?: number };

/** What says that a card does not stand apart. */
export type CardMarks = {
  after?: AfterDiscussion;
  /** It was changed when its giver could read colleagues' cards: what they came to before. */
  afterCards?: { before: number };
};

type Marked = {
  applicationId: ApplicationId;
  type: GivenType;
  /** The cards that stand. */
  cards: readonly Score[];
  /** It was held after its stage. */
  owed?: true | undefined;
};

/** Those of these cards that came after a discussion or were changed after reading; nobody's history is read where neither can be. */
export const markedCards = async (
  records: Pick<Records, 'history'>,
  since: DiscussedSince,
  { applicationId, type, cards, owed }: Marked,
): Promise<ReadonlyMap<Score, CardMarks>> => {
  const from = since.get(applicationId);
  const isLate = (card: Score) => isAfter(since, applicationId, card);
  if (!mayHaveChanged(cards) && !cards.some(isLate)) return new Map();
  const stored = await records.history(owed ? 'owed-interview' : 'candidacy', applicationId);
  const events = stored.map(({ fact }) => (owed ? OwedInterviewEvent : CandidacyEvent).parse(fact));
  const changed = changedAfterCards(events, type);
  return new Map(
    cards.flatMap((card): [Score, CardMarks][] => {
      const before = from !== undefined && isLate(card) && givenBefore(events, { ...card, type }, from);
      const after = before === false ? {} : { after: before ? { before: before.total } : {} };
      const read = changeOf(changed, card);
      const marks: CardMarks = { ...after, ...(read && { afterCards: { before: read.before.total } }) };
      return marks.after || marks.afterCards ? [[card, marks]] : [];
    }),
  );
};
