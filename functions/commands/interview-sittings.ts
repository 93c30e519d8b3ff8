import type { CommandDeps } from '#functions/commands/deps.ts';
import { everyOf } from '#functions/commands/every.ts';
import { placesOf } from '#functions/commands/interview-reading.ts';
import { candidaciesOn } from '#functions/commands/selection.ts';
import { type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import { inConflict, seatOf } from '#shared/domain/committee.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { ApplicationNumber, PanelId, PersonId } from '#shared/domain/ids.ts';
import { type Panels, PanelsEvent, panelistsOf, panelsAggregate } from '#shared/domain/panel.ts';
import { panelIn } from '#shared/domain/panel-decisions.ts';
import {
  owedSlotsOf,
  partsOf,
  removedSlotsOf,
  type Slot,
  SlotEvent,
  type SlotPart,
  slotAggregate,
  slotsOf,
} from '#shared/domain/slot.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Records } from '#shared/ports/records.ts';
import { ok, type Result } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock'>;

/** A time of the plan, or one station of it, as the calendar of somebody who sits there has it: by number, and without a name. */
export type SeatTime = {
  /** The same as long as the time is the same one, whoever has it. */
  uid: string;
  /** Grows with whatever changes it. */
  sequence: number;
  startsAt: Instant;
  endsAt: Instant;
  station?: string;
  /** `gone`: they do not sit there any more, or it leaves the plan; calendars strike it out. */
  status: 'sits' | 'gone';
  /** Whose it is; nobody's while it is free. */
  number?: ApplicationNumber;
  where?: string;
};

/**
 * The times at which somebody sits in the interviews of a round, also of those that were owed; to who plans all of them. A time of an
 * application that a conflict of interest closes to them is `gone`, as is one that they sat at before: who it is of stays unsaid.
 */
export const viewSittings = async (
  deps: Deps,
  command: CommitteeCommand,
): Promise<Result<{ place: Workplace; times: readonly SeatTime[] }, Refusal>> => {
  const found = await workplace(deps, command, 'interview.sittings');
  if (!found.ok) return found;
  const place = found.value;
  const { records } = deps;
  const { roundId } = command;
  const lists = [slotsOf, owedSlotsOf, removedSlotsOf].map((list) =>
    everyOf(records, slotAggregate, list(roundId)),
  );
  const [slots, panels] = await Promise.all([Promise.all(lists), records.find(panelsAggregate, roundId)]);
  const all = slots.flat();
  const taken = all.flatMap(({ state: { applicationId } }) => (applicationId ? [{ applicationId }] : []));
  const [known, places, seated] = await Promise.all([
    candidaciesOn(records, taken),
    placesOf(
      records,
      all.flatMap(({ state }) => partsOf(state)),
    ),
    seatsOf(deps, place, { panels, slots: all }),
  ]);
  const times = all.flatMap((slot) =>
    partsOf(slot.state).flatMap((part): SeatTime[] => {
      const status = seated.statusAt(slot, part);
      if (!status) return [];
      const { applicationId } = slot.state;
      const number = applicationId && known.get(applicationId)?.number;
      const told = status === 'sits' && {
        ...(number !== undefined && { number }),
        where: places.get(part.place.digest) ?? '',
      };
      return [{ ...timeOf(slot, part, seated.version), status, ...told }];
    }),
  );
  return ok({ place, times: times.toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1)) });
};

const timeOf = (
  { state: { id }, version }: Versioned<Slot>,
  { code, startsAt, endsAt }: SlotPart,
  others: number,
): Omit<SeatTime, 'status'> => ({
  uid: code === undefined ? id : `${id}-${code}`,
  // Who sits there is said by records of their own; each of the versions only grows.
  sequence: version + others,
  startsAt,
  endsAt,
  ...(code !== undefined && { station: code }),
});

type Seats = {
  version: number;
  /** Undefined where they never sat. */
  statusAt: (slot: Versioned<Slot>, part: SlotPart) => SeatTime['status'] | undefined;
};

const seatsOf = async (
  { records }: Pick<CommandDeps, 'records'>,
  { by, committee: found, round }: Workplace,
  { panels, slots }: { panels: Versioned<Panels> | undefined; slots: readonly Versioned<Slot>[] },
): Promise<Seats> => {
  const committee = found?.state;
  const version = (found?.version ?? 0) + (panels?.version ?? 0);
  if (!committee) return { version, statusAt: () => undefined };
  const plans = by.role === 'secretary';
  const sits = (panel: PanelId | undefined): boolean =>
    plans || panelistsOf(panelIn(panels?.state, panel), committee).includes(by.id);
  const history = plans || !panels ? [] : await records.history('panels', round.id);
  const on = satOn(
    history.map(({ fact }) => PanelsEvent.parse(fact)),
    seatOf(committee, by.id)?.standsInFor ?? by.id,
  );
  const moved = plans ? new Map() : await movedFrom(records, slots);
  const sat = ({ id }: Slot, { code, panel }: SlotPart): boolean =>
    [panel, ...(moved.get(`${id}#${code}`) ?? [])].some((one) => one !== undefined && on.has(one));
  return {
    version,
    statusAt: ({ state }, part) => {
      const { removedAt, applicationId } = state;
      if (!sits(part.panel)) return sat(state, part) ? 'gone' : undefined;
      const isClosed = applicationId !== undefined && inConflict(committee, by.id, applicationId);
      return removedAt || isClosed ? 'gone' : 'sits';
    },
  };
};

/** The panels that a member was ever composed into. */
const satOn = (events: readonly PanelsEvent[], id: PersonId): ReadonlySet<PanelId> =>
  new Set(
    events.flatMap((event) =>
      (event.type === 'panel-composed' || event.type === 'panel-changed') && event.members.includes(id)
        ? [event.panel]
        : [],
    ),
  );

/** The panels that held a station before it was moved, by slot and station: its history alone tells. */
const movedFrom = async (
  { history }: Pick<Records, 'history'>,
  slots: readonly Versioned<Slot>[],
): Promise<ReadonlyMap<string, PanelId[]>> => {
  // What was freed since no longer says that it was moved; of those that left the plan all are looked at.
  const moved = slots.filter(({ state }) => state.movedAt ?? (state.stations && state.removedAt));
  const held = await Promise.all(
    moved.map(async ({ id }) => {
      const events = (await history('slot', id)).map(({ fact }) => SlotEvent.parse(fact));
      const stations = events.flatMap((event) => {
        if (event.type === 'slot-station-moved') return [event.station];
        return event.type === 'slot-planned' ? (event.stations ?? []) : [];
      });
      return stations.map(({ code, panel }) => [`${id}#${code}`, panel] as const);
    }),
  );
  const byStation = Map.groupBy(held.flat(), ([key]) => key);
  return new Map([...byStation].map(([key, all]) => [key, all.map(([, panel]) => panel)]));
};
