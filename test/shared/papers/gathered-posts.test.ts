import { describe, expect, it } from 'vitest';
import { PersonId } from '#shared/domain/ids.ts';
import { gatheredExchange, gatheredPosts } from '#shared/papers/gathered-outcomes.ts';
import { aCandidacy } from '#test/builders/candidacy.ts';
import { aVacancy } from '#test/builders/offers.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { at } from '#test/builders/worlds.ts';

const vacancies = [
  aVacancy('MAT-001', { district: 'Ұйғыр ауданы', posts: 200 }),
  aVacancy('MAT-002', { district: 'Кеген ауданы', posts: 238 }),
];

describe('the posts of the minutes', () => {
  it('are those of the register, of which only so many could be offered as the round file says', () => {
    const file = aRoundFile();
    const limited = { ...file, posts: { ...file.posts, total: 300 } };

    expect(gatheredPosts({ file: limited, candidacies: [], vacancies })).toEqual({
      total: 438,
      offerable: 300,
      filled: 0,
      groups: [
        { name: 'Кеген ауданы', total: 238, filled: 0 },
        { name: 'Ұйғыр ауданы', total: 200, filled: 0 },
      ],
    });
  });
});

describe('the second chance in the minutes', () => {
  const [openedAt, ranAt] = [at('2022-11-21T05:00'), at('2022-11-24T18:00')];
  const by = PersonId.parse('SECRETARY00000000000');
  const candidacies = [aCandidacy({ exchange: { agreedAt: openedAt, choices: [] } }), aCandidacy()];

  it('is told as how many were asked, took part and got an offer, and not at all where nobody was asked', () => {
    const exchange = { openedAt, by, until: ranAt, asked: 2 };
    const ran = { at: ranAt, by, recipients: 1 };
    const told = { openedAt, asked: 2, participants: 1 };

    expect(gatheredExchange({ round: {}, candidacies })).toEqual({});
    expect(gatheredExchange({ round: { exchange }, candidacies })).toEqual({
      exchange: { ...told, offers: 0 },
    });
    expect(gatheredExchange({ round: { exchange: { ...exchange, ran } }, candidacies })).toEqual({
      exchange: { ...told, ranAt, offers: 1 },
    });
  });
});
