import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDigit, readIin } from '#shared/domain/iin.ts';

/** A birthday, a century digit and a serial number that can be issued, with the check digit. */
const anyIin = fc
  .record({
    date: fc.date({ min: new Date('1800-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
    woman: fc.boolean(),
    serial: fc.integer({ min: 0, max: 9999 }),
  })
  .map(({ date, woman, serial }) => {
    const birthDate = date.toISOString().slice(0, 10);
    const century = 2 * Math.floor((date.getUTCFullYear() - 1800) / 100) + (woman ? 2 : 1);
    const open = `${birthDate.slice(2).replaceAll('-', '')}${century}${String(serial).padStart(4, '0')}`;
    return { birthDate, woman, open, check: checkDigit(Array.from(open, Number)) };
  })
  .filter(({ check }) => check !== undefined);

const swapped = (text: string, place: number): string =>
  text.slice(0, place) + text.charAt(place + 1) + text.charAt(place) + text.slice(place + 2);

describe('an IIN', () => {
  it.for([
    ['800315100017', 'male'],
    ['800315200013', 'female'],
    ['800315100027', 'male'],
    ['800315200023', 'female'],
    ['800315200401', 'female'],
    ['800315200413', 'female'],
    ['800315200425', 'female'],
    ['800315200437', 'female'],
  ] as const)('%s says a birth date and a sex', ([iin, sex]) => {
    expect(readIin(iin)).toEqual({ ok: true, value: { iin, birthDate: '1880-03-15', sex } });
  });

  it.for(['80031510087', '80031520120'])(
    '%s is a beginning that is never issued, whatever follows',
    (open) => {
      const answers = Array.from({ length: 10 }, (_, check) => readIin(`${open}${check}`));

      expect(answers).toEqual(answers.map(() => ({ ok: false, error: 'checksum' })));
    },
  );

  it.for(['', '80031510001', '8003151000170', '80031510001a', 'IIN 800315100017'])('is not "%s"', (typed) => {
    expect(readIin(typed)).toEqual({ ok: false, error: 'shape' });
  });

  it('may be typed with spaces', () => {
    expect(readIin(' 800315 100 017 ')).toMatchObject({ value: { iin: '800315100017' } });
  });

  it('cannot be born on a day that does not exist', () => {
    const open = '80023110001';

    expect(readIin(`${open}${checkDigit(Array.from(open, Number))}`)).toEqual({ ok: false, error: 'date' });
  });

  it('of a foreigner may keep its birth date to itself', () => {
    const open = '80031500001';
    const iin = `${open}${checkDigit(Array.from(open, Number))}`;

    expect(readIin(iin)).toEqual({ ok: true, value: { iin } });
  });

  it('gives back the birthday and the sex that it was issued for', () => {
    fc.assert(
      fc.property(anyIin, ({ birthDate, woman, open, check }) => {
        const iin = `${open}${check}`;
        expect(readIin(iin)).toEqual({
          ok: true,
          value: { iin, birthDate, sex: woman ? 'female' : 'male' },
        });
      }),
    );
  });

  it('is refused with any other check digit', () => {
    fc.assert(
      fc.property(anyIin, fc.integer({ min: 1, max: 9 }), ({ open, check = 0 }, slip) => {
        expect(readIin(`${open}${(check + slip) % 10}`)).toEqual({ ok: false, error: 'checksum' });
      }),
    );
  });

  it('shows two neighbouring digits that changed places, nearly always', () => {
    const numbers = fc.sample(anyIin, { numRuns: 500, seed: 7 }).map(({ open, check }) => `${open}${check}`);

    const unseen = numbers.flatMap((iin) =>
      Array.from({ length: 11 }, (_, place) => swapped(iin, place)).filter(
        (other) => other !== iin && readIin(other).ok,
      ),
    );

    expect(unseen.length / (numbers.length * 11)).toBeLessThan(0.01);
  });
});
