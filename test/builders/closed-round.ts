import { withdrawApplication } from '#functions/commands/applications.ts';
import { settleClaim } from '#functions/commands/claim-decision.ts';
import { makeClaim } from '#functions/commands/claims.ts';
import { undoLastAdvance } from '#functions/commands/gate-decision.ts';
import { recordGateMeeting } from '#functions/commands/gate-work.ts';
import { openGate } from '#functions/commands/gates.ts';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { scoreInterview } from '#functions/commands/interview-scorecards.ts';
import { planSlots } from '#functions/commands/interview-slots.ts';
import { makeNextOffers } from '#functions/commands/offer-making.ts';
import { previewOffers } from '#functions/commands/offer-preview.ts';
import { releaseOffers } from '#functions/commands/offer-release.ts';
import { acceptOffer, declineOffer } from '#functions/commands/offers.ts';
import { scoreApplication } from '#functions/commands/scoring.ts';
import { judgeApplication } from '#functions/commands/screening.ts';
import { changed } from '#functions/commands/storing.ts';
import type { ApplicationIn } from '#shared/domain/application.ts';
import { type ApplicationId, PersonId, type RoundId, Sha256 } from '#shared/domain/ids.ts';
import { openOffers } from '#shared/domain/offer.ts';
import { placementAggregate } from '#shared/domain/placement.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { allPoints } from '#test/builders/interview-scenes.ts';
import { deliverOffersIn, theAdministrator } from '#test/builders/offers.ts';
import { granted, type World } from '#test/builders/scenes.ts';
import {
  advanceIn,
  anApplicant,
  aScreeningIn,
  candidacyOf,
  chair,
  committeeChangedIn,
  dana,
  erlan,
  gateIdIn,
  members,
  pointsOf,
  ratersOf,
  secretary,
} from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';

/** Sat for Dana while the committee screened, and was sent back. */
export const substitute = PersonId.parse('SVBST1TVTE0000000000');

/** How the interviews and the offers of a closed round go. */
type Offering = {
  /** Milliseconds by which the clock of the machine that takes the refusal is ahead of the others. */
  ahead?: number;
  /** What happens right before the committee has the ranking after the interviews before it. */
  interviewed?: (round: ClosedRound) => Promise<void>;
  /** What happens while claims are made and decided, besides the one that is rejected. */
  claimed?: (round: ClosedRound) => Promise<void>;
  /** How the first offers are let go, where it is not all at once. */
  letGo?: (round: ClosedRound) => Promise<void>;
  /** What happens right before the committee has the end of the offers before it. */
  last?: (round: ClosedRound) => Promise<void>;
};

export type ClosedRound = { roundId: RoundId; applications: readonly ApplicationIn<'submitted'>[] };

/**
 * A whole round, played by its own commands to its end. All want the one post MAT-003: the first declines it, the second
 * gets it, the third gets none, the fourth books no interview, the fifth scores too little, the sixth is refused at screening,
 * and the seventh withdraws. The third makes a claim, which is rejected.
 */
export const aClosedRoundIn = async (
  world: World,
  file?: Uint8Array,
  offering: Offering = {},
): Promise<ClosedRound> => {
  const round = await aScreeningIn(world, [{}, {}, {}, {}, {}, {}, {}], file);
  await screenedIn(world, round);
  await scoredIn(world, round);
  await interviewedIn(world, round, offering);
  await claimedIn(world, round, offering);
  await offeredIn(world, round, offering);
  await onboardedIn(world, round);
  return round;
};

const nth = ({ applications }: ClosedRound, index: number) => {
  const application = applications[index];
  if (!application) throw new Error(`There is no application ${index}.`);
  return { applicationId: application.id, by: anApplicant(index) };
};

const screenedIn = async (world: World, round: ClosedRound): Promise<void> => {
  const { roundId } = round;
  const now = world.clock.now();
  await committeeChangedIn(world, roundId, [
    { type: 'seat-given', at: now, roundId, personId: substitute, seat: 'substitute' },
    { type: 'substitute-called', at: now, personId: substitute, standsInFor: dana.id },
    { type: 'substitute-released', at: now, personId: substitute },
  ]);
  const { applicationId } = nth(round, 5);
  const reason = 'Диплом не по профилю.';
  granted(await judgeApplication(world, { by: erlan, roundId, applicationId, verdict: 'refused', reason }));
  const postponed = {
    by: secretary,
    roundId,
    postponed: true,
    present: [],
    reason: 'Жарық болмады.',
    gate: await gateIdIn(world, roundId),
    after: 0,
  };
  granted(await recordGateMeeting(world, postponed));
  world.clock.pass(3600);
  const present = [chair, ...members].map(({ id }) => id);
  granted(await recordGateMeeting(world, { ...postponed, postponed: false, present, reason: '', after: 1 }));
  await advanceIn(world, roundId);
  // Nobody has scored yet: the advance is taken back and made once more.
  granted(await undoLastAdvance(world, { by: chair, roundId, reason: 'Тізімге артық парақ түсті.' }));
  world.clock.pass(60);
  granted(await openGate(world, { roundId, token: 'screening, once more' }));
  world.clock.pass(60);
  await advanceIn(world, roundId);
};

