import { settleClaim } from '#functions/commands/claim-decision.ts';
import { makeClaim } from '#functions/commands/claims.ts';
import { appoint, callInSubstitute, dismiss, sendSubstituteBack } from '#functions/commands/committee.ts';
import { searchConflicts } from '#functions/commands/conflict-search.ts';
import { declareOwnConflict, lookThroughTies, ruleOnConflictOf } from '#functions/commands/conflicts.ts';
import { openGate } from '#functions/commands/gates.ts';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { scoreInterview } from '#functions/commands/interview-scorecards.ts';
import { planSlots } from '#functions/commands/interview-slots.ts';
import { previewOffers } from '#functions/commands/offer-preview.ts';
import { releaseOffers } from '#functions/commands/offer-release.ts';
import { acceptOffer } from '#functions/commands/offers.ts';
import { reassignOpen } from '#functions/commands/rater-assignment.ts';
import { declineApplication, scoreApplication } from '#functions/commands/scoring.ts';
import { judgeApplication } from '#functions/commands/screening.ts';
import { goingOn } from '#functions/commands/selection.ts';
import { screeningPrepared } from '#functions/steps/prepared.ts';
import type { ApplicationIn } from '#shared/domain/application.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import { openOffers } from '#shared/domain/offer.ts';
import type { People } from '#shared/ports/sign-in.ts';
import { checklistDoneIn } from '#test/builders/closed-round.ts';
import { aDisclosureIn, conflictsUpload } from '#test/builders/conflicts.ts';
import { allPoints, nth } from '#test/builders/interview-scenes.ts';
import { aFileWithMarks } from '#test/builders/marks.ts';
import { aFile, imported } from '#test/builders/marks-scene.ts';
import { deliverOffersIn, theAdministrator } from '#test/builders/offers.ts';
import { granted, type World } from '#test/builders/scenes.ts';
import { aClosedCallIn, anApplicant, candidacyOf, pointsOf, roundIn } from '#test/builders/selection.ts';
import { decidedIn, person, rostered, sevenSeatedIn } from '#test/builders/seven-seats.ts';
import { at } from '#test/builders/worlds.ts';

export type SevenWorld = World & { people: People };

export type SevenRound = { roundId: RoundId; applications: readonly ApplicationIn<'submitted'>[] };

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
 * Seven members take a round from screening to its end. One shares a family name with the first applicant (found, and pinned), one with
 * the second (found, and cleared); one worked with the third (both say so); the chair declares the fourth. A member is away while the
 * committee screens, another leaves while it scores; one application is handed back. Two marks of a test are corrected. Three are equal
 * at the last two places of the shortlist, so that a lot decides.
 */
export const aRoundOfSevenIn = async (world: SevenWorld): Promise<SevenRound> => {
  const { shortlist } = aFileWithMarks();
  const file = aFileWithMarks({ shortlist: { ...shortlist, atMost: 4 } });
  const round = await aClosedCallIn(world, forms, conflictsUpload(file));
  await sevenSeatedIn(world, round.roundId);
  await toldIn(world, round);
  await screenedIn(world, round);
  await scoredIn(world, round);
  await interviewedIn(world, round);
  await endedIn(world, round);
  return round;
};

const idOf = ({ applications }: SevenRound, index: number) => nth(applications, index).id;

