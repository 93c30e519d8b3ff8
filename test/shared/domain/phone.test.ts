import { describe, expect, it } from 'vitest';
import { readPhone } from '#shared/domain/phone.ts';

describe('a telephone number', () => {
  it.for([
    '+7 701 234 56 78',
    '+77012345678',
    '8 701 234 56 78',
    '8(701)234-56-78',
    '77012345678',
    '701 234 56 78',
    '+7 (701) 234–56–78',
    '+7 701 234 56 78',
  ])('typed as "%s" is kept in one spelling', (typed) => {
    expect(readPhone(typed)).toBe('+77012345678');
  });

  it.for([
    '',
    '12',
    '+7 727 250 00 00',
    '+49 170 1234567',
    '+7 701 234 56 7',
    '8701234567a',
    '++77012345678',
  ])('is not "%s"', (typed) => {
    expect(readPhone(typed)).toBeUndefined();
  });
});
