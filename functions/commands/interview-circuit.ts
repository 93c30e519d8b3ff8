import type { OpenWorkplace, Workplace } from '#functions/commands/workplace.ts';
import { type Longer, lengthened } from '#shared/domain/access-need.ts';
import { stationTimes } from '#shared/domain/circuit.ts';
import { votersOf } from '#shared/domain/committee.ts';
import type { PanelId } from '#shared/domain/ids.ts';
import type { InterviewRule } from '#shared/domain/interview-rule.ts';
import type { Panel, Panels } from '#shared/domain/panel.ts';
import { panelIn } from '#shared/domain/panel-decisions.ts';
import { type Rooms, roomOf } from '#shared/domain/panel-rooms.ts';
import { holdersOf, membersNeeded, whyNotAt } from '#shared/domain/panel-stations.ts';
import type { Seating } from '#shared/domain/seating.ts';
import type { SlotStation } from '#shared/domain/slot.ts';
import type { Texts } from '#shared/domain/texts.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { TravelRule } from '#shared/domain/travel.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** Which panel holds a station, as it is asked for. */
export type PanelOfStation = { station: string; panel: PanelId };

/** A round whose interviews have several stations. */
export type StationedPlace = OpenWorkplace & { stations: NonNullable<InterviewRule['stations']> };

type Planned = {
  code: string;
  minutes: number;
  members: Panel['members'];
  site: Panel['site'];
  room?: string;
  panel: Panel;
};
type Circuit = readonly [Planned, ...Planned[]];

/**
 * The stations in their order with their panels. Faults name the field `stations.CODE`: it has no panel, or one that sits at other
 * stations or has fewer members than the station needs scorecards.
 */
export const circuitOf = (
  panels: Panels | undefined,
  { panels: wanted, longer }: { panels: readonly PanelOfStation[]; longer: Longer | undefined },
  { stations, committee, file, rooms }: StationedPlace & { rooms: Rooms },
): Result<Circuit, Refusal> => {
  const voters = votersOf(committee.state).length;
  const faults: Fault[] = [];
  const planned: Planned[] = [];
  for (const station of stations) {
    const { code, minutes } = station;
    const place = `stations.${code}`;
    const asked = wanted.find((one) => one.station === code);
    const panel = panelIn(panels, asked?.panel);
    const wrong = panel ? whyNotAt(panel, station, voters) : { message: 'station.fault.panel' };
    if (wrong) faults.push({ place, ...wrong });
    else if (panel) {
      const room = roomOf(panel, { rooms, travel: file.interviews.travel });
      const { members, site } = panel;
      planned.push({
        code,
        minutes: lengthened(minutes, longer),
        members,
        site,
        ...(room && { room }),
        panel,
      });
    }
  }
  const [first, ...rest] = planned;
  return faults.length > 0 || !first ? refuse({ kind: 'invalid', faults }) : ok([first, ...rest]);
};

/** A station, the panels that may hold it, and how many members that takes. */
export type StationHolders = { code: string; title: Texts; panels: Panel[]; minimum: number };

/** Who may hold each station, in their order; none for interviews without stations. */
export const stationHolders = (
  { file, committee }: Pick<Workplace, 'file' | 'committee'>,
  panels: readonly Panel[],
): StationHolders[] => {
  const voters = committee ? votersOf(committee.state).length : 0;
  return (file.interviews.stations ?? []).map((station) => ({
    code: station.code,
    title: station.title,
    panels: holdersOf(panels, station, voters),
    minimum: membersNeeded(station, voters),
  }));
};

/** The stations of one interview that begins at a moment. */
export const slotStations = (
  startsAt: Instant,
  circuit: Circuit,
  travel: TravelRule | undefined,
): SlotStation[] => {
  const times = stationTimes(startsAt, circuit, travel);
  return circuit.flatMap(({ code, panel }, index) => {
    const time = times[index];
    return time
      ? [{ code, startsAt: time.from, endsAt: time.until, place: panel.place, panel: panel.id }]
      : [];
  });
};

/** When each of the panels sits for these stations. */
export const seatingsOf = (circuit: Circuit, planned: readonly SlotStation[]): Seating[] => {
  const panels = new Map(circuit.map(({ panel }) => [panel.id, panel]));
  return [...panels.values()].map((panel) => ({
    panel,
    place: panel.place,
    sittings: planned.flatMap(({ panel: id, startsAt: from, endsAt: until }) =>
      id === panel.id ? [{ from, until }] : [],
    ),
  }));
};
