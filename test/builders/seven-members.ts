import { makeClaim } from '#functions/commands/claims.ts';
import { searchConflicts } from '#functions/commands/conflict-search.ts';
import { openGate } from '#functions/commands/gates.ts';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { planSlots } from '#functions/commands/interview-slots.ts';
import { previewOffers } from '#functions/commands/offer-preview.ts';
import { releaseOffers } from '#functions/commands/offer-release.ts';
import { acceptOffer } from '#functions/commands/offers.ts';
import { goingOn } from '#functions/commands/selection.ts';
import { screeningPrepared } from '#functions/steps/prepared.ts';
import type { ApplicationIn } from '#shared/domain/application.ts';
import { openOffers } from '#shared/domain/offer.ts';
import type { People } from '#shared/ports/sign-in.ts';
import { checklistDoneIn } from '#test/builders/closed-round.ts';
import { conflictsUpload } from '#test/builders/conflicts.ts';
import { desksIn } from '#test/builders/desk.ts';
import { allPoints, nth } from '#test/builders/interview-scenes.ts';
import { aFileWithMarks } from '#test/builders/marks.ts';
import { aFile } from '#test/builders/marks-scene.ts';
import { deliverOffersIn, theAdministrator } from '#test/builders/offers.ts';
import { granted, type World } from '#test/builders/scenes.ts';
import { aClosedCallIn, anApplicant, candidacyOf, pointsOf, roundIn } from '#test/builders/selection.ts';
import {
  inRoom,
  interviewScored,
  managed,
  marksBrought,
  ownConflict,
  pressedOn,
  type Room,
  reassigned,
  scoredInTurn,
} from '#test/builders/seven-acts.ts';
import { decidedIn, person, rostered, sevenSeatedIn } from '#test/builders/seven-seats.ts';
import { tellResults } from '#test/builders/told-results.ts';
import { at } from '#test/builders/worlds.ts';

export type SevenWorld = World & { people: People };

export type SevenRound = Room & { world: SevenWorld; applications: readonly ApplicationIn<'submitted'>[] };

/** Eight want the same post; those whose names matter to somebody on the committee come first. */
const forms = [
  { fullName: 'Сериков Асан Ерланұлы' },
  { fullName: 'Ким Анна Сергеевна' },
  { fullName: 'Жұмабаев Бауыржан Қанатұлы', committeeTies: 'Бекзат Төлегенмен бірге жұмыс істедім.' },
  { fullName: 'Әбдіғали Гүлім Саматқызы' },
  { fullName: 'Волкова Дарья Олеговна' },
  { fullName: 'Ёлкина Вера Ильинична' },
  { fullName: 'Һамитов Ілияс Дәулетұлы' },
  { fullName: 'Юсупов Рустам Маратович' },
];

/**
 * Seven members take a round from screening to its end, by the forms of its pages. One shares a family name with the first applicant (found, and
 * pinned), one with the second (found, and cleared); one worked with the third (both say so); the chair declares the fourth, which is discussed before its cards are in. A member is away while
 * the committee screens, another leaves while it scores; one application is handed back. Two marks of a test are corrected. Three are equal
 * at the last two places of the shortlist, so that a lot decides.
 */
export const aRoundOfSevenIn = async (world: SevenWorld): Promise<SevenRound> => {
  const { shortlist } = aFileWithMarks();
  const file = aFileWithMarks({ shortlist: { ...shortlist, atMost: 4 } });
  const closed = await aClosedCallIn(world, forms, conflictsUpload(file));
  await sevenSeatedIn(world, closed.roundId);
  const round = { ...closed, world, desk: desksIn(world) };
  await toldIn(round);
  await screenedIn(round);
  await scoredIn(round);
  await interviewedIn(round);
  await endedIn(round);
  return round;
};

const idOf = ({ applications }: Pick<SevenRound, 'applications'>, index: number) =>
  nth(applications, index).id;

