import { describe, expect, it } from 'vitest';
import { aDesk } from './desk.ts';

describe('an administrator’s program', () => {
  it('reads what in the design of a draft measures badly, with its source, in every language', async () => {
    const desk = await aDesk();
    const administrator = await desk.administrator();
    const round = await desk.draft(administrator);
    const { advice } = (await administrator.get(`/api/rounds/${round}`)).body;

    expect(advice[0]).toMatchObject({
      code: 'criteria-many',
      place: '/rubric/criteria',
      facts: { count: 13 },
    });
    expect(Object.keys(advice[0].said)).toEqual(['kk', 'ru', 'en']);
    expect(advice[0].source.en).toContain('no rule asks for it');
  });
});
