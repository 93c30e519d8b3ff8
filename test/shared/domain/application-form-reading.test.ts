import { describe, expect, it } from 'vitest';
import { countWords, plainText } from '#shared/domain/application-form-reading.ts';

describe('words', () => {
  it.for([
    ['', 0],
    ['  бір   екі\nүш ', 3],
    ['жиырма-бес – жас', 2],
    ['… — !', 0],
    ['№1 мектеп, 5-сынып', 3],
  ] as const)('of %j are %i', ([text, words]) => {
    expect(countWords(text)).toBe(words);
  });
});

describe('a text as it is submitted', () => {
  it.for([
    ['a\r\nb', 'a\nb'],
    ['a\tb\u0000', 'a b'],
    ['\u202Ea\u2069b\u200F', 'ab'],
    ['и\u0306', 'й'],
    ['👩\u200D🏫 ', '👩\u200D🏫'],
  ] as const)('%j is %j', ([typed, submitted]) => {
    expect(plainText(typed)).toBe(submitted);
  });
});
