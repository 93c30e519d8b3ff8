import { describe, expect, it } from 'vitest';
import type { ChangedCard } from '#shared/domain/after-cards.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { minutesPaper } from '#shared/papers/minutes-paper.ts';
import { gatheredAfterCards } from '#shared/papers/minutes-ratings.ts';
import { withPaperTexts } from '#shared/papers/words.ts';
import { aCandidacy, rater } from '#test/builders/candidacy.ts';
import { someMinutes } from '#test/builders/minutes.ts';
import { at } from '#test/builders/worlds.ts';

const candidacy = aCandidacy();
const { applicationId, number } = candidacy;
const day = (date: number) => at(`2022-10-${date}T07:00`);

const changed = (letter: string, date: number, station?: string): ChangedCard => {
  const card = { raterId: rater(letter), points: {}, total: 70, at: day(date), ...(station && { station }) };
  return { card, before: { ...card, total: 60 } };
};

const told = (stage: 'scoring' | 'interviews' | 'preliminary', from: number, until: number) =>
  gatheredAfterCards(
    { stage, openedAt: day(from) },
    {
      candidacies: [candidacy],
      changedCards: new Map([
        [
          applicationId,
          {
            'score-given': [changed('A', 12), changed('A', 13), changed('B', 13), changed('A', 20)],
            'scorecard-given': [changed('A', 25, 'lesson'), changed('A', 25, 'talk')],
          },
        ],
      ]),
    },
    day(until),
  );

describe('cards that were changed after reading, in the minutes', () => {
  it('count once each at the gate where they were changed', () => {
    expect(told('scoring', 10, 15)).toEqual({ afterCards: [{ number, count: 2 }] });
    expect(told('scoring', 16, 22)).toEqual({ afterCards: [{ number, count: 1 }] });
    expect(told('interviews', 23, 28)).toEqual({ afterCards: [{ number, count: 2 }] });
    expect(told('interviews', 26, 28)).toEqual({});
    expect(told('preliminary', 10, 28)).toEqual({});
  });

  it.each(locales)('are named by application (%s)', (locale) => {
    const t = withPaperTexts(translator(locale));
    const minutes = someMinutes();
    const [gate, ...rest] = minutes.gates;
    if (!gate) throw new Error('There is a gate.');
    const paper = minutesPaper(
      { ...minutes, gates: [{ ...gate, afterCards: [{ number, count: 2 }] }, ...rest] },
      t,
    );

    expect(JSON.stringify(paper)).toContain(t('papers.gates.afterCards'));
    expect(JSON.stringify(paper)).toContain(`${number} (${t.number(2)})`);
    expect(JSON.stringify(minutesPaper(minutes, t))).not.toContain(t('papers.gates.afterCards'));
  });
});
