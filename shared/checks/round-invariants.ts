import { isLive } from '#shared/checks/candidacy-invariants.ts';
import type { RoundInvariant } from '#shared/checks/finding.ts';
import type { Committee } from '#shared/domain/committee.ts';
import type { Contender } from '#shared/domain/contender.ts';
import type { Gate } from '#shared/domain/gate.ts';
import { tallyOf } from '#shared/domain/gate-decisions.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Placement } from '#shared/domain/placement.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { isGatedRound } from '#shared/domain/round-record.ts';
import type { Seats } from '#shared/domain/seats.ts';
import type { Slot } from '#shared/domain/slot.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';

type Checks<Scene> = Partial<Record<RoundInvariant, (scene: Scene) => boolean>>;

/** The seats of a vacancy, with whoever sits or is awaited on each. */
export const seatsInvariants = {
  'seats-overfull': ({ seats }) => seats.taken.length > seats.capacity,
  'seat-without-offer': ({ seats, contenders }) =>
    seats.taken.some(({ offer, applicationId }) => {
      const made = contenders.get(applicationId)?.offers.find(({ id }) => id === offer);
      return made === undefined || made.vacancy !== seats.vacancy || !isLive(made);
    }),
} satisfies Checks<{ seats: Seats; contenders: ReadonlyMap<string, Pick<Contender, 'offers'>> }>;

/** A time of an interview, with whose it says it is; one that was owed keeps its own book (`owed-interview.ts`). */
export const slotInvariants = {
  'slot-without-person': ({ slot, booked }) =>
    slot.applicationId !== undefined &&
    slot.removedAt === undefined &&
    (slot.bookedAt === undefined || booked?.slotId !== slot.id),
  'slot-removed-with-person': ({ slot, booked }) =>
    slot.removedAt !== undefined && booked?.slotId === slot.id,
} satisfies Checks<{ slot: Slot; booked: { slotId?: string | undefined } | undefined }>;

/** A person in a post, with the candidacy that it is of. */
export const placementInvariants = {
  'placement-without-acceptance': ({ placement, contender }) =>
    placement.status !== 'closed' &&
    !contender?.offers.some(({ id, status }) => id === placement.offerId && status === 'accepted'),
} satisfies Checks<{ placement: Placement; contender: Pick<Contender, 'offers'> | undefined }>;

/** A gate, with the round that waits at it or has passed it. */
export const gateInvariants = {
  'gate-beside-round': ({ round, gate }) =>
    gate.status === 'open' ? !isAt(round, gate) : gate.outcome === 'advanced' && isAt(round, gate),
  'gate-without-votes': (scene) =>
    scene.gate.status === 'decided' && scene.gate.outcome === 'advanced' && !isVoted(scene),
} satisfies Checks<GateScene>;

/** `committee`: as it was when the gate was decided. */
type GateScene = {
  round: Round;
  gate: Gate;
  committee: Committee | undefined;
  file: Pick<RoundFile, 'committee'>;
};

/** The round itself, with what each rater was asked for. */
export const callInvariants = {
  // The machine closes a call, and the sweep helps it up: after a day neither has.
  'stage-past-its-end': ({ round, now }) =>
    round.stage === 'call' && addSeconds(round.closesAt, daySeconds) < now,
} satisfies Checks<{ round: Round; now: Instant }>;

const daySeconds = 86_400;

const isAt = (round: Round, gate: Gate): boolean =>
  isGatedRound(round) && round.stage === gate.stage && (round.visits[gate.stage] ?? 1) === gate.attempt;

/**
 * What every decision has at least. Whose votes counted for which application is in the recusals: here all of them are counted, and a quorum
 * of those who take part is no larger than that.
 */
const isVoted = ({ gate, committee, file: { committee: rule } }: GateScene): boolean => {
  if (!committee || gate.proposal === undefined) return false;
  const tally = tallyOf(gate, committee, { rule });
  const cast = tally.for + tally.against + tally.abstain;
  const ofThoseTakingPart = rule.recusal?.quorum.of === 'taking-part';
  return tally.for > 0 && (ofThoseTakingPart || cast >= tally.needed);
};

/** Applications that each member was asked to score, against the most that the round file allows. */
export const overLoad = (
  loads: ReadonlyMap<PersonId, number>,
  { raters }: Pick<RoundFile, 'raters'>,
): PersonId[] => {
  const most = raters.load?.atMost;
  return most === undefined ? [] : [...loads].flatMap(([rater, count]) => (count > most ? [rater] : []));
};
