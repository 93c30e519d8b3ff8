import { submitApplication } from '#functions/commands/applications.ts';
import { makeClaim } from '#functions/commands/claims.ts';
import type { Applicant } from '#functions/commands/deps.ts';
import { openExchange, runExchange, viewExchange } from '#functions/commands/exchange.ts';
import { openGate } from '#functions/commands/gates.ts';
import { askApplicant } from '#functions/commands/inquiries.ts';
import { saveAnswer } from '#functions/commands/inquiry-answer.ts';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { planSlots } from '#functions/commands/interview-slots.ts';
import { previewOffers } from '#functions/commands/offer-preview.ts';
import { releaseOffers } from '#functions/commands/offer-release.ts';
import { acceptOffer, declineOffer } from '#functions/commands/offers.ts';
import { joinElsewhere } from '#functions/commands/own-elsewhere.ts';
import { joinExchange, rankInExchange } from '#functions/commands/own-exchange.ts';
import { closeCall } from '#functions/commands/rounds.ts';
import { prepareScreening } from '#functions/commands/screening-preparation.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import type { ApplicationId, RoundId } from '#shared/domain/ids.ts';
import type { GatedStage, Stage } from '#shared/domain/stage.ts';
import type { Standing } from '#shared/domain/standing.ts';
import { aRegionWithPosts, listedIn, shownIn } from '#test/builders/elsewhere.ts';
import { advanceTo, nth } from '#test/builders/interview-scenes.ts';
import { askNext, offerTo } from '#test/builders/offer-answers.ts';
import { deliverOffersIn, type OffersScene, theAdministrator } from '#test/builders/offers.ts';
import { granted, type World } from '#test/builders/scenes.ts';
import { candidacyOf, committeeChangedIn } from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';
import { personOf } from './doors.ts';
import { seatsAndGuests } from './visitors.ts';

/** What would be a part of a page, were it not told as text. */
export const markup = '</textarea>"><evil-13 onevil="x">';

/** What the owner typed on the way, each unlike anything else. */
export const typedOnTheWay = {
  answer: 'Қосымшасы мектеп мұрағатында қалды',
  claim: 'Олимпиада нәтижесі ескерілмеген',
} as const;

/** Two people in a round, the first of whom has something in every stage of it. */
export type Way = {
  world: World;
  roundId: RoundId;
  /** The owner, then the neighbour. */
  applied: readonly { by: Applicant; applicationId: ApplicationId }[];
  /** What addresses call what there is, by the name of the part. */
  places: Partial<Record<string, string>>;
};

const secretary = { kind: 'person', id: personOf('secretary-passkey'), role: 'secretary' } as const;

/** Goes on from a call in which both have applications that are complete. */
export const goOnTo = async (way: Way, stage: Stage): Promise<void> => {
  for (const [reached, step] of steps) {
    if (stage === 'call') return;
    await step(way);
    if (reached === stage) return;
  }
};

const inScreening = async ({ world, roundId, applied, places }: Way): Promise<void> => {
  for (const one of applied) granted(await submitApplication(world, one));
  world.clock.to(at('2022-10-04T12:00'));
  granted(await closeCall(world, roundId));
  await committeeChangedIn(world, roundId, seatsAndGuests(roundId, world.clock.now()));
  if ((await prepareScreening(world, roundId)) !== 'done') throw new Error('Screening is not prepared.');
  granted(await openGate(world, { roundId, token: 'screening' }));
  const mine = nth(applied, 0);
  const question = { question: 'Дипломның қосымшасы қайда?', requirement: 'diploma', workingDays: 2 };
  granted(await askApplicant(world, { ...mine, ...question, by: secretary, roundId }));
  const inquiry = (await candidacyOf(world, mine.applicationId)).inquiries?.at(-1)?.id;
  if (!inquiry) throw new Error('Nothing was asked.');
  granted(
    await saveAnswer(world, { ...mine, inquiry, text: `${typedOnTheWay.answer} ${markup}`, basedOn: 0 }),
  );
  places['inquiry'] = inquiry;
};

