import { describe, expect, it } from 'vitest';
import { gatheredPosts } from '#shared/papers/gathered-outcomes.ts';
import { aVacancy } from '#test/builders/offers.ts';
import { aRoundFile } from '#test/builders/round-file.ts';

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
