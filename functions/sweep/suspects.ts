import type { Barred } from '#shared/checks/barred.ts';
import { candidacyInvariants, isLive } from '#shared/checks/candidacy-invariants.ts';
import { type CheckFinding, type RoundInvariant, roundInvariants } from '#shared/checks/finding.ts';
import {
  callInvariants,
  gateInvariants,
  placementInvariants,
  seatsInvariants,
  slotInvariants,
} from '#shared/checks/round-invariants.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { committeeAggregate } from '#shared/domain/committee.ts';
import type { StoredEvent } from '#shared/domain/event.ts';
import { type Gate, gateAggregate } from '#shared/domain/gate.ts';
import type { ApplicationId, GateId, PlacementId, RoundId, SlotId, VacancyCode } from '#shared/domain/ids.ts';
import { type Placement, placementAggregate } from '#shared/domain/placement.ts';
import { stateAt } from '#shared/domain/replay.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { type Seats, seatsAggregate, seatsId } from '#shared/domain/seats.ts';
import { type Slot, slotAggregate } from '#shared/domain/slot.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Records } from '#shared/ports/records.ts';

/** A record of a round that may be in a state that should be impossible. */
export type Suspect =
  | { kind: 'candidacy'; id: ApplicationId }
  | { kind: 'vacancy'; id: VacancyCode }
  | { kind: 'slot'; id: SlotId }
  | { kind: 'placement'; id: PlacementId }
  | { kind: 'gate'; id: GateId }
  | { kind: 'round'; id: RoundId };

/** What invariants ask of a candidacy that they are not about. */
type Beside = Pick<Candidacy, 'slotId' | 'offers'>;

/** Where what is beside a suspect is read: of lists that were read already, or of the store, as it stands now. */
export type Look = {
  candidacy: (id: ApplicationId) => Promise<Candidacy | undefined>;
  beside: (id: ApplicationId) => Promise<Beside | undefined>;
  seats: (vacancy: VacancyCode) => Promise<Seats | undefined>;
  slot: (id: SlotId) => Promise<Slot | undefined>;
  placement: (id: PlacementId) => Promise<Placement | undefined>;
  gate: (id: GateId) => Promise<Gate | undefined>;
  round: () => Promise<Round | undefined>;
};

/** What is the same for all records of a round. */
export type RoundContext = {
  roundId: RoundId;
  file: RoundFile;
  /** Of its committee. */
  history: readonly StoredEvent[];
  barred: Barred;
  now: Instant;
};

/** Everything by its id, strongly consistent. */
export const storedLook = (records: Pick<Records, 'find'>, roundId: RoundId): Look => {
  const candidacy: Look['candidacy'] = async (id) => (await records.find(candidacyAggregate, id))?.state;
  return {
    candidacy,
    beside: candidacy,
    seats: async (vacancy) => (await records.find(seatsAggregate, seatsId(roundId, vacancy)))?.state,
    slot: async (id) => (await records.find(slotAggregate, id))?.state,
    placement: async (id) => (await records.find(placementAggregate, id))?.state,
    gate: async (id) => (await records.find(gateAggregate, id))?.state,
    round: async () => (await records.find(roundAggregate, roundId))?.state,
  };
};

/** Every invariant that a suspect breaks. */
export const wrongWith = async (
  look: Look,
  context: RoundContext,
  suspect: Suspect,
): Promise<CheckFinding[]> => {
  const { broken, number } = await brokenBy(look, context, suspect);
  const { roundId } = context;
  const id = suspect.kind === 'vacancy' ? seatsId(roundId, suspect.id) : suspect.id;
  const named = number === undefined ? {} : { number };
  return broken.map((invariant) => Object.assign({ invariant, aggregate: suspect.kind, id, roundId }, named));
};

type Broken = { broken: RoundInvariant[] } & Pick<CheckFinding, 'number'>;

const brokenBy = (look: Look, context: RoundContext, suspect: Suspect): Promise<Broken> => {
  switch (suspect.kind) {
    case 'candidacy':
      return candidacyBroken(look, context, suspect.id);
    case 'vacancy':
      return seatsBroken(look, suspect.id);
    case 'slot':
      return slotBroken(look, suspect.id);
    case 'placement':
      return placementBroken(look, suspect.id);
    case 'gate':
      return gateBroken(look, context, suspect.id);
    case 'round':
      return roundBroken(look, context);
    default:
      return suspect satisfies never;
  }
};

const seatsBroken = async (look: Look, vacancy: VacancyCode): Promise<Broken> => {
  const seats = await look.seats(vacancy);
  if (!seats) return nothing;
  const ids = seats.taken.map(({ applicationId }) => applicationId);
  const read = await Promise.all(ids.map(async (id) => [id, await look.beside(id)] as const));
  const contenders = new Map(read.flatMap(([id, one]) => (one ? [[id, one] as const] : [])));
  return { broken: brokenIn(seatsInvariants, { seats, contenders }) };
};

const slotBroken = async (look: Look, id: SlotId): Promise<Broken> => {
  const slot = await look.slot(id);
  if (!slot) return nothing;
  const booked = slot.applicationId && (await look.beside(slot.applicationId));
  return { broken: brokenIn(slotInvariants, { slot, booked: booked || undefined }) };
};

const placementBroken = async (look: Look, id: PlacementId): Promise<Broken> => {
  const placement = await look.placement(id);
  if (!placement) return nothing;
  const contender = await look.beside(placement.applicationId);
  return { broken: brokenIn(placementInvariants, { placement, contender }), number: placement.number };
};

const gateBroken = async (look: Look, { history, file, now }: RoundContext, id: GateId): Promise<Broken> => {
  const [gate, round] = [await look.gate(id), await look.round()];
  if (!gate || !round) return nothing;
  const committee = stateAt(committeeAggregate, history, gate.status === 'decided' ? gate.decidedAt : now);
  return { broken: brokenIn(gateInvariants, { round, gate, committee, file }) };
};

const roundBroken = async (look: Look, { now }: RoundContext): Promise<Broken> => {
  const round = await look.round();
  return round ? { broken: brokenIn(callInvariants, { round, now }) } : nothing;
};

const nothing: Broken = { broken: [] };

const candidacyBroken = async (
  look: Look,
  { file, barred, now }: RoundContext,
  id: ApplicationId,
): Promise<Broken> => {
  const candidacy = await look.candidacy(id);
  if (!candidacy) return nothing;
  const slot = candidacy.slotId && (await look.slot(candidacy.slotId));
  const seats = new Map<string, Seats>();
  for (const { vacancy } of candidacy.offers.filter(isLive)) {
    const found = await look.seats(vacancy);
    if (found) seats.set(vacancy, found);
  }
  const scene = { candidacy, file, barred, slot: slot || undefined, seats, now };
  return { broken: brokenIn(candidacyInvariants, scene), number: candidacy.number };
};

/** The names of the checks that a scene fails, in their order. */
const brokenIn = <Scene>(
  checks: Partial<Record<RoundInvariant, (scene: Scene) => boolean>>,
  scene: Scene,
): RoundInvariant[] => roundInvariants.filter((name) => checks[name]?.(scene) ?? false);
