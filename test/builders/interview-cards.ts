import { bookInterview } from '#functions/commands/interview-booking.ts';
import { scoreInterview } from '#functions/commands/interview-scorecards.ts';
import { planSlots } from '#functions/commands/interview-slots.ts';
import type { Person } from '#functions/commands/workplace.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Slot } from '#shared/domain/slot.ts';
import type { Standing } from '#shared/domain/standing.ts';
import {
  advanceTo,
  anInterviewRoundIn,
  applicants,
  chair,
  type InterviewScene,
  members,
  nth,
  secretary,
  slotsPlanned,
} from '#test/builders/interview-scenes.ts';
import { stationsOf, twoAndThreeKept } from '#test/builders/panels.ts';
import { twoAndThree } from '#test/builders/round-file.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

/** Who gives which points in an interview. */
export type Given = readonly [by: Person, points: Record<string, number>];

/** Points at the four criteria of the sample's interviews, in their order. */
const four = (subject: number, pupils: number, lesson: number, plans: number) => ({
  'subject-teaching': subject,
  pupils,
  'sample-lesson': lesson,
  'rural-plans': plans,
});

/**
 * Interviews are held, all of them on one day, and these cards were given: the first list of the first interview, and so on. Before the whole
 * committee, in one piece, unless `plan` says otherwise.
 */
export const cardsGiven = async (
  cards: readonly (readonly Given[])[],
  {
    file,
    plan = slotsPlanned,
  }: {
    file?: RoundFile;
    plan?: (world: World, roundId: InterviewScene['roundId'], count: number) => Promise<readonly Slot[]>;
  } = {},
) => {
  const world = aWorld();
  const people = applicants(cards.length);
  const scene = await anInterviewRoundIn(world, { people, ...(file && { file }) });
  const { roundId, candidates } = scene;
  const slots = await plan(world, roundId, cards.length);
  for (const [index, candidate] of candidates.entries()) {
    granted(await bookInterview(world, { ...candidate, slotId: nth(slots, index).id }));
  }
  world.clock.to(at('2022-10-24T13:00'));
  for (const [index, { applicationId }] of candidates.entries()) {
    for (const [by, points] of nth(cards, index)) {
      granted(await scoreInterview(world, { by, roundId, applicationId, points }));
    }
  }
  return { ...scene, world, numbers: candidates.map(({ application }) => application.number) };
};

/** The committee decided on them, as the chair's advance would store it. */
export const interviewsDecided = async ({
  world,
  roundId,
  candidates,
}: Pick<Awaited<ReturnType<typeof cardsGiven>>, 'world' | 'roundId' | 'candidates'>): Promise<void> => {
  const standings = candidates.map(
    ({ applicationId, application: { number } }, index): Standing => ({
      applicationId,
      number,
      outcome: 'goes-on',
      reasons: [],
      rank: index + 1,
    }),
  );
  world.clock.to(at('2022-10-25T06:00'));
  await advanceTo(world, roundId, { from: 'interviews', to: 'preliminary', standings });
};

const [m1, m2, m3, m4] = [nth(members, 0), nth(members, 1), nth(members, 2), nth(members, 3)];

/** Five interviews, each judged by the same three. Totals: 100 85 90, 75 56.25 68.75, 56.25 37.5 53.75, 75 71.25 76.25, 28.75 18.75 33.75. */
export const crossed = (): Given[][] =>
  (
    [
      [four(4, 4, 4, 4), four(3, 4, 3, 4), four(4, 3, 4, 3)],
      [four(3, 3, 3, 3), four(2, 2, 3, 2), four(3, 3, 2, 3)],
      [four(2, 3, 2, 2), four(1, 2, 2, 1), four(2, 2, 2, 3)],
      [four(3, 2, 4, 3), four(3, 3, 3, 2), four(2, 4, 3, 4)],
      [four(1, 1, 1, 2), four(1, 0, 1, 1), four(2, 1, 1, 1)],
    ] as const
  ).map(([a, b, c]) => [
    [chair, a],
    [m1, b],
    [m2, c],
  ]);

const atLesson = (points: number) => ({ 'subject-teaching': points, 'sample-lesson': points });
const atTalk = (points: number) => ({ pupils: points, 'rural-plans': points });

/** Times of the two stations of `twoAndThree`, before panels with nobody in common. */
export const atTwoStations = async (
  world: World,
  roundId: InterviewScene['roundId'],
  count: number,
): Promise<readonly Slot[]> => {
  const stations = stationsOf(await twoAndThreeKept(world, roundId));
  const from = at('2022-10-24T04:00');
  return granted(await planSlots(world, { by: secretary, roundId, from, count, stations }));
};

/** Three of them. Totals of the lesson by two: 75 100, 50 75, 25 25; of the conversation by three others: 100 75 100, 50 50 75, 25 0 25. */
export const stationCardsGiven = () =>
  cardsGiven(
    (
      [
        [3, 4, 4, 3, 4],
        [2, 3, 2, 2, 3],
        [1, 1, 1, 0, 1],
      ] as const
    ).map(([a, b, x, y, z]): Given[] => [
      [m1, atLesson(a)],
      [m2, atLesson(b)],
      [chair, atTalk(x)],
      [m3, atTalk(y)],
      [m4, atTalk(z)],
    ]),
    { file: twoAndThree(), plan: atTwoStations },
  );
