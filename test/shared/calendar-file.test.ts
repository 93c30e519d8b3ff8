import { describe, expect, it } from 'vitest';
import { calendarFile } from '#shared/calendar-file.ts';
import { at } from '#test/builders/worlds.ts';

const appointment = {
  uid: 'SL0T@irikteu.example',
  startsAt: at('2024-03-01T04:00'),
  endsAt: at('2024-03-01T04:30'),
  stamp: at('2024-02-20T10:00'),
  zone: 'Asia/Almaty',
  title: 'Әңгімелесу',
  place: 'Алматы; Абай даңғылы, 1',
  text: 'Бірінші жол\nЕкінші жол',
  address: 'https://irikteu.example/kk/applications/X/interview',
};

describe('a calendar file', () => {
  it('has its moments in UTC, so that no calendar shifts them, and the full name of the zone', () => {
    const lines = calendarFile('Asia/Almaty', [appointment]).split('\r\n');

    expect(lines).toContain('DTSTART:20240301T040000Z');
    expect(lines).toContain('DTEND:20240301T043000Z');
    expect(lines).toContain('X-WR-TIMEZONE:Asia/Almaty');
  });

  it('escapes what would end a value', () => {
    const file = calendarFile('Asia/Almaty', [appointment]);

    expect(file).toContain(String.raw`LOCATION:Алматы\; Абай даңғылы\, 1`);
    expect(file).toContain(String.raw`DESCRIPTION:Бірінші жол\nЕкінші жол`);
  });

  it('folds long lines within 75 octets and never within a letter', () => {
    const title = 'Әңгімелесу '.repeat(20).trim();
    const file = calendarFile('Asia/Almaty', [{ ...appointment, title }]);

    expect(Math.max(...file.split('\r\n').map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    expect(file.replaceAll('\r\n ', '')).toContain(`SUMMARY:${title}`);
  });

  it('has a deadline without an end and without a place', () => {
    const { endsAt: _ends, place: _place, ...deadline } = appointment;
    const file = calendarFile('Asia/Almaty', [deadline, { ...deadline, uid: 'other' }]);

    expect(file.match(/BEGIN:VEVENT/g)).toHaveLength(2);
    expect(file).not.toMatch(/DTEND|LOCATION/);
  });
});
