import { bookInterview } from '#functions/commands/interview-booking.ts';
import { scoreInterview } from '#functions/commands/interview-scorecards.ts';
import type { Person } from '#functions/commands/workplace.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Slot } from '#shared/domain/slot.ts';
import type { Standing } from '#shared/domain/standing.ts';
import {
  advanceTo,
  anInterviewRoundIn,
  applicants,
  type InterviewScene,
  nth,
  slotsPlanned,
} from '#test/builders/interview-scenes.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

/** Who gives which points in an interview. */
export type Given = readonly [by: Person, points: Record<string, number>];

/** Points at the four criteria of the sample's interviews, in their order. */
export const four = (subject: number, pupils: number, lesson: number, plans: number) => ({
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
