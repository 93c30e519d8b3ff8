import type { CommandDeps } from '#functions/commands/deps.ts';
import { engagedSlots, takenTwice } from '#functions/commands/engaged-slots.ts';
import { slotsIn } from '#functions/commands/interview-reading.ts';
import { heldStations, type PlacedSlot, placedSlots } from '#functions/commands/interview-stations.ts';
import { askedOf, type PanelBook, panelBook } from '#functions/commands/panel-reading.ts';
import { candidaciesIn, eachOf, goingOn } from '#functions/commands/selection.ts';
import {
  atWork,
  type CommitteeCommand,
  type OpenWorkplace,
  workplace,
} from '#functions/commands/workplace.ts';
import { type Provided, Unkept } from '#shared/domain/access-need.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { InterviewLanguage } from '#shared/domain/codes.ts';
import { type Committee, inConflict } from '#shared/domain/committee.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import type { ApplicationId, Sha256, SlotId } from '#shared/domain/ids.ts';
import { scorecardsNeeded } from '#shared/domain/interview.ts';
import { dayPartAt, needsOf } from '#shared/domain/interview-wishes.ts';
import { atHiringSchool, outsidersNeeded } from '#shared/domain/outsiders.ts';
import { type Panel, panelistsOf, providedBy } from '#shared/domain/panel.ts';
import { providedIn } from '#shared/domain/provided.ts';
import { partsOf, type Slot } from '#shared/domain/slot.ts';
import { stationsOf } from '#shared/domain/station.ts';
import { wallOf } from '#shared/domain/walls.ts';
import { dayAt } from '#shared/domain/zone.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';
import type { Infeasible } from '#shared/timetable/infeasible.ts';
import type { Candidate, FreeTime, Instance, Sitting } from '#shared/timetable/instance.ts';
import { type Timetable, timetable } from '#shared/timetable/timetable.ts';

type Reads = Pick<CommandDeps, 'records' | 'clock' | 'readLog'>;

/** Times of the whole committee, where no panel was composed for them. */
const wholeCommittee = 'committee';

/** Who holds a slot: the panel of each station, or the whole committee. The same for all slots that the same ones hold. */
export const crewOf = (slot: Slot): string =>
  partsOf(slot)
    .map(({ panel }) => panel ?? wholeCommittee)
    .join(' ');

/** A timetable as it would be set now. */
export type TimetableDraft = {
  place: OpenWorkplace;
  book: PanelBook;
  /** Every time that was not removed, in the order of time. */
  slots: readonly PlacedSlot[];
  /** Everybody who takes part in the interviews, without whom a conflict of interest closes to the reader: they get a time like the others. */
  candidacies: ReadonlyMap<string, Candidacy>;
  /** Times to come of which nobody said whether steps are in the way: they count as if none were. */
  untold: number;
  /** Times to come that are taken twice, by this round or another one. */
  twice: ReadonlySet<SlotId>;
  /** How many have no time yet. */
  waiting: number;
  outcome: Result<Timetable, Infeasible>;
  /** SHA-256 of the appointments: what is confirmed is what was seen. */
  digest: Sha256;
};

/** More would only wait for each other in the client. */
const readsAtOnce = 32;

/**
 * Draws up times for everyone who is invited and has none; bookings stay as they are. The same records give the same timetable. Of
 * those who cannot all have a time the needs show: that they were read is noted.
 */
export const draftTimetable = async (
  deps: Reads,
  command: CommitteeCommand,
): Promise<Result<TimetableDraft, Refusal>> => {
  const found = await workplace(deps, command, 'interview.plan');
  const place = found.ok ? atWork(found.value) : found;
  if (!place.ok) return place;
  const { round, committee } = place.value;
  const known = { ...(await panelBook(deps.records, round.state.id)), committee };
  const slots = await slotsIn(deps.records, round.state.id);
  const coming = slots.filter((slot) => !slot.applicationId && slot.startsAt > deps.clock.now());
  const engaged = await engagedSlots(
    deps,
    { round: round.state, file: place.value.file, book: known },
    coming,
  );
  const book = { ...known, engaged };
  const going = await goingOn(deps.records, round.state, 'scoring');
  const taking = (await candidaciesIn(deps.records, round.state.id))
    .map(({ state }) => state)
    .filter(({ withdrawnAt, applicationId }) => !withdrawnAt && going.has(applicationId));
  const waiting = taking.filter(({ slotId }) => !slotId);
  const candidates = await eachOf(waiting, readsAtOnce, (one) => candidateOf(deps, one, place.value));
  const wall = wallOf(committee.state, place.value.by.id);
  const outcome = timetable({ ...roomOf(deps, { place: place.value, book, slots }), candidates });
  if (!outcome.ok) await noteReading(deps, place.value, outcome.error);
  const placed = await placedSlots(deps.records, slots, { ...book, ...place.value.file });
  const now = deps.clock.now();
  const standing = slots.filter(({ endsAt }) => endsAt > now);
  return ok({
    place: place.value,
    book,
    slots: placed,
    twice: await takenTwice(deps, { round: round.state, file: place.value.file, book: known }, standing),
    untold: placed.filter(({ slot, stepFree }) => stepFree === undefined && slot.startsAt > now).length,
    candidacies: new Map(
      taking.flatMap((one) => (wall(one.applicationId) ? [] : [[one.applicationId, one] as const])),
    ),
    waiting: waiting.length,
    outcome,
    digest: sha256Of(canonicalJson(outcome.ok ? outcome.value.appointments : [])),
  });
};

