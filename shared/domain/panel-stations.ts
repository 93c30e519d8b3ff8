import type { Panel } from '#shared/domain/panel.ts';
import type { Fault } from '#shared/errors.ts';

/*
 * Which panels may hold which stations of an interview.
 */

/** Of a station what its panel must do: sit there, and give so many scorecards. */
type WantedStation = { code: string; scorecards: number };

type Sitter = Pick<Panel, 'members' | 'stations'>;

/** Whether a panel sits at a station; one that names none may be planned for any. */
export const sitsAt = ({ stations }: Pick<Panel, 'stations'>, code: string): boolean =>
  stations === undefined || stations.includes(code);

/** How many members a station needs; a committee with fewer gives all that it has. */
export const membersNeeded = ({ scorecards }: Pick<WantedStation, 'scorecards'>, voters: number): number =>
  Math.min(scorecards, voters);

/**
 * Why a panel may not hold a station; undefined where it may.
 * @param voters how many of the committee may vote
 */
export const whyNotAt = (
  panel: Sitter,
  station: WantedStation,
  voters: number,
): Pick<Fault, 'message' | 'facts'> | undefined => {
  if (!sitsAt(panel, station.code)) return { message: 'station.fault.elsewhere' };
  const minimum = membersNeeded(station, voters);
  return panel.members.length < minimum ? { message: 'station.fault.few', facts: { minimum } } : undefined;
};

/** The panels that may hold a station. */
export const holdersOf = <P extends Sitter>(
  panels: readonly P[],
  station: WantedStation,
  voters: number,
): P[] => panels.filter((panel) => !whyNotAt(panel, station, voters));
