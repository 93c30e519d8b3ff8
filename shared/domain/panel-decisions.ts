import { type Committee, seatOf } from '#shared/domain/committee.ts';
import type { PanelId, PersonId, RoundId } from '#shared/domain/ids.ts';
import type { Composition, Panel, Panels, PanelsEvent } from '#shared/domain/panel.ts';
import { sitsAt } from '#shared/domain/panel-stations.ts';
import { clash, clashFault } from '#shared/domain/seating.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { TravelRule } from '#shared/domain/travel.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Decision = Result<PanelsEvent[], Refusal>;

/**
 * The committee that a panel is of, and how many members it must have: as many as an interview needs scorecards, or the station that
 * needs fewest, or of those where it sits or that it holds already the one that needs most.
 */
export type Seated = {
  committee: Committee;
  least: number;
  /** Codes of the interview's stations; none where it has none. */
  stations: readonly string[];
  /** Those of them that it holds at times that are planned. */
  held: readonly string[];
  /** The round's: a fault tells its times in it. */
  zone: string;
  /** The stage of interviews is over, and times of it are the panel's. */
  settled?: true | undefined;
  /** Where panels may sit, and how long the way between takes. */
  travel?: TravelRule | undefined;
};

/** So many panels that their record stays small; a round of 2,000 interviews needs a fraction. */
const mostPanels = 50;

/** Composes a panel. Faults name the fields `members`, `languages`, `stations` and `site`. */
export const composePanel = (
  panels: Panels | undefined,
  panel: Composition & { id: PanelId; roundId: RoundId },
  seated: Seated,
  now: Instant,
): Decision => {
  const number = (panels?.panels.length ?? 0) + 1;
  const faults = [
    ...compositionFaults(panel, seated),
    ...(number > mostPanels ? [fault('members', 'panel.fault.many', { maximum: mostPanels })] : []),
  ];
  if (faults.length > 0) return refuse({ kind: 'invalid', faults });
  const { id, roundId, ...composition } = panel;
  return ok([{ type: 'panel-composed', at: now, roundId, panel: id, number, ...composition }]);
};

/**
 * Composes it anew. Once times are planned for it, only its members may change, and stations that it does not hold: applicants chose
 * their time by the rest. A new member must be free whenever it sits. One that held times of a stage that is over stays: it says who sat there.
 */
export const changePanel = (
  panels: Panels,
  { id, ...composition }: Composition & { id: PanelId },
  seated: Seated,
  now: Instant,
): Decision => {
  const panel = panelIn(panels, id);
  if (!panel) return refuse({ kind: 'not-found', what: 'panel' });
  const faults = [...compositionFaults(composition, seated), ...promised(panel, composition, seated)];
  const { members, site } = composition;
  const other = clash(panels, { id, sittings: panel.sittings, members, site, travel: seated.travel });
  if (other) faults.push(clashFault('members', other, seated.zone));
  if (seated.settled) faults.push(fault('members', 'panel.fault.settled'));
  if (faults.length > 0) return refuse({ kind: 'invalid', faults });
  if (isSame(panel, composition)) return ok([]);
  return ok([{ type: 'panel-changed', at: now, panel: id, ...composition }]);
};

export const panelIn = (panels: Panels | undefined, id: PanelId | undefined): Panel | undefined =>
  panels?.panels.find((panel) => panel.id === id);

/** What of a composition no panel can have, whatever its place. */
export const compositionFaults = (
  { members, languages, stations = [], site }: Omit<Composition, 'place'>,
  { committee, least, stations: known, travel }: Seated,
): Fault[] => {
  const seats = members.map((id) => seatOf(committee, id)?.seat);
  const strangers = seats.some((seat) => seat !== 'chair' && seat !== 'member');
  return [
    ...(strangers ? [fault('members', 'panel.fault.seat')] : []),
    ...(new Set(members).size < least ? [fault('members', 'panel.fault.few', { minimum: least })] : []),
    ...(languages.length === 0 ? [fault('languages', 'panel.fault.language')] : []),
    ...(stations.some((code) => !known.includes(code)) ? [fault('stations', 'panel.fault.station')] : []),
    ...(site === undefined || travel?.sites.some(({ code }) => code === site)
      ? []
      : [fault('site', 'panel.fault.site')]),
  ];
};

const promised = (panel: Panel, composition: Composition, { held }: Seated): Fault[] => [
  ...(panel.sittings.length === 0 || isSameRoom(withAll(panel, composition), composition)
    ? []
    : [fault('place', 'panel.fault.promised')]),
  ...(held.every((code) => sitsAt(composition, code)) ? [] : [fault('stations', 'panel.fault.held')]),
];

/** With what it is to provide besides: more breaks no promise. */
const withAll = (panel: Panel, { provides = [] }: Composition): Panel => ({
  ...panel,
  provides: [...new Set([...(panel.provides ?? []), ...provides])],
});

/** What applicants choose their time by. */
const isSameRoom = (
  panel: Composition,
  { languages, stepFree, provides, place, site }: Composition,
): boolean =>
  panel.stepFree === stepFree &&
  panel.place.digest === place.digest &&
  panel.site === site &&
  equal(panel.languages, languages) &&
  equal(panel.provides ?? [], provides ?? []);

/** Whether two say the same, members and languages in any order. */
export const isSame = (panel: Composition, composition: Composition): boolean =>
  isSameRoom(panel, composition) &&
  equal<PersonId>(panel.members, composition.members) &&
  equal(panel.stations ?? [], composition.stations ?? []);

const equal = <T>(a: readonly T[], b: readonly T[]): boolean =>
  a.length === b.length && a.every((one) => b.includes(one));

const fault = (place: string, message: string, facts: Fault['facts'] = {}): Fault => ({
  place,
  message,
  facts,
});
