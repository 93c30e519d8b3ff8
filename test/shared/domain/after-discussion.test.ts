import { expect, it } from 'vitest';
import { discussedSince, isAfter } from '#shared/domain/after-discussion.ts';
import { aCandidacy, rater } from '#test/builders/candidacy.ts';
import { at } from '#test/builders/worlds.ts';

it('an application is discussed from its first span on; of an interview that was owed, from the first since then', () => {
  const { applicationId } = aCandidacy();
  const [first, owed, second, third] = ['04:00', '05:00', '06:00', '07:00'].map((time) =>
    at(`2022-10-12T${time}`),
  );
  if (!first || !owed || !second || !third) throw new Error('There are four.');
  const spans = [second, first].map((from) => ({ applicationId, from, away: [] }));
  const meeting = { openedAt: first, absent: [], items: [], spans, by: rater('S') };
  const all = [{ meetings: [meeting] }];

  expect(discussedSince(all).get(applicationId)).toBe(first);
  const since = discussedSince(all, owed);
  expect(since.get(applicationId)).toBe(second);
  expect([second, third].map((moment) => isAfter(since, applicationId, { at: moment }))).toEqual([
    false,
    true,
  ]);
});
