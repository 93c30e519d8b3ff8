import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { addWorkingDays } from '#shared/domain/calendar.ts';
import { evolveAll } from '#shared/domain/event.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import {
  bareCalendar,
  calendarAggregate,
  importCalendar,
  noCalendar,
  putInForce,
  type RegionCalendar,
  yearsOf,
} from '#shared/domain/region-calendar.ts';
import { readCalendarFile } from '#shared/domain/region-calendar-reading.ts';
import { granted } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

const shipped = readFileSync(
  new URL('../../../infra/data/kazakhstan-2026.calendar.json', import.meta.url),
  'utf8',
);

const provenance = { source: 'a decree', confidence: 'unverified', verifiedOn: '2026-11-22' };

const faultsOf = (over: object): string[] => {
  const text = JSON.stringify(
    { schemaVersion: 1, holidays: ['2026-01-01'], transferred: [], ...provenance, ...over },
    null,
    2,
  );
  const read = readCalendarFile(text);
  return read.ok
    ? []
    : read.error.map(({ place, message, line, facts }) => {
        const facta = facts ? ` ${JSON.stringify(facts)}` : '';
        return `${line}: ${place} ${message}${facta}`;
      });
};

describe('a calendar file', () => {
  it('that ships is read, and knows both years', () => {
    expect(yearsOf(granted(named(shipped)))).toEqual([2025, 2026]);
  });

  it('counts over Nauryz and its moved days', () => {
    const calendar = granted(named(shipped));

    expect(addWorkingDays('2026-03-19', 1, calendar)).toBe('2026-03-20');
    expect(addWorkingDays('2026-03-19', 2, calendar)).toBe('2026-03-26');
    expect(addWorkingDays('2026-03-19', 2, bareCalendar)).toBe('2026-03-23');
  });

  it('is told each fault with its line', () => {
    const faults = faultsOf({
      holidays: ['2024-01-01', '2026-01-01', '2026-01-01'],
      transferred: [
        { off: '2026-03-07' },
        { off: '2026-03-09', worked: '2026-03-10' },
        { off: '2027-03-08' },
      ],
    });

    expect(faults).toEqual([
      '6: /holidays/2 calendar.doubled {"day":"2026-01-01"}',
      '10: /transferred/0/off calendar.free-already {"day":"2026-03-07"}',
      '14: /transferred/1/worked calendar.worked-already {"day":"2026-03-10"}',
      '3: /holidays calendar.year-left-out {"year":"2025"}',
      '3: /holidays calendar.year-left-out {"year":"2027"}',
    ]);
  });

  it('without a holiday, with a date that is none, or with another member is refused', () => {
    expect(faultsOf({ holidays: [] })).toEqual(['3: /holidays calendar.empty']);
    expect(faultsOf({ holidays: ['2026-02-30'] })).toEqual(['4: /holidays/0 round-file.date']);
    expect(faultsOf({ weekends: [] })).toEqual([expect.stringContaining('round-file.unknown-key')]);
    expect(faultsOf({ source: undefined })).toEqual([expect.stringContaining('round-file.missing')]);
  });
});

const after = (calendar: RegionCalendar, events: Parameters<typeof evolveAll>[2]) =>
  evolveAll(
    calendarAggregate,
    calendar,
    events.map((event) => calendarAggregate.event.parse(event)),
  ) ?? calendar;

describe('the calendar of a region', () => {
  const first = { sha256: sha256Of('first'), years: [2025] };
  const second = { sha256: sha256Of('second'), years: [2025, 2026] };
  const [monday, tuesday] = [at('2025-12-01T05:00'), at('2025-12-02T05:00')];
  it('waits after an import, and is in force once somebody has looked', () => {
    const imported = after(noCalendar, importCalendar(noCalendar, first, monday));
    expect(imported).toMatchObject({ waiting: first.sha256 });
    expect(imported.inForce).toBeUndefined();

    const inForce = after(imported, granted(putInForce(imported, first.sha256, tuesday)));
    expect(inForce).toEqual({
      versions: [{ ...first, importedAt: monday, inForceAt: tuesday }],
      inForce: first.sha256,
    });
  });

  it('is what was looked at: another file that came meanwhile is not put in force', () => {
    const imported = after(noCalendar, importCalendar(noCalendar, first, monday));
    const replaced = after(imported, importCalendar(imported, second, monday));

    expect(putInForce(replaced, first.sha256, tuesday)).toEqual({
      ok: false,
      error: { kind: 'changed-meanwhile' },
    });
    expect(putInForce(noCalendar, first.sha256, tuesday).ok).toBe(false);
  });

  it('changes nothing by the same file or the same press again, and keeps every version', () => {
    const imported = after(noCalendar, importCalendar(noCalendar, first, monday));
    expect(importCalendar(imported, first, tuesday)).toEqual([]);

    const inForce = after(imported, granted(putInForce(imported, first.sha256, tuesday)));
    expect(granted(putInForce(inForce, first.sha256, tuesday))).toEqual([]);
    expect(importCalendar(inForce, first, tuesday)).toEqual([]);
    expect(after(inForce, importCalendar(inForce, second, tuesday)).versions).toHaveLength(2);
  });
});

const named = (text: string) => {
  const read = readCalendarFile(text);
  return read.ok ? read : { ok: false as const, error: { kind: JSON.stringify(read.error) } };
};