const inInterviews = async (way: Way): Promise<void> => {
  const { world, roundId, applied, places } = way;
  world.clock.to(at('2022-10-20T03:00'));
  await decided(way, 'screening', 'scoring');
  await decided(way, 'scoring', 'interviews');
  const hours = { from: at('2022-10-24T04:00'), count: 4, place: 'Талдықорған, кабинет 12' };
  const slots = granted(await planSlots(world, { by: secretary, roundId, ...hours }));
  const slotId = nth(slots, 0).id;
  granted(await bookInterview(world, { ...nth(applied, 0), slotId }));
  places['slot'] = slotId;
};

const inClaims = async (way: Way): Promise<void> => {
  const { world, applied, places } = way;
  world.clock.to(at('2022-11-02T06:00'));
  await decided(way, 'interviews', 'preliminary');
  await decided(way, 'preliminary', 'claims');
  const claim = { grounds: 'scoring-error', text: `${typedOnTheWay.claim} ${markup}` } as const;
  places['claim'] = granted(await makeClaim(world, { ...nth(applied, 0), ...claim })).id;
};

/** The owner declines a post, agrees to choose among what stays empty here, and in another region. */
const inOffers = async (way: Way): Promise<void> => {
  const { world, roundId, applied, places } = way;
  world.clock.to(at('2022-11-14T05:00'));
  await decided(way, 'claims', 'offers');
  const mine = nth(applied, 0);
  const scene = sceneOf(way);
  const staff = { by: theAdministrator, roundId };
  const { wave } = granted(await previewOffers(world, staff));
  granted(await releaseOffers(world, { ...staff, confirmed: wave.length }));
  await deliverOffersIn(world);
  const offer = await offerTo(world, scene, 0);
  granted(await declineOffer(world, { ...offer, reason: 'distance' }));
  granted(await acceptOffer(world, await offerTo(world, scene, 1)));
  await askNext(world, scene);
  const { unplaced } = granted(await viewExchange(world, staff));
  granted(await openExchange(world, { ...staff, confirmed: unplaced }));
  granted(await joinExchange(world, mine));
  const [choice] = (await candidacyOf(world, mine.applicationId)).facts.choices;
  if (choice) granted(await rankInExchange(world, { ...mine, choices: [choice], basedOn: [] }));
  const list = await shownIn(world, roundId, await listedIn(await aRegionWithPosts()));
  granted(await joinElsewhere(world, { ...mine, list }));
  Object.assign(places, { offer: offer.offerId, list: String(list) });
};

/** The second chance gave the owner a post. */
const inOnboarding = async (way: Way): Promise<void> => {
  const { world, roundId, places } = way;
  world.clock.to(at('2022-11-17T18:00'));
  granted(await runExchange(world, { by: theAdministrator, roundId, confirmed: 1 }));
  await deliverOffersIn(world);
  const offer = await offerTo(world, sceneOf(way), 0);
  granted(await acceptOffer(world, offer));
  const { offers } = await candidacyOf(world, offer.applicationId);
  const placement = offers.find(({ id }) => id === offer.offerId)?.placementId;
  if (!placement) throw new Error('Nobody is waited for.');
  Object.assign(places, { offer: offer.offerId, placement });
  await decided(way, 'offers', 'onboarding');
};

const steps: readonly (readonly [Stage, (way: Way) => Promise<void>])[] = [
  ['screening', inScreening],
  ['interviews', inInterviews],
  ['claims', inClaims],
  ['offers', inOffers],
  ['onboarding', inOnboarding],
];

const sceneOf = ({ roundId, applied }: Way): OffersScene => ({
  roundId,
  people: applied.map(({ by, applicationId }) => ({ personId: by.personId, applicationId })),
});

/** The chair advances: everybody goes on. */
const decided = async ({ world, roundId, applied }: Way, from: GatedStage, to: GatedStage): Promise<void> => {
  const found = await Promise.all(
    applied.map(({ applicationId }) => world.records.find(applicationAggregate, applicationId)),
  );
  const standings = found.flatMap((one, index): Standing[] => {
    if (!one) return [];
    const { id: applicationId, number } = one.state;
    const points = { scoring: 80 - index, interview: 70, total: 76 - index, rank: index + 1 };
    return [{ applicationId, number, outcome: 'goes-on', reasons: [], ...points }];
  });
  await advanceTo(world, roundId, { from, to, standings });
  granted(await openGate(world, { roundId, token: to }));
};
