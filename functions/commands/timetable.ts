import type { CommandDeps } from '#functions/commands/deps.ts';
import { placesOf, slotsIn } from '#functions/commands/interview-reading.ts';
import { askedOf, type PanelBook, panelBook } from '#functions/commands/panel-reading.ts';
import { candidaciesIn, eachOf, goingOn } from '#functions/commands/selection.ts';
import {
  atWork,
  type CommitteeCommand,
  type OpenWorkplace,
  workplace,
} from '#functions/commands/workplace.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { InterviewLanguage } from '#shared/domain/codes.ts';
import { type Committee, votersOf } from '#shared/domain/committee.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import type { ApplicationId, Sha256 } from '#shared/domain/ids.ts';
import { scorecardsNeeded } from '#shared/domain/interview.ts';
import { dayPartAt } from '#shared/domain/interview-wishes.ts';
import { panelistsOf } from '#shared/domain/panel.ts';
import type { Slot } from '#shared/domain/slot.ts';
import { dayAt } from '#shared/domain/zone.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';
import type { Infeasible } from '#shared/timetable/infeasible.ts';
import type { Candidate, FreeTime, Instance, Sitting } from '#shared/timetable/instance.ts';
import { type Timetable, timetable } from '#shared/timetable/timetable.ts';

type Reads = Pick<CommandDeps, 'records' | 'clock' | 'readLog'>;

/** Times of the whole committee, where no panel was composed for them. */
export const wholeCommittee = 'committee';

/** A timetable as it would be set now. */
export type TimetableDraft = {
  place: OpenWorkplace;
  book: PanelBook;
  /** Every time that was not removed, in the order of time. */
  slots: readonly Slot[];
  places: ReadonlyMap<string, string>;
  /** Everybody who takes part in the interviews. */
  candidacies: ReadonlyMap<string, Candidacy>;
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
  const book = { ...(await panelBook(deps.records, round.state.id)), committee };
  const slots = await slotsIn(deps.records, round.state.id);
  const going = await goingOn(deps.records, round.state, 'scoring');
  const taking = (await candidaciesIn(deps.records, round.state.id))
    .map(({ state }) => state)
    .filter(({ withdrawnAt, applicationId }) => !withdrawnAt && going.has(applicationId));
  const waiting = taking.filter(({ slotId }) => !slotId);
  const candidates = await eachOf(waiting, readsAtOnce, (one) => candidateOf(deps, one, place.value));
  const outcome = timetable({ ...roomOf(deps, { place: place.value, book, slots }), candidates });
  if (!outcome.ok) await noteReading(deps, place.value, outcome.error);
  return ok({
    place: place.value,
    book,
    slots,
    places: await placesOf(deps.records, slots),
    candidacies: new Map(taking.map((one) => [one.applicationId, one])),
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
  const { language, stepFree, part, days } = await askedOf(records, candidacy, application.state);
  return {
    id,
    needs: { language, stepFree },
    part,
    days,
    conflicts: conflictsOf(committee.state, id),
    members: scorecardsNeeded(candidacy, { committee: committee.state }, file.interviews),
  };
};

const conflictsOf = ({ conflicts }: Committee, id: ApplicationId): string[] =>
  conflicts.filter(({ applicationId }) => applicationId === id).map(({ memberId }) => memberId);

type Room = Pick<TimetableDraft, 'place' | 'book' | 'slots'>;

/** Panels with what they have, and the times that are free and still to come. */
const roomOf = ({ clock }: Reads, { place, book, slots }: Room): Omit<Instance, 'candidates'> => {
  const { round, committee, file } = place;
  const zone = file.timeZone;
  const now = clock.now();
  const places = new Map<string, number>();
  const times: FreeTime[] = [];
  const booked = new Map<string, number>();
  for (const { id, panel = wholeCommittee, startsAt, applicationId } of slots) {
    const day = dayAt(zone, startsAt);
    const key = `${panel} ${day}`;
    const before = places.get(key) ?? 0;
    places.set(key, before + 1);
    if (applicationId) booked.set(panel, (booked.get(panel) ?? 0) + 1);
    else if (startsAt > now) {
      times.push({ id, panel, day, part: dayPartAt(zone, startsAt), startsAt, place: before });
    }
  }
  const sittings = (book.panels?.state.panels ?? []).map(
    (panel): Sitting => ({
      id: panel.id,
      languages: panel.languages,
      stepFree: panel.stepFree,
      members: panelistsOf(panel, committee.state),
      booked: booked.get(panel.id) ?? 0,
    }),
  );
  const whole: Sitting = {
    id: wholeCommittee,
    languages: InterviewLanguage.options,
    stepFree: false,
    members: votersOf(committee.state),
    booked: booked.get(wholeCommittee) ?? 0,
  };
  const used = times.some(({ panel }) => panel === wholeCommittee);
  return { seed: round.id, panels: used ? [...sittings, whole] : sittings, times };
};

const noteReading = async (
  { readLog, clock }: Reads,
  { by: reader }: OpenWorkplace,
  { bottlenecks }: Infeasible,
): Promise<void> => {
  const shown = bottlenecks.filter(({ kept }) => kept.includes('access'));
  const at = clock.now();
  for (const id of shown.flatMap(({ candidates }) => candidates)) {
    await readLog.add({ reader, owner: `application#${id}`, what: 'adjustments', at });
  }
};