const scoredIn = async (world: World, round: ClosedRound): Promise<void> => {
  const { roundId } = round;
  const best = await pointsOf(world, true, roundId);
  const worst = await pointsOf(world, false, roundId);
  for (const index of [0, 1, 2, 3, 4, 6]) {
    const { applicationId } = nth(round, index);
    const points = index === 4 ? worst : best;
    for (const by of await ratersOf(world, applicationId)) {
      granted(await scoreApplication(world, { by, roundId, applicationId, points }));
    }
  }
  granted(await withdrawApplication(world, { ...nth(round, 6), reasonCode: 'personal' }));
  await advanceIn(world, roundId);
};

const interviewedIn = async (world: World, round: ClosedRound, { interviewed }: Offering): Promise<void> => {
  const { roundId } = round;
  world.clock.to(at('2022-10-20T03:00'));
  const plan = { from: at('2022-10-24T04:00'), count: 4, place: 'Талдықорған, кабинет 12' };
  const slots = granted(await planSlots(world, { by: secretary, roundId, ...plan }));
  for (const index of [0, 1, 2]) {
    const slotId = slots[index]?.id;
    if (!slotId) throw new Error(`There is no slot ${index}.`);
    granted(await bookInterview(world, { ...nth(round, index), slotId }));
  }
  world.clock.to(at('2022-10-24T10:00'));
  for (const index of [0, 1, 2]) {
    const { applicationId } = nth(round, index);
    for (const by of [chair, ...members].slice(0, 3)) {
      const points = allPoints(4 - index);
      granted(await scoreInterview(world, { by, roundId, applicationId, points }));
    }
  }
  await interviewed?.(round);
  // The ranking after the interviews, and its publication as preliminary results.
  await advanceIn(world, roundId);
  await advanceIn(world, roundId);
};

const claimedIn = async (world: World, round: ClosedRound, { claimed }: Offering): Promise<void> => {
  const { roundId } = round;
  const claim = { grounds: 'scoring-error', text: 'Баллы за стаж посчитаны неверно.' } as const;
  const { id } = granted(await makeClaim(world, { ...nth(round, 2), ...claim })).state;
  const decision = { by: chair, roundId, claimId: id, verdict: 'rejected', reason: 'Баллы верны.' } as const;
  granted(await settleClaim(world, decision));
  await claimed?.(round);
  world.clock.to(at('2022-11-14T05:00'));
  await advanceIn(world, roundId);
};

const letAllGo = async (world: World, { roundId }: ClosedRound): Promise<void> => {
  const by = theAdministrator;
  const { wave } = granted(await previewOffers(world, { by, roundId }));
  granted(await releaseOffers(world, { by, roundId, confirmed: wave.length }));
  await deliverOffersIn(world);
};

const offeredIn = async (world: World, round: ClosedRound, offering: Offering): Promise<void> => {
  const { roundId } = round;
  const { ahead, last, letGo } = offering;
  await (letGo ? letGo(round) : letAllGo(world, round));
  const refusing = ahead === undefined ? world : aheadOf(world, ahead);
  if (ahead !== undefined) world.clock.pass(60);
  granted(await declineOffer(refusing, { ...(await offerTo(world, round, 0)), reason: 'distance' }));
  // As the machine of an offer does once it has ended.
  await makeNextOffers(world, { roundId, by: { kind: 'system', name: 'workflow' } });
  granted(await acceptOffer(world, await offerTo(world, round, 1)));
  await last?.(round);
  await advanceIn(world, roundId);
};

/** The same records on a machine whose clock is ahead by so many milliseconds. */
export const aheadOf = (world: World, ahead: number): World => {
  const now = () => addSeconds(world.clock.now(), ahead / 1000);
  return { ...world, clock: { ...world.clock, now } };
};

export const offerTo = async (world: World, round: ClosedRound, index: number) => {
  const who = nth(round, index);
  const [offer] = openOffers(await candidacyOf(world, who.applicationId));
  if (!offer) throw new Error(`Application ${index} has no open offer.`);
  return { ...who, offerId: offer.id };
};

const onboardedIn = async (world: World, round: ClosedRound): Promise<void> => {
  world.clock.to(at('2022-12-12T04:00'));
  await checklistDoneIn(world, nth(round, 1).applicationId);
  world.clock.to(at('2022-12-15T06:00'));
  await advanceIn(world, round.roundId);
};

/** Everything on the checklist of who was placed is done. */
export const checklistDoneIn = async (world: World, applicationId: ApplicationId): Promise<void> => {
  const { offers } = await candidacyOf(world, applicationId);
  const placementId = offers.find(({ placementId: id }) => id)?.placementId;
  const placement = placementId && (await world.records.find(placementAggregate, placementId));
  if (!placement) throw new Error('Nobody was placed.');
  const events = placement.state.items.map(({ code }) => ({
    type: 'item-done' as const,
    at: world.clock.now(),
    code,
    by: theAdministrator.id,
  }));
  const { change } = changed(placementAggregate, placement.id, placement, events);
  granted(await world.records.commit({ by: theAdministrator, changes: [change] }));
};

/** The minutes of a closed round are there: from then on the months count. */
export const minutesIn = async (world: World, roundId: RoundId): Promise<void> => {
  const before = await world.records.find(roundAggregate, roundId);
  const minutes = { number: 1, data: Sha256.parse('a'.repeat(64)), files: [] };
  const event = { type: 'minutes-drawn', at: world.clock.now(), minutes } as const;
  const { change } = changed(roundAggregate, roundId, before, [event]);
  granted(await world.records.commit({ by: { kind: 'operator' }, changes: [change] }));
};