const toldIn = async (round: SevenRound): Promise<void> => {
  const { world, roundId } = round;
  const familyNames = new Map([
    ['bekzat', 'Төлеген'],
    ['gulnar', 'Серикова'],
    ['yelena', 'Ким'],
  ]);
  for (const name of [...rostered, 'secretary', 'substitute'] as const) {
    const told = { familyNames: familyNames.get(name) ?? 'Басқа' };
    await pressedOn(round, person(name), ['/kk/committee/disclosure', '/disclosure'], told);
  }
  await screeningPrepared(world, roundId);
  granted(await openGate(world, { roundId, token: 'screening' }));
  const ruled = (index: number, fields: Record<string, string>) => {
    const page = `/conflicts/${idOf(round, index)}`;
    return inRoom(round, person('secretary'), [page, page], fields);
  };
  const kin = 'Әкесінің туған қарындасы.';
  await ruled(0, { memberId: person('gulnar').id, ruling: 'pinned', reason: kin });
  const namesakes = 'Однофамильцы, родства нет.';
  await ruled(1, { memberId: person('yelena').id, ruling: 'cleared', reason: namesakes });
  await ownConflict(round, person('bekzat'), idOf(round, 2));
  await ownConflict(round, person('chair'), idOf(round, 3));
  // Bekzat, whom this applicant named, has just said so.
  await inRoom(round, person('secretary'), [`/conflicts/${idOf(round, 2)}`, '/looked-through']);
};

const screenedIn = async (round: SevenRound): Promise<void> => {
  const standsInFor = person('igor').id;
  await inRoom(round, person('secretary'), ['', '/substitute'], { standsInFor });
  const reason = 'Диплом не по профилю вакансии.';
  const judged = `/screening/${idOf(round, 7)}`;
  await inRoom(round, person('dauren'), [judged, judged], { verdict: 'refused', reason });
  await decidedIn(round, { absent: 'igor' });
  await inRoom(round, person('secretary'), ['', '/substitute']);
  // Raters were found while the substitute stood in.
  await reassigned(round);
};

/** The test's marks of the seven who are scored; those of the last two are corrected by a second list. */
const [firstMarks, marks] = [
  [90, 80, 60, 60, 60, 20, 30],
  [90, 80, 60, 60, 60, 30, 20],
] as const;

const scoredIn = async (round: SevenRound): Promise<void> => {
  const { world, roundId, applications } = round;
  const numbers = applications.slice(0, 7).map(({ number }) => number);
  const brought = (given: readonly number[], criterion?: string) =>
    marksBrought(
      round,
      aFile({ ...round, numbers }, given, criterion),
      (number) => given[numbers.findIndex((one) => one === number)] ?? 0,
    );
  await brought(firstMarks);
  await brought(marks);
  await brought([18, 16, 12, 12, 12, 10, 8], 'essay');

  const declined = idOf(round, 4);
  const rater = await raterOf(world, declined);
  const reason = 'Бұл мектепте сабақ беремін.';
  await inRoom(round, rater, [`/scoring/${declined}`, '/declining'], { reason });
  // Who leaves has scored one application by then, and owes the others.
  const points = await pointsIn(round);
  await scoredInTurn(round, person('zaure'), points, 1);
  const seats = `${managed(round)}/committee`;
  await pressedOn(round, theAdministrator, [seats, '/dismissal'], { personId: person('zaure').id });
  const successor = { personId: person('successor').id, seat: 'member' };
  await pressedOn(round, theAdministrator, [seats, '/committee'], successor);
  // As the outbox has it done for everybody who joins.
  await searchConflicts(world, roundId);
  await reassigned(round);
  await discussedEarlyIn(round);
  for (const name of rostered) if (name !== 'zaure') await scoredInTurn(round, person(name), points);
  await decidedIn(round, { against: 'igor', abstains: 'gulnar' });
};

/** Why the fourth was discussed before its cards were in. */
export const whyEarly = 'Карты сданы не будут до пятницы, а место ждёт.';

