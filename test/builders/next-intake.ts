import { openGate } from '#functions/commands/gates.ts';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { scoreInterview } from '#functions/commands/interview-scorecards.ts';
import { planSlots } from '#functions/commands/interview-slots.ts';
import { grantRemedy, proposeRemedy } from '#functions/commands/remedies.ts';
import { scoreApplication } from '#functions/commands/scoring.ts';
import { prepareScreening } from '#functions/commands/screening-preparation.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { addSeconds } from '#shared/domain/time.ts';
import type { ClosedRound } from '#test/builders/closed-round.ts';
import { allPoints, nth } from '#test/builders/interview-scenes.ts';
import { anOffersRoundIn, type OffersScene, theAdministrator } from '#test/builders/offers.ts';
import { secondAdministrator, twoPosts, wantsOne } from '#test/builders/remedies.ts';
import { aRoundFile, asUpload } from '#test/builders/round-file.ts';
import { granted, type World } from '#test/builders/scenes.ts';
import {
  aClosedCallIn,
  advanceIn,
  anApplicant,
  candidacyOf,
  chair,
  members,
  pointsOf,
  ratersOf,
  secretary,
} from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';

/** Whole weeks, so that a working day stays one. */
const aYear = 52 * 7 * 24 * 60 * 60;

/** The same records a year later: what a builder calls 2022 is 2023. */
export const aYearLater = (world: World): World => {
  world.clock.to(at('2022-09-14T04:00'));
  return { ...world, clock: { ...world.clock, now: () => addSeconds(world.clock.now(), aYear) } };
};

/** Everyone of a round whose offers go out, with the best rank first; each can apply again as the applicant of this number. */
export const anIntakeIn = (
  world: World,
  people: number,
  file: Partial<RoundFile> = {},
): Promise<OffersScene> => {
  const contenders = Array.from({ length: people }, (_, index) => ({
    ...wantsOne,
    ...anApplicant(index),
  }));
  return anOffersRoundIn(world, contenders, twoPosts, aRoundFile({ intake: '2022-2', ...file }));
};

/** Two people promise the first place in the next intake to somebody, by the remedy of this number. */
export const promisesIn = async (
  world: World,
  roundId: RoundId,
  wronged: { application: string; vacancies: string },
  { remedy = 1, until = '2023-12-31' }: { remedy?: number; until?: string } = {},
): Promise<void> => {
  const wanted = { kind: 'next-intake', until, reason: 'A score was lost, and found by the court.' } as const;
  granted(await proposeRemedy(world, { by: theAdministrator, roundId, ...wronged, ...wanted }));
  granted(await grantRemedy(world, { by: secondAdministrator, roundId, remedy, confirmed: 0 }));
};

/** A call of the year after, which has just closed: everyone wants MAT-003, a post of the subject that was owed. */
export const aNextCallIn = async (later: World, people: number): Promise<ClosedRound> => {
  const { call } = aRoundFile();
  const file = aRoundFile({ intake: '2023-3', call: { ...call, closesAt: '2023-10-03T18:00:00+06:00' } });
  const forms = Array.from({ length: people }, () => ({}));
  return await aClosedCallIn(later, forms, asUpload(file));
};

/** Screening, scores and interviews of it, where everyone has a better result than the next: until its offers can be let go. */
export const rankedIn = async (later: World, round: ClosedRound): Promise<void> => {
  const { roundId, applications } = round;
  while ((await prepareScreening(later, roundId)) !== 'done');
  granted(await openGate(later, { roundId, token: 'screening' }));
  await advanceIn(later, roundId);
  const points = await pointsOf(later, true, roundId);
  for (const { id: applicationId } of applications) {
    for (const by of await ratersOf(later, applicationId)) {
      granted(await scoreApplication(later, { by, roundId, applicationId, points }));
    }
  }
  await advanceIn(later, roundId);
  await interviewedIn(later, round);
  for (const stage of ['interviews', 'preliminary'] as const) {
    await advanceIn(later, roundId);
    if (stage === 'preliminary') later.clock.to(at('2022-11-14T05:00'));
  }
  await advanceIn(later, roundId);
};

const interviewedIn = async (later: World, { roundId, applications }: ClosedRound): Promise<void> => {
  later.clock.to(at('2022-10-20T03:00'));
  const from = addSeconds(at('2022-10-24T04:00'), aYear);
  const plan = { from, count: applications.length, place: 'Талдықорған, кабинет 12' };
  const slots = granted(await planSlots(later, { by: secretary, roundId, ...plan }));
  for (const [index, { id: applicationId }] of applications.entries()) {
    const slotId = nth(slots, index).id;
    granted(await bookInterview(later, { by: anApplicant(index), applicationId, slotId }));
  }
  later.clock.to(at('2022-10-24T12:00'));
  for (const [index, { id: applicationId }] of applications.entries()) {
    for (const by of [chair, ...members].slice(0, 3)) {
      granted(await scoreInterview(later, { by, roundId, applicationId, points: allPoints(4 - index) }));
    }
  }
};

/** `2 MAT-003 open`: the offers of a round that was played, by the place in which people applied. */
export const offersOfIn = async (world: World, { applications }: ClosedRound): Promise<string[]> => {
  const all = await Promise.all(applications.map(({ id }) => candidacyOf(world, id)));
  return all.flatMap(({ offers }, index) =>
    offers.map(({ vacancy, status }) => `${index} ${vacancy} ${status}`),
  );
};
