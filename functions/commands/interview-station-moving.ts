import { type CandidacyCommand, candidacyPlace } from '#functions/commands/candidacies.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { ifInvited } from '#functions/commands/interview-reading.ts';
import { type PlacedPart, placedSlots } from '#functions/commands/interview-stations.ts';
import { askedOf, freeOn } from '#functions/commands/panel-reading.ts';
import { takeSeats } from '#functions/commands/seat-taking.ts';
import { type SeatingBook, seatingBook } from '#functions/commands/seating-book.ts';
import { changed, decideAgain, type LostRace, store, triesInTurn } from '#functions/commands/storing.ts';
import { atWork, type OpenWorkplace, stands } from '#functions/commands/workplace.ts';
import type { Application } from '#shared/domain/application.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { votersOf } from '#shared/domain/committee.ts';
import { evolveAll, type Versioned } from '#shared/domain/event.ts';
import type { PanelId } from '#shared/domain/ids.ts';
import { needsOf } from '#shared/domain/interview-wishes.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import { lacksOutsiders, outsidersNeeded } from '#shared/domain/outsiders.ts';
import { freePanelists, type Panel, type Panels, panelsAggregate, unfitness } from '#shared/domain/panel.ts';
import { panelIn } from '#shared/domain/panel-decisions.ts';
import { holdersOf, whyNotAt } from '#shared/domain/panel-stations.ts';
import { providedAt } from '#shared/domain/provided.ts';
import { risen } from '#shared/domain/seating.ts';
import { partsOf, type Slot, slotAggregate } from '#shared/domain/slot.ts';
import { type Station, stationsOf } from '#shared/domain/station.ts';
import {
  moveStation as decideMove,
  type MovedStation,
  type StationTime,
  timeOf,
} from '#shared/domain/station-move.ts';
import type { Instant } from '#shared/domain/time.ts';
import { minutesBetween } from '#shared/domain/travel.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import type { Change } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Reads = Pick<CommandDeps, 'records' | 'clock'>;
type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;

/** One station of the interview that an application has booked. */
export type StationCommand = CandidacyCommand & { station: string };

/** A station as the secretary sees it before moving it. `isHeld`: a scorecard of it is stored. */
export type StationView = {
  place: OpenWorkplace;
  candidacy: Candidacy;
  part: PlacedPart;
  /** The panels that may hold it. */
  panels: readonly Panel[];
  isHeld: boolean;
};

export const viewStation = async (
  deps: Reads,
  command: StationCommand,
): Promise<Result<StationView, Refusal>> => {
  const found = await bookedStation(deps, command);
  if (!found.ok) return found;
  const { place, candidacy, slot, panels, station } = found.value;
  const told = { panels, interviews: place.file.interviews };
  const [placed] = await placedSlots(deps.records, [slot.state], told);
  const part = placed?.parts.find(({ code }) => code === station.code);
  if (!part) return refuse({ kind: 'not-found', what: 'slot' });
  const voters = votersOf(place.committee.state).length;
  return ok({
    place,
    candidacy: candidacy.state,
    part,
    panels: holdersOf(panels.state.panels, station, voters),
    isHeld: candidacy.state.scorecards.some((card) => card.station === station.code),
  });
};

/**
 * Moves one station of a booked interview to another time, or to another panel in its room; the others stay. Checked as planning and
 * booking are: the panel holds this station, is free with all its members, and may hear the applicant, who is at no other station then.
 * Whoever saw it where it no longer is gets `changed-meanwhile`; the same move a second time changes nothing. The applicant and the
 * panels get one letter each.
 */
export const moveInterviewStation = (
  deps: Deps,
  command: StationCommand & { was: StationTime; startsAt: Instant; panel: PanelId },
): Promise<Result<Versioned<Slot>, Refusal>> =>
  decideAgain(async (): Promise<Result<Versioned<Slot>, Refusal | LostRace>> => {
    const found = await bookedStation(deps, command);
    if (!found.ok) return found;
    const { place, candidacy, slot, book, application } = found.value;
    const panel = panelIn(book.state, command.panel);
    if (!panel) return refuse({ kind: 'not-found', what: 'panel' });
    const now = deps.clock.now();
    const { station: code, was, startsAt } = command;
    const booked = { slot: slot.state, candidacy: candidacy.state };
    const way = wayFrom(panel, found.value);
    const decision = decideMove(booked, { code, was, startsAt, panel, way }, now);
    if (!decision.ok) return decision;
    if (!decision.value) return ok(slot);
    const seated = await seatedAt(deps, found.value, { move: decision.value, panel, now });
    if (!seated.ok) return seated;
    const moved = changed(slotAggregate, slot.id, slot, [
      { type: 'slot-station-moved', at: now, station: decision.value.after },
    ]);
    const noted = changed(candidacyAggregate, candidacy.id, candidacy, [
      { type: 'interview-moved', at: now, slot: slot.state.id, station: code },
    ]);
    const letters = { move: decision.value, version: noted.after.version, at: now };
    const stored = await store(deps, {
      by: place.by,
      changes: [moved.change, noted.change, ...seated.value],
      requires: stands(place),
      outbox: lettersOf(application.state, { place, panels: book.state }, letters),
    });
    return stored.ok ? ok(moved.after) : stored;
  }, triesInTurn);