const candidateOf = async (
  { records }: Reads,
  candidacy: Candidacy,
  { committee, file }: OpenWorkplace,
): Promise<Candidate> => {
  const { applicationId: id } = candidacy;
  const application = await records.find(applicationAggregate, id);
  if (!application) throw new Error(`Candidacy ${id} is of no application.`);
  const asked = await askedOf(records, candidacy, application.state);
  const { part, days } = asked;
  return {
    id,
    needs: needsOf(asked),
    part,
    days,
    conflicts: conflictsOf(committee.state, id),
    insiders: atHiringSchool(committee.state, id),
    outsiders: outsidersNeeded(file.interviews),
    members: stationsOf(file.interviews).map((station) =>
      scorecardsNeeded(candidacy, { committee: committee.state }, station),
    ),
  };
};

/** Of those whom something joins with an application, whom it keeps away: not who was cleared, nor whom the secretary was only shown. */
const conflictsOf = (committee: Committee, id: ApplicationId): string[] =>
  committee.conflicts
    .filter(({ applicationId, memberId }) => applicationId === id && inConflict(committee, memberId, id))
    .map(({ memberId }) => memberId);

type Room = Pick<TimetableDraft, 'place' | 'book'> & { slots: readonly Slot[] };

/** Those who hold times, with what they have, and the times that are free and still to come. */
const roomOf = ({ clock }: Reads, { place, book, slots }: Room): Omit<Instance, 'candidates'> => {
  const { round, file } = place;
  const zone = file.timeZone;
  const now = clock.now();
  const places = new Map<string, number>();
  const times: FreeTime[] = [];
  const booked = new Map<string, number>();
  const sittings = new Map(
    panelsAlone(book, file).map((panel) => {
      const alone = sittingOf(panel.id, { panels: [panel], provides: providedBy(panel), longer: 0 }, place);
      return [alone.id, alone] as const;
    }),
  );
  for (const slot of slots) {
    const { id, startsAt, applicationId } = slot;
    const crew = crewOf(slot);
    const held = heldStations(book, file, slot);
    const panels = held.map((one) => one.panel);
    const isEngaged = book.engaged?.has(id) ?? false;
    const sitting = sittingOf(crew, { panels, ...providedIn(slot, held), isEngaged }, place);
    sittings.set(sitting.id, sitting);
    const day = dayAt(zone, startsAt);
    const key = `${crew} ${day}`;
    const before = places.get(key) ?? 0;
    places.set(key, before + 1);
    if (applicationId) booked.set(crew, (booked.get(crew) ?? 0) + 1);
    else if (startsAt > now) {
      const part = dayPartAt(zone, startsAt);
      times.push({ id, panel: sitting.id, day, part, startsAt, place: before });
    }
  }
  const used = new Set(times.map(({ panel }) => panel));
  const panels = [...sittings.values()]
    .filter(({ id, crew }) => crew !== wholeCommittee || used.has(id))
    .map((sitting) => Object.assign(sitting, { booked: booked.get(sitting.crew) ?? 0 }));
  return { seed: round.id, panels, times };
};

/** Where one panel holds a whole interview, each may hear somebody, also before times are planned for it. */
const panelsAlone = (
  { panels }: PanelBook,
  { interviews }: Pick<OpenWorkplace['file'], 'interviews'>,
): Panel[] => (interviews.stations ? [] : (panels?.state.panels ?? []));

/** The panel of each station, undefined for the whole committee, and what is provided at all of them. */
type Crew = Provided & { panels: readonly (Panel | undefined)[]; isEngaged?: boolean };

/** What holds at every station holds of the whole interview. */
const sittingOf = (
  crew: string,
  { panels, provides, longer, isEngaged = false }: Crew,
  { committee }: OpenWorkplace,
): Omit<Sitting, 'booked'> => ({
  id: [crew, ...provides, longer, ...(isEngaged ? ['engaged'] : [])].join(' '),
  crew,
  ...(isEngaged && { engaged: true }),
  languages: InterviewLanguage.options.filter((one) =>
    panels.every((panel) => !panel || panel.languages.includes(one)),
  ),
  provides,
  longer,
  members: panels.map((panel) => panelistsOf(panel, committee.state)),
});

const noteReading = async (
  { readLog, clock }: Reads,
  { by: reader }: OpenWorkplace,
  { bottlenecks }: Infeasible,
): Promise<void> => {
  const shown = bottlenecks.filter(({ kept }) =>
    kept.some((rule) => Unkept.options.some((need) => need === rule)),
  );
  const at = clock.now();
  for (const id of shown.flatMap(({ candidates }) => candidates)) {
    await readLog.add({ reader, owner: `application#${id}`, what: 'adjustments', at });
  }
};
