import { describe, expect, it } from 'vitest';
import { ApplicationNumber } from '#shared/domain/ids.ts';
import { namingIn, pairings } from '#shared/domain/partner.ts';

const [first, second, third] = ['0001', '0002', '0003'].map((end) =>
  ApplicationNumber.parse(`KZ19-AAAA-${end}`),
) as [ApplicationNumber, ApplicationNumber, ApplicationNumber];
const listed = new Set([first, second, third]);

describe('people who apply together', () => {
  it('are a pair where each names the other’s number', () => {
    const named = [
      { number: first, partner: second },
      { number: second, partner: first },
    ];

    expect(pairings(named, listed)).toEqual([
      { number: first, partner: second, isMutual: true },
      { number: second, partner: first, isMutual: true },
    ]);
  });

  it('are said to be named by one side only where the other names nobody, or somebody else', () => {
    const named = [
      { number: first, partner: second },
      { number: second, partner: third },
    ];

    expect(pairings(named, listed)).toEqual([
      { number: first, partner: second, isMutual: false },
      { number: second, partner: third, isMutual: false },
    ]);
  });

  it.for([
    ['small letters and a long dash', 'kz19–aaaa–0002'],
    ['a name beside it', 'Серік Ахметов, KZ19-AAAA-0002'],
  ])('are found by a number with %s', ([, partner]) => {
    expect(pairings([namingIn(first, partner ?? '')], listed)).toEqual([
      { number: first, partner: second, isMutual: false },
    ]);
  });

  it.for([
    ['a name', 'Ахметов Серік'],
    ['a number that is not listed', 'KZ19-ZZZZ-0009'],
    ['the own number', 'KZ19-AAAA-0001'],
  ])('are not guessed from %s', ([, partner]) => {
    expect(pairings([namingIn(first, partner ?? '')], listed)).toEqual([{ number: first, isMutual: false }]);
  });
});
