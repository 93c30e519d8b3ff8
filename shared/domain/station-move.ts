import type { Candidacy } from '#shared/domain/candidacy.ts';
import type { PanelId } from '#shared/domain/ids.ts';
import type { Panel } from '#shared/domain/panel.ts';
import { overlaps, tooClose } from '#shared/domain/sittings.ts';
import type { Slot, SlotStation } from '#shared/domain/slot.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** When a station is held and by which panel. */
export type StationTime = Pick<SlotStation, 'startsAt' | 'panel'>;

/** The station of a booked interview that is to move: what was seen of it, and what is to be. */
export type StationMove = {
  code: string;
  was: StationTime;
  startsAt: Instant;
  panel: Pick<Panel, 'id' | 'place'>;
  /** Minutes from where that panel sits to where another one does. */
  way: (other: PanelId) => number;
};

/** A station as it was, and as it is to be; as long as before. */
export type MovedStation = { before: SlotStation; after: SlotStation };

/**
 * Where one station of an interview moves to; undefined where it stands there already. Refused once a scorecard of it is stored, and as
 * `changed-meanwhile` where it is not as it was seen: somebody moved it first, or the applicant has another booking. Faults name the field
 * `from`. Whether the panel is free, and may hear the applicant, is asked of the panels.
 */
export const moveStation = (
  { slot, candidacy }: { slot: Slot; candidacy: Candidacy },
  { code, was, startsAt, panel, way }: StationMove,
  now: Instant,
): Result<MovedStation | undefined, Refusal> => {
  const { withdrawnAt, missedInterview, slotId, scorecards } = candidacy;
  if (withdrawnAt || missedInterview || slotId !== slot.id) return refuse({ kind: 'not-in-stage' });
  const before = slot.stations?.find((one) => one.code === code);
  if (!before) return refuse({ kind: 'not-found', what: 'slot' });
  if (isSame(before, { startsAt, panel: panel.id })) return ok(undefined);
  if (!isSame(before, was)) return refuse({ kind: 'changed-meanwhile' });
  if (scorecards.some(({ station }) => station === code)) return fault('station.fault.scored');
  if (startsAt <= now) return fault('station.fault.past');
  const endsAt = addSeconds(startsAt, secondsOf(before));
  const after = { code, startsAt, endsAt, place: panel.place, panel: panel.id };
  const others = slot.stations?.filter((one) => one.code !== code) ?? [];
  const meets = others.some((other) => overlaps(timeOf(other), timeOf(after)));
  if (meets) return fault('station.fault.meets');
  const far = others.find((other) => tooClose(timeOf(other), timeOf(after), way(other.panel)));
  return far ? fault('station.fault.travel', { minutes: way(far.panel) }) : ok({ before, after });
};

/** The time of a station as its panel's sitting. */
export const timeOf = ({ startsAt: from, endsAt: until }: Pick<SlotStation, 'startsAt' | 'endsAt'>) => ({
  from,
  until,
});

const isSame = (one: StationTime, other: StationTime): boolean =>
  one.startsAt === other.startsAt && one.panel === other.panel;

const secondsOf = ({ startsAt, endsAt }: SlotStation): number =>
  (new Date(endsAt).getTime() - new Date(startsAt).getTime()) / 1000;

const fault = (message: string, facts: Fault['facts'] = {}): Result<never, Refusal> =>
  refuse({ kind: 'invalid', faults: [{ place: 'from', message, facts }] });
