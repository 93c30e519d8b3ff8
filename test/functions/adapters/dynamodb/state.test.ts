import { describe, expect, it } from 'vitest';
import { stateIn, stateItem } from '#functions/adapters/dynamodb/state.ts';
import { chanceOf } from '#shared/chance.ts';
import { committeeAggregate } from '#shared/domain/committee.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import { ApplicationId, PersonId, RoundId } from '#shared/domain/ids.ts';
import { at } from '#test/builders/worlds.ts';

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const chance = chanceOf('conflicts');
const anId = (): string => Array.from({ length: 20 }, () => letters[chance.below(32)]).join('');

/** A committee of whom two work at a school that so many applicants name. */
const bigSchool = (applications: number): string => {
  const members = [anId(), anId()].map((id) => PersonId.parse(id));
  const event = {
    type: 'conflicts-found' as const,
    at: at('2022-10-10T04:00'),
    found: Array.from({ length: applications }, () => ApplicationId.parse(anId())).flatMap((applicationId) =>
      members.map((memberId) => ({
        memberId,
        applicationId,
        grounds: ['school' as const],
        bars: true,
      })),
    ),
  };
  const before = { roundId: RoundId.parse(anId()), seats: [], conflicts: [] };
  return canonicalJson(committeeAggregate.evolve(before, event));
};

describe('the state of a record', () => {
  it('is a text that people can read where it is short', () => {
    const state = bigSchool(10);

    expect(stateItem(state)).toEqual({ state: { S: state } });
    expect(stateIn(stateItem(state))).toEqual(JSON.parse(state));
  });

  it('fits an item also where ten thousand applicants name the school of two members', () => {
    const state = bigSchool(10_000);
    const packed = stateItem(state)['packed']?.B?.byteLength ?? Infinity;

    expect(state.length).toBeGreaterThan(3_000_000);
    expect(packed).toBeLessThan(390_000);
    expect(stateIn(stateItem(state))).toEqual(JSON.parse(state));
  });

  it('is not read from an item without one', () => {
    expect(() => stateIn({ pk: { S: 'ROUND#1' } })).toThrow('has no text state');
  });
});
