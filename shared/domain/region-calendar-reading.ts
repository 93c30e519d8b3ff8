import { readJson } from '#shared/domain/json-text.ts';
import { brokenDays, CalendarFile } from '#shared/domain/region-calendar.ts';
import { schemaFaults } from '#shared/domain/schema-faults.ts';
import { byteOrderMark } from '#shared/domain/utf8.ts';
import type { Fault } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** Twenty years are about 10 kB. */
const maxCharacters = 100_000;

/** Reads a calendar file and answers every fault with JSON pointer, line and column. */
export const readCalendarFile = (text: string): Result<CalendarFile, Fault[]> => {
  if (text.length > maxCharacters) {
    return refuse([{ place: '', message: 'round-file.too-large', facts: { limit: maxCharacters } }]);
  }
  if (text.startsWith(byteOrderMark)) {
    return refuse([{ place: '', message: 'round-file.byte-order-mark', line: 1, column: 1 }]);
  }
  const json = readJson(text);
  if (!json.ok) return json;
  const parsed = CalendarFile.safeParse(json.value.value);
  if (!parsed.success) return refuse(schemaFaults(parsed.error.issues, json.value));
  const faults = brokenDays(parsed.data).map(({ path, ...broken }) =>
    Object.assign(json.value.placeOf(path), broken),
  );
  return faults.length === 0 ? ok(parsed.data) : refuse(faults);
};
