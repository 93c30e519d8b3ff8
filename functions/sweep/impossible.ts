import type { CommandDeps } from '#functions/commands/deps.ts';
import { doubleBookingsIn } from '#functions/commands/double-bookings.ts';
import { roundFileOf, vacanciesOf } from '#functions/commands/pinned.ts';
import {
  type Look,
  type RoundContext,
  type Suspect,
  storedLook,
  wrongWith,
} from '#functions/sweep/suspects.ts';
import { barredBy } from '#shared/checks/barred.ts';
import type { CheckFinding } from '#shared/checks/finding.ts';
import { overLoad } from '#shared/checks/round-invariants.ts';
import { type Candidacy } from '#shared/domain/candidacy.ts';
import { candidaciesOf, candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { committeeAggregate, seatOf } from '#shared/domain/committee.ts';
import type { Aggregate, Fact } from '#shared/domain/event.ts';
import { gateAggregate, gatesOf } from '#shared/domain/gate.ts';
import type { ApplicationId, PersonId, RoundId, SlotId } from '#shared/domain/ids.ts';
import { placementAggregate, placementsOf } from '#shared/domain/placement.ts';
import type { Round } from '#shared/domain/round.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { removedSlotsOf, type Slot, slotAggregate, slotsOf } from '#shared/domain/slot.ts';
import type { Records } from '#shared/ports/records.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock'>;

/** About a megabyte of snapshots, which is what one query answers. */
const pageSize = 500;

/** In a round in which more looks wrong, these say enough. */
const mostSuspects = 200;

/**
 * States of one round that should be impossible. Lists are read page by page and lag on AWS: what looks wrong in them is read by its id, twice,
 * and told only where it stands both times. Of a round of ten thousand, who has which time and which offers is kept, and no more.
 */
export const impossibleIn = async (deps: Deps, roundId: RoundId): Promise<CheckFinding[]> => {
  const { records } = deps;
  const round = (await records.find(roundAggregate, roundId))?.state;
  if (!round) return [];
  const history = await records.history(committeeAggregate.name, roundId);
  const file = await roundFileOf(records, round.plan);
  const context = { roundId, file, history, barred: barredBy(history), now: deps.clock.now() };
  const { suspects, loads } = await suspectsIn(records, context, round);
  const stored = storedLook(records, roundId);
  const found: CheckFinding[] = [];
  for (const suspect of suspects.slice(0, mostSuspects)) {
    found.push(...(await standing(stored, context, suspect)));
  }
  const committee = (await records.find(committeeAggregate, roundId))?.state;
  const members = new Map([...loads].filter(([rater]) => seatOf(committee, rater)));
  const over = overLoad(members, file);
  const double = await doubleBookingsIn(deps, { round, file });
  return [
    ...found,
    ...double,
    ...over.map((id): CheckFinding => ({ invariant: 'rater-over-load', id, roundId })),
  ];
};

/** What is wrong on two readings, one after the other: between the parts of one somebody may have stored. */
const standing = async (look: Look, context: RoundContext, suspect: Suspect): Promise<CheckFinding[]> => {
  const first = await wrongWith(look, context, suspect);
  if (first.length === 0) return first;
  const again = new Set((await wrongWith(look, context, suspect)).map(({ invariant }) => invariant));
  return first.filter(({ invariant }) => again.has(invariant));
};

type Suspected = { suspects: Suspect[]; loads: Map<PersonId, number> };

const suspectsIn = async (records: Records, context: RoundContext, round: Round): Promise<Suspected> => {
  const { id: roundId } = round;
  const stored = storedLook(records, roundId);
  const slots = new Map<SlotId, Slot>();
  const people = new Map<ApplicationId, Pick<Candidacy, 'slotId' | 'offers'>>();
  const loads = new Map<PersonId, number>();
  const suspects: Suspect[] = [];
  const listed = {
    ...stored,
    slot: async (id: SlotId) => slots.get(id),
    beside: async (id: ApplicationId) => people.get(id),
  };
  const consider = async (look: Partial<Look>, suspect: Suspect): Promise<void> => {
    const wrong = await wrongWith({ ...listed, ...look }, context, suspect);
    if (wrong.length > 0) suspects.push(suspect);
  };
  for (const key of [slotsOf(roundId), removedSlotsOf(roundId)]) {
    await each(records, slotAggregate, key, (slot) => void slots.set(slot.id, slot));
  }
  const seats = await seatsRead(stored, records, round);
  await each(records, candidacyAggregate, candidaciesOf(roundId), async (candidacy) => {
    const { applicationId: id, slotId, offers, raters, withdrawnAt } = candidacy;
    people.set(id, { offers, ...(slotId && { slotId }) });
    if (!withdrawnAt) for (const rater of raters) loads.set(rater, (loads.get(rater) ?? 0) + 1);
    await consider({ candidacy: async () => candidacy, seats: seats.of }, { kind: 'candidacy', id });
  });
  for (const vacancy of seats.read) await consider({ seats: seats.of }, { kind: 'vacancy', id: vacancy });
  for (const { id } of slots.values()) await consider({}, { kind: 'slot', id });
  await each(records, placementAggregate, placementsOf(roundId), (placement) =>
    consider({ placement: async () => placement }, { kind: 'placement', id: placement.id }),
  );
  await each(records, gateAggregate, gatesOf({ id: roundId }), (gate) =>
    consider({ gate: async () => gate, round: async () => round }, { kind: 'gate', id: gate.id }),
  );
  await consider({ round: async () => round }, { kind: 'round', id: roundId });
  return { suspects, loads };
};

/** The seats of every vacancy of the round, once; none before offers are made. */
const seatsRead = async (stored: Look, records: Records, round: Round) => {
  const isOffered = 'offersReleasedAt' in round || round.stage === 'offers' || round.stage === 'onboarding';
  const vacancies = isOffered && round.register ? await vacanciesOf(records, round.register.sha256) : [];
  const seats = new Map<string, Awaited<ReturnType<Look['seats']>>>();
  for (const { code } of vacancies) seats.set(code, await stored.seats(code));
  const of: Look['seats'] = async (vacancy) => seats.get(vacancy);
  return { of, read: vacancies.map(({ code }) => code) };
};

/** Every record of a list, page by page: none is kept. */
const each = async <State, Event extends Fact>(
  records: Pick<Records, 'list'>,
  aggregate: Aggregate<State, Event>,
  key: string,
  look: (state: State) => Promise<void> | void,
): Promise<void> => {
  let after: string | undefined;
  do {
    const cursor = after === undefined ? {} : { after };
    const page = await records.list(aggregate, 'list', key, { limit: pageSize, ...cursor });
    for (const { state } of page.items) await look(state);
    after = page.next;
  } while (after !== undefined);
};
