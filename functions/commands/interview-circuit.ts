import type { OpenWorkplace } from '#functions/commands/workplace.ts';
import { stationTimes } from '#shared/domain/circuit.ts';
import { votersOf } from '#shared/domain/committee.ts';
import type { PanelId } from '#shared/domain/ids.ts';
import type { InterviewRule } from '#shared/domain/interview-rule.ts';
import type { Panel, Panels } from '#shared/domain/panel.ts';
import { panelIn, type Seating } from '#shared/domain/panel-decisions.ts';
import type { SlotStation } from '#shared/domain/slot.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** Which panel holds a station, as it is asked for. */
export type PanelOfStation = { station: string; panel: PanelId };

/** A round whose interviews have several stations. */
export type StationedPlace = OpenWorkplace & { stations: NonNullable<InterviewRule['stations']> };

type Planned = { code: string; minutes: number; members: Panel['members']; panel: Panel };
type Circuit = readonly [Planned, ...Planned[]];

/**
 * The stations in their order with their panels. Faults name the field `stations.CODE`: it has no panel, or one with fewer members than
 * the station needs scorecards.
 */
export const circuitOf = (
  panels: Panels | undefined,
  wanted: readonly PanelOfStation[],
  { stations, committee }: StationedPlace,
): Result<Circuit, Refusal> => {
  const voters = votersOf(committee.state).length;
  const faults: Fault[] = [];
  const planned: Planned[] = [];
  for (const { code, minutes, scorecards } of stations) {
    const place = `stations.${code}`;
    const asked = wanted.find(({ station }) => station === code);
    const panel = panelIn(panels, asked?.panel);
    const minimum = Math.min(scorecards, voters);
    if (!panel) faults.push({ place, message: 'station.fault.panel' });
    else if (panel.members.length < minimum) {
      faults.push({ place, message: 'station.fault.few', facts: { minimum } });
    } else planned.push({ code, minutes, members: panel.members, panel });
  }
  const [first, ...rest] = planned;
  return faults.length > 0 || !first ? refuse({ kind: 'invalid', faults }) : ok([first, ...rest]);
};

/** The stations of one interview that begins at a moment. */
export const slotStations = (startsAt: Instant, circuit: Circuit): SlotStation[] => {
  const times = stationTimes(startsAt, circuit);
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
    sittings: planned.flatMap(({ panel: id, startsAt: from, endsAt: until }) =>
      id === panel.id ? [{ from, until }] : [],
    ),
  }));
};
