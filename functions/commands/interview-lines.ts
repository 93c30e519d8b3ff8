import { type HeldStation } from '#functions/commands/interview-stations.ts';
import { freeOn } from '#functions/commands/panel-reading.ts';
import type { Workplace } from '#functions/commands/workplace.ts';
import type { HeldRecord } from '#shared/domain/held-interview.ts';
import type { ApplicationId, ApplicationNumber } from '#shared/domain/ids.ts';
import { countedScorecards, ownInterview, ownScorecard, scorecardsNeeded } from '#shared/domain/interview.ts';
import { panelistsOf } from '#shared/domain/panel.ts';
import type { Station } from '#shared/domain/station.ts';

/** How far one station of an interview is. */
export type StationLine = {
  /** Neither code nor title for an interview in one piece. */
  station: Station;
  given: number;
  needed: number;
  /** Whether the visitor has given a scorecard. */
  own: boolean;
  /** Whether the visitor sits on the panel that holds it, or on the committee where there is none. */
  sits: boolean;
  /** Too few of the panel are left, since conflicts of interest were declared: another time, or another panel. */
  short: boolean;
};

/** An application that is to be interviewed, by number: no name and nobody's points. */
export type InterviewLine = {
  applicationId: ApplicationId;
  number: ApplicationNumber;
  missed: boolean;
  given: number;
  needed: number;
  /** Whether the visitor has given all scorecards that they may give. */
  own: boolean;
  /** Whether the visitor sits at any station. */
  sits: boolean;
  /** Whether any station is short. */
  short: boolean;
  stations: readonly StationLine[];
};

export const lineOf = (
  candidacy: HeldRecord,
  place: Workplace,
  held: readonly HeldStation[],
): InterviewLine => {
  const { by } = place;
  const { applicationId, number, missedInterview: missed } = candidacy;
  const stations = held.map((one) => stationLine(candidacy, place, one));
  const sitting = stations.filter(({ sits }) => sits);
  return {
    applicationId,
    number,
    missed,
    given: stations.reduce((sum, one) => sum + one.given, 0),
    needed: stations.reduce((sum, one) => sum + one.needed, 0),
    own: ownScorecard(candidacy, by.id) !== undefined && sitting.every(({ own }) => own),
    sits: sitting.length > 0,
    short: stations.some(({ short }) => short),
    stations,
  };
};

const stationLine = (
  candidacy: HeldRecord,
  { by, committee: found }: Workplace,
  { station, panel }: HeldStation,
): StationLine => {
  const committee = found?.state;
  const own = ownInterview(candidacy, { raterId: by.id, station: station.code }).given !== undefined;
  if (!committee) return { station, given: 0, needed: 0, own, sits: false, short: false };
  const { has, needs } = freeOn({ panel, station }, committee, candidacy);
  return {
    station,
    given: countedScorecards(candidacy, committee).filter((card) => card.station === station.code).length,
    needed: scorecardsNeeded(candidacy, { committee, panel }, station),
    own,
    sits: panelistsOf(panel, committee).includes(by.id),
    short: has < needs,
  };
};
