import { type CandidacyCommand, candidacyPlace } from '#functions/commands/candidacies.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { ifInvited } from '#functions/commands/interview-reading.ts';
import { heldStations } from '#functions/commands/interview-stations.ts';
import { panelBook, panelsStand } from '#functions/commands/panel-reading.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { atWork, mayJudge, type OpenWorkplace, standsWithEffect } from '#functions/commands/workplace.ts';
import type { Candidacy, CandidacyEvent } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { DocumentWrite } from '#shared/domain/document.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { type Interviewed, standingScorecards } from '#shared/domain/interview.ts';
import { panelistsOf } from '#shared/domain/panel.ts';
import type { Action } from '#shared/domain/permission.ts';
import { slotAggregate } from '#shared/domain/slot.ts';
import type { Station } from '#shared/domain/station.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;

/** An interview with the gate that it is held at, and who sits at each of its stations. */
export type Held = Interviewed & {
  place: OpenWorkplace;
  stations: readonly { station: Station; panelists: readonly PersonId[] }[];
  /** Of the candidacy, before this. */
  version: number;
};

/** Events, and texts that they name. */
export type Decided = { events: readonly CandidacyEvent[]; documents?: readonly DocumentWrite[] };

/** Decides something about an interview that has a time, while its stage is worked on, and stores it. */
export const atInterview = (
  deps: Deps,
  command: CandidacyCommand,
  action: Action,
  decide: (held: Held) => Result<Decided, Refusal> | Promise<Result<Decided, Refusal>>,
): Promise<Result<Versioned<Candidacy>, Refusal>> =>
  decideAgain(async (): Promise<Result<Versioned<Candidacy>, Refusal | LostRace>> => {
    const found = await candidacyPlace(deps, command, action);
    if (!found.ok) return found;
    const place = atWork(found.value.place);
    if (!place.ok) return place;
    const { by, round, file, committee } = place.value;
    const candidacy = await ifInvited(deps.records, round.state, found.value.candidacy);
    if (!candidacy.ok) return candidacy;

    const now = deps.clock.now();
    const { slotId } = candidacy.value.state;
    const slot = slotId && (await deps.records.find(slotAggregate, slotId))?.state;
    const held = {
      // A card that no longer counts is given anew, be it with the same points.
      candidacy: withCounted(candidacy.value.state, place.value),
      slot: slot || undefined,
      now,
      zone: file.timeZone,
    };
    const book = await panelBook(deps.records, round.state.id);
    const decision = await decide({
      ...held,
      place: place.value,
      stations: heldStations(book, file, held.slot).map(({ station, panel }) => ({
        station,
        panelists: panelistsOf(panel, committee.state),
      })),
      version: candidacy.value.version,
    });
    if (!decision.ok) return decision;
    const { events, documents = [] } = decision.value;
    if (events.length === 0) return ok(candidacy.value);
    const { change, after } = changed(candidacyAggregate, candidacy.value.id, candidacy.value, events);
    const { changes, requires } = standsWithEffect(place.value, now);
    const stored = await store(deps, {
      by,
      changes: [change, ...changes],
      documents,
      // Whoever was taken off a panel meanwhile does not judge there.
      requires: [...requires, ...panelsStand(book)],
    });
    return stored.ok ? ok(after) : stored;
  });

/** The stations where somebody judges: they vote, and sit on its panel. Refused where there is none. */
export const sittingAt = (
  { place, stations }: Held,
  { by }: CandidacyCommand,
): Result<Station[], Refusal> => {
  if (!mayJudge(place)) return refuse({ kind: 'not-allowed' });
  const own = stations.filter(({ panelists }) => panelists.includes(by.id));
  return own.length > 0 ? ok(own.map(({ station }) => station)) : refuse({ kind: 'not-assigned' });
};

const withCounted = (candidacy: Candidacy, { committee }: OpenWorkplace): Candidacy => ({
  ...candidacy,
  scorecards: standingScorecards(candidacy, committee.state),
});