/** The fourth is closed to the chair: Bekzat presides over it, and allows it while the secretary leads. */
const discussedEarlyIn = async (round: SevenRound): Promise<void> => {
  const { number } = nth(round.applications, 3);
  const leads = person('secretary');
  const page = '/discussion';
  await inRoom(round, leads, [page, page], { numbers: number });
  await inRoom(round, person('bekzat'), [page, '/despite'], { number, reason: whyEarly });
  await inRoom(round, leads, [page, '/steps'], { move: 'next' });
  round.world.clock.pass(600);
  await inRoom(round, leads, [page, '/steps'], { move: 'close' });
};

const raterOf = async (world: World, applicationId: SevenRound['applications'][number]['id']) => {
  const [first] = (await candidacyOf(world, applicationId)).raters;
  const by = rostered.map(person).find(({ id }) => id === first);
  if (!by) throw new Error('Nobody rates it.');
  return by;
};

/** Everybody scores all alike: the best of each scale but for the last two. */
const pointsIn = async ({ world, roundId, applications }: SevenRound) => {
  const best = await pointsOf(world, true, roundId);
  const worst = await pointsOf(world, false, roundId);
  const well = new Set<string>(applications.slice(0, 5).map(({ id }) => id));
  return (id: string) => (well.has(id) ? best : worst);
};

const interviewedIn = async (round: SevenRound): Promise<void> => {
  const { world, roundId, applications } = round;
  world.clock.to(at('2022-10-20T03:00'));
  const plan = { from: at('2022-10-24T04:00'), count: 4, place: 'Талдықорған, кабинет 12' };
  const slots = granted(await planSlots(world, { by: person('secretary'), roundId, ...plan }));
  const invited = await invitedIn(round);
  for (const [place, index] of invited.entries()) {
    const applicationId = nth(applications, index).id;
    const booking = { by: anApplicant(index), applicationId, slotId: nth(slots, place).id };
    granted(await bookInterview(world, booking));
  }
  world.clock.to(at('2022-10-24T10:00'));
  for (const [place, index] of invited.entries()) {
    for (const by of [person('dauren'), person('igor'), person('successor')]) {
      await interviewScored(round, by, idOf(round, index), allPoints(4 - place));
    }
  }
  await decidedIn(round);
  await decidedIn(round);
};

/** The places in the list of those whom the committee invited. */
const invitedIn = async ({ world, roundId, applications }: SevenRound): Promise<number[]> => {
  const invited = await goingOn(world.records, await roundIn(world, roundId), 'scoring');
  return applications.flatMap(({ id }, index) => (invited.has(id) ? [index] : []));
};

const endedIn = async (round: SevenRound): Promise<void> => {
  const { world, roundId } = round;
  const invited = await invitedIn(round);
  await tellResults(world, { by: theAdministrator, roundId });
  // Whom the lot kept out, or who was behind: the fourth is closed to the chair, who answers.
  const lost = [2, 4].find((index) => !invited.includes(index)) ?? 5;
  const from = { by: anApplicant(lost), applicationId: idOf(round, lost) };
  const claim = { grounds: 'scoring-error', text: 'Прошу проверить, как проведён жребий.' } as const;
  const { id: claimId } = granted(await makeClaim(world, { ...from, ...claim })).state;
  const answer = { verdict: 'rejected', reason: 'Жребий пересчитан, порядок верен.' } as const;
  await inRoom(round, person('chair'), [`/claims/${claimId}`, `/claims/${claimId}`], answer);
  world.clock.to(at('2022-11-14T05:00'));
  await decidedIn(round);
  const { wave } = granted(await previewOffers(world, { by: theAdministrator, roundId }));
  granted(await releaseOffers(world, { by: theAdministrator, roundId, confirmed: wave.length }));
  await deliverOffersIn(world);
  const first = { by: anApplicant(nth(invited, 0)), applicationId: idOf(round, nth(invited, 0)) };
  const [offer] = openOffers(await candidacyOf(world, first.applicationId));
  if (!offer) throw new Error('The first has no offer.');
  granted(await acceptOffer(world, { ...first, offerId: offer.id }));
  await decidedIn(round);
  world.clock.to(at('2022-12-12T04:00'));
  await checklistDoneIn(world, first.applicationId);
  world.clock.to(at('2022-12-15T06:00'));
  await decidedIn(round);
};
