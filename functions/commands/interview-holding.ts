import { type CandidacyCommand, candidacyPlace } from '#functions/commands/candidacies.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { ifInvited } from '#functions/commands/interview-reading.ts';
import { heldStations } from '#functions/commands/interview-stations.ts';
import { owedPlace } from '#functions/commands/owed-interview-reading.ts';
import { panelBook, panelsStand } from '#functions/commands/panel-reading.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { atWork, mayJudge, type OpenWorkplace, standsWithEffect } from '#functions/commands/workplace.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { DocumentWrite } from '#shared/domain/document.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { HeldEvent, HeldRecord } from '#shared/domain/held-interview.ts';
import type { PersonId, SlotId } from '#shared/domain/ids.ts';
import { type Interviewed, standingScorecards } from '#shared/domain/interview.ts';
import { owedInterviewAggregate } from '#shared/domain/owed-interview.ts';
import { panelistsOf } from '#shared/domain/panel.ts';
import type { Action } from '#shared/domain/permission.ts';
import { slotAggregate } from '#shared/domain/slot.ts';
import type { Station } from '#shared/domain/station.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Change } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;

/** One application's interview: of its stage, or with `owed` the one that it was owed and gets later. */
export type InterviewCommand = CandidacyCommand & { owed?: true | undefined };

/** What is done about an interview; of one that was owed the action of the same name. */
type Doing = 'score' | 'attend';

const actionOf = ({ owed }: InterviewCommand, doing: Doing): Action => {
  if (!owed) return `interview.${doing}`;
  return doing === 'score' ? 'owed-interview.score' : 'owed-interview.plan';
};

/** An interview with the gate that it is held at, and who sits at each of its stations. */
export type Held = Interviewed & {
  place: OpenWorkplace;
  stations: readonly { station: Station; panelists: readonly PersonId[] }[];
  /** Of the record that the cards are kept in, before this. */
  version: number;
};

/** Events, and texts that they name. */
export type Decided = { events: readonly HeldEvent[]; documents?: readonly DocumentWrite[] };

/** Decides something about an interview that has a time, while its stage is worked on, and stores it. */
export const atInterview = (
  deps: Deps,
  command: InterviewCommand,
  doing: Doing,
  decide: (held: Held) => Result<Decided, Refusal> | Promise<Result<Decided, Refusal>>,
): Promise<Result<Versioned<HeldRecord>, Refusal>> =>
  decideAgain(async (): Promise<Result<Versioned<HeldRecord>, Refusal | LostRace>> => {
    const kept = await (command.owed ? owedKept(deps, command, doing) : ordinaryKept(deps, command, doing));
    if (!kept.ok) return kept;
    const { place, record, slotId, evolve } = kept.value;
    const { by, round, file, committee } = place;
    const now = deps.clock.now();
    const slot = slotId && (await deps.records.find(slotAggregate, slotId))?.state;
    const held = {
      // A card that no longer counts is given anew, be it with the same points.
      candidacy: withCounted(record.state, place),
      slot: slot || undefined,
      now,
      zone: file.timeZone,
    };
    const book = await panelBook(deps.records, round.state.id);
    const decision = await decide({
      ...held,
      place,
      stations: heldStations(book, file, held.slot).map(({ station, panel }) => ({
        station,
        panelists: panelistsOf(panel, committee.state),
      })),
      version: record.version,
    });
    if (!decision.ok) return decision;
    const { events, documents = [] } = decision.value;
    if (events.length === 0) return ok(record);
    const { change, after } = evolve(events);
    const { changes, requires } = standsWithEffect(place, now);
    const stored = await store(deps, {
      by,
      changes: [change, ...changes],
      documents,
      // Whoever was taken off a panel meanwhile does not judge there.
      requires: [...requires, ...panelsStand(book, held.slot)],
    });
    return stored.ok ? ok(after) : stored;
  });

/** The record that an interview is kept in. */
type Kept = {
  place: OpenWorkplace;
  record: Versioned<HeldRecord>;
  slotId: SlotId | undefined;
  evolve: (events: readonly HeldEvent[]) => { change: Change; after: Versioned<HeldRecord> };
};

const ordinaryKept = async (
  deps: Deps,
  command: InterviewCommand,
  doing: Doing,
): Promise<Result<Kept, Refusal>> => {
  const found = await candidacyPlace(deps, command, actionOf(command, doing));
  if (!found.ok) return found;
  const place = atWork(found.value.place);
  if (!place.ok) return place;
  const candidacy = await ifInvited(deps.records, place.value.round.state, found.value.candidacy);
  if (!candidacy.ok) return candidacy;
  const record = candidacy.value;
  return ok({
    place: place.value,
    record,
    slotId: record.state.slotId,
    evolve: (events) => changed(candidacyAggregate, record.id, record, events),
  });
};

/** Once its total is in the results, its cards are what these were counted from. */
const owedKept = async (
  deps: Deps,
  command: InterviewCommand,
  doing: Doing,
): Promise<Result<Kept, Refusal>> => {
  const found = await owedPlace(deps, command, actionOf(command, doing));
  if (!found.ok) return found;
  const { place, candidacy, owed } = found.value;
  if (!owed || owed.state.status !== 'planned' || candidacy.state.withdrawnAt)
    return refuse({ kind: 'not-in-stage' });
  return ok({
    place,
    record: owed,
    slotId: owed.state.slotId,
    evolve: (events) => changed(owedInterviewAggregate, owed.id, owed, events),
  });
};

/** The stations where somebody judges: they vote, and sit on its panel. Refused where there is none. */
const sittingAt = ({ place, stations }: Held, { by }: CandidacyCommand): Result<Station[], Refusal> => {
  if (!mayJudge(place)) return refuse({ kind: 'not-allowed' });
  const own = stations.filter(({ panelists }) => panelists.includes(by.id));
  return own.length > 0 ? ok(own.map(({ station }) => station)) : refuse({ kind: 'not-assigned' });
};

/** The station that a card or a note is meant for; where its giver sits at only one, that is the one. */
export const stationMeant = (
  held: Held,
  command: CandidacyCommand & { station?: string | undefined },
): Result<Station, Refusal> => {
  const sits = sittingAt(held, command);
  if (!sits.ok) return sits;
  const [only, ...others] = sits.value;
  const meant =
    command.station === undefined && others.length === 0
      ? only
      : sits.value.find(({ code }) => code === command.station);
  if (meant) return ok(meant);
  if (command.station !== undefined) return refuse({ kind: 'not-assigned' });
  return refuse({ kind: 'invalid', faults: [{ place: 'station', message: 'station.fault.which' }] });
};

const withCounted = (held: HeldRecord, { committee }: OpenWorkplace): HeldRecord => ({
  ...held,
  scorecards: standingScorecards(held, committee.state),
});