const toldIn = async (world: SevenWorld, round: SevenRound): Promise<void> => {
  const familyNames = new Map([
    ['bekzat', 'Төлеген'],
    ['gulnar', 'Серикова'],
    ['yelena', 'Ким'],
  ]);
  for (const name of [...rostered, 'secretary', 'substitute'] as const) {
    await aDisclosureIn(world, person(name), { familyNames: familyNames.get(name) ?? 'Басқа' });
  }
  await screeningPrepared(world, round.roundId);
  granted(await openGate(world, { roundId: round.roundId, token: 'screening' }));
  const ruled = { by: person('secretary'), roundId: round.roundId } as const;
  const pinned = { applicationId: idOf(round, 0), memberId: person('gulnar').id, ruling: 'pinned' } as const;
  granted(await ruleOnConflictOf(world, { ...ruled, ...pinned, reason: 'Әкесінің туған қарындасы.' }));
  const cleared = {
    applicationId: idOf(round, 1),
    memberId: person('yelena').id,
    ruling: 'cleared',
  } as const;
  granted(await ruleOnConflictOf(world, { ...ruled, ...cleared, reason: 'Однофамильцы, родства нет.' }));
  const { roundId } = round;
  const own = [
    ['bekzat', 2],
    ['chair', 3],
  ] as const;
  for (const [name, index] of own) {
    const applicationId = idOf(round, index);
    granted(await declareOwnConflict(world, { by: person(name), roundId, applicationId }));
  }
  // Bekzat, whom this applicant named, has just said so.
  const named = { by: person('secretary'), roundId, applicationId: idOf(round, 2) };
  granted(await lookThroughTies(world, named));
};

const screenedIn = async (world: World, round: SevenRound): Promise<void> => {
  const { roundId } = round;
  const away = { by: person('secretary'), roundId, personId: person('substitute').id };
  granted(await callInSubstitute(world, { ...away, standsInFor: person('igor').id }));
  const reason = 'Диплом не по профилю вакансии.';
  const judged = { by: person('dauren'), roundId, applicationId: idOf(round, 7) };
  granted(await judgeApplication(world, { ...judged, verdict: 'refused', reason }));
  await decidedIn(world, roundId, { absent: 'igor' });
  granted(await sendSubstituteBack(world, away));
  // Raters were found while the substitute stood in.
  granted(await reassignOpen(world, { by: person('secretary'), roundId }));
};

/** The test's marks of the seven who are scored; those of the last two are corrected by a second list. */
const [firstMarks, marks] = [
  [90, 80, 60, 60, 60, 20, 30],
  [90, 80, 60, 60, 60, 30, 20],
] as const;

const scoredIn = async (world: SevenWorld, round: SevenRound): Promise<void> => {
  const { roundId, applications } = round;
  const scene = { world, ...round, numbers: applications.slice(0, 7).map(({ number }) => number) };
  await imported(scene, aFile(scene, firstMarks));
  await imported(scene, aFile(scene, marks));
  const essays = [18, 16, 12, 12, 12, 10, 8] as const;
  await imported(scene, aFile(scene, essays, 'essay'));

  const back = { roundId, applicationId: idOf(round, 4), reason: 'Бұл мектепте сабақ беремін.' };
  granted(await declineApplication(world, { by: await raterOf(world, back.applicationId), ...back }));
  // Who leaves has scored one application by then, and owes the others.
  await scoresOf(world, round, { only: 'zaure', atMost: 1 });
  const { id: personId } = person('zaure');
  granted(await dismiss(world, { by: theAdministrator, roundId, personId }));
  const successor = { personId: person('successor').id, seat: 'member' } as const;
  granted(await appoint(world, { by: theAdministrator, roundId, ...successor }));
  // As the outbox has it done for everybody who joins.
  await searchConflicts(world, roundId);
  granted(await reassignOpen(world, { by: person('secretary'), roundId }));
  await scoresOf(world, round);
  await decidedIn(world, roundId, { against: 'igor', abstains: 'gulnar' });
};

const raterOf = async (world: World, applicationId: SevenRound['applications'][number]['id']) => {
  const [first] = (await candidacyOf(world, applicationId)).raters;
  const by = rostered.map(person).find(({ id }) => id === first);
  if (!by) throw new Error('Nobody rates it.');
  return by;
};

