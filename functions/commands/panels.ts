import type { CommandDeps } from '#functions/commands/deps.ts';
import { owedSlotsIn, placeOf, slotsIn } from '#functions/commands/interview-reading.ts';
import { maxPlace } from '#functions/commands/interview-slots.ts';
import { freeToJoin } from '#functions/commands/joining.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import {
  atWork,
  type CommitteeCommand,
  type OpenWorkplace,
  stands,
  workplace,
} from '#functions/commands/workplace.ts';
import type { InterviewLanguage } from '#shared/domain/codes.ts';
import { votersOf } from '#shared/domain/committee.ts';
import { type DocumentWrite, writeDocument } from '#shared/domain/document.ts';
import { evolveAll, type Versioned } from '#shared/domain/event.ts';
import { PanelId, type PersonId } from '#shared/domain/ids.ts';
import { outsidersNeeded } from '#shared/domain/outsiders.ts';
import {
  type Composition,
  type Panel,
  PanelProvision,
  type Panels,
  type PanelsEvent,
  panelsAggregate,
} from '#shared/domain/panel.ts';
import {
  changePanel,
  composePanel,
  compositionFaults,
  isSame,
  panelIn,
  type Seated,
} from '#shared/domain/panel-decisions.ts';
import type { Round } from '#shared/domain/round.ts';
import { partsOf, type Slot } from '#shared/domain/slot.ts';
import { type Station, stationsOf } from '#shared/domain/station.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Change } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>;

/** What the secretary says of a panel. */
export type PanelInput = {
  members: readonly PersonId[];
  languages: readonly InterviewLanguage[];
  stepFree: boolean;
  /** What else is there for who needs it. */
  provides?: readonly PanelProvision[] | undefined;
  place: string;
  /** Codes of the stations where it sits; any where none is named. */
  stations?: readonly string[] | undefined;
  /** Code of the site where it sits; none for a video call. */
  site?: string | undefined;
};

/**
 * Composes a panel of the committee's members for interviews at one place, or composes one anew. It needs as many members as an
 * interview needs scorecards, or the station that needs fewest, or each where it sits, and once times are planned each that it holds;
 * nobody sits on two panels at the same time. Composing one that stands already answers that one.
 */
export const keepPanel = (
  deps: Deps,
  command: CommitteeCommand & { panel?: PanelId | undefined; input: PanelInput },
): Promise<Result<Panel, Refusal>> =>
  decideAgain(async (): Promise<Result<Panel, Refusal | LostRace>> => {
    const found = await workplace(deps, command, 'panel.compose');
    const place = found.ok ? atWork(found.value) : found;
    if (!place.ok) return place;
    const { roundId, input } = command;
    const panels = await deps.records.find(panelsAggregate, roundId);
    const before = panelIn(panels?.state, command.panel);
    if (command.panel && !before) return refuse({ kind: 'not-found', what: 'panel' });
    const said = saidIn(input);
    const twin = await twinOf(deps, { panels: panels?.state, before }, said, input.place.trim());
    if (twin) return ok(twin);
    return await keepOne(deps, command, { place: place.value, panels, before, said });
  });

type Found = {
  place: OpenWorkplace;
  panels: Versioned<Panels> | undefined;
  before: Panel | undefined;
  said: Said;
};

const keepOne = async (
  deps: Deps,
  command: CommitteeCommand & { input: PanelInput },
  { place, panels, before, said }: Found,
): Promise<Result<Panel, Refusal | LostRace>> => {
  const text = await placeText(deps, command, before);
  const seated = await seatedOf(deps, place, { before, named: said.stations ?? [] });
  if (!text.ok) {
    return refuse({ kind: 'invalid', faults: [...compositionFaults(said, seated), ...text.error.faults] });
  }
  const composition = { ...said, place: text.value.ref };
  const now = deps.clock.now();
  const id = before?.id ?? PanelId.parse(deps.chance.id());
  const decision =
    panels && before
      ? changePanel(panels.state, { id, ...composition }, seated, now)
      : composePanel(panels?.state, { id, roundId: command.roundId, ...composition }, seated, now);
  if (!decision.ok) return decision;
  const turn = await freeFor(deps, place, { panels, events: decision.value });
  if (!turn.ok) return turn;
  return await storePanels(deps, place, {
    panels,
    id,
    events: decision.value,
    turn: turn.value,
    text: text.value,
  });
};

/** That its new members are engaged in no other round when it sits. */
const freeFor = async (
  deps: Deps,
  { round, file, committee }: OpenWorkplace,
  { panels, events }: Pick<Kept, 'panels' | 'events'>,
): Promise<Result<Change[], Refusal>> => {
  const after = panels && evolveAll(panelsAggregate, panels.state, events);
  if (!after) return ok([]);
  const { state } = committee;
  return await freeToJoin(deps, {
    round,
    file,
    before: { book: panels.state, committee: state },
    after: { book: after, committee: state },
    place: 'members',
  });
};

