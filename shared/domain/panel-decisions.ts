import { type Committee, seatOf } from '#shared/domain/committee.ts';
import type { PanelId, PersonId, RoundId } from '#shared/domain/ids.ts';
import {
  type Composition,
  joined,
  type Panel,
  type Panels,
  type PanelsEvent,
  type Sitting,
  tooClose,
} from '#shared/domain/panel.ts';
import { sitsAt } from '#shared/domain/panel-stations.ts';
import type { Instant } from '#shared/domain/time.ts';
import { minutesBetween, type TravelRule } from '#shared/domain/travel.ts';
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
  /** The stage of interviews is over, and times of it are the panel's. */
  settled?: true | undefined;
  /** Where panels may sit, and how long the way between takes. */
  travel?: TravelRule | undefined;
};

/** So many panels that their record stays small; a round of 2,000 interviews needs a fraction. */
const mostPanels = 50;
const mostSittings = 4000;

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
  const anew = { ...panel, ...composition };
  const [clash] = clashes(panels, anew, panel.sittings, seated.travel);
  if (clash) faults.push(clashFault('members', clash));
  if (seated.settled) faults.push(fault('members', 'panel.fault.settled'));
  if (faults.length > 0) return refuse({ kind: 'invalid', faults });
  if (isSame(panel, composition)) return ok([]);
  return ok([{ type: 'panel-changed', at: now, panel: id, ...composition }]);
};

/** When a panel is to sit. */
export type Seating = { panel: Panel; sittings: readonly Sitting[] };

/**
 * Plans when panels sit. Refused where one of them, or one of its members with another panel, sits at that time already, or could not
 * be there in time from where that one sits. Two of those that are planned together may have members in common only where their times do
 * not meet (`circuit.ts`).
 */
export const seatPanels = (
  panels: Panels,
  seatings: readonly Seating[],
  now: Instant,
  travel?: TravelRule,
): Decision => {
  const faults = seatings.flatMap(({ panel, sittings }) => {
    if (meet(panel.sittings, sittings)) return [fault('from', 'panel.fault.sits')];
    const [clash] = clashes(panels, panel, sittings, travel);
    return clash ? [clashFault('from', clash)] : [];
  });
  const events = seatings.flatMap(({ panel: { id }, sittings }): PanelsEvent[] => {
    const [sitting, ...further] = joined(sittings);
    if (!sitting) return [];
    return [{ type: 'panel-sits', at: now, panel: id, sitting, ...(further.length > 0 && { further }) }];
  });
  const count = [...panels.panels, ...seatings].reduce((sum, { sittings }) => sum + sittings.length, 0);
  if (count > mostSittings) faults.push(fault('count', 'panel.fault.full', { maximum: mostSittings }));
  return faults.length > 0 ? refuse({ kind: 'invalid', faults: faults.slice(0, 1) }) : ok(events);
};

/** The times of a slot leave the plan of its panel. */
export const raisePanel = (panel: PanelId, sitting: Sitting, now: Instant): PanelsEvent[] => [
  { type: 'panel-rises', at: now, panel, sitting },
];

export const panelIn = (panels: Panels | undefined, id: PanelId | undefined): Panel | undefined =>
  panels?.panels.find((panel) => panel.id === id);

/** Another panel with a member in common who cannot be at both: so many minutes are needed on the way, none where they sit at one time. */
type Clash = Pick<Panel, 'number'> & { minutes: number };

/** Other panels that sit at one of these times, or too shortly before or after it, and have a member in common. */
const clashes = (
  { panels }: Panels,
  { id, members, site }: Panel,
  sittings: readonly Sitting[],
  travel: TravelRule | undefined,
): Clash[] =>
  panels.flatMap((other) => {
    if (other.id === id || !other.members.some((member) => members.includes(member))) return [];
    const { number } = other;
    if (meet(other.sittings, sittings)) return [{ number, minutes: 0 }];
    const minutes = minutesBetween(travel, site, other.site);
    return minutes > 0 && meet(other.sittings, sittings, minutes) ? [{ number, minutes }] : [];
  });

const clashFault = (place: string, { number, minutes }: Clash): Fault =>
  minutes === 0
    ? fault(place, 'panel.fault.elsewhere', { number })
    : fault(place, 'panel.fault.travel', { number, minutes });

/** Whether two lists of times, each in order and without overlaps, overlap anywhere, or have fewer minutes in between. */
const meet = (one: readonly Sitting[], other: readonly Sitting[], minutes = 0): boolean =>
  one.some((a) => other.some((b) => tooClose(a, b, minutes)));

const compositionFaults = (
  { members, languages, stations = [], site }: Composition,
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
  ...(panel.sittings.length === 0 || isSameRoom(panel, composition)
    ? []
    : [fault('place', 'panel.fault.promised')]),
  ...(held.every((code) => sitsAt(composition, code)) ? [] : [fault('stations', 'panel.fault.held')]),
];

/** What applicants choose their time by. */
const isSameRoom = (panel: Composition, { languages, stepFree, place, site }: Composition): boolean =>
  panel.stepFree === stepFree &&
  panel.place.digest === place.digest &&
  panel.site === site &&
  equal(panel.languages, languages);

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