type BookedStation = {
  place: OpenWorkplace;
  candidacy: Versioned<Candidacy>;
  application: Versioned<Application>;
  slot: Versioned<Slot>;
  book: SeatingBook;
  panels: Versioned<Panels>;
  station: Station & { code: string };
};

const bookedStation = async (
  deps: Reads,
  command: StationCommand,
): Promise<Result<BookedStation, Refusal>> => {
  const found = await candidacyPlace(deps, command, 'interview.plan');
  if (!found.ok) return found;
  const place = atWork(found.value.place);
  if (!place.ok) return place;
  const candidacy = await ifInvited(deps.records, place.value.round.state, found.value.candidacy);
  if (!candidacy.ok) return candidacy;
  const { station: code } = command;
  const station = stationsOf(place.value.file.interviews).find((one) => one.code === code);
  if (!station) return refuse({ kind: 'not-found', what: 'slot' });
  const { slotId, missedInterview } = candidacy.value.state;
  if (!slotId || missedInterview) return refuse({ kind: 'not-in-stage' });
  const [slot, book, application] = await Promise.all([
    deps.records.find(slotAggregate, slotId),
    seatingBook(deps, command.roundId),
    deps.records.find(applicationAggregate, command.applicationId),
  ]);
  const { stored: panels } = book;
  if (!slot || !panels || !application) return refuse({ kind: 'not-in-stage' });
  const named = { ...station, code };
  return ok({
    place: place.value,
    candidacy: candidacy.value,
    application,
    slot,
    book,
    panels,
    station: named,
  });
};

/** Minutes from where a panel sits to where another one does. */
const wayFrom =
  ({ site }: Panel, { place, book }: Pick<BookedStation, 'place' | 'book'>) =>
  (other: PanelId): number =>
    minutesBetween(place.file.interviews.travel, site, panelIn(book.state, other)?.site);

type Seat = { move: MovedStation; panel: Panel; now: Instant };

/** The panel that held the station rises, and the one that is to hold it sits. Faults name the fields `from` and `panel`. */
const seatedAt = async (
  deps: Pick<Reads, 'records' | 'clock'>,
  { place, candidacy, application, book, station, slot }: BookedStation,
  { move: { before, after }, panel, now }: Seat,
): Promise<Result<Change[], Refusal>> => {
  const committee = place.committee.state;
  const wrong = whyNotAt(panel, station, votersOf(committee).length);
  if (wrong) return fault(wrong);
  const asked = await askedOf(deps.records, candidacy.state, application.state);
  const provided = providedAt(slot.state, { panel, station, part: after });
  const free = freeOn({ panel, station }, committee, candidacy.state);
  const unfit = unfitness({ languages: panel.languages, ...provided }, needsOf(asked), free);
  if (unfit.length > 0) return fault({ message: 'station.fault.unfit' });
  const crew = partsOf(slot.state).map((part) =>
    part.code === after.code ? panel : panelIn(book.state, part.panel),
  );
  const { interviews } = place.file;
  if (lacksOutsiders(crew, committee, candidacy.state.applicationId, interviews)) {
    return fault({ message: 'station.fault.outsiders', facts: { minimum: outsidersNeeded(interviews) } });
  }
  const rises = risen([before], now);
  const left = evolveAll(panelsAggregate, book.state, rises);
  const sits = { panel: panelIn(left, panel.id), place: panel.place, sittings: [timeOf(after)] };
  return await takeSeats(deps, place, { book, seatings: [sits], rises });
};

const fault = (why: Pick<Fault, 'message' | 'facts'>): Result<never, Refusal> =>
  refuse({ kind: 'invalid', faults: [{ place: 'panel', ...why }] });

type Told = { move: MovedStation; version: number; at: Instant };

/** Each is told once: the letters are named after the version that the move made. Who may not hear of the applicant gets none. */
const lettersOf = (
  { id, number, roundId, personId }: Application,
  { place: { round, committee }, panels }: { place: OpenWorkplace; panels: Panels },
  { move: { before, after }, version, at }: Told,
): OutboxMessage[] => {
  const { intake, timeZone: zone } = round.state.plan;
  const times = { before: before.startsAt, startsAt: after.startsAt };
  const facts = { applicationId: id, number, roundId, intake, zone, ...times };
  const members = [before.panel, after.panel].flatMap((panel) =>
    freePanelists(panelIn(panels, panel), committee.state, id),
  );
  const own = { kind: 'letter', template: 'interview-moved', personId, facts } as const;
  return [
    { id: `interview-moved#${id}#${version}`, at, body: own },
    ...[...new Set(members)].map((member) => ({
      id: `committee-interview-moved#${id}#${version}#${member}`,
      at,
      body: {
        kind: 'letter' as const,
        template: 'committee-interview-moved' as const,
        personId: member,
        facts,
      },
    })),
  ];
};
