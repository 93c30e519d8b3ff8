import { describe, expect, it } from 'vitest';
import { isTold, publishedResults, resultsExpectedAt } from '#shared/domain/publication.ts';
import { aRound } from '#test/builders/round.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { at } from '#test/builders/worlds.ts';

const file = aRoundFile();

describe('published results', () => {
  it('are there from the claims on: preliminary first, final after their gate', () => {
    expect(publishedResults(aRound('preliminary'))).toBeUndefined();
    expect(publishedResults(aRound('claims'))).toMatchObject({ stage: 'preliminary' });
    expect(publishedResults(aRound('offers'))).toMatchObject({ stage: 'claims' });
    expect(publishedResults(aRound('closed'))).toMatchObject({ stage: 'claims' });
    expect(publishedResults(aRound('cancelled'))).toBeUndefined();
  });

  it('are preliminary again when the advance into the offers was undone', () => {
    const { claims: _open, ...decisions } = aRound('offers').decisions;

    expect(publishedResults(aRound('claims', { decisions }))).toMatchObject({ stage: 'preliminary' });
  });
});

describe('a decision', () => {
  it('is told once its letters were released', () => {
    const round = aRound('interviews');

    expect(isTold(round, 'scoring')).toBe(false);
    expect(isTold({ ...round, told: { scoring: at('2022-10-21T04:00') } }, 'scoring')).toBe(true);
    expect(isTold({ ...round, told: { interviews: at('2022-10-21T04:00') } }, 'interviews')).toBe(false);
  });

  it('is told by results that were published after it, and not by those before it', () => {
    expect(isTold(aRound('claims'), 'screening')).toBe(true);
    expect(isTold(aRound('claims'), 'preliminary')).toBe(true);
    expect(isTold(aRound('claims'), 'claims')).toBe(false);
  });
});

describe('when results can be expected', () => {
  it('follows working days without counting the day that a stage ends twice', () => {
    // Wednesday: ten working days of interviews without the holiday of the 25th end on Thursday, 3 November.
    const round = aRound('interviews', { enteredAt: at('2022-10-19T04:00') });

    expect(resultsExpectedAt(round, file)).toBe('2022-11-04T18:00:00.000Z');
  });

  it('follows a moment that the file names', () => {
    const { preliminary } = file.stages;
    const { source, confidence, verifiedOn } = preliminary;
    const named = { endsAt: '2022-12-01T18:00:00+06:00', source, confidence, verifiedOn };
    const stages = { ...file.stages, preliminary: named };

    expect(resultsExpectedAt(aRound('scoring'), aRoundFile({ stages }))).toBe('2022-12-01T12:00:00.000Z');
  });

  it('is nothing for a draft, a cancelled round, and once they are there', () => {
    for (const round of [aRound('draft'), aRound('cancelled'), aRound('claims')]) {
      expect(resultsExpectedAt(round, file)).toBeUndefined();
    }
  });
});
