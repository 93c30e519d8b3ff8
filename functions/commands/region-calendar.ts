import {
  type CalendarChange,
  calendarChanges,
  countingRounds,
} from '#functions/commands/calendar-effects.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { calendarFileOf } from '#functions/commands/pinned.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { type Person, permittedRound } from '#functions/commands/workplace.ts';
import type { WorkingCalendar } from '#shared/domain/calendar.ts';
import type { Actor, Versioned } from '#shared/domain/event.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import type { RoundId, Sha256 } from '#shared/domain/ids.ts';
import {
  bareCalendar,
  CalendarFile,
  calendarAggregate,
  calendarId,
  importCalendar,
  noCalendar,
  putInForce,
  type RegionCalendar,
  yearsOf,
} from '#shared/domain/region-calendar.ts';
import type { Round } from '#shared/domain/round.ts';
import { adoptCalendar } from '#shared/domain/round-calendar.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { readUtf8 } from '#shared/domain/utf8.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Records } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;
type Reads = Pick<Records, 'find' | 'blob'>;

/** Imports a calendar file; it waits until it is put in force. Refused as `invalid` with every fault. */
export const importRegionCalendar = async (
  deps: Deps,
  command: { by: Actor; file: Uint8Array },
): Promise<Result<RegionCalendar, Refusal>> => {
  const text = readUtf8(command.file);
  if (text === undefined)
    return refuse({ kind: 'invalid', faults: [{ place: '', message: 'round-file.not-utf8' }] });
  // Loaded when somebody imports: the parser weighs more than most pages.
  const { readCalendarFile } = await import('#shared/domain/region-calendar-reading.ts');
  const file = readCalendarFile(text);
  if (!file.ok) return refuse({ kind: 'invalid', faults: file.error });
  const version = { sha256: sha256Of(text), years: yearsOf(file.value) };
  return decideAgain(async (): Promise<Result<RegionCalendar, Refusal | LostRace>> => {
    const found = await deps.records.find(calendarAggregate, calendarId);
    const events = importCalendar(found?.state ?? noCalendar, version, deps.clock.now());
    if (events.length === 0) return ok(found?.state ?? noCalendar);
    const { change, after } = changed(calendarAggregate, calendarId, found, events);
    const blobs = [{ sha256: version.sha256, text }];
    const stored = await store(deps, { by: command.by, changes: [change], blobs });
    return stored.ok ? ok(after.state) : stored;
  });
};

/** Puts the waiting version in force, when it is the one that was looked at. */
export const enforceRegionCalendar = (
  deps: Deps,
  command: { by: Actor; sha256: Sha256 },
): Promise<Result<RegionCalendar, Refusal>> =>
  decideAgain(async (): Promise<Result<RegionCalendar, Refusal | LostRace>> => {
    const found = await deps.records.find(calendarAggregate, calendarId);
    const decision = putInForce(found?.state ?? noCalendar, command.sha256, deps.clock.now());
    if (!decision.ok) return decision;
    if (!found || decision.value.length === 0) return ok(found?.state ?? noCalendar);
    const { change, after } = changed(calendarAggregate, calendarId, found, decision.value);
    const stored = await store(deps, { by: command.by, changes: [change] });
    return stored.ok ? ok(after.state) : stored;
  });

/** Lets a running round count by the region's calendar from now on; `sha256` is the one in force that the page showed. */
export const followRegionCalendar = (
  deps: Deps,
  command: { by: Person; roundId: RoundId; sha256: Sha256 },
): Promise<Result<Versioned<Round>, Refusal>> =>
  decideAgain(async (): Promise<Result<Versioned<Round>, Refusal | LostRace>> => {
    const { by, roundId, sha256 } = command;
    const place = { role: by.role, roundId };
    const found = await permittedRound(deps, place, 'round.follow-calendar');
    if (!found.ok) return found;
    const region = await deps.records.find(calendarAggregate, calendarId);
    if (region?.state.inForce !== sha256) return refuse({ kind: 'changed-meanwhile' });
    const decision = adoptCalendar(found.value.state, sha256, deps.clock.now());
    if (!decision.ok) return decision;
    if (decision.value.length === 0) return ok(found.value);
    const { change, after } = changed(roundAggregate, roundId, found.value, decision.value);
    const requires = [{ aggregate: calendarAggregate.name, id: calendarId, version: region.version }];
    const stored = await store(deps, { by, changes: [change], requires });
    return stored.ok ? ok(after) : stored;
  });

export type CalendarView = {
  calendar: RegionCalendar;
  inForce: CalendarFile | undefined;
  waiting: CalendarFile | undefined;
  /** Those that still count days, newest first. */
  rounds: readonly Round[];
  /** What the waiting one, or else the one in force, counts otherwise than the rounds that run. */
  changes: readonly CalendarChange[];
};

/** The region's calendar, and what it would change. */
export const viewRegionCalendar = async (
  deps: Pick<CommandDeps, 'records' | 'region'>,
): Promise<CalendarView> => {
  const calendar = (await deps.records.find(calendarAggregate, calendarId))?.state ?? noCalendar;
  const read = async (sha256: Sha256 | undefined) =>
    sha256 === undefined ? undefined : await calendarFileOf(deps.records, sha256);
  const [inForce, waiting] = await Promise.all([read(calendar.inForce), read(calendar.waiting)]);
  const rounds = await countingRounds(deps);
  const next = waiting ?? inForce;
  const changes = next ? await calendarChanges(deps, rounds, next) : [];
  return { calendar, inForce, waiting, rounds, changes };
};

/** By which the region counts what no round file counts. */
export const workingCalendar = async (records: Reads): Promise<WorkingCalendar> => {
  const inForce = (await records.find(calendarAggregate, calendarId))?.state.inForce;
  return inForce ? await calendarFileOf(records, inForce) : bareCalendar;
};
