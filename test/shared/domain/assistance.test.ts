import { describe, expect, it } from 'vitest';
import { readContact } from '#shared/domain/assistance.ts';

const typed = { name: ' Сапарова Айгүл ', phone: '8 701 000 00 13', address: ' ', locale: 'kk' };

describe('a contact as the desk types it', () => {
  it('is read without its blanks, the number as it is dialled from everywhere', () => {
    expect(readContact(typed)).toEqual({
      ok: true,
      value: { name: 'Сапарова Айгүл', phone: '+77010000013', locale: 'kk' },
    });
  });

  it.for([
    [{ ...typed, name: '  ' }, 'name'],
    [{ ...typed, name: 'а'.repeat(121) }, 'name'],
    [{ ...typed, phone: '12345' }, 'phone'],
    [{ ...typed, phone: '', address: '' }, 'phone'],
    [{ ...typed, address: 'а'.repeat(301) }, 'address'],
    [{ ...typed, locale: 'de' }, 'locale'],
  ] as const)('%# names the one thing that is wrong with it', ([contact, place]) => {
    expect(readContact(contact)).toMatchObject({ ok: false, error: [{ place }] });
  });

  it('needs no phone where there is an address', () => {
    expect(readContact({ ...typed, phone: '', address: 'көше 1' }).ok).toBe(true);
  });
});
