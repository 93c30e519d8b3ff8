import { describe, expect, it } from 'vitest';
import { changedAfterCards, changeOf, mayHaveChanged } from '#shared/domain/after-cards.ts';
import type { Score } from '#shared/domain/candidacy.ts';
import { aCandidacy, rater } from '#test/builders/candidacy.ts';
import { at } from '#test/builders/worlds.ts';

const noon = at('2022-10-12T07:00');
const [a, b, c] = ['A', 'B', 'C'].map(rater) as [Score['raterId'], Score['raterId'], Score['raterId']];

const card = (raterId: Score['raterId'], total: number, more: Partial<Score> = {}): Score => ({
  raterId,
  points: {},
  total,
  at: noon,
  ...more,
});

const { applicationId, roundId, number, facts, screened } = aCandidacy();
const opened = { type: 'candidacy-opened', at: noon, applicationId, roundId, number, facts, screened };
const asked = { type: 'raters-assigned', at: noon, raters: [a, b] };
const scores = (...cards: Score[]) => [
  opened,
  asked,
  ...cards.map((score) => ({ type: 'score-given', at: score.at, score })),
];
const scorecards = (...cards: Score[]) => cards.map((score) => ({ type: 'scorecard-given', score }));
const told = (events: Parameters<typeof changedAfterCards>[0], type: 'score-given' | 'scorecard-given') =>
  changedAfterCards(events, type).map((one) => [one.card.raterId, one.card.total, one.before.total]);

describe('a score that is changed once colleagues can be read', () => {
  it('is told with the last one from before, and each version after it', () => {
    const history = scores(card(a, 40), card(a, 50), card(b, 70), card(a, 60), card(a, 65));

    expect(told(history, 'score-given')).toEqual([
      [a, 60, 50],
      [a, 65, 50],
    ]);
  });

  it('is not what a rater changed alone, gave second, or changed beside a card that does not count', () => {
    expect(told(scores(card(a, 40), card(a, 50), card(b, 70)), 'score-given')).toEqual([]);
    const little = card(b, 70, { counts: false });
    expect(told(scores(card(a, 40), little, card(a, 50)), 'score-given')).toEqual([]);
  });

  it('is not by whom it was taken from, nor beside somebody who is not asked', () => {
    const away = { type: 'rater-replaced', at: noon, rater: b, by: c };
    const [open, drawn, first, second] = scores(card(a, 40), card(a, 50));
    if (!open || !drawn || !first || !second) throw new Error('There are four.');
    const given = { type: 'score-given', at: noon, score: card(b, 70) };

    expect(told([open, drawn, given, away, first, second], 'score-given')).toEqual([]);
    expect(told([open, drawn, given, first, away, second], 'score-given')).toEqual([[a, 50, 40]]);
  });
});

describe('a scorecard that is changed once colleagues can be read', () => {
  it('is told for each station of whoever sits at several, once all of theirs are in', () => {
    const one = { station: 'lesson' };
    const two = { station: 'talk' };
    const history = scorecards(
      card(b, 70, one),
      card(a, 40, one),
      card(a, 45, one),
      card(a, 80, two),
      card(a, 50, one),
    );

    expect(told(history, 'scorecard-given')).toEqual([[a, 50, 45]]);
  });
});

it('finds the entry of the version that stands, and asks for a history only where something was saved twice', () => {
  const before = card(a, 40, { version: 1 });
  const after = card(a, 60, { version: 2 });
  const changed = changedAfterCards(scores(before, card(b, 70), after), 'score-given');

  expect(changeOf(changed, after)?.before).toEqual(before);
  expect(changeOf(changed, before)).toBeUndefined();
  expect([before, after, card(a, 40)].map((one) => mayHaveChanged([one]))).toEqual([false, true, true]);
});
