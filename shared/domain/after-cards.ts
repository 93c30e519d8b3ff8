import { type Candidacy, CandidacyEvent, type Score } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { newest } from '#shared/domain/held-interview.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { scoresSeenBy } from '#shared/domain/scoring.ts';

/*
 * Colleagues' cards can be read once the own ones are in. A version that is given from then on does not stand apart from them; the last one
 * before does. That is seen from the order of events, so that older records say it as well.
 */

export type GivenType = 'score-given' | 'scorecard-given';

/** A version of a card that came when its giver could read colleagues' cards, and the last one from before. */
export type ChangedCard = { card: Score; before: Score };

type Given = { type: string; score?: Score };

/** Every version that came so, of the scores or of the scorecards in a history. */
export const changedAfterCards = (events: readonly Given[], type: GivenType): ChangedCard[] =>
  type === 'score-given' ? changedScores(events) : changedScorecards(events);

const changedScores = (events: readonly Given[]): ChangedCard[] => {
  let candidacy: Candidacy | undefined;
  const walk = walkOf((rater) => (candidacy && scoresSeenBy(candidacy, rater).others?.length) || 0);
  for (const one of events) {
    const event = CandidacyEvent.parse(one);
    if (event.type === 'score-given') walk.give(event.score);
    candidacy = candidacyAggregate.evolve(candidacy, event);
    walk.look();
  }
  return walk.changed;
};

/** Where somebody has several stations, as many of their cards have to be in as they have given in the end. */
const changedScorecards = (events: readonly Given[]): ChangedCard[] => {
  const all = events.flatMap(({ type, score }) => (type === 'scorecard-given' && score ? [score] : []));
  let cards: Score[] = [];
  const walk = walkOf((rater) => {
    if (stationsOf(cards, rater) < stationsOf(all, rater)) return 0;
    return cards.filter(({ raterId, counts }) => raterId !== rater && counts !== false).length;
  });
  for (const card of all) {
    walk.give(card);
    cards = newest(cards, card);
    walk.look();
  }
  return walk.changed;
};

const stationsOf = (cards: readonly Score[], rater: PersonId): number =>
  new Set(cards.flatMap(({ raterId, station }) => (raterId === rater ? [station] : []))).size;

/** @param readable how many colleagues' cards somebody can read as things stand */
const walkOf = (readable: (rater: PersonId) => number) => {
  const given = new Map<PersonId, Score[]>();
  const apart = new Map<PersonId, readonly Score[]>();
  const changed: ChangedCard[] = [];
  return {
    changed,
    give: (card: Score): void => {
      const before = apart.get(card.raterId)?.find(({ station }) => station === card.station);
      if (before) changed.push({ card, before });
      given.set(card.raterId, newest(given.get(card.raterId) ?? [], card));
    },
    look: (): void => {
      for (const [rater, cards] of given)
        if (!apart.has(rater) && readable(rater) > 0) apart.set(rater, cards);
    },
  };
};

/** Whether any of these may have been changed at all: what is as it was saved first was not. Older cards do not say. */
export const mayHaveChanged = (cards: readonly Score[]): boolean =>
  cards.some(({ version }) => version !== 1);

/** The entry of a card as it stands. */
export const changeOf = (
  changed: readonly ChangedCard[],
  { raterId, station, at, version }: Pick<Score, 'raterId' | 'station' | 'at' | 'version'>,
): ChangedCard | undefined =>
  changed.findLast(
    ({ card }) =>
      card.raterId === raterId && card.station === station && card.at === at && card.version === version,
  );