type Said = Omit<Composition, 'place'>;

const saidIn = ({ members, languages, stepFree, provides, stations, site }: PanelInput): Said => {
  const named = [...new Set(stations)];
  const there = PanelProvision.options.filter((one) => provides?.includes(one));
  return {
    members: [...new Set(members)],
    languages: [...new Set(languages)],
    stepFree,
    ...(there.length > 0 && { provides: there }),
    ...(named.length > 0 && { stations: named }),
    ...(site && { site }),
  };
};

/** The panel that is just this already, as after a double click: the same people cannot sit twice at once. */
const twinOf = async (
  { records }: Pick<Deps, 'records'>,
  { panels, before }: { panels: Panels | undefined; before: Panel | undefined },
  said: Said,
  place: string,
): Promise<Panel | undefined> => {
  for (const panel of before ? [] : (panels?.panels ?? [])) {
    if (isSame(panel, { ...said, place: panel.place }) && (await placeOf(records, panel.place)) === place) {
      return panel;
    }
  }
  return undefined;
};

type PlaceText = Pick<DocumentWrite, 'ref'> & { write?: DocumentWrite };

/** What was typed as the place; where it says what it said before, no new text is written. */
const placeText = async (
  { records, chance }: Deps,
  { roundId, input }: CommitteeCommand & { input: PanelInput },
  before: Panel | undefined,
): Promise<Result<PlaceText, Extract<Refusal, { kind: 'invalid' }>>> => {
  const place = input.place.trim();
  if (place === '' || place.length > maxPlace) {
    const fault = { place: 'place', message: 'interview.fault.place', facts: { maximum: maxPlace } };
    return refuse({ kind: 'invalid', faults: [fault] });
  }
  if (before && (await placeOf(records, before.place)) === place) return ok({ ref: before.place });
  const owner = `round#${roundId}#${chance.id()}`;
  const write = writeDocument({ owner, kind: 'place', version: 1 }, { place }, chance.token(16));
  return ok({ ref: write.ref, write });
};

const seatedOf = async (
  { records }: Pick<Deps, 'records'>,
  { committee, file, round }: OpenWorkplace,
  { before, named }: { before: Panel | undefined; named: readonly string[] },
): Promise<Seated> => {
  const sits = before !== undefined && before.sittings.length > 0;
  const planned = sits ? await slotsIn(records, round.state.id) : [];
  const slots = sits ? [...planned, ...(await owedSlotsIn(records, round.state.id))] : [];
  const held = new Set(
    slots.flatMap(partsOf).flatMap(({ panel, code }) => (panel === before?.id ? [code] : [])),
  );
  const settled = before && settledPanels(round.state, planned).has(before.id);
  const stations = stationsOf(file.interviews);
  const bound = stations.filter(({ code }) => held.has(code) || (code !== undefined && named.includes(code)));
  const wanted = bound.length > 0 ? Math.max(...bound.map(needs)) : Math.min(...stations.map(needs));
  // Where there are stations, those of the other ones count too.
  const outsiders = file.interviews.stations ? 0 : outsidersNeeded(file.interviews);
  return {
    committee: committee.state,
    least: Math.min(Math.max(wanted, outsiders), votersOf(committee.state).length),
    stations: stations.flatMap(({ code }) => code ?? []),
    held: [...held].flatMap((code) => code ?? []),
    zone: file.timeZone,
    ...(settled && { settled }),
    travel: file.interviews.travel,
  };
};

const needs = ({ scorecards }: Station): number => scorecards;

/** Panels that stay as they are, since they held times of the stage of interviews, which is over. */
export const settledPanels = ({ stage }: Pick<Round, 'stage'>, planned: readonly Slot[]): Set<PanelId> =>
  new Set(
    stage === 'interviews' ? [] : planned.flatMap(partsOf).flatMap(({ panel }) => (panel ? [panel] : [])),
  );

type Kept = {
  panels: Versioned<Panels> | undefined;
  id: PanelId;
  events: PanelsEvent[];
  turn: Change[];
  text: PlaceText;
};

const storePanels = async (
  deps: Deps,
  place: OpenWorkplace,
  { panels, id, events, turn, text }: Kept,
): Promise<Result<Panel, LostRace>> => {
  const roundId = place.round.id;
  if (events.length > 0) {
    const { change, after } = changed(panelsAggregate, roundId, panels, events);
    const stored = await store(deps, {
      by: place.by,
      changes: [change, ...turn],
      ...(text.write && { documents: [text.write] }),
      requires: stands(place),
    });
    return stored.ok ? ok(wanted(after.state, id)) : stored;
  }
  return ok(wanted(panels?.state, id));
};

const wanted = (panels: Panels | undefined, id: PanelId): Panel => {
  const panel = panelIn(panels, id);
  if (!panel) throw new Error(`Panel ${id} was stored and is not there.`);
  return panel;
};