/** Everybody, or one, scores what they still owe: all alike but for the first two, who have the best of each scale. */
const scoresOf = async (
  world: World,
  round: SevenRound,
  { only, atMost = 100 }: { only?: (typeof rostered)[number]; atMost?: number } = {},
): Promise<void> => {
  const { roundId } = round;
  const best = await pointsOf(world, true, roundId);
  const worst = await pointsOf(world, false, roundId);
  let left = atMost;
  for (let index = 0; index < 7; index += 1) {
    const applicationId = idOf(round, index);
    const { raters, scores } = await candidacyOf(world, applicationId);
    for (const name of rostered) {
      const by = person(name);
      const owes = raters.includes(by.id) && !scores.some(({ raterId }) => raterId === by.id);
      if (!owes || left === 0 || (only && only !== name)) continue;
      left -= 1;
      const points = index < 5 ? best : worst;
      granted(await scoreApplication(world, { by, roundId, applicationId, points }));
    }
  }
};

const interviewedIn = async (world: World, round: SevenRound): Promise<void> => {
  const { roundId, applications } = round;
  world.clock.to(at('2022-10-20T03:00'));
  const plan = { from: at('2022-10-24T04:00'), count: 4, place: 'Талдықорған, кабинет 12' };
  const slots = granted(await planSlots(world, { by: person('secretary'), roundId, ...plan }));
  const invited = await invitedIn(world, round);
  for (const [place, index] of invited.entries()) {
    const applicationId = nth(applications, index).id;
    const booking = { by: anApplicant(index), applicationId, slotId: nth(slots, place).id };
    granted(await bookInterview(world, booking));
  }
  world.clock.to(at('2022-10-24T10:00'));
  for (const [place, index] of invited.entries()) {
    for (const by of [person('dauren'), person('igor'), person('successor')]) {
      const scored = { by, roundId, applicationId: idOf(round, index), points: allPoints(4 - place) };
      granted(await scoreInterview(world, scored));
    }
  }
  await decidedIn(world, roundId);
  await decidedIn(world, roundId);
};

/** The places in the list of those whom the committee invited. */
const invitedIn = async (world: World, { roundId, applications }: SevenRound): Promise<number[]> => {
  const invited = await goingOn(world.records, await roundIn(world, roundId), 'scoring');
  return applications.flatMap(({ id }, index) => (invited.has(id) ? [index] : []));
};

const endedIn = async (world: World, round: SevenRound): Promise<void> => {
  const { roundId } = round;
  const invited = await invitedIn(world, round);
  // Whom the lot kept out, or who was behind: the fourth is closed to the chair, who answers.
  const lost = [2, 4].find((index) => !invited.includes(index)) ?? 5;
  const from = { by: anApplicant(lost), applicationId: idOf(round, lost) };
  const claim = { grounds: 'scoring-error', text: 'Прошу проверить, как проведён жребий.' } as const;
  const { id: claimId } = granted(await makeClaim(world, { ...from, ...claim })).state;
  const answer = { verdict: 'rejected', reason: 'Жребий пересчитан, порядок верен.' } as const;
  granted(await settleClaim(world, { by: person('chair'), roundId, claimId, ...answer }));
  world.clock.to(at('2022-11-14T05:00'));
  await decidedIn(world, roundId);
  const { wave } = granted(await previewOffers(world, { by: theAdministrator, roundId }));
  granted(await releaseOffers(world, { by: theAdministrator, roundId, confirmed: wave.length }));
  await deliverOffersIn(world);
  const first = { by: anApplicant(nth(invited, 0)), applicationId: idOf(round, nth(invited, 0)) };
  const [offer] = openOffers(await candidacyOf(world, first.applicationId));
  if (!offer) throw new Error('The first has no offer.');
  granted(await acceptOffer(world, { ...first, offerId: offer.id }));
  await decidedIn(world, roundId);
  world.clock.to(at('2022-12-12T04:00'));
  await checklistDoneIn(world, first.applicationId);
  world.clock.to(at('2022-12-15T06:00'));
  await decidedIn(world, roundId);
};
