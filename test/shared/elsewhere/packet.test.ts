import { expect, it } from 'vitest';
import { Sealed } from '#shared/elsewhere/packet.ts';

const sealed = (text: string) => Sealed.safeParse({ key: 'ab'.repeat(32), text }).success;

it('a sealed text is bytes in hexadecimal, however many', () => {
  // A pattern of pairs runs out of places to go back to at half of this.
  expect(sealed('0f'.repeat(8_000_000))).toBe(true);
  expect(['', '0', '0f0', '0F', '0g', ' 0f', `${'0f'.repeat(9)}\n`].filter(sealed)).toEqual([]);
});
